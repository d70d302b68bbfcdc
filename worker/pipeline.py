"""Turns the bytes of a file into its report. It uses neither the queue nor the store."""

from collections.abc import Sequence
from pathlib import Path

from skills.anatomy.document_kind import check_document_kind
from skills.document import Document
from skills.errors import KnowledgeError, RolefitError
from skills.judging.report import write_report
from skills.judging.report_types import Report
from skills.knowledge import add_roles, load_knowledge
from worker.files import read_file
from worker.outcomes.failure import Failure, JobError, KnownFacts, describe_content
from worker.outcomes.page_pictures import encode_pages
from worker.reading import FirstTry, Limits, draw_document, read_document
from worker.settings import Settings, load_settings
from worker.versions import fingerprint_code


def read_resume(
    content: bytes,
    *,
    name: str,
    settings: Settings,
    first_try: FirstTry | None = None,
    with_places: bool = False,
) -> Document:
    """Return the document that the bytes of a file contain; raise the RolefitError that says why there is none.

    In a first try CostlyDocumentError is raised for a document that is costly to read.
    """
    limits = Limits(max_pages=settings.max_pages, max_characters=settings.max_characters, with_places=with_places)
    return read_document(content, name=name, limits=limits, cpu_seconds=settings.cpu_seconds, first_try=first_try)


def draw_resume(content: bytes, document: Document) -> bytes:
    """Return the pages of a document that was read with places, as they are kept; nothing if it has none."""
    return encode_pages(document.places, draw_document(content, [page.turn for page in document.places]))


def score_resume(document: Document, *, settings: Settings, role_texts: Sequence[str] = ()) -> Report:
    """Return the report on a document, also for other roles than the built-in ones, each as JSON.

    Raises:
        NotAResumeError: the document is something else.
        KnowledgeError: a role is wrong.
    """
    check_document_kind(document)
    knowledge = add_roles(load_knowledge(settings.profiles), role_texts)
    return write_report(document, knowledge, code=fingerprint_code())


def score_document(
    content: bytes,
    *,
    name: str,
    settings: Settings | None = None,
) -> Report:
    """Return the report on a document; raise the RolefitError that says why there is none."""
    chosen = settings or load_settings()
    return score_resume(read_resume(content, name=name, settings=chosen), settings=chosen)


def score_or_explain(content: bytes, *, name: str, settings: Settings | None = None) -> Report | Failure:
    """Return the report on a document, or in its place what is known of the document and why there is no report.

    Raises:
        KnowledgeError: a data file of our own is wrong, which is no fault of the document.
    """
    try:
        return score_document(content, name=name, settings=settings)
    except KnowledgeError:
        raise
    except RolefitError as error:
        return Failure(describe_content(content, name=name), JobError.of(error))


def score_file(path: Path, *, name: str, settings: Settings) -> Report | Failure:
    """Return the report on a file, or in its place why there is none; raises what `score_or_explain` does."""
    try:
        content = read_file(path, max_bytes=settings.max_upload_bytes)
    except RolefitError as error:
        return Failure(KnownFacts(name=name), JobError.of(error))
    return score_or_explain(content, name=name, settings=settings)

"""Turns the bytes of a file into its report. It uses neither the queue nor the store."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from skills.anatomy.document_kind import check_document_kind
from skills.errors import KnowledgeError, RolefitError
from skills.judging.report import write_report
from skills.judging.report_types import Report
from skills.knowledge import load_knowledge
from worker.files import read_file
from worker.media_types import KnownFacts, describe_content
from worker.reading import FirstTry, read_document
from worker.settings import Settings, load_settings
from worker.store.jobs.job import Failure, JobError
from worker.versions import fingerprint_code


def score_document(
    content: bytes,
    *,
    name: str,
    settings: Settings | None = None,
    first_try: FirstTry | None = None,
    stage: Callable[[str], AbstractContextManager[object]] = nullcontext,
) -> Report:
    """Return the report on a document; raise the RolefitError that says why there is none.

    Each stage, `reading` and `scoring`, runs within what `stage` makes of its name. In a first try CostlyDocumentError
    is raised for a document that is costly to read.
    """
    chosen = settings or load_settings()
    limits = {
        "max_pages": chosen.max_pages,
        "max_characters": chosen.max_characters,
        "cpu_seconds": chosen.cpu_seconds,
    }
    with stage("reading"):
        document = read_document(content, name=name, first_try=first_try, **limits)
    with stage("scoring"):
        check_document_kind(document)
        return write_report(document, load_knowledge(chosen.profiles), code=fingerprint_code())


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
    """Return the report on a file, or in its place why there is none; raise KnowledgeError as above."""
    try:
        content = read_file(path, max_bytes=settings.max_upload_bytes)
    except RolefitError as error:
        return Failure(KnownFacts(name=name), JobError.of(error))
    return score_or_explain(content, name=name, settings=settings)

"""From the bytes of a file to its report; knows neither queue nor store."""

from typing import Any

from skills.errors import RolefitError
from skills.knowledge import load_knowledge
from skills.report import write_failure, write_report
from worker.content import describe_content
from worker.reading import read_document
from worker.settings import Settings


def score_document(content: bytes, *, name: str, settings: Settings | None = None) -> dict[str, Any]:
    """Return the report on a document; raise the RolefitError that says why there is none."""
    chosen = settings or Settings()
    document = read_document(content, name=name, max_pages=chosen.max_pages, max_characters=chosen.max_characters)
    return write_report(document, load_knowledge())


def score_or_explain(content: bytes, *, name: str, settings: Settings | None = None) -> dict[str, Any]:
    """Return the report on a document, or in its place what is known of the document and why there is no report."""
    try:
        return score_document(content, name=name, settings=settings)
    except RolefitError as error:
        return write_failure(describe_content(content, name=name), error)

"""The report on one document: both roles, the verdict and the skills, in the form the API promises."""

from typing import Any

from skills.document import Document

type_placeholder = Any


def write_report(document: Document) -> dict[str, Any]:
    """Return the report on a document as the JSON object `rolefit/report/1`."""
    raise NotImplementedError

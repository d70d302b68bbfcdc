"""Reports as others read them, and ones made by hand."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import orjson

from skills.judging.report_types import (
    SCHEMA,
    DimensionReport,
    DocumentFacts,
    PageStart,
    Report,
    RequirementReport,
    RoleReport,
    SkillEvidence,
    Verdict,
    Versions,
)
from worker.outcomes.failure import Failure
from worker.outcomes.outline import Outline

DOCUMENT = DocumentFacts("cv.txt", "0", "text/plain", 1, (PageStart(1, 0),), 2400, "en", "text", ())
ROLE = "machine-learning-engineer"


def as_json(result: Report | Failure | Outline) -> dict[str, Any]:
    """Return what a reader of its JSON sees."""
    parts: dict[str, Any] = orjson.loads(orjson.dumps(result))
    return parts


def rename(report: Report, name: str) -> Report:
    """Return the report on a document of another name."""
    return replace(report, document=replace(report.document, name=name))


def make_evidence(text: str, start: int, end: int) -> SkillEvidence:
    """Return evidence at a place of a text."""
    return SkillEvidence("python", text[start:end], 1, start, end, "skills", "listed")


def make_report(text: str, spans: Sequence[tuple[int, int]] = (), *, pages: int = 1) -> Report:
    """Return a report in which these spans of a text earned a requirement its points."""
    evidence = tuple(make_evidence(text, start, end) for start, end in spans)
    requirement = RequirementReport("r", "Requirement", "Required Skills", False, 1.0, 1.0, evidence)  # noqa: FBT003 - not shared
    dimension = DimensionReport("skills", 1.0, 100.0, True, (requirement,))  # noqa: FBT003 - found
    return Report(
        schema=SCHEMA,
        document=replace(DOCUMENT, pages=pages, characters=len(text)),
        roles=(RoleReport(ROLE, "Machine Learning Engineer", 1.0, (dimension,), ()),),
        verdict=Verdict(None, 0.0, close=False, reasons=()),
        skills=(),
        text=text,
        versions=Versions("1", "v", "p", "r", "c"),
    )

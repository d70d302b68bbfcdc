"""The outline of a report: the part that a table of many documents shows, kept with the job."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Annotated

from pydantic import Field, TypeAdapter

from skills.judging.report_types import Report, RequirementReport, RoleReport, VerdictReason

MAX_REASONS = 3
MAX_GAPS = 3


@dataclass(frozen=True)
class OutlinedDocument:
    """The document of an outline."""

    name: str = field(repr=False)


@dataclass(frozen=True)
class OutlinedPerson:
    """The person of an outline."""

    name: str | None = field(repr=False)


@dataclass(frozen=True)
class OutlinedRole:
    """A role's score."""

    id: str
    score: float


@dataclass(frozen=True)
class OutlinedVerdict:
    """The verdict without its reasons."""

    best_fit: str | None
    margin: float
    close: bool


@dataclass(frozen=True)
class RowDetails:
    """Why a document has its scores: the most important parts of its report, with the ids of requirements."""

    reasons: Annotated[Sequence[VerdictReason], Field(description="The verdict's first three.")]
    points: Annotated[
        Mapping[str, float],
        Field(description="What each requirement earned; those that earned nothing are left out."),
    ]
    dimensions: Annotated[
        Mapping[str, Mapping[str, float | None]],
        Field(
            description="For each role the scores of its dimensions, null for one that the résumé does not speak of."
        ),
    ]
    gaps: Annotated[Mapping[str, Mapping[str, float]], Field(description="For each role the three gaps worth most.")]
    warnings: Annotated[
        Sequence[str], Field(examples=[["hidden-text"]], description="The codes of the report's warnings.")
    ]


@dataclass(frozen=True)
class Outline:
    """What tables show of a report, 1 to 2 kB: names, scores and verdict under its keys; `details` says why.

    The store keeps the details apart, so that rows are listed without reading them. Outlines that version 0.1.0 stored
    have them within, and no person.
    """

    document: OutlinedDocument
    roles: Sequence[OutlinedRole]
    verdict: OutlinedVerdict
    details: RowDetails | None = None
    person: OutlinedPerson | None = None

    @property
    def name(self) -> str:
        """The document's name."""
        return self.document.name


def _list_points(requirements: Mapping[str, RequirementReport]) -> dict[str, float]:
    """Return the points of each requirement that earned any; one that the roles share earns the same in both."""
    return {key: requirement.points for key, requirement in requirements.items() if requirement.points}


def _list_dimensions(role: RoleReport) -> dict[str, float | None]:
    return {part.id: part.score if part.found else None for part in role.dimensions}


def _list_gaps(role: RoleReport) -> dict[str, float]:
    return {gap.requirement: gap.points for gap in role.gaps[:MAX_GAPS]}


def _describe_details(report: Report) -> RowDetails:
    return RowDetails(
        reasons=report.verdict.reasons[:MAX_REASONS],
        points=_list_points(report.requirements),
        dimensions={role.id: _list_dimensions(role) for role in report.roles},
        gaps={role.id: _list_gaps(role) for role in report.roles},
        warnings=sorted({warning.code for warning in report.document.warnings}),
    )


def outline_report(report: Report) -> Outline:
    """Return the outline of a report."""
    verdict = report.verdict
    return Outline(
        OutlinedDocument(report.document.name),
        [OutlinedRole(role.id, role.score) for role in report.roles],
        OutlinedVerdict(verdict.best_fit, verdict.margin, verdict.close),
        _describe_details(report),
        OutlinedPerson(report.person.name) if report.person else None,
    )


@cache
def _make_outline_reader() -> TypeAdapter[Outline]:
    return TypeAdapter(Outline)


@cache
def _make_details_reader() -> TypeAdapter[RowDetails]:
    return TypeAdapter(RowDetails)


def read_outline(content: str, details: str = "") -> Outline:
    """Return the outline that JSON holds, also one of an earlier version, with details that are kept apart."""
    outline = _make_outline_reader().validate_json(content)
    return replace(outline, details=read_details(details)) if details else outline


def read_details(content: str) -> RowDetails:
    """Return the details that JSON holds."""
    return _make_details_reader().validate_json(content)

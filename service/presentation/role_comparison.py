"""The roles of a report side by side: their own and their shared points, by dimension and by requirement."""

from dataclasses import dataclass

from skills.judging.report_types import DimensionReport, LimitedVerdict, Report, RequirementReport, RoleReport

# Names of the colours by which pages and terminal tell the roles apart, in the order of the report. The last one is for
# what both roles ask for.
TONES = ("first", "second")
FURTHER_TONE = "further"
SHARED_TONE = "both"


@dataclass(frozen=True, slots=True)
class SideReason:
    """A reason of the verdict; `share` is its points in percent of those of the weightiest reason."""

    id: str
    title: str
    points: float
    share: float


@dataclass(frozen=True, slots=True)
class Side:
    """A role of the report. Its score is the sum of `own` points, for what only it asks for, and `shared` points.

    `compared` is true for the two roles of the verdict, and false for others, which are only scored.
    """

    role: RoleReport
    tone: str
    compared: bool
    best: bool
    own: float
    shared: float
    reasons: tuple[SideReason, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a role's requirements of one dimension are met, 0 to 100; together they are worth `points` of 100."""

    title: str
    tone: str
    score: float
    points: float
    found: bool


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """A dimension of the article with the reach of each role."""

    title: str
    reaches: tuple[Reach, ...]


@dataclass(frozen=True, slots=True)
class RequirementGroup:
    """The requirements of one role alone, or those that the roles share, and the points that they earned together."""

    title: str
    tone: str
    points: float
    requirements: tuple[RequirementReport, ...]


def choose_tone(index: int, *, shared: bool = False) -> str:
    """Return the tone of the role at an index of the report, or that of what is shared."""
    if shared:
        return SHARED_TONE
    return TONES[index] if index < len(TONES) else FURTHER_TONE


def _list_requirements(role: RoleReport, *, shared: bool) -> list[RequirementReport]:
    return [requirement for requirement in role.requirements if requirement.shared == shared]


def _sum_points(requirements: list[RequirementReport]) -> float:
    points = sum(requirement.points for requirement in requirements)
    return round(float(points), 1)


def _list_reasons(report: Report, role_id: str) -> tuple[SideReason, ...]:
    requirements, reasons = report.requirements, report.verdict.reasons
    most = max((reason.points for reason in reasons), default=1.0)
    return tuple(
        SideReason(
            reason.requirement,
            requirements[reason.requirement].title,
            reason.points,
            round(100 * reason.points / most, 1),
        )
        for reason in reasons
        if reason.towards == role_id
    )


def list_sides(report: Report) -> list[Side]:
    """Return the roles of a report, each with its reasons."""
    verdict = report.verdict
    compared = verdict.between if isinstance(verdict, LimitedVerdict) else [role.id for role in report.roles]
    return [
        Side(
            role,
            choose_tone(index),
            role.id in compared,
            role.id == verdict.best_fit,
            _sum_points(_list_requirements(role, shared=False)),
            _sum_points(_list_requirements(role, shared=True)),
            _list_reasons(report, role.id),
        )
        for index, role in enumerate(report.roles)
    ]


def _measure_reach(role: RoleReport, index: int, dimension: DimensionReport) -> Reach:
    points = round(100 * dimension.weight, 1)
    return Reach(role.title, choose_tone(index), dimension.score, points, dimension.found)


def compare_dimensions(report: Report) -> list[DimensionRow]:
    """Return every dimension in the order of the article; a role without requirements in it is left out of its row."""
    rows: dict[str, list[Reach]] = {}
    for index, role in enumerate(report.roles):
        for dimension in role.dimensions:
            if dimension.requirements:
                title = dimension.requirements[0].source
                rows.setdefault(title, []).append(_measure_reach(role, index, dimension))
    return [DimensionRow(title, tuple(reaches)) for title, reaches in rows.items()]


def _group(title: str, tone: str, requirements: list[RequirementReport]) -> RequirementGroup:
    return RequirementGroup(title, tone, _sum_points(requirements), tuple(requirements))


def group_requirements(report: Report) -> list[RequirementGroup]:
    """Return what each role asks for alone, then what the roles share, each in the order of the profile."""
    groups = [
        _group(role.title, choose_tone(index), _list_requirements(role, shared=False))
        for index, role in enumerate(report.roles)
    ]
    shared = _group("Both roles", SHARED_TONE, _list_requirements(report.roles[0], shared=True))
    return [group for group in (*groups, shared) if group.requirements]

"""The roles of a report side by side: points of each role alone and points that they share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.language import gettext as _
from skills.judging.report_types import DimensionReport, Gap, LimitedVerdict, Report, RequirementReport, RoleReport
from skills.roles.profiles import BUILT_IN_COUNT

# Names of colours on pages and in the terminal: of the two built-in roles, of other roles, and of what both built-in
# roles ask for.
TONES = ("first", "second")
OWN_TONES = ("third", "fourth", "fifth")
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
    """A role of the report. Its score is the sum of `unshared` points, for what only it asks for, and `shared` points.

    `compared` is true for the two roles of the verdict, and false for others, which are only scored. `shown` counts the
    lines that earned points.
    """

    role: RoleReport
    tone: str
    compared: bool
    best: bool
    unshared: float
    shared: float
    reasons: tuple[SideReason, ...]
    shown: int


@dataclass(frozen=True, slots=True)
class DimensionReach:
    """How far a role's requirements of one dimension are met, 0 to 100; together they are worth `points` of 100.

    `share` is those points in percent of the heaviest dimension's, by which the length of its bar is drawn.
    """

    title: str
    tone: str
    score: float
    points: float
    found: bool
    share: float

    @property
    def worth(self) -> str:
        """The points, rounded to a whole number; below 1 with a decimal."""
        return self._write(self.points)

    @property
    def earned(self) -> str:
        """The points that were earned, rounded in the same way."""
        return self._write(self.score * self.points / 100)

    def _write(self, points: float) -> str:
        return f"{points:.{0 if points >= 1 else 1}f}"


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """A dimension of the article with the reach of each role."""

    title: str
    reaches: tuple[DimensionReach, ...]


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
    return TONES[index] if index < len(TONES) else OWN_TONES[(index - len(TONES)) % len(OWN_TONES)]


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
            sum(requirement.points > 0 for requirement in role.requirements),
        )
        for index, role in enumerate(report.roles)
    ]


def _measure_reach(role: RoleReport, index: int, dimension: DimensionReport, heaviest: float) -> DimensionReach:
    points, share = round(100 * dimension.weight, 1), round(100 * dimension.weight / heaviest, 1)
    return DimensionReach(role.title, choose_tone(index), dimension.score, points, dimension.found, share)


def compare_dimensions(report: Report) -> list[DimensionRow]:
    """Return every dimension in the order of the article; a role without requirements in it is left out of its row."""
    rows: dict[str, list[DimensionReach]] = {}
    heaviest = max(dimension.weight for role in report.roles for dimension in role.dimensions)
    for index, role in enumerate(report.roles):
        for dimension in role.dimensions:
            if dimension.requirements:
                title = dimension.requirements[0].source
                rows.setdefault(title, []).append(_measure_reach(role, index, dimension, heaviest))
    return [DimensionRow(title, tuple(reaches)) for title, reaches in rows.items()]


def _group(title: str, tone: str, requirements: list[RequirementReport]) -> RequirementGroup:
    return RequirementGroup(title, tone, _sum_points(requirements), tuple(requirements))


def name_shared(report: Report) -> str:
    """Return one name for the roles that share requirements: the two built-in ones."""
    if len(report.roles) <= BUILT_IN_COUNT:
        return _("Both roles")
    first, second = (role.title for role in report.roles[:BUILT_IN_COUNT])
    return _("%(first)s and %(second)s", first=first, second=second)


def group_requirements(report: Report) -> list[RequirementGroup]:
    """Return what each role asks for alone, then what the roles share, each in the order of the profile."""
    groups = [
        _group(role.title, choose_tone(index), _list_requirements(role, shared=False))
        for index, role in enumerate(report.roles)
    ]
    shared = _group(name_shared(report), SHARED_TONE, _list_requirements(report.roles[0], shared=True))
    return [group for group in (*groups, shared) if group.requirements]


@dataclass(frozen=True, slots=True)
class GapRow:
    """Gaps with the same advice; `first` is the gap that has the advice in full, the others refer to it."""

    gaps: tuple[Gap, ...]
    first: Gap


@dataclass(frozen=True, slots=True)
class GapGroup:
    """The gaps of one role alone, or those that the roles share, and the points that they have left together."""

    title: str
    tone: str
    points: float
    gaps: tuple[Gap, ...]
    rows: tuple[GapRow, ...]


def join_gaps(gaps: Iterable[Gap], report: Report) -> tuple[GapRow, ...]:
    """Return gaps as rows: those with the same advice share a row, which stands where the first of them stood."""
    every = {gap.requirement: gap for role in report.roles for gap in role.gaps}
    rows: dict[str, list[Gap]] = {}
    for gap in gaps:
        rows.setdefault(gap.same_as or gap.requirement, []).append(gap)
    return tuple(GapRow(tuple(row), every[first]) for first, row in rows.items())


def _group_gaps(title: str, tone: str, gaps: list[Gap], report: Report) -> GapGroup:
    points = round(sum(gap.points for gap in gaps), 1)
    return GapGroup(title, tone, points, tuple(gaps), join_gaps(gaps, report))


def _find_largest(group: GapGroup) -> float:
    return max((gap.points for gap in group.gaps), default=0.0)


def find_better(sides: Iterable[Side]) -> Side | None:
    """Return the role that fits better, None if the verdict names no role."""
    return next((side for side in sides if side.best), None)


def list_gap_groups(report: Report, sides: Sequence[Side]) -> list[GapGroup]:
    """Return the gaps, each once: those of the better role alone, those that the roles share, those of other roles.

    Of the first two groups, the one with the larger gap comes first, so that the list begins with what the first
    screen names. Where no role fits better, the gaps that the roles share come first.
    """
    requirements, better = report.requirements, find_better(sides)
    shared = [gap for gap in report.roles[0].gaps if requirements[gap.requirement].shared]
    own = [
        _group_gaps(
            side.role.title,
            side.tone,
            [gap for gap in side.role.gaps if not requirements[gap.requirement].shared],
            report,
        )
        for side in sorted(sides, key=lambda side: side != better)
    ]
    joint = _group_gaps(name_shared(report), SHARED_TONE, shared, report)
    begin = sorted([own.pop(0), joint], key=_find_largest, reverse=True) if better else [joint]
    return [group for group in (*begin, *own) if group.gaps]

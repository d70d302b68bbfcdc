"""What a reader sees first of a report: what speaks for a role, and what it lacks most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from service.language import gettext as _
from service.presentation.role_comparison import SHARED_TONE, Side, find_better
from skills.judging.report_types import Evidence, Gap, RequirementReport


@dataclass(frozen=True, slots=True)
class ImpressionLine:
    """A requirement with the points that it earned, or has left; `role` asks for it, `tone` is the role's colour.

    `evidence` is what earned the points; that of points which are left is empty.
    """

    id: str
    title: str
    points: float
    role: str
    tone: str
    evidence: Sequence[Evidence] = ()


@dataclass(frozen=True, slots=True)
class FirstImpression:
    """The first impression of a role or, where the verdict names none, of the two that it compares.

    Of two, each line is shown with the role that asks for it. `first` is the gap whose advice is shown.
    """

    title: str
    of_two: bool
    reasons: tuple[ImpressionLine, ...]
    gaps: tuple[ImpressionLine, ...]
    first: Gap | None = None


def _make_line(
    side: Side, asked: RequirementReport, points: float, evidence: Sequence[Evidence] = ()
) -> ImpressionLine:
    role, tone = (_("both roles"), SHARED_TONE) if asked.shared else (side.role.title, side.tone)
    return ImpressionLine(asked.id, asked.title, points, role, tone, evidence)


def _list_reasons(side: Side) -> list[ImpressionLine]:
    """Return the requirements that speak for a role: first those of this role alone, then the shared ones."""
    met = sorted(side.role.requirements, key=lambda item: (item.shared, -item.points, item.id))
    return [_make_line(side, item, item.points, item.evidence) for item in met if item.points]


def _list_gaps(side: Side) -> list[ImpressionLine]:
    asked = {item.id: item for item in side.role.requirements}
    return [_make_line(side, asked[gap.requirement], gap.points) for gap in side.role.gaps]


def _leave_out(lines: Iterable[ImpressionLine], others: Iterable[ImpressionLine]) -> list[ImpressionLine]:
    ids = {line.id for line in others}
    return [line for line in lines if line.id not in ids]


def _find_first(sides: Iterable[Side], lines: Iterable[ImpressionLine]) -> Gap | None:
    """Return the first of the lines' gaps that has advice of its own."""
    gaps = {gap.requirement: gap for side in sides for gap in side.role.gaps if not gap.same_as}
    return next((gaps[line.id] for line in lines if line.id in gaps), None)


def _look_at(side: Side, *, most: int) -> FirstImpression:
    """Return the first impression of a role, each line once."""
    reasons = _list_reasons(side)[:most]
    gaps = tuple(_leave_out(_list_gaps(side), reasons)[:most])
    return FirstImpression(side.role.title, False, tuple(reasons), gaps, _find_first([side], gaps))  # noqa: FBT003 - of two


def _join(lists: Iterable[Sequence[ImpressionLine]]) -> list[ImpressionLine]:
    """Return the lines of both roles, the shared ones once, the most points first."""
    once = {line.id: line for line in chain.from_iterable(lists)}
    return sorted(once.values(), key=lambda line: (-line.points, line.id))


def _look_at_both(sides: Sequence[Side], *, most: int) -> FirstImpression:
    """Return the first impression of two roles: the first lines of each, each line once."""
    reasons = _join(_list_reasons(side)[:most] for side in sides)
    gaps = _join(_leave_out(_list_gaps(side), reasons)[:most] for side in sides)
    first = _find_first(sides, gaps)
    return FirstImpression(_("each of the two roles"), True, tuple(reasons), tuple(gaps), first)  # noqa: FBT003 - of two


def list_first_impressions(sides: Sequence[Side], *, most: int) -> list[FirstImpression]:
    """Return the first impression of a report: of the better role, then of those that are scored on their own.

    Where no role fits better, the first impression is of both, and has one line fewer of each.
    """
    better = find_better(sides)
    compared = [side for side in sides if side.compared]
    first = _look_at(better, most=most) if better else _look_at_both(compared, most=max(1, most - 1))
    return [first, *(_look_at(side, most=most) for side in sides if not side.compared)]

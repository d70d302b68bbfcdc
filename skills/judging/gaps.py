"""Gaps: what a résumé does not show of a role, and how many points showing it would add."""

from collections.abc import Mapping, Sequence

from skills.judging.report_types import Example, Gap
from skills.judging.scoring import RequirementScore, RoleScore, Worths, count_points, measure_worths, weigh_mentions
from skills.knowledge import Knowledge
from skills.roles.profiles import Requirement


def _measure_gain(item: RequirementScore, shown: Worths, example: Worths) -> float:
    """Return what a requirement would gain by an example, from what its evidence and the example are worth to it."""
    better = {key: worth for key, worth in example.items() if worth > shown.get(key, 0.0)}
    if not better:
        return 0.0
    return count_points(item.requirement, measure_worths(item.requirement, {**shown, **better}.values())) - item.points


def _describe_gap(requirement: Requirement, points: float) -> Gap:
    example = Example(requirement.example_section, requirement.example)
    return Gap(requirement.id, requirement.title, points, requirement.advice, example)


def _list_gaps(score: RoleScore, gains: Mapping[str, Mapping[str, float]]) -> tuple[Gap, ...]:
    unmet = {item.requirement.id: item.requirement for item in score.requirements if item.requirement.id in gains}
    gaps = [
        _describe_gap(requirement, round(sum(points for moved, points in gains[name].items() if moved in unmet), 1))
        for name, requirement in unmet.items()
    ]
    return tuple(sorted(gaps, key=lambda gap: (-gap.points, gap.requirement)))


def find_gaps(scores: Sequence[RoleScore], knowledge: Knowledge) -> list[tuple[Gap, ...]]:
    """Return by role the requirements not met in full, those worth most first.

    The gain counts every requirement of the role that the example would move, so it is exact, and it may exceed what
    the requirement alone could still earn. Gains of several gaps need not add up.
    """
    unmet = {
        item.requirement.id: item
        for score in scores
        for item in score.requirements
        if item.points < item.requirement.possible
    }
    shown = {name: weigh_mentions(item.requirement, item.evidence) for name, item in unmet.items()}
    gains = {
        name: {
            moved: _measure_gain(unmet[moved], shown[moved], example)
            for moved, example in knowledge.moved[name].items()
            if moved in unmet
        }
        for name in unmet
    }
    return [_list_gaps(score, gains) for score in scores]

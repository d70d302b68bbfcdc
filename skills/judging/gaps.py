"""Gaps: what a résumé does not show of a role, and how many points showing it would add."""

from collections.abc import Mapping, Sequence

from skills.judging.report_types import Example, Gap
from skills.judging.scoring import (
    RequirementScore,
    RoleScore,
    Worths,
    count_points,
    measure_together,
    measure_worths,
    weigh_mentions,
)
from skills.knowledge import Knowledge
from skills.roles.profiles import Requirement


def _measure_gains(
    example: Mapping[str, Worths], scores: Mapping[str, RequirementScore], shown: Mapping[str, Worths]
) -> dict[str, float]:
    """Return the points that each requirement which an example moves would gain by it."""
    met: dict[str, float] = {}
    for name, worths in example.items():
        better = {key: worth for key, worth in worths.items() if worth > shown[name].get(key, 0.0)}
        if better:
            met[name] = measure_worths(scores[name].requirement, {**shown[name], **better}.values())
    known = {name: score.met for name, score in scores.items()} | met
    for name, score in scores.items():
        if not met.keys().isdisjoint(score.requirement.together):
            met[name] = measure_together(score.requirement, known)
    return {name: count_points(scores[name].requirement, far) - scores[name].points for name, far in met.items()}


def _describe_gap(requirement: Requirement, points: float) -> Gap:
    example = Example(requirement.example_section, requirement.example)
    return Gap(requirement.id, requirement.title, points, requirement.advice, example)


def _list_gaps(score: RoleScore, gains: Mapping[str, Mapping[str, float]]) -> tuple[Gap, ...]:
    asked = {item.requirement.id: item.requirement for item in score.requirements}
    gaps = [
        _describe_gap(requirement, round(sum(points for moved, points in gains[name].items() if moved in asked), 1))
        for name, requirement in asked.items()
        if name in gains
    ]
    return tuple(sorted(gaps, key=lambda gap: (-gap.points, gap.requirement)))


def find_gaps(scores: Sequence[RoleScore], knowledge: Knowledge) -> list[tuple[Gap, ...]]:
    """Return by role the requirements not met in full, those worth most first.

    The gain counts every requirement of the role that the example would move, so it is exact, and it may exceed what
    the requirement alone could still earn. Gains of several gaps need not add up.
    """
    items = {item.requirement.id: item for score in scores for item in score.requirements}
    shown = {name: weigh_mentions(item.requirement, item.evidence) for name, item in items.items()}
    unmet = [name for name, item in items.items() if item.points < item.requirement.possible]
    gains = {name: _measure_gains(knowledge.moved[name], items, shown) for name in unmet}
    return [_list_gaps(score, gains) for score in scores]

"""Gaps: what a résumé does not show of a role, and how many points showing it would add."""

from collections.abc import Mapping, Sequence

from skills.judging.report_types import Example, Gain, Gap
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
    return {
        name: round(count_points(scores[name].requirement, far) - scores[name].points, 1) for name, far in met.items()
    }


def _describe_gap(requirement: Requirement, gains: Mapping[str, float]) -> Gap:
    others = (Gain(name, points) for name, points in gains.items() if name != requirement.id)
    elsewhere = tuple(
        sorted((gain for gain in others if gain.points), key=lambda gain: (-gain.points, gain.requirement))
    )
    example = Example(requirement.example_section, requirement.example)
    points = gains[requirement.id]
    return Gap(requirement.id, requirement.title, points, requirement.advice, example, elsewhere)


def _list_gaps(score: RoleScore, gains: Mapping[str, Mapping[str, float]]) -> tuple[Gap, ...]:
    asked = {item.requirement.id: item.requirement for item in score.requirements}
    gaps = [
        _describe_gap(requirement, {moved: points for moved, points in gains[name].items() if moved in asked})
        for name, requirement in asked.items()
        if name in gains
    ]
    return tuple(sorted(gaps, key=lambda gap: (-gap.points, gap.requirement)))


def find_gaps(scores: Sequence[RoleScore], knowledge: Knowledge) -> list[tuple[Gap, ...]]:
    """Return by role the requirements not met in full, those with most left to earn first.

    A gap's points are what its own line has left, so that a role's score and the points of its gaps make 100. What its
    example earns on other lines of the role stands beside them: the example moves the score by the sum of both.
    """
    items = {item.requirement.id: item for score in scores for item in score.requirements}
    shown = {name: weigh_mentions(item.requirement, item.evidence) for name, item in items.items()}
    unmet = [name for name, item in items.items() if item.points < item.requirement.possible]
    gains = {name: _measure_gains(knowledge.moved[name], items, shown) for name in unmet}
    return [_list_gaps(score, gains) for score in scores]

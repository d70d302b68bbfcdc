"""Gaps: what a résumé does not show of a role, and how many points showing it would add."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from skills.knowledge import Knowledge
from skills.profiles import Requirement
from skills.scoring import (
    Evidence,
    RequirementScore,
    RoleScore,
    choose_best,
    count_points,
    gather_evidence,
    measure_requirement,
)


@dataclass(frozen=True, slots=True)
class Gap:
    """A requirement not met in full. `points` is what the score would gain if its example stood in the résumé."""

    requirement: Requirement
    points: float


def _add(best: Evidence, example: Evidence) -> Evidence:
    """Return the best mentions of an example's concepts once it is added to a résumé."""
    both = chain.from_iterable((*best[concept], *example[concept]) for concept in best.keys() & example.keys())
    return {**example, **choose_best(both)}


def _gain(
    best: Evidence, scores: Mapping[str, RequirementScore], requirement: Requirement, knowledge: Knowledge
) -> float:
    """Return what the scores of a role's requirements, by id, would gain together by a requirement's example."""
    added = _add(best, knowledge.examples[requirement.id])
    gain = 0.0
    for item in filter(None, map(scores.get, knowledge.moved[requirement.id])):
        others = [mention for mention in item.evidence if mention.concept not in added]
        more = gather_evidence(added, knowledge.concepts[item.requirement.id])
        gain += count_points(item.requirement, measure_requirement(item.requirement, others + more)) - item.points
    return round(gain, 1)


def find_gaps(best: Evidence, score: RoleScore, knowledge: Knowledge) -> tuple[Gap, ...]:
    """Return the requirements not met in full, those worth most first.

    The gain counts every requirement of the role that the example would move, so it is exact, and it may exceed what
    the requirement alone could still earn. Gains of several gaps need not add up.
    """
    scores = {item.requirement.id: item for item in score.requirements}
    gaps = [
        Gap(item.requirement, _gain(best, scores, item.requirement, knowledge))
        for item in score.requirements
        if item.points < item.requirement.possible
    ]
    return tuple(sorted(gaps, key=lambda gap: (-gap.points, gap.requirement.id)))

"""Gaps: what a résumé does not show of a role, and how many points showing it would add."""

from dataclasses import dataclass
from itertools import chain

from skills.knowledge import Knowledge
from skills.profiles import Requirement
from skills.scoring import Evidence, RoleScore, choose_best, count_points, measure_requirement


@dataclass(frozen=True, slots=True)
class Gap:
    """A requirement not met in full. `points` is what the score would gain if its example stood in the résumé."""

    requirement: Requirement
    points: float


def _add(best: Evidence, example: Evidence) -> Evidence:
    """Return the best mentions of a résumé that an example was added to."""
    both = chain.from_iterable((*best[concept], *example[concept]) for concept in best.keys() & example.keys())
    return {**best, **example, **choose_best(both)}


def _gain(best: Evidence, score: RoleScore, requirement: Requirement, knowledge: Knowledge) -> float:
    example = knowledge.examples[requirement.id]
    more = _add(best, example)
    gains = []
    for item in score.requirements:
        concepts = knowledge.concepts[item.requirement.id]
        if not concepts.isdisjoint(example):
            met, _ = measure_requirement(more, item.requirement, concepts)
            gains.append(count_points(item.requirement, met) - item.points)
    return round(sum(gains), 1)


def find_gaps(best: Evidence, score: RoleScore, knowledge: Knowledge) -> tuple[Gap, ...]:
    """Return the requirements not met in full, those worth most first.

    The gain counts every requirement of the role that the example would move, so it is exact, and it may exceed what
    the requirement alone could still earn. Gains of several gaps need not add up.
    """
    gaps = [
        Gap(item.requirement, _gain(best, score, item.requirement, knowledge))
        for item in score.requirements
        if item.points < item.requirement.possible
    ]
    return tuple(sorted(gaps, key=lambda gap: (-gap.points, gap.requirement.id)))

"""Gaps: what a résumé does not show of a role, and how many points showing it would add."""

from collections.abc import Mapping, Sequence
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
    both = best.keys() & example.keys()
    return {**example, **choose_best(chain.from_iterable((*best[concept], *example[concept]) for concept in both))}


def _measure_gain(item: RequirementScore, added: Evidence, concepts: frozenset[str]) -> float:
    others = [mention for mention in item.evidence if mention.concept not in added]
    met = measure_requirement(item.requirement, others + gather_evidence(added, concepts))
    return count_points(item.requirement, met) - item.points


def _list_gains(
    name: str, best: Evidence, unmet: Mapping[str, RequirementScore], knowledge: Knowledge
) -> dict[str, float]:
    """Return what a requirement's example would add to each requirement that is not met in full, by id."""
    added = _add(best, knowledge.examples[name])
    return {
        moved: _measure_gain(unmet[moved], added, knowledge.concepts[moved])
        for moved in knowledge.moved[name]
        if moved in unmet
    }


def _list_gaps(score: RoleScore, gains: Mapping[str, Mapping[str, float]]) -> tuple[Gap, ...]:
    unmet = {item.requirement.id: item.requirement for item in score.requirements if item.requirement.id in gains}
    gaps = [
        Gap(requirement, round(sum(points for moved, points in gains[name].items() if moved in unmet), 1))
        for name, requirement in unmet.items()
    ]
    return tuple(sorted(gaps, key=lambda gap: (-gap.points, gap.requirement.id)))


def find_gaps(best: Evidence, scores: Sequence[RoleScore], knowledge: Knowledge) -> list[tuple[Gap, ...]]:
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
    gains = {name: _list_gains(name, best, unmet, knowledge) for name in unmet}
    return [_list_gaps(score, gains) for score in scores]

"""Gaps: what a résumé does not show of a role, and how many points showing it would add."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from skills.finding.mentions import Mention
from skills.finding.uses import MentionUse
from skills.judging.scoring import RequirementScore, RoleScore, choose_worths, count_points, measure_worths
from skills.knowledge import Knowledge
from skills.roles.profiles import Requirement

# What a mention is of, and what a duty in it was done to.
Goal = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Gap:
    """A requirement not met in full. `points` is what the score would gain if its example stood in the résumé."""

    requirement: Requirement
    points: float


def _measure_gain(item: RequirementScore, example: Iterable[Mention], shown: Mapping[Goal, MentionUse]) -> float:
    """Return what a requirement would gain by those mentions of an example that are evidence for it.

    What the example outdoes is taken away by its negative worth: exact, for worths are summed without rounding.
    """
    worth = choose_worths(item.requirement)
    worths = [worth[mention.use] for mention in item.evidence]
    for mention in example:
        known = shown.get((mention.concept, mention.object))
        if known is None:
            worths.append(worth[mention.use])
        elif worth[mention.use] > worth[known]:
            worths += [worth[mention.use], -worth[known]]
    if len(worths) == len(item.evidence):
        return 0.0
    return count_points(item.requirement, measure_worths(item.requirement, worths)) - item.points


def _list_gaps(score: RoleScore, gains: Mapping[str, Mapping[str, float]]) -> tuple[Gap, ...]:
    unmet = {item.requirement.id: item.requirement for item in score.requirements if item.requirement.id in gains}
    gaps = [
        Gap(requirement, round(sum(points for moved, points in gains[name].items() if moved in unmet), 1))
        for name, requirement in unmet.items()
    ]
    return tuple(sorted(gaps, key=lambda gap: (-gap.points, gap.requirement.id)))


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
    evidence = chain.from_iterable(item.evidence for item in unmet.values())
    shown = {(mention.concept, mention.object): mention.use for mention in evidence}
    gains = {
        name: {
            moved: _measure_gain(unmet[moved], example, shown)
            for moved, example in knowledge.moved[name].items()
            if moved in unmet
        }
        for name in unmet
    }
    return [_list_gaps(score, gains) for score in scores]

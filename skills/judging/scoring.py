"""Scoring: what each requirement of a profile earned, and from which mentions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log1p, prod

from skills.finding.finds import IN_NAMES
from skills.finding.mentions import Mention, sort_by_place
from skills.finding.uses import find_weighed_use
from skills.judging.scoring_figures import load_scoring
from skills.roles.profiles import Requirement, RoleProfile

# By concept the mentions of it that are worth most.
BestMentions = Mapping[str, tuple[Mention, ...]]

# What a mention is worth to a requirement, keyed by what counts once: its concept and what a duty was done to.
Worths = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class RequirementScore:
    """How far a requirement is met, 0 to 1, the points, up to its `possible`, and the mentions that earned them."""

    requirement: Requirement
    met: float
    points: float
    evidence: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class RoleScore:
    """What every requirement of a profile earned."""

    profile: RoleProfile
    requirements: tuple[RequirementScore, ...]

    @property
    def score(self) -> float:
        """The sum of all points, 0 to 100, with one decimal."""
        return round(sum(item.points for item in self.requirements), 1)


def weigh_use(mention: Mention) -> float:
    """Return what a mention is worth, 0 to 1, by its use, and by whether that was in a project."""
    return load_scoring().worths[find_weighed_use(mention.use, mention.section)]


def choose_best(mentions: Iterable[Mention]) -> BestMentions:
    """Return for each concept and object the mention whose use is worth most; of equals the first in the text."""
    best: dict[str, dict[str, Mention]] = {}
    for mention in sorted(mentions, key=lambda mention: (-weigh_use(mention), mention.start, mention.end)):
        best.setdefault(mention.concept, {}).setdefault(mention.object, mention)
    return {concept: tuple(by_object.values()) for concept, by_object in best.items()}


def gather_evidence(best: BestMentions, concepts: frozenset[str]) -> list[Mention]:
    """Return the best mentions of the concepts, except those in names of posts and labs: no evidence of a method."""
    found = (mention for concept in concepts.intersection(best) for mention in best[concept])
    return [mention for mention in found if mention.object not in IN_NAMES]


def weigh_mentions(requirement: Requirement, mentions: Iterable[Mention]) -> Worths:
    """Return what each of the best mentions is worth to a requirement, 0 to 1."""
    in_full, weights = requirement.counts_every_use_in_full, requirement.weights
    return {
        (mention.concept, mention.object): (1.0 if in_full else weigh_use(mention)) * weights.get(mention.concept, 1.0)
        for mention in mentions
    }


def measure_worths(requirement: Requirement, worths: Iterable[float]) -> float:
    """Return how far a requirement is met, 0 to 1, by what its mentions are worth.

    It is log(1 + x / bend) / log(1 + enough / bend), at most 1, where x is the sum of the worths: 0 for nothing, 1 for
    `enough`, and each further piece adds less, the more so the smaller `bend`. `bend` is fitted by `make fit`.
    """
    return min(1.0, log1p(fsum(worths) / requirement.bend) / log1p(requirement.enough / requirement.bend))


def measure_together(requirement: Requirement, met: Mapping[str, float]) -> float:
    """Return how far a requirement is met that asks for others together, by how far these are."""
    return prod(met[part] for part in requirement.together)


def measure_requirement(requirement: Requirement, evidence: Iterable[Mention]) -> float:
    """Return how far a requirement is met, 0 to 1, by the best mentions of the concepts that meet it.

    Each skill, and each duty on each object, counts once, for what its best use is worth; each further one adds less,
    as the logarithm does, until there are enough. Every use counts in full where studying is what is asked for.
    """
    return measure_worths(requirement, weigh_mentions(requirement, evidence).values())


def count_points(requirement: Requirement, met: float) -> float:
    """Return a requirement's possible points by how far it is met, with one decimal."""
    return round(requirement.possible * met, 1)


def _measure_all(requirements: Iterable[Requirement], evidence: Mapping[str, Iterable[Mention]]) -> dict[str, float]:
    met: dict[str, float] = {}
    for item in sorted(requirements, key=lambda item: bool(item.together)):
        met[item.id] = measure_together(item, met) if item.together else measure_requirement(item, evidence[item.id])
    return met


def score_profiles(
    best: BestMentions, profiles: Sequence[RoleProfile], evidence_ids: Mapping[str, frozenset[str]]
) -> list[RoleScore]:
    """Return what each requirement of the profiles earned, and from which mentions.

    `evidence_ids` holds, by requirement id, the ids of all that meets it. A requirement is earned once however often
    it is shown: repeating a keyword cannot raise a score. What several roles ask for is scored once.
    """
    requirements = {item.id: item for profile in profiles for item in profile.requirements}
    evidence = {requirement_id: gather_evidence(best, evidence_ids[requirement_id]) for requirement_id in requirements}
    met = _measure_all(requirements.values(), evidence)
    scores = {
        item.id: RequirementScore(
            item,
            met[item.id],
            count_points(item, met[item.id]),
            sort_by_place(evidence[item.id] if met[item.id] else ()),
        )
        for item in requirements.values()
    }
    return [RoleScore(profile, tuple(scores[item.id] for item in profile.requirements)) for profile in profiles]

"""Scoring: what each requirement of a profile earned, and from which mentions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass as checked_dataclass

from skills.knowledge_files import DATA, read_toml
from skills.mentions import Mention, MentionUse
from skills.profiles import Requirement, RoleProfile

STRICT = ConfigDict(extra="forbid")


@checked_dataclass(frozen=True, slots=True, config=STRICT)
class VerdictBounds:
    """Scores nearer than `close_within` are too close to call; a better score under `neither_below` fits neither."""

    close_within: float
    neither_below: float


@checked_dataclass(frozen=True, slots=True, config=STRICT)
class ScoringFile:
    """The form of `data/scoring.toml`; a use is worth 0 to 1 of a skill."""

    uses: dict[MentionUse, float]
    verdict: VerdictBounds


@cache
def load_scoring() -> ScoringFile:
    """Return the figures that turn evidence into points."""
    return read_toml(DATA / "scoring.toml", ScoringFile)


@dataclass(frozen=True, slots=True)
class RequirementScore:
    """The points that a requirement earned, 0 to its `possible`, and the mentions that earned them."""

    requirement: Requirement
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


def choose_best(mentions: Iterable[Mention]) -> dict[str, Mention]:
    """Return of each concept the mention whose use is worth most, the first such in the text."""
    worth = load_scoring().uses
    best: dict[str, Mention] = {}
    for mention in mentions:
        known = best.get(mention.concept)
        if known is None or worth[mention.use] > worth[known.use]:
            best[mention.concept] = mention
    return best


def score_requirement(
    best: Mapping[str, Mention], requirement: Requirement, concepts: frozenset[str]
) -> RequirementScore:
    """Return what a requirement earned from the best mentions of the concepts that meet it.

    Each concept counts once, for what its best use is worth, until there are enough. What was studied counts in full
    where studying is what the requirement asks for.
    """
    worth = load_scoring().uses | ({"studied": 1.0, "listed": 1.0} if requirement.dimension == "education" else {})
    evidence = sorted(
        (best[concept] for concept in concepts & best.keys()), key=lambda mention: (mention.start, mention.end)
    )
    met = min(1.0, sum(worth[mention.use] for mention in evidence) / requirement.enough)
    return RequirementScore(requirement, round(requirement.possible * met, 1), tuple(evidence))


def score_profile(
    best: Mapping[str, Mention], profile: RoleProfile, concepts: Mapping[str, frozenset[str]]
) -> RoleScore:
    """Return what each requirement of the profile earned, and from which mentions.

    `concepts` holds, by requirement id, every skill and duty that meets it. A requirement is earned once however often
    it is shown: repeating a keyword cannot raise a score.
    """
    return RoleScore(profile, tuple(score_requirement(best, item, concepts[item.id]) for item in profile.requirements))

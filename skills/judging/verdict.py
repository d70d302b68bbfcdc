"""The verdict: which of two roles fits better, by how much, and for which reasons.

It is between the two built-in roles alone, however many are scored: its bounds were fitted to judgements of these two,
and what two other roles' points say against each other nobody has measured.
"""

from dataclasses import dataclass

from skills.judging.figures import load_scoring
from skills.judging.scoring import RoleScore


@dataclass(frozen=True, slots=True)
class Reason:
    """A requirement that speaks for one role: `points` is how far it moves the scores apart."""

    requirement: str
    points: float
    towards: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The better role's id, or None when the scores are too close to call or neither role fits; margin in points.

    `close` is true only where a role fits: None and not close is “neither”.
    """

    best_fit: str | None
    margin: float
    close: bool
    reasons: tuple[Reason, ...]


def _collect_reasons(score: RoleScore) -> list[Reason]:
    return [
        Reason(item.requirement.id, item.points, score.profile.id)
        for item in score.requirements
        if item.points and not item.requirement.shared
    ]


def reach_verdict(first: RoleScore, second: RoleScore) -> Verdict:
    """Return the verdict between two roles.

    Shared requirements earn the same points in both, so only the others are reasons; the better role's come first.
    """
    bounds = load_scoring().verdict
    better, other = sorted((first, second), key=lambda score: (-score.score, score.profile.id))
    margin = round(better.score - other.score, 1)
    fits = better.score >= bounds.neither_below
    close = fits and margin < bounds.close_within
    reasons = sorted(
        _collect_reasons(better) + _collect_reasons(other),
        key=lambda reason: (reason.towards != better.profile.id, -reason.points, reason.requirement),
    )
    return Verdict(better.profile.id if fits and not close else None, margin, close, tuple(reasons))

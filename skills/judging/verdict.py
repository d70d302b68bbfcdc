"""The verdict: which of two roles fits better, by how much, and for which reasons.

It is between the two built-in roles alone, however many are scored: its bounds were fitted to judgements of these two,
and what two other roles' points say against each other nobody has measured.
"""

from collections.abc import Sequence

from skills.judging.report_types import LimitedVerdict, Verdict, VerdictReason
from skills.judging.scoring import RoleScore
from skills.judging.scoring_figures import load_scoring
from skills.roles.profiles import BUILT_IN_COUNT


def _collect_reasons(score: RoleScore) -> list[VerdictReason]:
    return [
        VerdictReason(item.requirement.id, item.points, score.profile.id)
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


def reach_built_in_verdict(scores: Sequence[RoleScore]) -> Verdict:
    """Return the verdict between the two built-in roles, which come first; it says so where there are other roles."""
    built_in, others = scores[:BUILT_IN_COUNT], scores[BUILT_IN_COUNT:]
    verdict = reach_verdict(*built_in)
    if not others:
        return verdict
    between = tuple(score.profile.id for score in built_in)
    return LimitedVerdict(verdict.best_fit, verdict.margin, verdict.close, verdict.reasons, between)

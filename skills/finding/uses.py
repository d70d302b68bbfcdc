"""How a résumé shows a skill, and which of two ways shows less."""

from typing import Literal

from skills.anatomy.sections import Use

# The strongest first; what is shown by `none` is no mention.
MentionUse = Literal["demonstrated", "listed", "studied"]

RANKS: dict[Use, int] = {"none": 0, "studied": 1, "listed": 2, "demonstrated": 3}


def choose_weaker(use: Use, limit: Use | None) -> Use:
    """Return what says less of a skill; None limits nothing."""
    return use if limit is None or RANKS[use] <= RANKS[limit] else limit

"""How a résumé shows a skill, and which of two ways shows less."""

from typing import Literal

from skills.anatomy.sections import Use

# The strongest first; what is shown by `none` is no mention.
MentionUse = Literal["demonstrated", "listed", "studied"]
# What is demonstrated in a project is worth less than what is demonstrated at work.
Depth = Literal["demonstrated", "project", "listed", "studied"]

RANKS: dict[Use, int] = {"none": 0, "studied": 1, "listed": 2, "demonstrated": 3}


def find_depth(use: MentionUse, section: str) -> Depth:
    """Return how deep a skill goes that is used so in a section."""
    return "project" if use == "demonstrated" and section == "projects" else use


def choose_weaker(use: Use, limit: Use | None) -> Use:
    """Return what says less of a skill; None limits nothing."""
    return use if limit is None or RANKS[use] <= RANKS[limit] else limit

"""The uses of a skill in a résumé, such as demonstrated or listed, and their order."""

from typing import Literal

from skills.anatomy.sections import Use

# The strongest first; `none` makes no mention.
MentionUse = Literal["demonstrated", "listed", "studied"]
# A use as it is weighed: what is demonstrated in a project is worth less than what is demonstrated at work.
WeighedUse = Literal["demonstrated", "project", "listed", "studied"]

RANKS: dict[Use, int] = {"none": 0, "studied": 1, "listed": 2, "demonstrated": 3}


def find_weighed_use(use: MentionUse, section: str) -> WeighedUse:
    """Return the use as which a mention with this use in a section is weighed."""
    return "project" if use == "demonstrated" and section == "projects" else use


def choose_weaker(use: Use, limit: Use | None) -> Use:
    """Return the weaker of two uses; None does not limit the other."""
    return use if limit is None or RANKS[use] <= RANKS[limit] else limit

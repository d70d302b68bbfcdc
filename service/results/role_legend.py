"""The catalog: what the rows of a batch refer to by id, for a script that shows them."""

import re
from collections.abc import Sequence
from typing import Any

from skills.judging.figures import load_scoring
from skills.roles.profiles import SOURCES, RoleProfile


def _describe_requirements(profile: RoleProfile) -> dict[str, Any]:
    return {
        requirement.id: {
            "title": requirement.title,
            "possible": requirement.possible,
            "role": None if requirement.shared else profile.id,
        }
        for requirement in profile.requirements
    }


def _abbreviate(title: str) -> str:
    """Return the initials of a role's title, or the title itself where it has not two capitals."""
    initials = "".join(re.findall(r"\b[A-Z]", title))
    return initials if len(initials) > 1 else title


def describe_catalog(profiles: Sequence[RoleProfile]) -> dict[str, Any]:
    """Return titles of roles, dimensions and requirements, what points are possible, and the verdict's bounds.

    The verdict is between the first two roles.
    """
    bounds = load_scoring().verdict
    shorts = [_abbreviate(profile.title) for profile in profiles]
    return {
        "roles": [
            {"id": profile.id, "title": profile.title, "short": profile.title if short in shorts[:place] else short}
            for place, (profile, short) in enumerate(zip(profiles, shorts, strict=True))
        ],
        "dimensions": [{"id": name, "title": title} for name, title in SOURCES.items()],
        "requirements": {key: item for profile in profiles for key, item in _describe_requirements(profile).items()},
        "close_within": bounds.close_within,
        "neither_below": bounds.neither_below,
    }

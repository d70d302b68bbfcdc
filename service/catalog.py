"""The catalog: what the rows of a batch refer to by id, for a script that shows them."""

from typing import Any

from skills.profiles import SOURCES, RoleProfile, load_profiles
from skills.scoring_file import load_scoring


def _describe_requirements(profile: RoleProfile) -> dict[str, Any]:
    return {
        requirement.id: {
            "title": requirement.title,
            "possible": requirement.possible,
            "role": None if requirement.shared else profile.id,
        }
        for requirement in profile.requirements
    }


def describe_catalog() -> dict[str, Any]:
    """Return the titles of roles, dimensions and requirements, what points are possible, and the verdict's bounds."""
    profiles, bounds = load_profiles(), load_scoring().verdict
    return {
        "roles": [{"id": profile.id, "title": profile.title} for profile in profiles],
        "dimensions": [{"id": name, "title": title} for name, title in SOURCES.items()],
        "requirements": {key: item for profile in profiles for key, item in _describe_requirements(profile).items()},
        "close_within": bounds.close_within,
        "neither_below": bounds.neither_below,
    }

"""The role profiles: what each role asks for, read from `data/profiles/*.toml`."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic.dataclasses import dataclass

from skills.errors import KnowledgeError
from skills.knowledge_files import DATA, STRICT, fingerprint, read_toml

# The article's own dimensions, in its order, by the heading of the section that each comes from.
SOURCES = {
    "responsibilities": "Responsibilities",
    "skills": "Required Skills",
    "education": "Educational Background",
    "tools": "Tools and Software Used",
    "industries": "Common Industries",
}
Dimension = Literal["responsibilities", "skills", "education", "tools", "industries"]

FOLDER = DATA / "profiles"
SHARED = "shared.toml"
ALL_POINTS = 100.0
ROLES = 2


@dataclass(frozen=True, slots=True, config=STRICT)
class Requirement:
    """A line of a profile. `possible` is the most points, of a role's 100, that it can earn.

    It is met in full by `enough` different skills or duties, each demonstrated; a named skill stands for every skill
    below it.
    `example` is a line that would meet it in full if it stood in the section `example_section` of a résumé.
    """

    id: str
    title: str
    dimension: Dimension
    possible: float
    advice: str
    example: str
    skills: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    enough: float = 1.0
    example_section: Literal["projects", "education"] = "projects"
    shared: bool = False

    @property
    def source(self) -> str:
        """The heading of the article's section that the requirement comes from."""
        return SOURCES[self.dimension]


@dataclass(frozen=True, slots=True, config=STRICT)
class SharedFile:
    """The form of `profiles/shared.toml`: what both roles ask for, at the same worth, so that it cannot decide."""

    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True, config=STRICT)
class RoleProfile:
    """A role; a file of `profiles/` but for the shared requirements, which follow its own when loaded."""

    id: str
    title: str
    summary: str
    requirements: tuple[Requirement, ...]

    def in_dimension(self, dimension: str) -> tuple[Requirement, ...]:
        """Return the requirements of one dimension."""
        return tuple(requirement for requirement in self.requirements if requirement.dimension == dimension)


def _check_points(profile: RoleProfile, path: Path) -> None:
    total = round(sum(requirement.possible for requirement in profile.requirements), 1)
    if total != ALL_POINTS:
        raise KnowledgeError(
            f"{path.name}: requirements.possible: with {SHARED} they add up to {total}, not {ALL_POINTS}"
        )


@cache
def load_profiles(folder: Path = FOLDER) -> tuple[RoleProfile, ...]:
    """Return the profiles of a folder in the order of their ids.

    Raises:
        KnowledgeError: a file is malformed, a role's possible points do not add up to 100, or there are not two roles.
    """
    shared = read_toml(folder / SHARED, SharedFile).requirements
    profiles = []
    for path in sorted(folder.glob("*.toml")):
        if path.name == SHARED:
            continue
        own = read_toml(path, RoleProfile)
        profile = replace(own, requirements=own.requirements + tuple(replace(item, shared=True) for item in shared))
        _check_points(profile, path)
        profiles.append(profile)
    if len(profiles) != ROLES:
        raise KnowledgeError(f"{folder.name}: there are {len(profiles)} roles; a verdict is between {ROLES}")
    return tuple(profiles)


def profiles_version(folder: Path = FOLDER) -> str:
    """Return a text that changes with any byte of the profiles."""
    return fingerprint(folder.glob("*.toml"))


def _describe_requirement(requirement: Requirement) -> dict[str, Any]:
    return {
        "id": requirement.id,
        "title": requirement.title,
        "source": requirement.source,
        "shared": requirement.shared,
        "possible": requirement.possible,
        "skills": list(requirement.skills),
        "duties": list(requirement.duties),
        "advice": requirement.advice,
        "example": requirement.example,
    }


def describe_profile(profile: RoleProfile) -> dict[str, Any]:
    """Return a profile as the JSON object of `/v1/roles/{id}`; the weights of its dimensions add up to 1."""
    dimensions = []
    for name in SOURCES:
        requirements = profile.in_dimension(name)
        weight = round(sum(requirement.possible for requirement in requirements) / ALL_POINTS, 3)
        dimensions.append(
            {"id": name, "weight": weight, "requirements": [_describe_requirement(item) for item in requirements]}
        )
    return {"id": profile.id, "title": profile.title, "summary": profile.summary, "dimensions": dimensions}

"""The role profiles: what each role asks for, read from `data/profiles/*.toml` and from a folder of the settings."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, field, fields, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, NonNegativeFloat, PositiveFloat
from pydantic.dataclasses import dataclass

from skills.errors import KnowledgeError, RolefitError
from skills.finding.learned import load_learned
from skills.finding.skill.vocabulary import Kind
from skills.roles.protected_criteria import ProtectedCriterionError, find_criterion
from skills.toml_files import DATA, STRICT, fingerprint, read_form, read_toml

# The article's own dimensions, in its order, by the heading of the section that each comes from.
Dimension = Literal["responsibilities", "skills", "education", "tools", "industries"]
SOURCES: dict[Dimension, str] = {
    "responsibilities": "Responsibilities",
    "skills": "Required Skills",
    "education": "Educational Background",
    "tools": "Tools and Software Used",
    "industries": "Common Industries",
}

FOLDER = DATA / "profiles"
SHARED = "shared.toml"
ALL_POINTS = 100.0
ROLE = "role"  # where an error says that a role is which no file holds
BUILT_IN_COUNT = 2  # the built-in roles, which come first: the verdict is between them
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]


@dataclass(frozen=True, slots=True, config=STRICT)
class Requirement:
    """A line of a profile.

    possible: the most points, of a role's 100, that it can earn.
    skills, duties, phrases: what meets it. A skill stands for every skill below it; phrases are learned.
    kinds: if any are named, only skills of these kinds count: a method is proof of algorithms, a framework is not.
    but: skills that do not count, nor do those below them: who measures a model shows no algorithm.
    too_broad: skills that do not count, though those below them do: “machine learning” names no algorithm.
    enough: how many different skills or duties, each demonstrated, meet it in full.
    bend: the smaller it is, the less each further one adds (`measure_worths` of `skills/judging/scoring.py`).
    weights: what a skill, duty or phrase is worth in place of 1, as learned.
    together: other requirements; it is then met by the product of the shares to which these are met.
    advice: shown in lists of roles, and in reports on own roles; built-in roles have theirs in `data/advice-en.toml`.
    example: a line that would meet it in full if it stood in the section `example_section` of a résumé.
    quote: the sentence of a job posting that it was drafted from.
    """

    id: Id
    title: str
    dimension: Dimension
    possible: NonNegativeFloat
    advice: str
    example: str
    skills: tuple[str, ...] = ()
    kinds: frozenset[Kind] = frozenset()
    but: tuple[str, ...] = ()
    too_broad: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    enough: PositiveFloat = 1.0
    bend: PositiveFloat = 1.0
    example_section: Literal["experience", "projects", "education"] = "experience"
    shared: bool = False
    quote: str = ""
    phrases: tuple[str, ...] = field(default=(), repr=False)
    weights: Mapping[str, float] = field(default_factory=dict, repr=False, hash=False)

    @property
    def source(self) -> str:
        """The heading of the section of the article, which the requirement of a built-in role comes from."""
        return SOURCES[self.dimension]

    @property
    def counts_every_use_in_full(self) -> bool:
        """Whether what was only listed or studied is worth as much as what was shown: studying is asked for."""
        return self.dimension == "education"


@dataclass(frozen=True, slots=True, config=STRICT)
class SharedFile:
    """The schema of `profiles/shared.toml`: what both roles ask for, at the same worth, so that it cannot decide."""

    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True, config=STRICT)
class RoleProfile:
    """A role. A file of `profiles/` lacks the shared requirements, which are added after its own when it is loaded."""

    id: Id
    title: str
    summary: str
    requirements: tuple[Requirement, ...]

    def in_dimension(self, dimension: str) -> tuple[Requirement, ...]:
        """Return the requirements of one dimension."""
        return tuple(requirement for requirement in self.requirements if requirement.dimension == dimension)


class UnknownRoleError(RolefitError):
    """No profile has this id."""

    code = "unknown-role"

    def __init__(self, role_id: str, known: Iterable[RoleProfile]) -> None:
        super().__init__(f"There is no role “{role_id}”. Known: {', '.join(item.id for item in known)}.")


def _check_points(profile: RoleProfile, file: str) -> None:
    for item in profile.requirements:
        if round(item.possible, 1) != item.possible:
            raise KnowledgeError(f"{file}: {item.id}.possible: has more than one decimal. Round it.")
    total = round(sum(requirement.possible for requirement in profile.requirements), 1)
    if total != ALL_POINTS:
        raise KnowledgeError(
            f"{file}: requirements.possible: they add up to {total}, not to {ALL_POINTS}. Raise or lower some of them."
        )


def share_points(items: Sequence[Requirement]) -> tuple[Requirement, ...]:
    """Return requirements with points that add up to 100, in tenths, by their shares; not all of these may be 0."""
    tenths, shares = round(10 * ALL_POINTS), sum(item.possible for item in items)
    parts = [int(tenths * item.possible / shares) for item in items]
    rest = tenths - sum(parts)
    return tuple(
        replace(item, possible=(part + (place < rest)) / 10)
        for place, (item, part) in enumerate(zip(items, parts, strict=True))
    )


def _check_ids(ids: Iterable[str], file: str) -> None:
    for name, count in Counter(ids).items():
        if count > 1:
            raise KnowledgeError(f"{file}: the id {name!r} is used {count} times. Give each its own.")


def _check_criteria(profile: RoleProfile, file: str) -> None:
    texts = [("title", profile.title), ("summary", profile.summary)]
    for item in profile.requirements:
        texts += [(f"{item.id}.{key}", getattr(item, key)) for key in ("title", "advice", "example", "quote")]
    for key, text in texts:
        if criterion := find_criterion(text):
            raise ProtectedCriterionError(f"{file}: {key}", criterion)


def check_role(role: RoleProfile, *, place: str) -> RoleProfile:
    """Return a role that is not built in, checked; it stands alone, without the shared requirements.

    The ids of its requirements get that of the role before them, for two roles may ask for the same. `place` is where
    an error says that the role comes from.

    Raises:
        KnowledgeError: its id is a built-in role's, its points do not add up to 100, a requirement asks for nothing or
            shares its id, or (ProtectedCriterionError) the role asks for what none may.
    """
    if any(profile.id == role.id for profile in load_profiles()):
        raise KnowledgeError(f"{place}: id: {role.id!r} is a built-in role. Give yours another id.")
    _check_criteria(role, place)
    _check_ids((item.id for item in role.requirements), place)
    _check_points(role, place)
    for item in role.requirements:
        if item.together:
            raise KnowledgeError(f"{place}: {item.id}.together: only the built-in roles know this. Take it out.")
        if not item.skills and not item.duties:
            raise KnowledgeError(f"{place}: {item.id}: asks for nothing. Name skills or duties that meet it.")
    items = (replace(item, id=f"{role.id}.{item.id}", shared=False) for item in role.requirements)
    return replace(role, requirements=tuple(items))


def _list_requirement_parts(item: Requirement) -> dict[str, object]:
    required = {key.name for key in fields(item) if key.default is MISSING and key.default_factory is MISSING}
    written = ((key.name, getattr(item, key.name), key.default) for key in fields(item))
    return {name: value for name, value, default in written if name in required or (value and value != default)}


def list_parts(profile: RoleProfile) -> dict[str, object]:
    """Return what the file of a role has: without what a requirement says by default."""
    items = [_list_requirement_parts(item) for item in profile.requirements]
    return {"id": profile.id, "title": profile.title, "summary": profile.summary, "requirements": items}


def read_role(written: str) -> RoleProfile:
    """Return a role from its JSON, checked as a file's is."""
    return check_role(read_form(json.loads(written), RoleProfile, place=ROLE), place=ROLE)


def read_own_role(path: Path) -> RoleProfile:
    """Return a role from its file, checked; raise KnowledgeError if it is malformed, or as `check_role` does."""
    return check_role(read_toml(path, RoleProfile), place=path.name)


def _check_together(profile: RoleProfile, file: str) -> None:
    plain = {item.id for item in profile.requirements if not item.together}
    for item in profile.requirements:
        for part in item.together:
            if part not in plain:
                raise KnowledgeError(f"{file}: {item.id}.together: {part!r} is no requirement of the role of its own.")


def _add_learned(profile: RoleProfile) -> RoleProfile:
    learned, items = load_learned(), []
    for item in profile.requirements:
        phrases = learned.phrases.get(item.id, {})
        items.append(replace(item, phrases=tuple(phrases), weights=learned.weights.get(item.id, {}) | phrases))
    return replace(profile, requirements=tuple(items))


def _read_built_in() -> Iterator[RoleProfile]:
    shared = read_toml(FOLDER / SHARED, SharedFile).requirements
    for path in sorted(FOLDER.glob("*.toml")):
        if path.name != SHARED:
            role = read_toml(path, RoleProfile)
            both = tuple(replace(item, shared=True) for item in shared)
            profile = replace(role, requirements=role.requirements + both)
            _check_points(profile, path.name)
            _check_together(profile, path.name)
            yield _add_learned(profile)


def _list_files(folder: Path | None) -> list[Path]:
    return sorted(folder.glob("*.toml")) if folder else []


@cache
def load_profiles(folder: Path | None = None) -> tuple[RoleProfile, ...]:
    """Return the profiles of the two built-in roles, then those of a folder, by their files' names.

    Raises:
        KnowledgeError: a file is wrong, or two roles have one id.
    """
    profiles = (*_read_built_in(), *map(read_own_role, _list_files(folder)))
    place = folder.name if folder else FOLDER.name
    _check_ids((profile.id for profile in profiles), place)
    _check_ids((item.id for profile in profiles[BUILT_IN_COUNT:] for item in profile.requirements), place)
    return profiles


@cache
def profiles_version(folder: Path | None = None) -> str:
    """Return a text that changes with any byte of the profiles in force."""
    return fingerprint([*sorted(FOLDER.glob("*.toml")), *_list_files(folder)])


def find_profile(role_id: str, profiles: Sequence[RoleProfile]) -> RoleProfile:
    """Return the profile with this id, or raise `UnknownRoleError`."""
    for profile in profiles:
        if profile.id == role_id:
            return profile
    raise UnknownRoleError(role_id, profiles)

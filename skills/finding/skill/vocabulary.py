"""The skills that Rolefit knows, read from `data/vocabulary/*.toml`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Literal

from pydantic.dataclasses import dataclass

from skills.errors import KnowledgeError
from skills.toml_files import DATA, STRICT, fingerprint, read_toml

Kind = Literal[
    "language", "framework", "library", "platform", "database", "tool", "method", "practice", "standard", "system",
    "degree", "field", "industry",
]  # fmt: skip

# Kinds that say where and what somebody studied or worked on: evidence for a role, but not something one can do.
BACKGROUND_KINDS = frozenset({"degree", "field", "industry"})

VOCABULARY = DATA / "vocabulary"


@dataclass(frozen=True, slots=True, config=STRICT)
class Doubt:
    """The conditions under which surfaces with a second meaning name their skill.

    `company = "needed"`: the surface counts only in a skills section (a degree, field or industry also in education),
    in a list beside another skill, or in a sentence that holds a `near` phrase. `case = "exact"`: only in the letter
    case of `surfaces`, or, in company, in capitals. In the `not_…` phrases `<number>` stands for any number.
    """

    surfaces: tuple[str, ...]
    case: Literal["any", "exact"] = "any"
    company: Literal["optional", "needed"] = "optional"
    near: tuple[str, ...] = ()
    not_followed_by: tuple[str, ...] = ()
    not_preceded_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, config=STRICT)
class SkillEntry:
    """An entry of a vocabulary file; its key is the skill's id. `kind` is the file's where the entry states none.

    `aliases` are other spellings and names that share a word or initials with the label; `also` are names of the same
    thing that do not, so that whoever adds one says that it is no other thing.
    """

    label: str
    kind: Kind | None = None
    aliases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    doubtful: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, config=STRICT)
class VocabularyFile:
    """A family of skills; `kind` and `broader` are those of the entries that state none."""

    kind: Kind
    skills: dict[str, SkillEntry]
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skill:
    """A concept of the vocabulary. `broader` names the skills that knowing this one also shows.

    `file` is the name of the file in which it stands.
    """

    id: str
    file: str
    label: str
    kind: Kind
    surfaces: tuple[str, ...]
    broader: tuple[str, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All skills by id, and the ids of those right below each.

    `version` changes with any byte of the vocabulary's files and of those beside its folder: all but the profiles.
    """

    skills: Mapping[str, Skill] = field(repr=False)
    narrower: Mapping[str, Sequence[str]] = field(repr=False)
    version: str


def _make_skill(skill_id: str, entry: SkillEntry, family: VocabularyFile, file: str) -> Skill:
    names = dict.fromkeys((entry.label, *entry.aliases, *entry.also))
    for doubt in entry.doubtful:
        for surface in doubt.surfaces:
            names.pop(surface, None)
    kind, broader = entry.kind or family.kind, entry.broader or family.broader
    return Skill(skill_id, file, entry.label, kind, tuple(names), broader, entry.doubtful)


def _read_skills(paths: list[Path]) -> Iterator[tuple[Path, Skill]]:
    for path in paths:
        family = read_toml(path, VocabularyFile)
        for skill_id, entry in family.skills.items():
            yield path, _make_skill(skill_id, entry, family, path.name)


def _list_narrower(skills: Mapping[str, Skill], homes: Mapping[str, Path]) -> dict[str, list[str]]:
    narrower: dict[str, list[str]] = {}
    for skill in skills.values():
        for broader in skill.broader:
            if broader not in skills:
                raise KnowledgeError(f"{homes[skill.id].name}: skills.{skill.id}.broader: no skill {broader!r}")
            narrower.setdefault(broader, []).append(skill.id)
    return narrower


@cache
def load_vocabulary(folder: Path = VOCABULARY) -> Vocabulary:
    """Return the vocabulary of a folder of TOML files.

    Raises:
        KnowledgeError: a file is malformed, an id is used twice, or `broader` names no skill.
    """
    paths = sorted(folder.rglob("*.toml"), key=attrgetter("name"))
    skills: dict[str, Skill] = {}
    homes: dict[str, Path] = {}
    for path, skill in _read_skills(paths):
        if skill.id in skills:
            raise KnowledgeError(f"{path.name}: skills.{skill.id}: already in {homes[skill.id].name}")
        skills[skill.id], homes[skill.id] = skill, path
    return Vocabulary(skills, _list_narrower(skills, homes), vocabulary_version(folder))


def vocabulary_version(folder: Path = VOCABULARY) -> str:
    """Return a digest of the vocabulary's files and of the knowledge beside them, without parsing them."""
    return fingerprint(sorted([*folder.rglob("*.toml"), *folder.parent.glob("*.toml")]))


def find_kinds_of(skill_ids: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Return the ids of these skills and of all skills below them."""
    found: set[str] = set()
    front = set(skill_ids)
    while front:
        found |= front
        front = {narrower for skill in front for narrower in vocabulary.narrower.get(skill, ())} - found
    return frozenset(found)

"""The sections of a résumé: the words of their headings, and how a skill that is named in one counts."""

from functools import cache
from typing import Literal

from pydantic.dataclasses import dataclass

from skills.toml_files import DATA, STRICT, read_toml

Use = Literal["demonstrated", "listed", "studied", "none"]

# Before the first heading stand name, address and, often, an untitled summary.
TOP = "top"
UNTITLED_USE: Use = "listed"

# The sections of posts and of degrees.
EXPERIENCE, EDUCATION = "experience", "education"

ENTRY_SECTIONS = frozenset({EXPERIENCE, "projects"})
STUDY_SECTIONS = frozenset({EDUCATION, "courses"})


@dataclass(frozen=True, slots=True, config=STRICT)
class Section:
    """A section of a résumé: the words of its headings, and how a skill that is named in it counts."""

    use: Use
    headings: tuple[str, ...]
    inline: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, config=STRICT)
class SectionsFile:
    """The schema of `data/sections.toml`."""

    modifiers: frozenset[str]
    sections: dict[str, Section]


@cache
def load_sections_file() -> SectionsFile:
    """Return the sections and the words of their headings."""
    return read_toml(DATA / "sections.toml", SectionsFile)


def load_sections() -> dict[str, Section]:
    """Return the sections by id."""
    return load_sections_file().sections


def get_use_in(section: str) -> Use:
    """Return how a skill that is named in a section counts."""
    return UNTITLED_USE if section == TOP else load_sections()[section].use

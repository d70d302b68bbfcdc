"""Finds headings, the lines that open a section, by their words, in any order, form and language."""

import re
from collections.abc import Iterable
from functools import cache

from skills.anatomy.sections import load_sections_file
from skills.anatomy.titles.title_words import names_field
from skills.text.tokens import normalize

MAX_HEADING_CHARACTERS = 60
MAX_HEADING_WORDS = 6
MIN_PARTS = 2
# Letters with a space between each: “E X P E R I E N C E”; wider gaps part words.
SPACED = re.compile(r"\W*[^\W\d_](?: [^\W\d_]){3,}(?:\s{2,4}[^\W\d_](?: [^\W\d_])*)*\W*")
PARTS = re.compile(r"\s*(?:[&+/,|]|\band\b|\bund\b|\bet\b|\by\b|\be\b)\s*", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
EXPERIENCE = " experience"


@cache
def _read_headings(*, inline: bool) -> dict[str, str]:
    return {
        _write_plain(heading): name
        for name, section in load_sections_file().sections.items()
        for heading in (section.inline if inline else section.headings)
    }


# Words that may open a heading of several, though they belong to none of them.
JOINING = frozenset({"and", "und", "et"})


@cache
def _list_first_words() -> frozenset[str]:
    """Return the words that a heading may begin with."""
    file = load_sections_file()
    phrases = [phrase for section in file.sections.values() for phrase in (*section.headings, *section.inline)]
    return frozenset(_write_plain(phrase).partition(" ")[0] for phrase in phrases) | file.modifiers | JOINING


def _may_be_heading(title: str) -> bool:
    """Return whether the first word of a title may begin a heading, or is a single letter: a quick test."""
    first = WORD.search(title)
    return first is not None and (len(first[0]) == 1 or normalize(first[0]) in _list_first_words())


def _write_plain(heading: str) -> str:
    """Return the words of a heading as they are compared, without “and” and punctuation."""
    return " ".join(normalize(word) for word in WORD.findall(heading) if word.lower() != "and")


def _close_up(title: str) -> str:
    """Return a heading without the spaces between its letters, if it is written so."""
    if not SPACED.fullmatch(title):
        return title
    return " ".join(word.replace(" ", "") for word in re.split(r"\s{2,}", title.strip()))


def _strip_modifiers(words: Iterable[str]) -> str:
    """Return a heading without the words that may stand around any: “my”, “selected”, “professional”."""
    known, left = load_sections_file().modifiers, list(words)
    while left and left[0] in known:
        del left[0]
    while left and left[-1] in known:
        del left[-1]
    return " ".join(left)


def _find_part(part: str) -> str | None:
    """Return the section that words are a heading of, with or without the modifiers around them."""
    headings, plain = _read_headings(inline=False), _write_plain(part)
    return headings.get(plain) or headings.get(_strip_modifiers(plain.split()))


def _find_compound(title: str) -> str | None:
    """Return the section of a heading of several, each known: of the experience if it is one of them, or the first.

    Only signs and “and” join a part that names the person: “Social Works” is a field of study.
    """
    parts = [part for part in PARTS.split(title) if WORD.search(part)]
    joined = len(parts) > 1
    sections = [_find_part(part) for part in (parts if joined else title.split())]
    if None in sections or len(sections) < MIN_PARTS or (not joined and "identity" in sections):
        return None
    first = "skills" if sections[0] == "languages" and "skills" in sections else sections[0]
    return "experience" if "experience" in sections else first


def _find_experience(title: str) -> str | None:
    """Return the experience for a heading of a field of work: “Machine Learning Experience”."""
    field = title.lower().removesuffix(EXPERIENCE)
    return "experience" if field != title.lower() and title[0].isupper() and names_field(field.strip()) else None


def find_heading(line: str) -> str | None:
    """Return the section that a line opens, or None.

    A heading is a whole line, or stands before a colon and the first words of its section.
    """
    title, colon, rest = line.partition(":")
    if len(title) > MAX_HEADING_CHARACTERS or not (_may_be_heading(title) or title.lower().endswith(EXPERIENCE)):
        return None
    if colon and rest.strip(" *_"):
        return _read_headings(inline=True).get(_write_plain(title))
    plain = _write_plain(title)
    if found := _read_headings(inline=False).get(plain):
        return found
    title = _close_up(title)
    if any(map(str.isdecimal, title)) or len(title.split()) > MAX_HEADING_WORDS:
        return None
    return _find_part(title) or _find_compound(title) or _find_experience(title)


def stands_alone(line: str) -> bool:
    """Return whether nothing follows the heading that a line begins with."""
    return ":" not in line.rstrip(": *_")


def is_heading(line: str) -> bool:
    """Return whether a line opens a section and says nothing else."""
    return stands_alone(line) and find_heading(line) is not None

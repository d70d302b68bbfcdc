"""The parts of a résumé, told by headings and dates. Known without spaCy."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from pydantic.dataclasses import dataclass

from skills.text.tokens import normalize
from skills.toml_files import DATA, STRICT, read_toml

Use = Literal["demonstrated", "listed", "studied", "none"]

# Before the first heading stand name, address and, often, an untitled summary.
TOP = "top"
UNTITLED_USE: Use = "listed"

ENTRY_SECTIONS = frozenset({"experience", "projects"})

# Where people say in a few words what they are.
SUMMARIES = frozenset({TOP, "summary"})
# How long somebody's contact is does not say how far the summary behind it reaches.
# Looser than ADDRESS, for all that counts is where the last one ends.
CONTACT = re.compile(r"[\w.+-]{1,64}@[\w.-]+|\+?\d[\d ().-]{7,40}\d|(?:https?://|www\.)\S+")
CONTACT_CHARACTERS = 400

LONGEST_HEADING_CHARACTERS = 60

# A summary is no longer than this, though what stands before the first heading may be.
SUMMARY_CHARACTERS = 1200
# A post stands this near to its dates.
ENTRY_HEAD_CHARACTERS = 120

MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
DATE = rf"(?:{MONTH}\s*,?\s*['\u2019]?\d{{2,4}}|\d{{1,2}}/\d{{2,4}}|(?:19|20)\d\d(?:[-/]\d\d(?!\d))?)"
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
NOW = ("present", "current", "now", "date", "today")
# “555-2010-2015” and “(555) 2010-2015” are telephone numbers.
NO_AREA_CODE = r"(?<!\D\d{3}[-. ])(?<!^\d{3}[-. ])(?<!\d{3}\) )"
# The first look, at the first letter of a month or a digit, spares most words the rest.
DATE_RANGE = re.compile(
    rf"\b(?=[jfmasond\d]){NO_AREA_CODE}{DATE}\s*(?:to|till|until|through|[{DASHES}])+\s*(?:{DATE}|{'|'.join(NOW)})\b",
    re.IGNORECASE,
)
# In each there is one of these, which is found faster.
JOINED_NUMBER = re.compile(rf"\d\s*(?:to|till|until|through|[{DASHES}])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, config=STRICT)
class Section:
    """A part of a résumé: the headings it goes by and what a skill that is named in it shows."""

    use: Use
    headings: tuple[str, ...]
    inline: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, config=STRICT)
class SectionsFile:
    """The form of `data/sections.toml`."""

    sections: dict[str, Section]


@cache
def load_sections() -> dict[str, Section]:
    """Return the sections by id."""
    return read_toml(DATA / "sections.toml", SectionsFile).sections


@cache
def _headings(*, inline: bool) -> dict[str, str]:
    return {
        _plain(heading): name
        for name, section in load_sections().items()
        for heading in (section.inline if inline else section.headings)
    }


def _plain(heading: str) -> str:
    return " ".join(normalize(word) for word in re.findall(r"[^\W\d_]+", heading) if word.lower() != "and")


def find_heading(line: str) -> str | None:
    """Return the section that a line opens, or None.

    A heading stands on a line of its own, or before a colon with its section's first words behind it.
    """
    title, colon, rest = line.partition(":")
    if len(title) > LONGEST_HEADING_CHARACTERS:
        return None
    return _headings(inline=bool(colon and rest.strip())).get(_plain(title))


def is_heading(line: str) -> bool:
    """Tell whether a line opens a section and says nothing else."""
    return ":" not in line.rstrip(": ") and find_heading(line) is not None


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def find_openings(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and section of each place where a new section begins.

    In a dated entry a heading before a colon covers its own line alone, and so does one that shows no skill anywhere.
    """
    yield 0, TOP
    current = TOP
    for start, line in _lines(text):
        section = find_heading(line)
        if section is None and current == TOP and DATE_RANGE.search(line):
            section = "experience"
        if section is None:
            continue
        yield start, section
        if not is_heading(line) and (current in ENTRY_SECTIONS or use_in(section) == "none"):
            yield start + len(line) + 1, current
        else:
            current = section


def find_date_ranges(text: str) -> Iterator[re.Match[str]]:
    """Yield the ranges of dates in a text; one that begins with a month may begin on the line before its year.

    The text has no empty lines, as no document has once it is read.
    """
    end = 0
    for joined in JOINED_NUMBER.finditer(text):
        if joined.start() >= end:
            own = text.rfind("\n", 0, joined.start())
            match = DATE_RANGE.search(text, max(end, text.rfind("\n", 0, max(own, 0))))
            if match is None:
                return
            yield match
            end = match.end()


class Head(NamedTuple):
    """A character range that says what the person is, or was before if not `present`."""

    start: int
    end: int
    present: bool


def find_heads(text: str, openings: Sequence[tuple[int, str]]) -> list[Head]:
    """Return the summaries and the heads of the dated entries.

    An entry's head is the line of its dates with its neighbours, as far as the section reaches. Present are the
    summaries, entries dated up to now, and the first entry of the experience, for the latest stands first. `openings`
    are the offsets and ids of the sections, in text order.
    """
    bounds = [*(offset for offset, _ in openings), len(text)]
    heads = [
        Head(start, min(end, (_end_contact(text) if name == TOP else start) + SUMMARY_CHARACTERS), present=True)
        for (start, name), end in zip(openings, bounds[1:], strict=True)
        if name in SUMMARIES
    ]
    latest = True
    for match in find_date_ranges(text):
        i = bisect_right(bounds, match.start()) - 1
        held = openings[i][1] == "experience"
        start, end = (
            max(bounds[i], _line_before(text, match.start())),
            min(_line_after(text, match.end()), bounds[i + 1]),
        )
        heads.append(Head(start, end, present=(held and latest) or match[0].lower().endswith(NOW)))
        latest = latest and not held
    return heads


def _end_contact(text: str) -> int:
    """Return where the last contact at the beginning of a text ends, 0 if there is none."""
    return max((match.end() for match in CONTACT.finditer(text, 0, CONTACT_CHARACTERS)), default=0)


def _line_before(text: str, offset: int) -> int:
    """Return where the line before that of an offset begins; of a longer line the last ENTRY_HEAD_CHARACTERS count."""
    own = text.rfind("\n", 0, offset) + 1
    if own == 0 or offset - own > ENTRY_HEAD_CHARACTERS:
        return max(own, offset - ENTRY_HEAD_CHARACTERS)
    return max(text.rfind("\n", 0, own - 1) + 1, own - 1 - ENTRY_HEAD_CHARACTERS)


def _line_after(text: str, offset: int) -> int:
    """Return where the line behind that of an offset ends; of a longer line the first ENTRY_HEAD_CHARACTERS count."""
    own = text.find("\n", offset)
    if own < 0 or own - offset > ENTRY_HEAD_CHARACTERS:
        return min(own if own >= 0 else len(text), offset + ENTRY_HEAD_CHARACTERS)
    end = text.find("\n", own + 1)
    return min(end if end >= 0 else len(text), own + 1 + ENTRY_HEAD_CHARACTERS)


def use_in(section: str) -> Use:
    """Return what a skill that is named in a section shows."""
    return UNTITLED_USE if section == TOP else load_sections()[section].use

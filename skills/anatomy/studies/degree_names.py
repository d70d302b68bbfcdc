"""Where the name of a degree ends: with its field, also one that the grammar of degrees does not know."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, pairwise
from typing import NamedTuple

from pydantic.dataclasses import dataclass

from skills.anatomy.entries.rows import find_known_place
from skills.anatomy.headings import find_heading
from skills.anatomy.studies.degree_words import load_degrees, names_school
from skills.anatomy.studies.degrees import Degree
from skills.text.spans import Span
from skills.toml_files import DATA, read_toml

# A field of study behind a degree, up to the end of its line, its mark or what parts it from a school; behind “in” it
# may stand on the next line.
FIELD = re.compile(
    r"(?:(?P<lead>(?i: (?:in|of|and|&)))?(?:(?(lead)[ \n]| )(?!C?GPA\b)[A-Z][\w&/\u2019'-]+)"
    r"(?: (?:(?:and|&|of) )?(?!C?GPA\b)[A-Z][\w&/\u2019'-]+){0,3}"
    r"| of(?: [a-z]+){1,3})(?=\s*(?:[,:|(.\n\u2022\u00b7]|$| [-\u2013\u2014] | C?GPA\b))"
)
# A field that is said twice: “Diploma in Engineering in Engineering”.
TWICE = re.compile(r"\s(?i:in|of)\s(?P<field>[A-Z][\w&/\u2019' -]{2,60}?)\s(?i:in)\s(?P=field)(?!\w| (?:and|&) )")
# What stands between a degree and the name of its field, and a word of that name, which has no dots within.
LINK = re.compile(r"(?P<lead>\s(?:in|of|and|&)\s)|, | ")
FIELD_WORD = re.compile(r"[^\W\d_][\w&/\u2019'-]*")
MAX_FIELD_WORDS = 6
MAX_REPEAT_CHARACTERS = 80  # from the end of a degree to that of its field said again
# A school by its letters, right behind a field: “BSc Physics UCLA”.
SCHOOL_LETTERS = re.compile(r"[A-Z]{3,6}")
# “in Management University of Ostrava”
UNIVERSITY_OF = re.compile(r"University [Oo]f [A-Z]")


@dataclass(frozen=True, slots=True)
class _Names:
    """What a field of study is called; whatever else is said of it is not read here."""

    label: str
    aliases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _FieldsFile:
    """What is read here of the vocabulary's file of fields of study."""

    skills: dict[str, _Names]


class DegreeName(NamedTuple):
    """The name of a degree at `text[start:end]`; up to `reach` stands its field once more."""

    start: int
    end: int
    reach: int


def _list_field_names() -> Iterator[str]:
    fields = read_toml(DATA / "vocabulary" / "other" / "fields-of-study.toml", _FieldsFile)
    for names in fields.skills.values():
        yield from (names.label, *names.aliases, *names.also)
    yield from load_degrees().other_fields
    for words in load_degrees().fields.values():
        yield from words


@cache
def _load_field_names() -> frozenset[str]:
    """Return the names of fields of study, in small letters, with a single space between words."""
    return frozenset(" ".join(name.lower().split()) for name in _list_field_names())


def _belongs_to_school(text: str, end: int, word: re.Match[str] | None) -> bool:
    """Return whether the next word makes what ends at `end` a part of a school's name: “Law School”."""
    if word is None or text[end : word.start()] != " ":
        return False
    return names_school(word[0]) and not text.startswith(" of", word.end())


def _find_known_field(text: str, start: int) -> int | None:
    """Return where the longest known field behind a degree ends; the name of a school may follow at once."""
    link = LINK.match(text, start)
    words = list(islice(FIELD_WORD.finditer(text, link.end()), MAX_FIELD_WORDS + 1)) if link else []
    if not link or not words or words[0].start() != link.end():
        return None
    for count in range(min(len(words), MAX_FIELD_WORDS), 0, -1):
        end, behind = words[count - 1].end(), words[count] if count < len(words) else None
        said = " ".join(text[link.end() : end].lower().split())
        if said in _load_field_names() and (link["lead"] or not _belongs_to_school(text, end, behind)):
            return end
    return _find_field_before_university(text, words) if link["lead"] else None


def _find_field_before_university(text: str, words: Sequence[re.Match[str]]) -> int | None:
    """Return where the words end that stand between “in” and a university, which begins with its kind, if any do.

    “Technical University of Ostrava” begins with another word.
    """
    for before, word in pairwise(words):
        if UNIVERSITY_OF.match(text, word.start()):
            return None if before[0].lower() in load_degrees().before_university else before.end()
    return None


def _is_town(text: str, start: int, end: int) -> bool:
    """Return whether a range is a place, or stands before one: “Sangli, Maharashtra”."""
    before = text.startswith(", ", end) and find_known_place(text, end + 2) is not None
    return before or find_known_place(text, start) == end


def _end_degree(text: str, end: int, dates: Sequence[Span]) -> int:
    """Return where the field behind a degree's end ends, or that end if there is none."""
    known = _find_known_field(text, end) or end
    field = FIELD.match(text, end)
    if field is None or any(first < field.end() and end < last for first, last in dates):
        return known
    return known if _is_no_field(text, known, field) else max(known, field.end())


def _is_no_field(text: str, end: int, field: re.Match[str]) -> bool:
    """Return whether words behind a degree are a school, a town or a heading; the first word behind “in” is none."""
    if names_school(" ".join(field[0].split()[2 if field["lead"] else 0 :])):
        return True
    beside = Span(end + 1, field.end())
    letters = SCHOOL_LETTERS.fullmatch(text, *beside) is not None
    return not field["lead"] and (letters or _is_town(text, *beside) or find_heading(field[0]) is not None)


def name_degree(text: str, degree: Degree, dates: Sequence[Span]) -> DegreeName:
    """Return the name of a degree, with the field behind it that the grammar does not know: “BFA Design”.

    A school may follow at once; right behind “in” its word is part of a field: “in School Counseling”. A town before
    a known place is none.
    """
    end = _end_degree(text, degree.end, dates)
    twice = TWICE.search(text, degree.start, end + MAX_REPEAT_CHARACTERS)
    if twice and twice.start() <= end and degree.end <= twice.end():
        return DegreeName(degree.start, twice.end("field"), twice.end())
    return DegreeName(degree.start, end, end)

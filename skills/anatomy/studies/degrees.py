"""Degrees by a grammar: a level, and its fields whatever stands between (“BSc in”, “BSc,”, “BSc (”).

Known without spaCy.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from skills.anatomy.headings import find_heading
from skills.anatomy.names.proper_names import find_subjects
from skills.anatomy.studies.degree_words import WORD, Phrase, compare, load_degrees, names_school, read_phrases
from skills.text.phrases import whole_words_of
from skills.text.spans import find_lines

State = Literal["finished", "in-progress", "abandoned"]

# How many words of a field's name may be unknown (“Applied”), and how far a field may reach.
MAX_UNKNOWN_WORDS = 2
MAX_CHARACTERS_TO_SCHOOL = 100
MAX_CHARACTERS_TO_CUE = 45
# A level that is not named to its end, and what ends it if no known field does.
OPEN_NAME = re.compile(r"\b[Oo][Ff]$")
NAME = re.compile(r"(?:\s+(?:(?:and|AND|&)\s+)?[A-Z]\w+){1,3}")
# A word with a capital beside a level, with nothing between.
NAMED_BEFORE = re.compile(r"(?<!\w)[A-Z][\w.'\u2019-]* $")
NAMED_BEHIND = re.compile(r" [A-Z]\w")
MIN_NAME_CHARACTERS = 5
# What a field follows, whatever it is; a line may end before or within it.
LINKED = re.compile(r"\s+in\s+[A-Z]")
# What ends the name of a field on its line.
BREAK = re.compile(r"[|;\u2022\u00b7\t\n]|\s[-\u2013\u2014]\s|\.\s")
# Behind a link a name goes on in the next line: “Master of Science in / Economics”.
NEXT_LINE = re.compile(r"[^\S\n]*\n[^\S\n]*")


class Field(NamedTuple):
    """A field of study at `text[start:end]`; `skill` is its id."""

    start: int
    end: int
    skill: str


class Degree(NamedTuple):
    """A degree with its fields at `text[start:end]`; `level` is where its level stands, `skill` the level's id."""

    start: int
    end: int
    level: tuple[int, int]
    skill: str
    fields: tuple[Field, ...]
    state: State


@cache
def _compile_phrases(name: str) -> re.Pattern[str]:
    """Return the pattern that matches any phrase of the list `name` in the file of degrees."""
    return re.compile(whole_words_of(getattr(load_degrees(), name)), re.IGNORECASE)


def _has_school(text: str, start: int, end: int) -> bool:
    """Return whether a word of schools or marks stands near, on this line or one beside it."""
    near = text[max(0, start - MAX_CHARACTERS_TO_SCHOOL) : end + MAX_CHARACTERS_TO_SCHOOL]
    return names_school(near) or not load_degrees().marks.isdisjoint(map(compare, WORD.findall(near)))


def _opens_education(text: str, start: int) -> bool:
    """Return whether nothing but a heading of education stands before an offset, on the line before."""
    heading, _, lead = text[max(0, start - MAX_CHARACTERS_TO_SCHOOL) : start].rpartition("\n")
    return not lead.strip() and find_heading(heading.rpartition("\n")[2]) == "education"


def _read_words_beside(text: str, start: int, end: int) -> tuple[str, str]:
    before = WORD.findall(text, max(0, start - MAX_CHARACTERS_TO_CUE), start)
    behind = WORD.match(text, end + 1)
    return compare(before[-1]) if before else "", compare(behind[0]) if behind else ""


def _is_shown_nearby(text: str, level: Phrase, fields: Sequence[Field]) -> bool:
    """Return whether what is near shows that an abbreviation is a degree; behind a comma it may be a state."""
    if fields or LINKED.match(text, level.end):
        return True
    if text[level.start + 1 : level.end].islower() and level.end - level.start >= MIN_NAME_CHARACTERS:  # “Master”
        return False
    after_comma = text[max(0, level.start - 2) : level.start].startswith(",")
    near = _opens_education(text, level.start) or _has_school(text, level.start, level.end)
    return not (after_comma and text[level.start : level.end].isalpha()) and near


def _is_name(text: str, level: Phrase, behind: Sequence[Phrase]) -> bool:
    """Return whether a level of one word stands in a person's or firm's name: “Will Masters”, “Bachelor Banks”."""
    if (behind and behind[0].meaning) or text[level.start : level.end].lower() not in load_degrees().surnames:
        return False
    before = text[max(0, level.start - MAX_CHARACTERS_TO_CUE) : level.start]
    return NAMED_BEFORE.search(before) is not None or NAMED_BEHIND.match(text, level.end) is not None


def _is_other_word(text: str, level: Phrase) -> bool:
    """Return whether the words beside a doubtful abbreviation give it another meaning: “MS Office”, “ABOUT ME”."""
    degrees, (before, behind) = load_degrees(), _read_words_beside(text, level.start, level.end)
    return behind in degrees.not_behind or before in degrees.not_before


def _is_post(text: str, start: int) -> bool:
    """Return whether a level belongs to what comes before or after one: “post-baccalaureate”."""
    return re.search(r"(?:post|pre)[-\s]$", text[max(0, start - 5) : start], re.IGNORECASE) is not None


def _may_follow(phrase: Phrase, level: Phrase, *, broken: bool, first: bool) -> bool:
    """Return whether a phrase behind a level may belong to it, over a dash or the line's end if it comes first."""
    if phrase.meaning is None or phrase.meaning.sort in ("kind", "link"):
        return not broken
    if phrase.meaning.sort == "field":
        return first or not broken
    return phrase.meaning.sort == "level" and phrase.meaning[:2] == (level.meaning or phrase.meaning)[:2] and first


def _take_fields(text: str, phrases: Sequence[Phrase], level: int) -> Iterator[Phrase]:
    """Yield what stands behind a level and belongs to it: kinds, links and fields, up to a break."""
    unknown, end, linked = 0, phrases[level].end, False
    for phrase in phrases[level + 1 :]:
        runs_on = linked and NEXT_LINE.fullmatch(text, end, phrase.start) is not None
        broken = (not runs_on and BREAK.search(text, end, phrase.start) is not None) or text[phrase.start].isdigit()
        if not _may_follow(phrase, phrases[level], broken=broken, first=end == phrases[level].end):
            return
        if phrase.meaning is None:
            unknown += phrase.last - phrase.first
        if unknown > MAX_UNKNOWN_WORDS:
            return
        yield phrase
        end, linked = phrase.end, phrase.meaning is not None and phrase.meaning.sort == "link"


def _names_school(text: str, field: Phrase) -> bool:
    """Return whether a field is part of a school's name: “Institute of Statistics”."""
    first, _ = find_lines(text, field.start, field.start)
    return field.start - first in find_subjects(text[first : field.end])


def _find_fields_before(text: str, phrases: Sequence[Phrase], level: int) -> Iterator[Phrase]:
    """Yield the field right before a level: “Computer Science (BSc)”, “Computer Science degree”."""
    before = phrases[level - 1] if level else None
    if before and before.meaning and before.meaning.sort == "field":
        between = text[before.end : phrases[level].start]
        beside = re.fullmatch(r"[\s,(\[:\u2013\u2014-]{1,4}", between) and "\n" not in between
        if beside and not _names_school(text, before):
            yield before


def _list_fields(phrases: Iterable[Phrase]) -> tuple[Field, ...]:
    return tuple(
        Field(phrase.start, phrase.end, phrase.meaning.skill)
        for phrase in phrases
        if phrase.meaning and phrase.meaning.sort == "field"
    )


def goes_on(text: str, start: int, end: int) -> bool:
    """Return whether words of a range say that a degree there is not finished: “expected”, “candidate”."""
    return _compile_phrases("going_on").search(text, start, end) is not None


def _read_state(text: str, start: int, end: int) -> State | None:
    """Return how far a degree came, by the words of its line; None for one that is wished for or somebody else's."""
    first, last = find_lines(text, start, end)
    before = text[max(first, start - MAX_CHARACTERS_TO_CUE) : start].rpartition(". ")[2]
    behind = _compile_phrases("others_behind").match(text, end + len(text[end:last]) - len(text[end:last].lstrip()))
    if behind or _compile_phrases("wished").search(before) or _compile_phrases("others").search(before):
        return None
    near = text[max(first, start - MAX_CHARACTERS_TO_CUE) : min(last, end + MAX_CHARACTERS_TO_SCHOOL)]
    if _compile_phrases("abandoned").search(near):
        return "abandoned"
    return "in-progress" if goes_on(near, 0, len(near)) else "finished"


def _read_degree(text: str, phrases: Sequence[Phrase], index: int) -> Degree | None:
    level = phrases[index]
    if level.meaning is None or _is_post(text, level.start):
        return None
    behind = list(_take_fields(text, phrases, index))
    if _is_name(text, level, behind):
        return None
    fields = _list_fields(behind)
    if not fields:
        fields = _list_fields(_find_fields_before(text, phrases, index))
    doubtful = level.meaning.doubtful
    if doubtful and (_is_other_word(text, level) or not _is_shown_nearby(text, level, fields)):
        return None
    state = _read_state(text, level.start, level.end)
    if state is None:
        return None
    if level.meaning.field:
        fields = (Field(level.start, level.end, level.meaning.field), *fields)
    level_end = _end_level(text, level, behind)
    kinds = [part.end for part in behind if part.meaning and part.meaning.sort == "kind"]
    start = min(level.start, *(field.start for field in fields), level.start)
    end = _include_bracket(text, start, max(level.end, *kinds, *(field.end for field in fields), level.end))
    return Degree(start, end, (level.start, level_end), level.meaning.skill, fields, state)


def _end_level(text: str, level: Phrase, behind: Sequence[Phrase]) -> int:
    """Return where the name of a level ends: “Master of Science”, “Bachelor of Software Engineering”."""
    end = level.end
    for part in behind:
        said = text[part.start : part.end].lower()
        named = part.meaning and (
            part.meaning.sort == "kind" or said == "of" or OPEN_NAME.search(text, level.start, end)
        )
        if not named or text[end : part.start].strip():
            break
        end = part.end
    name = NAME.match(text, end) if OPEN_NAME.search(text, level.start, end) else None
    return name.end() if name else end


def _include_bracket(text: str, start: int, end: int) -> int:
    """Return the end of a degree with the bracket that closes one within it."""
    return end + 1 if text[end : end + 1] == ")" and "(" in text[start:end] else end


def find_degrees(text: str, start: int = 0, end: int | None = None) -> list[Degree]:
    """Return the degrees within `text[start:end]`, in order; wished-for ones and other people's are none."""
    phrases = read_phrases(text, start, len(text) if end is None else end, MAX_UNKNOWN_WORDS)
    degrees: list[Degree] = []
    for index, phrase in enumerate(phrases):
        if phrase.meaning and phrase.meaning.sort == "level" and (not degrees or phrase.start >= degrees[-1].end):
            degree = _read_degree(text, phrases, index)
            degrees += [degree] if degree else []
    return degrees


def read_degree(text: str) -> Degree | None:
    """Return the first degree of a line or of a part of one."""
    return next(iter(find_degrees(text)), None)

"""Swaps: a résumé in which the words that reveal who somebody is are replaced by others."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass as plain_dataclass
from dataclasses import field, replace
from functools import cache
from itertools import accumulate
from typing import Literal

from pydantic.dataclasses import dataclass

from skills.anatomy.anatomy import find_openings
from skills.anatomy.dates import find_periods
from skills.anatomy.names.proper_names import find_name_places
from skills.document import Document, Line
from skills.errors import KnowledgeError
from skills.text.phrases import any_of, whole_words_of
from skills.toml_files import DATA, STRICT, read_toml

YEAR = re.compile(r"(?<![\d/-])(?:19[4-9]\d|20[0-4]\d)(?!\d)")
# A labelled value ends with its line, a separator or its sentence.
LABELLED = r"(?:(?!\.\s)[^|;\u2022\n])*[^|;\u2022\s.]"

Place = tuple[int, int]


@dataclass(frozen=True, slots=True, config=STRICT)
class SwapKind:
    """Something that reveals who somebody is, how it is found, and the values that replace it, one at a time."""

    id: str
    title: str
    where: Literal["name", "label", "pattern", "words", "forms", "section", "years"]
    values: tuple[str, ...]
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, config=STRICT)
class SwapsFile:
    """The schema of `data/swaps.toml`."""

    kinds: tuple[SwapKind, ...]


@plain_dataclass(frozen=True, slots=True)
class Swapped:
    """A document in other words; `places` are the character ranges, in text order, where they stand in its text."""

    document: Document
    places: tuple[Place, ...] = field(repr=False)


@cache
def load_swaps() -> tuple[SwapKind, ...]:
    """Return the kinds of swaps; raise KnowledgeError if their file is wrong."""
    kinds = read_toml(DATA / "swaps.toml", SwapsFile).kinds
    for kind in kinds:
        for cue in kind.cues if kind.where == "pattern" else ():
            try:
                re.compile(cue)
            except re.error as error:
                raise KnowledgeError(f"swaps.toml: kinds.{kind.id}.cues: {cue}: {error}") from error
    return kinds


def _match(pattern: str, text: str, flags: int = 0) -> list[Place]:
    """Return where a pattern, or its group if it has one, stands in a text."""
    compiled = re.compile(pattern, re.MULTILINE | flags)
    return [match.span(compiled.groups) for match in compiled.finditer(text)]


def _find_name(_kind: SwapKind, text: str) -> list[Place]:
    return find_name_places(text)


def _find_labelled(kind: SwapKind, text: str) -> list[Place]:
    return _match(rf"(?<!\w)(?:{any_of(kind.cues)})[ \t]*:[ \t]*({LABELLED})", text, re.IGNORECASE)


def _find_patterns(kind: SwapKind, text: str) -> list[Place]:
    return [place for cue in kind.cues for place in _match(cue, text)]


def _find_words(kind: SwapKind, text: str) -> list[Place]:
    return _match(whole_words_of(kind.cues + kind.values), text)


def _find_forms(kind: SwapKind, text: str) -> list[Place]:
    forms = {form for row in kind.cues for form in row.split("/")}
    return _match(rf"\b(?:{any_of(forms)})\b", text, re.IGNORECASE)


def _list_sections(text: str) -> Iterator[tuple[str, Place]]:
    openings = list(find_openings(text))
    ends = [*(start for start, _ in openings[1:]), len(text)]
    for (start, section), end in zip(openings, ends, strict=True):
        yield section, (start, end)


def _find_in_sections(kind: SwapKind, text: str) -> list[Place]:
    """Return the lines of the sections, or what stands behind the colon where the heading shares its line."""
    places = []
    for section, (start, end) in _list_sections(text):
        if section in kind.cues:
            heading, _, _ = text[start:end].partition("\n")
            behind = heading.find(":") + 1 or len(heading)
            places += [
                (start + behind + a, start + behind + b) for a, b in _match(r"\S[^\n]*", text[start + behind : end])
            ]
    return places


def _find_years(_kind: SwapKind, text: str) -> list[Place]:
    """Return the years of dates and in the education; a year alone elsewhere may be that of a product."""
    dated = [
        span
        for period in find_periods(text)
        if period.kind != "single" or (period.until and period.until.month)
        for span in ((period.start, period.end), period.rest)
        if span
    ]
    dated += [place for section, place in _list_sections(text) if section == "education"]
    years = [match.span() for match in YEAR.finditer(text)]
    return [year for year in years if any(start <= year[0] and year[1] <= end for start, end in dated)]


FINDERS: Mapping[str, Callable[[SwapKind, str], list[Place]]] = {
    "name": _find_name,
    "label": _find_labelled,
    "pattern": _find_patterns,
    "words": _find_words,
    "forms": _find_forms,
    "section": _find_in_sections,
    "years": _find_years,
}


def find_places(kind: SwapKind, text: str) -> tuple[Place, ...]:
    """Return the character ranges of a text that reveal what the kind is about, in text order; none overlap."""
    kept: list[Place] = []
    for start, end in sorted(FINDERS[kind.where](kind, text), key=lambda place: (place[0], -place[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def _say_in_other_words(kind: SwapKind, value: str, old: str) -> str:
    if kind.where == "years":
        return str(int(old) + int(value))
    if kind.where == "forms":
        row = next(row for row in (cue.split("/") for cue in kind.cues) if old.lower() in row)
        new = row[kind.values.index(value)]
        return new.capitalize() if old[0].isupper() else new
    return value


def _cut_lines(text: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    lengths = [len(words) for words in text.split("\n")]
    starts = accumulate((length + 1 for length in lengths), initial=0)
    return tuple(
        replace(line, start=start, end=start + length)
        for line, start, length in zip(lines, starts, lengths, strict=False)
    )


def swap(document: Document, kind: SwapKind, value: str, places: Sequence[Place]) -> Swapped:
    """Return a document with a value in all the places that were found of its kind; its lines stay as many."""
    pieces, new, done, length = [], [], 0, 0
    for start, end in places:
        words = _say_in_other_words(kind, value, document.text[start:end])
        pieces += [document.text[done:start], words]
        length += start - done
        new.append((length, length + len(words)))
        length, done = length + len(words), end
    text = "".join([*pieces, document.text[done:]])
    return Swapped(replace(document, text=text, lines=_cut_lines(text, document.lines)), tuple(new))

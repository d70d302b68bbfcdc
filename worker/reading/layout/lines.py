"""Puts the words of a page into lines, and the lines into the order in which a person reads them.

It uses only boxes, so the words may come from a PDF or from optical recognition.
"""

# ruff: noqa: FURB136 - to call min and max would take a third of the time in which words become runs

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import pairwise
from statistics import median

from worker.reading.clean_text import StyledLine, clean_line
from worker.reading.layout.columns import order_runs
from worker.reading.layout.gutters import Run

# In heights of the text.
WIDEST_SPACE = 1.0
NARROWEST_SPACE = 0.04

FAR_LARGER = 1.35  # boxes of lines of one size differ by a third, by the letters in them

BROKEN_WORD = re.compile(r"(?<![^\s(\"'\u201c])([^\W\d_]+)-$")  # not within a link or a chain of hyphens
BROKEN_LINES = re.compile(r"[^\W\d_]+-\n\S+")
REST_OF_WORD = re.compile(r"([^\W\d_]+)\S*\s*")
LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

# Compounds that begin with these keep their hyphen at the end of a line; hyphenation hardly ever splits a word there.
COMPOUNDS = re.compile(
    "cross|data|e|end|full|half|hands|high|long|low|multi|non|open|real|self|semi|short|state|user|well"
)


@dataclass(slots=True)  # not frozen: that would take three times as long to make, and a page has hundreds
class Word:
    """Letters without a space between them, and their box, y downwards, in points, pixels or any other unit.

    `y1` is the baseline, or else the bottom of the box. `confidence`, 0 to 1, is that of optical recognition.
    `glyph` is the number of its first glyph on the page, -1 where there are only pictures of glyphs.
    """

    text: str = field(repr=False)
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float = 1.0
    glyph: int = -1


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a page: its text, and its runs, by which a reader can say how it looks."""

    text: str = field(repr=False)
    runs: tuple[Run, ...] = field(repr=False)


def arrange_lines(words: Iterable[Word]) -> list[PrintedLine]:
    """Return the lines of a page in reading order; the words come in the order in which they were drawn."""
    rows = order_runs(list(find_runs(words)))
    mended = mend_hyphens([" ".join(run.text for run in row) for row in rows])
    return [PrintedLine(text, tuple(rows[number])) for number, text in mended]


def find_height(line: PrintedLine) -> float:
    """Return how far the tallest letters of a line reach above its baseline."""
    return max(run.height for run in line.runs)


def size_lines(lines: Sequence[PrintedLine]) -> tuple[StyledLine, ...]:
    """Return the lines that hold anything, cleaned, of a picture, which shows only which are far larger than most."""
    usual = median(map(find_height, lines)) if lines else 0.0
    sized = ((clean_line(line.text), find_height(line)) for line in lines)
    return tuple(StyledLine(text, size if size > FAR_LARGER * usual else usual) for text, size in sized if text)


def _follows(word: Word, before: Word) -> bool:
    """Return whether a word stands on the same line as the one before it, a space away."""
    height, height_before = word.y1 - word.y0, before.y1 - before.y0
    height = height_before if height_before < height else height
    bottom = before.y1 if before.y1 < word.y1 else word.y1
    top = before.y0 if before.y0 > word.y0 else word.y0
    return bottom - top > height / 2 and -height / 2 < word.x0 - before.x1 < WIDEST_SPACE * height


def _join_words(words: Sequence[Word], order: int) -> Run:
    parts = [words[0].text]
    for before, word in pairwise(words):
        touching = word.x0 - before.x1 < NARROWEST_SPACE * (word.y1 - word.y0)
        parts.append(word.text if touching else f" {word.text}")
    tallest = max(words, key=lambda word: word.y1 - word.y0)  # no superscript
    return Run("".join(parts), words[0].x0, tallest.y0, words[-1].x1, tallest.y1, order, words)


def find_runs(words: Iterable[Word]) -> Iterator[Run]:
    """Yield the runs that words form, in the order in which they were drawn."""
    run: list[Word] = []
    order = 0
    for word in words:
        if run and not _follows(word, run[-1]):
            yield _join_words(run, order)
            order += 1
            run = []
        run.append(word)
    if run:
        yield _join_words(run, order)


def _is_compound(first: str, second: str, known: frozenset[str]) -> bool:
    """Return whether two parts keep the hyphen between them, judging by the other words of the page."""
    if f"{first}-{second}" in known or f"{first}{second}" in known:
        return f"{first}-{second}" in known
    return bool(COMPOUNDS.fullmatch(first)) or {first, second} <= known


def _list_known(lines: Sequence[str]) -> frozenset[str]:
    """Return the words and compounds of a page, in lower case, without those that a line's end may have broken."""
    return frozenset(LETTERS.findall(BROKEN_LINES.sub("", "\n".join(lines).lower())))


def mend_hyphens(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines with each word that was broken at a line's end whole again, on the line where it begins.

    Each comes with its number among the lines given.
    """
    list_known = cache(partial(_list_known, lines))  # asked for on few pages: those with a hyphen at a line's end
    line, began = "", 0
    for number, following in enumerate(lines):
        rest = following
        may_go_on = line.endswith("-") and following[:1].islower()
        broken, tail = (BROKEN_WORD.search(line), REST_OF_WORD.match(following)) if may_go_on else (None, None)
        if broken and tail:
            compound = _is_compound(broken[1].lower(), tail[1].lower(), list_known())
            line = (line if compound else line[:-1]) + tail.group().rstrip()
            rest = following[tail.end() :]
        if number and rest:
            yield began, line
        line, began = (rest, number) if rest else (line, began)
    if line:
        yield began, line

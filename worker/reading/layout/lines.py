"""Puts the words of a page into lines in reading order, with words whole that were broken at a line's end."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from statistics import median

from worker.reading.clean_text import StyledLine, clean_line
from worker.reading.layout.reading_order import order_runs
from worker.reading.layout.runs import Run, Word, find_runs
from worker.reading.layout.turned_lines import insert_turned

FAR_LARGER = 1.35  # boxes of lines of one size differ by a third, by the letters in them

BROKEN_WORD = re.compile(r"(?<![^\s(\"'\u201c])([^\W\d_]+)-$")  # not within a link or a chain of hyphens
BROKEN_LINES = re.compile(r"[^\W\d_]+-\n\S+")
REST_OF_WORD = re.compile(r"([^\W\d_]+)\S*\s*")
LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

# Compounds that begin with these keep their hyphen at the end of a line; hyphenation hardly ever splits a word there.
COMPOUNDS = re.compile(
    "cross|data|e|end|full|half|hands|high|long|low|multi|non|open|real|self|semi|short|state|user|well"
)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a page: its text, and its runs, by which a reader can say how it looks."""

    text: str = field(repr=False)
    runs: tuple[Run, ...] = field(repr=False)


def arrange_lines(words: Iterable[Word]) -> list[PrintedLine]:
    """Return the lines of a page in reading order; the words come in the order in which they were drawn."""
    words = list(words)
    rows = order_runs(list(find_runs(word for word in words if not word.turned)))
    if turned := [word for word in words if word.turned]:
        rows = insert_turned(rows, turned)
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

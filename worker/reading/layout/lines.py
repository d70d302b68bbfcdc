"""Puts the words of a page into lines in reading order, with words whole that were broken at a line's end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from worker.reading.clean_text import StyledLine, clean_line
from worker.reading.layout.broken_words import mend_hyphens
from worker.reading.layout.overlaid import part_overlaid
from worker.reading.layout.reading_order import order_runs
from worker.reading.layout.runs import Run, Word, find_runs
from worker.reading.layout.turned_lines import insert_turned

FAR_LARGER = 1.35  # boxes of lines of one size differ by a third, by the letters in them


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a page: its text, and its runs, by which a reader can say how it looks."""

    text: str = field(repr=False)
    runs: tuple[Run, ...] = field(repr=False)


def arrange_lines(words: Iterable[Word]) -> list[PrintedLine]:
    """Return the lines of a page in reading order; the words come in the order in which they were drawn."""
    words = list(words)
    boxes = part_overlaid(list(find_runs(word for word in words if not word.turned)))
    rows = [row for box in boxes for row in order_runs(box)]
    if turned := [word for word in words if word.turned]:
        rows = insert_turned(rows, turned)
    mended = mend_hyphens([" ".join(run.text for run in row) for row in rows])
    return [PrintedLine(text, tuple(rows[number])) for number, text in mended]


def find_height(line: PrintedLine) -> float:
    """Return how far the tallest letters of a line reach above its baseline."""
    return max(run.height for run in line.runs)


def size_lines(lines: Sequence[PrintedLine]) -> tuple[StyledLine, ...]:
    """Return the lines of a picture, cleaned and without empty ones, each with its size.

    Boxes of recognised letters are rough, so all lines have the usual size but those that are far larger.
    """
    usual = median(map(find_height, lines)) if lines else 0.0
    sized = ((clean_line(line.text), find_height(line)) for line in lines)
    return tuple(StyledLine(text, size if size > FAR_LARGER * usual else usual) for text, size in sized if text)

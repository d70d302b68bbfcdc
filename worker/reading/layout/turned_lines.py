"""Puts lines that run upwards or downwards, mostly names of sections at their side, among the lines of a page."""

from collections.abc import Sequence
from itertools import pairwise

from worker.reading.layout.runs import Run, RunRow, Word


def _make_run(word: Word) -> Run:
    """Return a turned line as a level one at the height of its top."""
    return Run(word.text, word.x0, word.y0, word.x1, word.y0 + word.x1 - word.x0, -1, [word])


def _find_place(rows: Sequence[RunRow], word: Word) -> int:
    """Return before which row a line is read: the one with the widest gap above it, at most a length higher up."""
    highest, lowest = 2 * word.y0 - word.y1, word.y0 + word.x1 - word.x0
    gaps = [float("inf"), *(row[0].y0 - above[0].y1 for above, row in pairwise(rows))]
    near = [number for number, row in enumerate(rows) if highest <= row[0].y0 <= lowest]
    return max(near, key=gaps.__getitem__, default=len(rows))


def insert_turned(rows: Sequence[RunRow], turned: Sequence[Word]) -> list[RunRow]:
    """Return the rows of a page in reading order, with lines that run upwards or downwards among them."""
    places = [(_find_place(rows, word), _make_run(word)) for word in turned]
    inserted: list[RunRow] = []
    for number in range(len(rows) + 1):
        inserted += [[run] for place, run in places if place == number]
        inserted += rows[number : number + 1]
    return inserted

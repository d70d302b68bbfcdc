"""Finds the gutters of a page: vertical strips between its runs of words that no text crosses."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, product, takewhile
from statistics import median

from worker.reading.layout.runs import Run, RunRow

# In heights of the text there, so that they hold for points and for pixels.
MIN_GUTTER_WIDTH = 0.5
STAGGERED = 0.7  # lines of one column are farther apart


@dataclass(frozen=True, slots=True)
class Gutter:
    """A strip from `left` to `right` that nothing in the rows from `first` up to `end` crosses."""

    first: int
    end: int
    left: float
    right: float

    def part_row(self, row: RunRow) -> tuple[RunRow, RunRow]:
        """Return the runs of a row at the left and at the right."""
        middle = (self.left + self.right) / 2
        return [run for run in row if run.x0 < middle], [run for run in row if run.x0 >= middle]

    def part(self, rows: Sequence[RunRow]) -> tuple[RunRow, RunRow]:
        """Return all runs at the left and at the right, from the top."""
        return self.part_row([run for row in rows[self.first : self.end] for run in row])


def _narrow(gutter: Gutter, row: RunRow, *, width: float) -> Gutter | None:
    """Return what a row's words leave of a gutter, or None if they fill it."""
    left, right = gutter.part_row(row)
    west = max((run.x1 for run in left), default=gutter.left)
    east = min((run.x0 for run in right), default=gutter.right)
    narrowed = Gutter(gutter.first, gutter.end, max(west, gutter.left), min(east, gutter.right))
    return narrowed if narrowed.right - narrowed.left >= width else None


def _lengthen(gutter: Gutter, rows: Sequence[RunRow], *, width: float) -> Gutter:
    """Extend a gutter downwards and upwards until a row fills it."""
    first, end = gutter.first, gutter.end
    while end < len(rows) and (further := _narrow(gutter, rows[end], width=width)):
        gutter, end = further, end + 1
    while first > 0 and (further := _narrow(gutter, rows[first - 1], width=width)):
        gutter, first = further, first - 1
    return Gutter(first, end, gutter.left, gutter.right)


def _is_drawn_across(gutter: Gutter, row: RunRow) -> bool | None:
    """Return whether the right side of a row was drawn right after the left one; None if it has only one side."""
    left, right = gutter.part_row(row)
    return left[-1].order + 1 == right[0].order if left and right else None


def _count_crossing(crossings: Sequence[bool | None]) -> int:
    """Return how many leading rows to leave out: up to the last row drawn across before the first that was not."""
    leading = list(takewhile(lambda crossing: crossing is not False, crossings))
    return max((number for number, crossing in enumerate(leading, start=1) if crossing), default=0)


def _trim(gutter: Gutter, rows: Sequence[RunRow]) -> Gutter:
    """Shorten a gutter by lines above and below its columns, such as contacts, that were drawn from side to side."""
    crossings = [_is_drawn_across(gutter, row) for row in rows[gutter.first : gutter.end]]
    # If most rows were drawn from side to side, so were the columns themselves: nothing is cut off then.
    if 2 * crossings.count(True) > len(crossings) - crossings.count(None):
        return gutter
    first, last = _count_crossing(crossings), _count_crossing(crossings[::-1])
    return Gutter(gutter.first + first, gutter.end - last, gutter.left, gutter.right)


def _end_above_text(gutter: Gutter, rows: Sequence[RunRow]) -> Gutter:
    """Shorten a gutter by the short lines below its columns that begin a text across both, such as its heading.

    These were drawn behind both columns, and right before the first line that crosses the gutter.
    """
    left, right = gutter.part(rows)
    last = max((run.order for run in right), default=0)
    end = gutter.end
    while end > gutter.first and min(run.order for run in rows[end - 1]) > last:
        end -= 1
    behind = [run.order for row in rows[end : gutter.end] for run in row]
    if not behind or gutter.end == len(rows) or rows[gutter.end][0].order != max(behind) + 1:
        return gutter
    # As many of the left side were drawn before as stand above: what was drawn behind is all below.
    above = len(left) - len(behind)
    before = sum(run.order < last for run in left)
    return Gutter(gutter.first, end, gutter.left, gutter.right) if 0 < above == before else gutter


def _are_staggered(run: Run, other: Run, *, width: float) -> bool:
    """Return whether two runs of different rows are side by side: too close to be lines of one column."""
    apart = abs(other.y1 - run.y1) < STAGGERED * min(run.height, other.height)
    return apart and (other.x0 - run.x1 >= width or run.x0 - other.x1 >= width)


def find_staggered_gutters(rows: Sequence[RunRow]) -> list[Gutter]:
    """Return the gutters between runs that are side by side on different baselines, each as long as it can be."""
    gutters: dict[Gutter, None] = {}
    width = MIN_GUTTER_WIDTH * median(run.height for row in rows for run in row)
    for number, (row, following) in enumerate(pairwise(rows)):
        for run, other in product(row, following):
            if _are_staggered(run, other, width=width):
                source = Gutter(number, number + 2, min(run.x1, other.x1), max(run.x0, other.x0))
                if all(_narrow(source, beside, width=width) == source for beside in (row, following)):
                    gutters[_lengthen(source, rows, width=width)] = None
    return list(gutters)


def _find_drawing_breaks(rows: Sequence[RunRow]) -> list[int]:
    """Return the numbers of the rows above which everything was drawn before everything from there on."""
    latest_above = list(accumulate((max(run.order for run in row) for row in rows), max))
    earliest_below = list(accumulate((min(run.order for run in row) for row in reversed(rows)), min))[::-1]
    return [number for number in range(1, len(rows)) if latest_above[number - 1] < earliest_below[number]]


def divide_gutter(gutter: Gutter, rows: Sequence[RunRow]) -> list[Gutter]:
    """Return the parts of a gutter that were drawn one after another, as rows of cards are; none if it has one part."""
    breaks = _find_drawing_breaks(rows[gutter.first : gutter.end])
    if not breaks:
        return []
    bounds = [gutter.first, *(gutter.first + number for number in breaks), gutter.end]
    return [Gutter(first, end, gutter.left, gutter.right) for first, end in pairwise(bounds) if end - first > 1]


def find_gutters(rows: Sequence[RunRow]) -> list[Gutter]:
    """Return the gutters between the runs of rows, each as long as it can be."""
    gutters: dict[Gutter, None] = {}  # a set would not keep their order from one process to the next
    width = MIN_GUTTER_WIDTH * median(run.height for row in rows for run in row)
    for number, row in enumerate(rows):
        for run, following in pairwise(row):
            if following.x0 - run.x1 >= width:
                source = Gutter(number, number + 1, run.x1, following.x0)
                gutters[_end_above_text(_trim(_lengthen(source, rows, width=width), rows), rows)] = None
    return [gutter for gutter in gutters if gutter.first < gutter.end]

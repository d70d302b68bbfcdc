"""Says how the two sides of a gutter are read: as columns, beside a margin of dates or labels, or line by line.

Three things show which of these applies: how many lines each side has, whether the lines of both sides share baselines,
and how often the page was drawn from one side to the other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from operator import attrgetter
from statistics import median

from worker.reading.layout.runs import SAME_BASELINE, Run, RunRow

# In heights of the text there.
LEVEL = 0.2
NEXT_LINE = 2.3
FLUSH = 0.3

MARGIN_SHARE = 0.6  # a side with fewer of the other's lines may be a margin
ALIGNED_SHARE = 0.8
ENDS_SHARE = 0.5  # of lines at the right that were drawn in turns with others, and end these if they share baselines
LABEL_SHARE = 0.5  # of the width of what it labels
MIN_LINES = 2
MIN_HEADS = 4
MIN_SWITCHES = 3  # a sidebar that was drawn behind the name alone makes two
MAX_TABLE_LINES = 8
MAX_DATE_LETTERS = 25
PROSE = 30  # letters a line
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class SideOrder(Enum):
    """How two sides are read: one after the other, entry by entry with its label from a margin, or line by line."""

    COLUMNS = auto()
    MARGIN = auto()
    ACROSS = auto()


@dataclass(frozen=True, slots=True)
class Sides:
    """The lines next to a gutter at its left and at its right, from the top."""

    left: RunRow
    right: RunRow

    @property
    def sparse(self) -> RunRow:
        """The side with fewer lines, the left one if both have equally many."""
        return min(self.left, self.right, key=len)

    @property
    def dense(self) -> RunRow:
        """The other side."""
        return self.right if self.sparse is self.left else self.left


def find_heads(lines: Sequence[Run]) -> list[Run]:
    """Return the lines that begin a block: those without a line right above them."""
    return [*lines[:1], *(line for above, line in pairwise(lines) if line.y1 - above.y1 > NEXT_LINE * line.height)]


def are_level(lines: Sequence[Run], others: Sequence[Run], *, share: float = ALIGNED_SHARE) -> bool:
    """Return whether at least that share of lines stands on the baselines of others."""
    level = [line for line in lines if any(abs(line.y1 - other.y1) <= LEVEL * line.height for other in others)]
    return len(level) >= share * len(lines)


def _are_prose(lines: Sequence[Run]) -> bool:
    return median(len(line.text) for line in lines) >= PROSE


def are_flush_right(lines: Sequence[Run]) -> bool:
    """Return whether lines end at the same place but begin at different ones."""
    height = median(line.height for line in lines)
    starts, ends = [line.x0 for line in lines], [line.x1 for line in lines]
    return max(ends) - min(ends) < FLUSH * height and max(starts) - min(starts) > height


def _are_labels(sides: Sides) -> bool:
    left, right = (median(line.x1 - line.x0 for line in side) for side in (sides.left, sides.right))
    return left < LABEL_SHARE * right


def _are_dates(lines: Sequence[Run], others: Sequence[Run]) -> bool:
    """Return whether lines hold dates, several and all on baselines of others."""
    dated = [line for line in lines if YEAR.search(line.text)]
    return len(dated) >= MIN_LINES and are_level(dated, others, share=1)


def _is_date(line: Run) -> bool:
    return len(line.text) <= MAX_DATE_LETTERS and YEAR.search(line.text) is not None


def _are_dates_and_headings(lines: Sequence[Run], others: Sequence[Run]) -> bool:
    """Return whether lines are dates on baselines of others, with headings and what stands right below a date.

    A sidebar, of which a few dates may stand so by chance, holds more beside them.
    """
    below = [line for above, line in pairwise(lines) if _is_date(above) and find_heads([above, line]) == [above]]
    dates = sum(map(_is_date, lines))
    headings = sum(not _is_date(line) and line not in below for line in lines)
    return headings <= dates + 1 and _are_dates(lines, others)


def count_switches(sides: Sides) -> int:
    """Return how often the page was drawn from one side to the other."""
    drawn = sorted([(line.order, "left") for line in sides.left] + [(line.order, "right") for line in sides.right])
    return sum(one != two for (_, one), (_, two) in pairwise(drawn))


def _are_drawn_downwards(sides: Sides) -> bool:
    """Return whether both sides were drawn together, from top to bottom."""
    drawn = sorted([*sides.left, *sides.right], key=attrgetter("order"))
    return all(line.y1 <= after.y1 + SAME_BASELINE * line.height for line, after in pairwise(drawn))


def find_side_order(sides: Sides) -> SideOrder:
    """Return how the two sides of a gutter are read."""
    sparse, dense = sides.sparse, sides.dense
    if len(sparse) < MIN_LINES:
        return SideOrder.ACROSS
    interleaved = count_switches(sides) >= max(MIN_SWITCHES, len(find_heads(sparse)))
    if interleaved and (are_flush_right(sides.right) or len(dense) < MIN_HEADS):
        return SideOrder.ACROSS
    if len(sparse) > MARGIN_SHARE * len(dense):
        return _order_equals(sides, interleaved=interleaved)
    return _order_margin(sides, interleaved=interleaved)


def _order_margin(sides: Sides, *, interleaved: bool) -> SideOrder:
    """Return how two sides are read of which one has far fewer lines."""
    if sides.sparse is sides.left:
        labels = _are_labels_of_entries(sides.left, sides.right, interleaved=interleaved)
        return SideOrder.MARGIN if labels else SideOrder.COLUMNS
    ends = _are_ends_of_lines(sides.right, sides.left, interleaved=interleaved)
    return SideOrder.ACROSS if ends else SideOrder.COLUMNS


def _are_labels_of_entries(labels: RunRow, entries: RunRow, *, interleaved: bool) -> bool:
    """Return whether the few lines at the left each belong to an entry at the right."""
    if interleaved or _are_dates_and_headings(labels, entries):
        return True
    heads = find_heads(labels)
    return len(heads) >= MIN_HEADS and are_level(heads, entries)


def _are_ends_of_lines(ends: RunRow, lines: RunRow, *, interleaved: bool) -> bool:
    """Return whether the few lines at the right end some of those at the left, as dates and cells of a table do."""
    if interleaved and are_level(ends, lines, share=ENDS_SHARE):
        return True
    return len(ends) < MAX_TABLE_LINES and not _are_prose(ends) and are_level(ends, lines)


def _order_equals(sides: Sides, *, interleaved: bool) -> SideOrder:
    """Return how two sides are read that have about equally many lines: columns or a table."""
    if _are_prose(sides.left) and _are_prose(sides.right):
        return SideOrder.COLUMNS
    if (interleaved and _are_dates(sides.left, sides.right)) or _are_dates_and_headings(sides.left, sides.right):
        return SideOrder.MARGIN
    if not are_level(sides.sparse, sides.dense):
        return SideOrder.ACROSS if interleaved and not _are_drawn_downwards(sides) else SideOrder.COLUMNS
    if are_flush_right(sides.left) or are_flush_right(sides.right):
        return SideOrder.ACROSS
    lines = len(sides.sparse)
    table = lines < MAX_TABLE_LINES and (_are_labels(sides) or count_switches(sides) >= lines)
    return SideOrder.ACROSS if table else SideOrder.COLUMNS

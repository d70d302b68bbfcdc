"""Finds the columns of a page and the order in which its runs of words are read.

A page is cut along the river that counts most. What stands above it is read first, then its left side, its right side
and what stands below, and each of these is cut again in the same way. Beside a margin of dates or labels the eye goes
from entry to entry instead, and in a table along each line.

Which of these it is shows in three things: how dense the two sides are, whether their lines stand on one baseline,
and how often the one who drew the page went from one side to the other.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from operator import attrgetter
from statistics import median

from worker.reading.layout.gutters import SAME_BASELINE, River, Row, Run, find_rivers, find_rows

# In heights of the text at that place.
LEVEL = 0.2
NEXT_LINE = 2.3
FLUSH = 0.3
WIDEST_RIVER = 1.5  # wider ones count no more

MARGIN_SHARE = 0.6  # a side with fewer of the other's lines may be a margin
ALIGNED_SHARE = 0.8
LABEL_SHARE = 0.5  # of the width of what it labels
LONG_SHARE = 0.6  # of another river's length
FEWEST_LINES = 2
FEWEST_HEADS = 4
LONGEST_TABLE = 8
PROSE = 30  # letters a line
TITLE = re.compile(r"[^\d:]{3,}")


class Passage(Enum):
    """How the eye passes two sides: one after the other, entry by entry beside a margin, or line by line."""

    COLUMNS = auto()
    MARGIN = auto()
    ACROSS = auto()


@dataclass(frozen=True, slots=True)
class Banks:
    """The lines right at the left and at the right of a river, from the top."""

    left: Row
    right: Row

    @property
    def sparse(self) -> Row:
        """The side with fewer lines, the left one if both have as many."""
        return min(self.left, self.right, key=len)

    @property
    def dense(self) -> Row:
        """The other side."""
        return self.right if self.sparse is self.left else self.left


def _find_banks(river: River, rows: Sequence[Row], rivers: Iterable[River]) -> Banks:
    """Return the lines beside a river, without what lies beyond the next river that is as long."""
    length = LONG_SHARE * (river.end - river.first)
    long = [other for other in rivers if min(other.end, river.end) - max(other.first, river.first) > length]
    west = max((other.left for other in long if other.right <= river.left), default=float("-inf"))
    east = min((other.right for other in long if other.left >= river.right), default=float("inf"))
    sides = [river.part_row(row) for row in rows[river.first : river.end]]
    left = [side[-1] for side, _ in sides if side and side[-1].x1 > west]
    right = [side[0] for _, side in sides if side and side[0].x0 < east]
    return Banks(left, right)


def _find_heads(lines: Sequence[Run]) -> list[Run]:
    """Return the lines that begin a block: none stands right above them."""
    return [*lines[:1], *(line for above, line in pairwise(lines) if line.y1 - above.y1 > NEXT_LINE * line.height)]


def _are_level(lines: Sequence[Run], others: Sequence[Run], *, share: float = ALIGNED_SHARE) -> bool:
    """Tell whether so large a share of lines stands on the baselines of others."""
    level = [line for line in lines if any(abs(line.y1 - other.y1) <= LEVEL * line.height for other in others)]
    return len(level) >= share * len(lines)


def _are_prose(banks: Banks) -> bool:
    return all(median(len(line.text) for line in side) >= PROSE for side in (banks.left, banks.right))


def _are_flush_right(lines: Sequence[Run]) -> bool:
    """Tell whether lines end at the same place and do not begin so."""
    height = median(line.height for line in lines)
    starts, ends = [line.x0 for line in lines], [line.x1 for line in lines]
    return max(ends) - min(ends) < FLUSH * height and max(starts) - min(starts) > height


def _are_labels(banks: Banks) -> bool:
    left, right = (median(line.x1 - line.x0 for line in side) for side in (banks.left, banks.right))
    return left < LABEL_SHARE * right


def _count_switches(banks: Banks) -> int:
    """Return how often the one who drew the page went from one side to the other."""
    sides = sorted([(line.order, "left") for line in banks.left] + [(line.order, "right") for line in banks.right])
    return sum(one != two for (_, one), (_, two) in pairwise(sides))


def _are_drawn_downwards(banks: Banks) -> bool:
    """Tell whether both sides were drawn at once, from top to bottom."""
    drawn = sorted([*banks.left, *banks.right], key=attrgetter("order"))
    return all(line.y1 <= after.y1 + SAME_BASELINE * line.height for line, after in pairwise(drawn))


def find_passage(banks: Banks) -> Passage:
    """Tell how the eye passes the two sides of a river."""
    sparse, dense = banks.sparse, banks.dense
    if len(sparse) < FEWEST_LINES:
        return Passage.ACROSS
    interleaved = _count_switches(banks) >= max(2, len(_find_heads(sparse)))
    if interleaved and (_are_flush_right(banks.right) or len(dense) < FEWEST_HEADS):
        return Passage.ACROSS
    if len(sparse) > MARGIN_SHARE * len(dense):
        return _pass_equals(banks, interleaved=interleaved)
    return _pass_margin(banks, interleaved=interleaved)


def _pass_margin(banks: Banks, *, interleaved: bool) -> Passage:
    """Tell how the eye passes two sides of which one has far fewer lines."""
    sparse, dense = banks.sparse, banks.dense
    if sparse is banks.left:
        heads = _find_heads(sparse)
        labels = interleaved or (len(heads) >= FEWEST_HEADS and _are_level(heads, dense))
        return Passage.MARGIN if labels else Passage.COLUMNS
    if interleaved and _are_level(sparse, dense, share=0.5):
        return Passage.ACROSS
    return Passage.ACROSS if len(sparse) < LONGEST_TABLE and _are_level(sparse, dense) else Passage.COLUMNS


def _pass_equals(banks: Banks, *, interleaved: bool) -> Passage:
    """Tell how the eye passes two sides that are about as dense: columns or a table, drawn in whatever order."""
    if _are_prose(banks):
        return Passage.COLUMNS
    if not _are_level(banks.sparse, banks.dense):
        return Passage.ACROSS if interleaved and not _are_drawn_downwards(banks) else Passage.COLUMNS
    if _are_flush_right(banks.left) or _are_flush_right(banks.right):
        return Passage.ACROSS
    lines = len(banks.sparse)
    table = lines < LONGEST_TABLE and (_are_labels(banks) or _count_switches(banks) >= lines)
    return Passage.ACROSS if table else Passage.COLUMNS


def _weigh(river: River, banks: Banks, rows: Sequence[Row]) -> float:
    """Return how much a river counts: by length, by width up to a limit, and less if its sides were drawn by turns."""
    left, right = river.part(rows)
    top = max(min(run.y0 for run in side) for side in (left, right))
    bottom = min(max(run.y1 for run in side) for side in (left, right))
    width = min(river.right - river.left, WIDEST_RIVER * median(line.height for line in banks.left))
    turns = (_count_switches(banks) - 1) / len(_find_heads(banks.sparse))
    return (bottom - top) * float(width**0.5) / (1 + turns)


def _choose_river(rows: Sequence[Row]) -> tuple[River, Passage] | None:
    """Return the river that counts most, unless there is none but in tables."""
    rivers = find_rivers(rows)
    chosen: tuple[River, Passage] | None = None
    most = 0.0
    for river in rivers:
        banks = _find_banks(river, rows, rivers)
        passage = find_passage(banks)
        if passage is not Passage.ACROSS and (weight := _weigh(river, banks, rows)) > most:
            chosen, most = (river, passage), weight
    return chosen


def order_runs(runs: Sequence[Run]) -> list[Row]:
    """Return the lines of a page in reading order, each as its runs from left to right."""
    rows = find_rows(runs)
    if len(rows) == len(runs) or (choice := _choose_river(rows)) is None:
        return rows
    river, passage = choice
    left, right = river.part(rows)
    above, below = ([run for row in part for run in row] for part in (rows[: river.first], rows[river.end :]))
    sides = _order_entries(left, right) if passage is Passage.MARGIN else [*order_runs(left), *order_runs(right)]
    return [*order_runs(above), *sides, *order_runs(below)]


def _is_title(label: Row) -> bool:
    """Tell whether a label may be the heading of a section: no date, no bullet, no name before a colon."""
    text = " ".join(run.text for run in label)
    return text[0].isupper() and bool(TITLE.fullmatch(text))


def _order_entries(margin: Row, body: Row) -> list[Row]:
    """Return the lines of entries beside the labels in a margin: each label, then its entry.

    A label that stands level with its entry is the beginning of its first line, unless it reads like a heading.
    """
    heads = _find_heads(sorted(margin, key=attrgetter("y1")))
    tops = [head.y1 - SAME_BASELINE * head.height for head in heads]
    lines: list[Row] = []
    for top, bottom in pairwise([float("-inf"), *tops, float("inf")]):
        label = order_runs([run for run in margin if top <= run.y1 < bottom])
        entry = order_runs([run for run in body if top <= run.y1 < bottom])
        if len(label) == 1 and entry and _are_level(label[0], entry[0]) and not _is_title(label[0]):
            label, entry = [], [[*label[0], *entry[0]], *entry[1:]]
        lines += [*label, *entry]
    return lines

"""Finds the order in which the runs of words of a page are read.

A page is divided along its strongest gutter. What is above the gutter is read first, then the left side, the right side
and what is below; each of these is divided again in the same way. If one side is a margin of dates or labels, the page
is read entry by entry instead; a table is read line by line.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from statistics import median

from worker.reading.layout.gutters import Gutter, divide_gutter, find_gutters, find_staggered_gutters
from worker.reading.layout.runs import SAME_BASELINE, Run, RunRow, find_rows
from worker.reading.layout.side_order import (
    LEVEL,
    MIN_HEADS,
    MIN_LINES,
    NEXT_LINE,
    YEAR,
    SideOrder,
    Sides,
    are_flush_right,
    are_level,
    count_switches,
    find_heads,
    find_side_order,
)

# In heights of the text there.
SAME_BLOCK = 3.0
GAP = 1.2  # of the distance of most lines; a wider one parts labels of a margin
MAX_GUTTER_WIDTH = 1.5  # wider ones count no more
LONG_SHARE = 0.6  # of another gutter's length
CARDS_SHARE = 0.8  # of a gutter's length, from which on it is one between cards
RANGE = re.compile(r"\d\s*[-\u2013\u2014]\s*(?:\D*\d{2,4}|[^\W\d]{4,}|now)$")  # not “Jul 2016 - Dec”, which goes on
OPEN_RANGE = re.compile(r"\d\s*[-\u2013\u2014]$")
CELLS_OF_HEAD = 2  # the head and its date
TITLE = re.compile(r"[^\d:]{3,}")

Choice = tuple[Gutter, Sides, SideOrder]


def _are_apart(left: Gutter, right: Gutter, rows: Sequence[RunRow]) -> bool:
    """Return whether a text stands between two gutters, which are not two measures of the same one then."""
    if right.left < left.right:
        return False
    beside = rows[min(left.first, right.first) : max(left.end, right.end)]
    return any(left.right <= run.x0 and run.x1 <= right.left for row in beside for run in row)


def _find_sides(gutter: Gutter, rows: Sequence[RunRow], gutters: Iterable[Gutter]) -> Sides:
    """Return the lines at both sides of a gutter, up to the next gutters that are about as long."""
    length = LONG_SHARE * (gutter.end - gutter.first)
    long = [other for other in gutters if min(other.end, gutter.end) - max(other.first, gutter.first) > length]
    west = max((other.left for other in long if _are_apart(other, gutter, rows)), default=float("-inf"))
    east = min((other.right for other in long if _are_apart(gutter, other, rows)), default=float("inf"))
    sides = [gutter.part_row(row) for row in rows[gutter.first : gutter.end]]
    left = [side[-1] for side, _ in sides if side and side[-1].x1 > west]
    right = [side[0] for _, side in sides if side and side[0].x0 < east]
    return Sides(left, right)


def _measure_strength(gutter: Gutter, sides: Sides, rows: Sequence[RunRow]) -> float:
    """Return the strength of a gutter: its length and, up to a limit, width; less if drawing switched sides."""
    left, right = gutter.part(rows)
    top = max(min(run.y0 for run in side) for side in (left, right))
    bottom = min(max(run.y1 for run in side) for side in (left, right))
    width = min(gutter.right - gutter.left, MAX_GUTTER_WIDTH * median(line.height for line in sides.left))
    switches = (count_switches(sides) - 1) / len(find_heads(sides.sparse))
    return (bottom - top) * float(width**0.5) / (1 + switches)


def _are_cards(sides: Sides) -> bool:
    """Return whether each side was drawn as one block, and neither consists of labels, places or dates of the other."""
    if len(sides.sparse) < MIN_LINES or count_switches(sides) != 1 or are_flush_right(sides.right):
        return False
    few = [line for side in (sides.left, sides.right) if len(side) < MIN_HEADS for line in side]
    labels = all(line.text.endswith(":") for line in sides.left)
    return not labels and not any(YEAR.search(line.text) for line in few)


def _find_cards(gutter: Gutter, rows: Sequence[RunRow], gutters: Sequence[Gutter]) -> list[Choice]:
    """Return the parts of a gutter that lie between cards; each row of cards was drawn before the next."""
    parts = ((part, _find_sides(part, rows, gutters)) for part in divide_gutter(gutter, rows))
    return [(part, sides, SideOrder.COLUMNS) for part, sides in parts if _are_cards(sides)]


def _list_choices(rows: Sequence[RunRow]) -> list[Choice]:
    """Return the gutters between columns or at a margin, each with its sides and how they are read.

    Of a gutter that lies between cards for most of its length, these parts are returned instead. A gutter whose sides
    are read line by line is left out; if all are, the parts of them that lie between cards are returned.
    """
    gutters = find_gutters(rows)
    choices: list[Choice] = []
    spare: list[Choice] = []
    for gutter in gutters:
        sides, cards = _find_sides(gutter, rows, gutters), _find_cards(gutter, rows, gutters)
        order = find_side_order(sides)
        within = sum(part.end - part.first for part, _, _ in cards)
        if order is SideOrder.ACROSS:
            spare += cards
        elif len(cards) > 1 and within >= CARDS_SHARE * (gutter.end - gutter.first):
            choices += cards
        else:
            choices.append((gutter, sides, order))
    return choices or spare


def _choose_gutter(rows: Sequence[RunRow]) -> tuple[Gutter, SideOrder] | None:
    """Return the strongest gutter that is not within a table, and how its sides are read."""
    chosen: tuple[Gutter, SideOrder] | None = None
    most = 0.0
    for gutter, sides, order in _list_choices(rows):
        if (strength := _measure_strength(gutter, sides, rows)) > most:
            chosen, most = (gutter, order), strength
    return chosen


def _is_block(lines: Sequence[Run]) -> bool:
    """Return whether lines stand right below each other, unlike the dates or labels of entries."""
    close = (line.y1 - above.y1 <= SAME_BLOCK * max(line.height, above.height) for above, line in pairwise(lines))
    return len(lines) >= MIN_LINES and all(close)


def _choose_staggered_gutter(rows: Sequence[RunRow]) -> Gutter | None:
    """Return the longest gutter between two blocks that were drawn one after the other on baselines of their own."""
    chosen: Gutter | None = None
    for gutter in find_staggered_gutters(rows):
        sides = Sides(*gutter.part(rows))
        drawn_apart = _is_block(sides.left) and _is_block(sides.right) and count_switches(sides) == 1
        if drawn_apart and (chosen is None or gutter.end - gutter.first > chosen.end - chosen.first):
            chosen = gutter
    return chosen


def _is_wrapped(row: RunRow, below: RunRow) -> bool:
    """Return whether a head and the date at its right both continue in the next row, each drawn as a separate cell."""
    if not len(row) == len(below) == CELLS_OF_HEAD or not OPEN_RANGE.search(row[-1].text):
        return False
    (head, date), (_, rest) = row, below
    aligned = all(abs(one.x0 - two.x0) < LEVEL * one.height for one, two in zip(row, below, strict=True))
    return aligned and rest.y1 - date.y1 <= NEXT_LINE * head.height and rest.order == date.order + 1


def _join_wrapped(rows: Sequence[RunRow]) -> list[RunRow]:
    """Return rows in which a head and a date that wrap in separate cells are whole."""
    joined: list[RunRow] = []
    for row in rows:
        if joined and _is_wrapped(joined[-1], row):
            head, date = joined[-1]
            joined[-1] = [head, row[0], date, row[1]]
        else:
            joined.append(row)
    return joined


def order_runs(runs: Sequence[Run]) -> list[RunRow]:
    """Return the lines of a page in reading order, each as its runs from left to right."""
    rows = _join_wrapped(find_rows(runs))
    if len(rows) < MIN_LINES:
        return rows
    choice = _choose_gutter(rows) if len(rows) < len(runs) else None
    if choice is None and (staggered := _choose_staggered_gutter(rows)):
        choice = staggered, SideOrder.COLUMNS
    if choice is None:
        return rows
    gutter, order = choice
    left, right = gutter.part(rows)
    above, below = ([run for row in part for run in row] for part in (rows[: gutter.first], rows[gutter.end :]))
    if order is SideOrder.MARGIN:
        sides = _order_entries(left, right)
    else:
        first, second = (right, left) if _flows_on(left, right, below) else (left, right)
        sides = [*order_runs(first), *order_runs(second)]
    return [*order_runs(above), *sides, *order_runs(below)]


def _flows_on(left: RunRow, right: RunRow, below: RunRow) -> bool:
    """Return whether the text of the left side goes on below both, around a box at the right that was drawn before."""
    if not below or max(run.order for run in right) > min(run.order for run in left):
        return False
    last, following = max(left, key=attrgetter("order")), min(below, key=attrgetter("order"))
    spacing = following.y1 - last.y1
    return (
        following.order == last.order + 1
        and following.x1 > min(run.x0 for run in right)
        and 0 < spacing <= NEXT_LINE * last.height
    )


def _is_title(label: RunRow) -> bool:
    """Return whether a label may be the heading of a section: it has no date, no bullet and no colon."""
    text = " ".join(run.text for run in label)
    return text[0].isupper() and bool(TITLE.fullmatch(text))


def _find_leading(lines: Sequence[Run]) -> float:
    """Return how far most lines stand below the one before."""
    steps = [line.y1 - above.y1 for above, line in pairwise(lines) if line.y1 - above.y1 > LEVEL * line.height]
    return median(steps or [0.0])


def _begins_row(label: Run, above: Run, body: RunRow) -> bool:
    """Return whether a label was drawn after what stands beside the label above, as the rows of a table are."""
    drawn_between = any(above.order < run.order < label.order for run in body)
    return drawn_between and label.text[0].isupper() and _is_title([label]) and are_level([label], body)


def _list_labels(margin: RunRow, body: RunRow) -> list[Run]:
    """Return where each label in a margin begins: behind a gap, in a row, or at or below dates beside a head."""
    lines, beside = sorted(margin, key=attrgetter("y1")), sorted(body, key=attrgetter("y1"))
    gap = GAP * _find_leading(beside)
    ranges = [RANGE.search(line.text) is not None and are_level([line], body) for line in lines]
    labels = lines[:1]
    for number, (above, line) in enumerate(pairwise(lines)):
        dated = ranges[number] or ranges[number + 1]
        if line.y1 - above.y1 > gap or dated or _begins_row(line, above, body):
            labels.append(line)
    return labels


def _find_tops(labels: Sequence[Run], body: RunRow) -> list[float]:
    """Return where each label's entry begins: with the label, or above one that stands at the middle of its cell.

    What is above a label in its cell was drawn between this label and the next one, and is below the label before.
    """
    tops = [label.y1 - SAME_BASELINE * label.height for label in labels]
    bounds = [*(label.order for label in labels[1:]), float("inf")]
    for number, (label, end) in enumerate(zip(labels, bounds, strict=True)):
        cell = [run for run in body if label.order < run.order < end]
        top = min((run.y1 - SAME_BASELINE * run.height for run in cell), default=tops[number])
        if len(labels) > 1 and top < tops[number] and (number == 0 or labels[number - 1].y1 < top):
            tops[number] = top
    return tops


def _order_entries(margin: RunRow, body: RunRow) -> list[RunRow]:
    """Return the lines of entries that have labels in a margin: each label, then its entry.

    A label on the baseline of its entry's first line begins this line, unless it reads like a heading.
    """
    tops = _find_tops(_list_labels(margin, body), body)
    lines: list[RunRow] = []
    for top, bottom in pairwise([float("-inf"), *tops, float("inf")]):
        label = order_runs([run for run in margin if top <= run.y1 < bottom])
        entry = order_runs([run for run in body if top <= run.y1 < bottom])
        if len(label) == 1 and entry and are_level(label[0], entry[0]) and not _is_title(label[0]):
            label, entry = [], [[*label[0], *entry[0]], *entry[1:]]
        lines += [*label, *entry]
    return lines

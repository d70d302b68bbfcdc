"""The heads of entries: the lines around a date that name title, employer and time, in any order."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from skills.anatomy.dates import Period
from skills.anatomy.entries.anchors import (
    TAIL_CHARACTERS,
    TITLED_ONLY,
    Anchor,
    find_anchors,
    find_inline,
    stands_over_deed,
)
from skills.anatomy.entries.pieces import is_place
from skills.anatomy.entries.row_table import RowTable, Title
from skills.anatomy.sections import EXPERIENCE
from skills.text.spans import Span

Side = Literal["above", "below"]
MIN_ALIKE_HEADS = 2  # from as many on, another follows their habit
MIN_LISTED_COMMAS = 3  # before a title, in a line that lists tools

# The largest distance, in lines, from a date to its title, and from either to the employer.
MAX_ROWS_TO_TITLE = 3
# What parts a title from an employer behind it.
PARTED = re.compile(r"\s*[,|(.:\u2022\u00b7\n]|\s+[-\u2013\u2014@]\s|\s+at\s")
# A word with a capital, and so where a title begins that runs on from a line of text: “iOS Developer”.
CAPITALIZED = re.compile(r"\b[a-z]?[A-Z]")
BEHIND_SENTENCE = re.compile(r"\.\s+$")
# Words of a name that goes on in the next line: “University of”.
NAMES = re.compile(r"(?:[\s,(&@|\u2013\u2014-]*(?:[A-Z\d][^\s,]*|of|and|the|for|at|de))*[\s,(&@|\u2013\u2014-]*")


class Head(NamedTuple):
    """A head: its rows (`first` to `last`), where it starts, its date and title if it has them.

    `end` is where a head that is a sentence ends.
    """

    first: int
    last: int
    start: int
    period: Period | None
    title: Title | None
    end: int | None = None

    @property
    def is_degree(self) -> bool:
        """Whether its title is a degree."""
        return self.title is not None and self.title.degree


class Beside(NamedTuple):
    """A title beside a date: its row, and where its head begins."""

    row: int
    start: int
    title: Title


def _is_head_row(table: RowTable, row: int) -> bool:
    """Return whether a row can be part of a head."""
    return (
        0 <= row < len(table.rows)
        and not table.headings[row]
        and (not table.rows[row].prose or table.find_own_title(row) is not None)
    )


def _walk(table: RowTable, row: int, step: int, dated: frozenset[int]) -> Iterator[int]:
    """Yield the rows beside a date that can be of its head, nearest first."""
    for other in range(row + step, row + step * (MAX_ROWS_TO_TITLE + 1), step):
        if not _is_head_row(table, other) or other in dated:
            return
        if table.rows[other].item:
            if step < 0 and _is_title_item(table, other):
                yield other
            return
        yield other


def _find_title_on(table: RowTable, rows: Iterator[int]) -> Beside | None:
    for row in rows:
        if title := table.find_own_title(row):
            return Beside(row, table.rows[row].start, title)
    return None


def _find_in_tail(table: RowTable, row: int) -> Beside | None:
    """Return the title that the end of a line of text holds, as where the break before the next head was lost."""
    if row < 0 or table.headings[row]:
        return None
    tail = max(table.rows[row].start, table.rows[row].end - TAIL_CHARACTERS)
    titles = [title for title in table.titles[row] if title.start >= tail]
    if not titles:
        return None
    title = titles[-1]
    if not BEHIND_SENTENCE.search(table.text, tail, title.start):
        capital = CAPITALIZED.search(table.text, title.start, title.end)
        if capital is None:
            return None
        title = title._replace(start=capital.start())
    return Beside(row, title.start, title)


def _runs_on_from_text(table: RowTable, found: Beside) -> bool:
    """Return whether the words before a title on its row are text, and so no part of its head."""
    row = table.rows[found.row]
    listed = table.text.count(",", row.start, found.start) >= MIN_LISTED_COMMAS
    return row.prose or listed or BEHIND_SENTENCE.search(table.text, row.start, found.start) is not None


def _find_in_wrapped_tail(table: RowTable, row: int) -> Beside | None:
    """Return the title at the end of a line of text whose employer goes on in `row`, where the line was wrapped."""
    if row < 1 or table.headings[row] or table.periods[row] or table.titles[row]:
        return None
    if table.rows[row].item and not is_place(table, Span(table.rows[row].start, table.rows[row].end)):
        return None
    found, end = _find_in_tail(table, row - 1), table.rows[row - 1].end
    if found is None or table.rows[row].end - found.start > TAIL_CHARACTERS or not _runs_on_from_text(table, found):
        return None
    return found if NAMES.fullmatch(table.text, found.title.end, max(found.title.end, end)) else None


def _is_title_item(table: RowTable, row: int) -> bool:
    """Return whether a row is an item of a list and opens with a title that something parts from the rest."""
    if row == len(table.rows) or not table.rows[row].item or table.rows[row].prose or table.headings[row]:
        return False
    title = table.find_leading_title(row)
    return title is not None and (title.end == table.rows[row].end or PARTED.match(table.text, title.end) is not None)


def _walk_below(table: RowTable, row: int, dated: frozenset[int]) -> Iterator[int]:
    """Yield the rows below a date that can be of its head: of text, one whose title something parts from the rest."""
    if _is_title_item(table, row + 1) and row + 1 not in dated:
        yield row + 1
    for other in _walk(table, row, 1, dated):
        title = table.find_leading_title(other)
        closes = title and (title.end == table.rows[other].end or table.text[title.end - 1] == ")")
        parted = title and (closes or PARTED.match(table.text, title.end))
        if not table.rows[other].prose or parted or table.find_closing_title(other):
            yield other


class Sides(NamedTuple):
    """The titles beside a date: on its row, above and below it."""

    own: Title | None
    above: Beside | None
    below: Beside | None


def _find_above(table: RowTable, row: int, dated: frozenset[int], *, lasting: bool) -> Beside | None:
    """Return the title above a date: of a row of the head, or at the end of the line of text right above.

    Only a date that says how long something lasted (`lasting`) belongs to a line of text.
    """
    tail = _find_in_tail(table, row - 1) or _find_in_wrapped_tail(table, row - 1) if lasting else None
    if tail and _runs_on_from_text(table, tail):
        return tail
    return _find_title_on(table, _walk(table, row, -1, dated)) or tail


def _look_around(table: RowTable, anchor: Anchor, dated: frozenset[int]) -> Sides:
    row = anchor.row
    own = find_inline(table, anchor) or table.find_leading_title(row) or next(iter(table.titles[row]), None)
    return Sides(
        own,
        None if own else _find_above(table, row, dated, lasting=anchor.period.kind != "single"),
        None if own else _find_title_on(table, _walk_below(table, table.find_last_row(row, anchor.period.end), dated)),
    )


def _find_habit(sides: Sequence[Sides]) -> Side:
    """Return on which side of the dates most titles stand, counting the dates with a title on one side only."""
    above = sum(side.above is not None and side.below is None for side in sides)
    below = sum(side.below is not None and side.above is None for side in sides)
    return "below" if below > above else "above"


def _drop_borrowed(sides: Sequence[Sides]) -> list[Sides]:
    """Return the titles beside each date without those below it that stand above the next: they are of the next."""
    kept = [
        side._replace(below=None) if side.below and behind.above and side.below.row == behind.above.row else side
        for side, behind in pairwise(sides)
    ]
    return [*kept, *sides[-1:]]


def _choose(side: Sides, habit: Side) -> Beside | None:
    first, second = (side.below, side.above) if habit == "below" else (side.above, side.below)
    return first or second


def find_heads(table: RowTable) -> list[Head]:
    """Return the heads of the dated entries, in text order."""
    anchors = find_anchors(table)
    dated = frozenset(anchor.row for anchor in anchors)
    sides = [_look_around(table, anchor, dated) for anchor in anchors]
    habit = _find_habit(sides)
    sides = _drop_borrowed(sides) if habit == "above" else sides
    heads: list[Head] = []
    taken = 0
    for anchor, side in zip(anchors, sides, strict=True):
        head = _make_head(table, anchor, side, habit, taken)
        if head:
            heads.append(head)
            last = table.rows[head.last]
            taken = anchor.period.end if side.own and (last.prose or find_inline(table, anchor)) else last.end
    return _name_like_others(table, heads)


def _count_rows_to_date(table: RowTable, head: Head) -> int | None:
    """Return how many rows above its date a head has a job title alone on a row; None if it has none there."""
    title, row = head.title, table.rows[head.first]
    if head.period is None or title is None or title.degree or (row.start, row.end) != (title.start, title.end):
        return None
    return table.find_last_row(head.first, head.period.start + 1) - head.first or None


def _find_habitual_step(table: RowTable, heads: Sequence[Head]) -> int | None:
    """Return how many rows above its date most posts have their title alone on a row; None if they have no habit."""
    titled = [head for head in heads if head.title and table.sections[head.first] == EXPERIENCE]
    steps = Counter(_count_rows_to_date(table, head) for head in titled)
    [(step, count)] = steps.most_common(1) or [(None, 0)]
    return step if count >= MIN_ALIKE_HEADS and 2 * count > len(titled) else None


def _may_name_post(table: RowTable, row: int, first: int) -> bool:
    """Return whether a row opens a block of head rows without a date up to the row `first`, below text or a heading."""
    block = range(row, first)
    if row < 1 or any(table.rows[other].item or table.periods[other] for other in block):
        return False
    above = table.rows[row - 1]
    below_other = table.headings[row - 1] or above.item or above.prose
    return below_other and all(_is_head_row(table, other) for other in block)


def _name_like_others(table: RowTable, heads: Sequence[Head]) -> list[Head]:
    """Return heads in which a post whose title is not known has its title on the row where most others have theirs."""
    step = _find_habitual_step(table, heads)
    if step is None:
        return list(heads)
    named: list[Head] = []
    for head in heads:
        row, taken = head.first - step, named[-1].last if named else -1  # a head without a title begins with its date
        unknown = head.title is None and table.sections[head.first] == EXPERIENCE
        if unknown and row > taken and _may_name_post(table, row, head.first):
            start, end, *_ = table.rows[row]
            named.append(head._replace(first=row, start=start, title=Title(start, end, end, degree=False)))
        else:
            named.append(head)
    return named


def _make_head_on_row(table: RowTable, anchor: Anchor, title: Title, taken: int) -> Head:
    """Return the head of a date and a title that is on its row, or begins in the row above."""
    row, period = anchor
    last = max(table.find_last_row(row, period.end), table.find_last_row(row, title.end))
    row_start = table.rows[row].start
    if title.start < row_start:
        return Head(row - 1, last, title.start, period, title)
    if table.rows[row].prose or taken > row_start:
        return Head(row, last, title.start, period, title)
    return Head(row, last, row_start, period, title)


def _make_head(table: RowTable, anchor: Anchor, side: Sides, habit: Side, taken: int) -> Head | None:
    """Return the head of a date; what stands before `taken` belongs to another."""
    row, period = anchor
    if side.own:
        return _make_head_on_row(table, anchor, side.own, taken)
    last = table.find_last_row(row, period.end)
    above = side.above if side.above and side.above.title.start >= taken else None
    chosen = _choose(side._replace(above=above), habit)
    if chosen:
        start = min(chosen.start, table.rows[row].start)
        last = max(last, table.find_last_row(chosen.row, chosen.title.end))
        return Head(min(chosen.row, row), last, start, period, chosen.title)
    if table.sections[row] in TITLED_ONLY and not stands_over_deed(table, anchor):
        return None
    return Head(row, last, table.rows[row].start, period, None)

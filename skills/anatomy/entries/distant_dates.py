"""Entries whose dates do not stand at their titles.

The dates of posts are all in a column that was read by itself, or each below the text; that of a degree stands below
school and place.
"""

from collections.abc import Sequence
from itertools import takewhile
from typing import Literal

from skills.anatomy.entries.heads import Head
from skills.anatomy.entries.row_table import RowTable
from skills.anatomy.sections import EDUCATION, EXPERIENCE

# The largest distance, in rows, from a degree to its date below school and place.
MAX_ROWS_TO_DATE = 6
# The halves of a post's head that stand apart.
Half = Literal["title", "date"]
OTHER: dict[Half, Half] = {"title": "date", "date": "title"}


def _is_date_alone(table: RowTable, row: int) -> bool:
    """Return whether a row is a date and nothing else."""
    return not table.split(table.rows[row].start, table.rows[row].end)


def _find_half(table: RowTable, head: Head) -> Half | None:
    """Return “title” for a title without a date, “date” for a time on a line of its own, None for any other head."""
    if table.sections[head.last] != EXPERIENCE:
        return None
    if head.period is None:
        return "title" if head.title and not head.is_degree else None
    one_row = head.title is None and head.period.kind != "single" and head.first == head.last
    return "date" if one_row and _is_date_alone(table, head.first) else None


def _split_head(table: RowTable, head: Head) -> list[Head]:
    """Return the date and the title below it as two heads, if a head consists of these; else the head."""
    date_row = table.rows[head.first]
    if head.title is None or head.title.start < date_row.end or not _is_date_alone(table, head.first):
        return [head]
    row = next(row for row in range(head.last, head.first, -1) if table.rows[row].start <= head.title.start)
    date = Head(head.first, head.first, head.start, head.period, None)
    return [date, Head(row, head.last, table.rows[row].start, None, head.title)]


def _split_block(table: RowTable, heads: Sequence[Head], half: Half) -> tuple[list[Head], list[Head]]:
    """Return the first heads, as far as each is such a half, and the heads behind them.

    The last date of a column may have been taken for the date of the title below it.
    """
    block = list(takewhile(lambda head: _find_half(table, head) == half, heads))
    rest = list(heads[len(block) :])
    if half == "date" and block and rest and rest[0].first == block[-1].last + 1:
        date, *title = _split_head(table, rest[0])
        if title:
            return [*block, date], [*title, *rest[1:]]
    return block, rest


def _are_halves(table: RowTable, first: Sequence[Head], second: Sequence[Head]) -> bool:
    """Return whether two blocks are the halves of the same posts: as many in each; for one post, no text between."""
    if not first or len(first) != len(second):
        return False
    between = table.rows[first[0].last + 1 : second[0].first]
    return len(first) > 1 or not any(row.item or row.prose for row in between)


def _join_halves(first: Head, second: Head) -> Head:
    """Return the head of a title and a date, at the place of the title."""
    title, date = (second, first) if first.period else (first, second)
    return title._replace(period=date.period)


def _join_blocks(table: RowTable, heads: Sequence[Head]) -> tuple[list[Head], list[Head]] | None:
    """Return the posts of a block of titles and a block of dates that stand first, and the heads behind these."""
    half = _find_half(table, heads[0])
    if half is None:
        return None
    first, rest = _split_block(table, heads, half)
    second, behind = _split_block(table, rest, OTHER[half])
    return (list(map(_join_halves, first, second)), behind) if _are_halves(table, first, second) else None


def _ends_section(table: RowTable, head: Head) -> bool:
    behind = head.last + 1
    return behind == len(table.rows) or table.headings[behind]


def _join_dates_below(table: RowTable, heads: Sequence[Head]) -> tuple[list[Head], list[Head]] | None:
    """Return the posts that stand first, if each has its date below its text, and the heads behind these.

    The first title then has no date, each date but the last stands right above the title of the next post, and the last
    ends the section.
    """
    halves: list[Head] = []
    for count, head in enumerate(heads, start=1):
        for half in _split_head(table, head):
            if _find_half(table, half) != ("date" if len(halves) % 2 else "title"):
                return None
            halves.append(half)
        if len(halves) % 2 == 0:
            posts = list(map(_join_halves, halves[::2], halves[1::2]))
            return (posts, list(heads[count:])) if _ends_section(table, halves[-1]) else None
    return None


def _names_another_school(table: RowTable, row: int) -> bool:
    """Return whether a row below a date names the school of it, and is no label such as “GPA:”."""
    return row < len(table.rows) and ":" not in table.rows[row].text and table.names_school(row)


def _join_date_of_degree(table: RowTable, heads: Sequence[Head]) -> tuple[list[Head], list[Head]] | None:
    """Return the degree that stands first, with the date alone on a row below its school, and the heads behind it."""
    if len(heads) == 1 or heads[0].period or not heads[0].is_degree:
        return None
    degree, date = heads[:2]
    between = range(degree.last + 1, date.first)
    if date.title or table.sections[date.last] != EDUCATION or len(between) >= MAX_ROWS_TO_DATE:
        return None
    if (
        _names_another_school(table, date.last + 1)
        or not _is_date_alone(table, date.last)
        or any(table.rows[row].prose for row in between)
    ):
        return None
    return [degree._replace(last=date.last, period=date.period)], list(heads[2:])


def join_distant_dates(table: RowTable, heads: Sequence[Head]) -> list[Head]:
    """Return heads in which a title and its date are one head, wherever the date stands."""
    joined: list[Head] = []
    left = list(heads)
    while left:
        joins = (_join_blocks, _join_dates_below, _join_date_of_degree)
        entries, left = next(filter(None, (join(table, left) for join in joins)), (left[:1], left[1:]))
        joined += entries
    return joined

"""Heads whose dates stand elsewhere: in a block, as where a column of dates is read by itself, or below each post."""

from collections.abc import Sequence
from itertools import takewhile

from skills.anatomy.entries.heads import Head
from skills.anatomy.entries.row_table import RowTable

WORK = "experience"
OTHER = {"title": "date", "date": "title"}


def _is_bare(table: RowTable, row: int) -> bool:
    """Return whether a row is a date and nothing else."""
    return not table.split(table.rows[row].start, table.rows[row].end)


def _tell_part(table: RowTable, head: Head) -> str:
    """Return “title” for a head without a date, “date” for a time on a line of its own, or nothing."""
    if table.sections[head.last] != WORK:
        return ""
    if head.period is None:
        return "title" if head.title and not head.title.degree else ""
    alone = head.title is None and head.period.kind != "single" and head.first == head.last
    return "date" if alone and _is_bare(table, head.first) else ""


def _split(table: RowTable, head: Head) -> list[Head]:
    """Return the date and the title below it as two heads, if a head consists of these; or the head."""
    if head.title is None or head.title.start < table.rows[head.first].end or not _is_bare(table, head.first):
        return [head]
    row = next(row for row in range(head.last, head.first, -1) if table.rows[row].start <= head.title.start)
    date = Head(head.first, head.first, head.start, head.period, None)
    return [date, Head(row, head.last, table.rows[row].start, None, head.title)]


def _take_apart(table: RowTable, head: Head, before: Head) -> list[Head]:
    """Return the date and the title of a head as two, if its date goes on with the column of the date before it."""
    return _split(table, head) if head.first == before.last + 1 else [head]


def _find_block(table: RowTable, heads: Sequence[Head], part: str) -> tuple[list[Head], list[Head]]:
    """Return the first heads as far as each is such a part, with the last of a column of dates, and those behind."""
    block = list(takewhile(lambda head: _tell_part(table, head) == part, heads))
    rest = list(heads[len(block) :])
    if part == "date" and block and rest:
        first, *others = _take_apart(table, rest[0], block[-1])
        if others:
            return [*block, first], [*others, *rest[1:]]
    return block, rest


def _may_join(table: RowTable, first: Sequence[Head], second: Sequence[Head]) -> bool:
    """Tell whether each head of a block has its other half in the next: as many, and of one no text between the two."""
    if not first or len(first) != len(second):
        return False
    between = table.rows[first[0].last + 1 : second[0].first]
    return len(first) > 1 or not any(row.item or row.prose for row in between)


def _join(first: Head, second: Head) -> Head:
    """Return the head of a title and a date, at the place of the title."""
    title, date = (second, first) if first.period else (first, second)
    return title._replace(period=date.period)


def _ends_section(table: RowTable, head: Head) -> bool:
    behind = head.last + 1
    return behind == len(table.rows) or table.headings[behind]


def _join_below(table: RowTable, heads: Sequence[Head]) -> list[Head]:
    """Return a head for each post at the beginning of `heads`, if each has its date below its text; or none.

    The first title then has no date, and each date between stands right above the title of the next post. The last
    ends the section.
    """
    parts: list[Head] = []
    for head in heads:
        for part in _split(table, head):
            if _tell_part(table, part) != ("date" if len(parts) % 2 else "title"):
                return []
            parts.append(part)
        if len(parts) % 2 == 0:
            return list(map(_join, parts[::2], parts[1::2])) if _ends_section(table, parts[-1]) else []
    return []


def join_apart(table: RowTable, heads: Sequence[Head]) -> list[Head]:
    """Return heads with the titles of one block and the dates of the next as one head each."""
    joined: list[Head] = []
    left = list(heads)
    while left:
        part = _tell_part(table, left[0])
        first, rest = _find_block(table, left, part) if part else (left[:1], left[1:])
        second, behind = _find_block(table, rest, OTHER[part]) if part else ([], rest)
        if _may_join(table, first, second):
            joined += map(_join, first, second)
            left = behind
        elif below := _join_below(table, left):
            joined += below
            left = left[len(below) + 1 :]
        else:
            joined.append(left.pop(0))
    return joined

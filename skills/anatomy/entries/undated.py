"""Heads without a date: lines that open with a job title in the experience, with a degree in the education."""

from collections.abc import Container, Iterator, Sequence

from skills.anatomy.entries.heads import Head
from skills.anatomy.entries.row_table import RowTable, Title

# Where a line that opens with a title is an entry without a date, and whether the title is a degree there.
UNDATED = {"experience": False, "education": True}
# The largest distance, in rows, from the last degree to a job title below it.
MAX_ROWS_BELOW_DEGREE = 6
DASHES = (" - ", " \u2013 ", " \u2014 ")


def _closes_studies(table: RowTable, row: int, title: Title) -> bool:
    """Return whether a row between degrees and the next heading is a job title, alone or with a firm behind a dash."""
    if title.degree or row + 1 == len(table.rows) or not table.headings[row + 1]:
        return False
    above = table.titles[max(0, row - MAX_ROWS_BELOW_DEGREE) : row]
    behind = table.text[title.end : table.rows[row].end]
    return (not behind or behind.startswith(DASHES)) and any(known.degree for titles in above for known in titles)


def _may_be_head(table: RowTable, row: int, title: Title, taken: Container[int]) -> bool:
    """Return whether a row that opens with a title heads an entry: none of the rows `taken`, or right below one.

    Prose heads none, but a title may be the whole row: “Bachelor of social work”, “Lead Engineer”.
    """
    said = table.rows[row]
    whole = not table.split(title.end, said.end) and (title.degree or said.text[0].isupper())
    if row in taken or table.headings[row] or said.item or (said.prose and not whole):
        return False
    suits = UNDATED.get(table.sections[row]) == title.degree and row - 1 not in taken
    return suits or _closes_studies(table, row, title)


def find_undated(table: RowTable, heads: Sequence[Head]) -> Iterator[Head]:
    """Yield the heads without a date; `heads` are those that have one."""
    taken = {row for head in heads for row in range(head.first, head.last + 1)}
    for row in [row for row, titles in enumerate(table.titles) if titles]:
        title = table.find_leading_title(row)
        if title and _may_be_head(table, row, title, taken):
            yield Head(row, table.find_last_row(row, title.end), table.rows[row].start, None, title)

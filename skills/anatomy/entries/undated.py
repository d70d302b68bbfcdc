"""Heads without a date beside them: lines that open with a job title in the experience, and degrees in the education.

Where the line breaks of the education were lost, each degree of the line is one, with the date behind it.
"""

from collections.abc import Container, Iterator, Sequence
from itertools import zip_longest

from skills.anatomy.dates import Period
from skills.anatomy.entries.heads import Head
from skills.anatomy.entries.row_table import RowTable, Title
from skills.anatomy.sections import EDUCATION, EXPERIENCE

# Where a line that opens with a title is an entry without a date, and whether the title is a degree there.
UNDATED = {EXPERIENCE: False, EDUCATION: True}
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


def _find_date(table: RowTable, row: int, start: int, end: int) -> Period | None:
    return next((period for period in table.periods[row] if start <= period.start < end), None)


def _split_studies(table: RowTable, row: int, known: Container[Title]) -> Iterator[Head]:
    """Yield the degrees of a line in the education that are not `known`: those that stand for themselves."""
    apart = table.list_degrees(row)
    degrees = [title for title in table.titles[row] if title.degree]
    for degree, behind in zip_longest(degrees, degrees[1:]):
        if degree in apart and degree not in known:
            end = behind.start if behind else table.rows[row].end
            yield Head(row, row, degree.start, _find_date(table, row, degree.end, end), degree)


def find_undated(table: RowTable, heads: Sequence[Head]) -> Iterator[Head]:
    """Yield the heads without a date beside them; `heads` are those that have one."""
    taken = {row for head in heads for row in range(head.first, head.last + 1)}
    known = {head.title for head in heads if head.title}
    for row in [row for row, titles in enumerate(table.titles) if titles]:
        title = table.find_leading_title(row)
        if title and _may_be_head(table, row, title, taken):
            yield Head(row, table.find_last_row(row, title.end), table.rows[row].start, None, title)
            known.add(title)
            if title.degree:
                yield from _split_studies(table, row, known)
        elif table.rows[row].prose and table.sections[row] == EDUCATION and not table.headings[row]:
            yield from _split_studies(table, row, known)

"""Degrees in the education where line breaks were lost: each runs on behind the date of the one before it.

“MSc in Statistics Tharrow University May 2018 BSc in / Mathematics Tharrow University June 2016”.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from skills.anatomy.dates import Period
from skills.anatomy.entries.heads import Head
from skills.anatomy.entries.row_table import RowTable, Title
from skills.anatomy.sections import EDUCATION


def _runs_on(table: RowTable, row: int) -> bool:
    """Return whether a degree follows a date on its row that something stands before."""
    behind = (title for title in table.titles[row] if title.degree and table.follows_date(title))
    return any(table.split(table.rows[row].start, title.start) for title in behind)


def _list_runs(table: RowTable) -> Iterator[list[int]]:
    """Yield the rows of each part of the education in which a degree runs on behind a date."""
    rows = range(len(table.rows))
    for (section, heading), part in groupby(rows, key=lambda row: (table.sections[row], table.headings[row])):
        run = list(part)
        if section == EDUCATION and not heading and any(_runs_on(table, row) for row in run):
            yield run


def _read_run(table: RowTable, run: Sequence[int]) -> list[Head]:
    """Return the heads of the degrees of some rows, each with the first date behind it; none if dates stand before."""
    periods = [period for row in run for period in table.periods[row]]
    degrees = [degree for row in run for degree in table.list_degrees(row)]
    if not degrees or degrees[0].start > periods[0].start:
        return []
    heads = []
    for degree, behind in zip_longest(degrees, degrees[1:]):
        end = behind.start if behind else table.rows[run[-1]].end
        period = next((period for period in periods if degree.end <= period.start < end), None)
        heads.append(_make_head(table, run[0], degree, period))
    return heads


def _make_head(table: RowTable, row: int, degree: Title, period: Period | None) -> Head:
    first = table.find_last_row(row, degree.start + 1)
    return Head(first, table.find_last_row(first, period.end if period else degree.end), degree.start, period, degree)


def split_run_on_studies(table: RowTable, heads: Sequence[Head]) -> list[Head]:
    """Return heads in text order, with those of degrees that run on in place of what was found on the same rows."""
    kept = list(heads)
    for run in _list_runs(table):
        if found := _read_run(table, run):
            kept = [head for head in kept if head.last < run[0] or head.first > run[-1]] + found
    return sorted(kept)

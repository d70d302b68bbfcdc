"""The formats of a file with a row for each document: JSON lines, CSV and a page; all but the page are read again."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from typing import Any

from pydantic import TypeAdapter

from service.results.columns import Cell, Column, defuse, list_columns
from service.results.html_file import split_page, write_page_row, write_ranks
from service.results.rows import Row, make_unscored_row, name_fit, read_versions, summarize_line, summarize_result
from skills.roles.profiles import RoleProfile
from worker.outcomes.results import Outcome


def _end_with_nothing(_rows: Sequence[Row]) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class RowFormat:
    """A way to write rows, one line each, between a header and a footer, which knows all rows.

    `read` reads a line again; None if a file of this format cannot be continued. `read_versions` reads under which
    versions a line was scored; None if lines do not say. `name_of` returns a document's name as rows of this format
    show it.
    """

    write: Callable[[Outcome], str]
    header: Callable[[], str] = str
    footer: Callable[[Sequence[Row]], str] = _end_with_nothing
    read: Callable[[str], Row] | None = None
    read_versions: Callable[[str], Mapping[str, str]] | None = None
    name_of: Callable[[str], str] = str


def _write_cell(value: Cell) -> Cell:
    if isinstance(value, str):
        return defuse(value)
    return str(value).lower() if isinstance(value, bool) else value


def _write_line(cells: Iterable[Cell]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()


def write_csv_header(columns: Sequence[Column]) -> str:
    """Return the first line of a table."""
    return _write_line(column.title for column in columns)


def write_csv_row(columns: Sequence[Column], row: object) -> str:
    """Return a row as a line of a table, its texts so that no spreadsheet takes them for formulas."""
    return _write_line(_write_cell(column.read(row)) for column in columns)


@cache
def _make_row_reader() -> TypeAdapter[Row]:
    return TypeAdapter(Row)


def _read_csv(columns: Sequence[Column], line: str) -> Row:
    """Return the row of a line; raise ValueError if its cells are not those of the columns."""
    parts: dict[str, Any] = asdict(make_unscored_row(""))  # as nested as the paths are
    for column, cell in zip(columns, next(csv.reader([line])), strict=True):
        *outer, last = column.path
        part = parts
        for key in outer if cell else ():
            part[key] = part = part[key] or {}
        if cell:
            part[last] = cell
    row = _make_row_reader().validate_python(parts)
    return replace(row, fit=name_fit(row.best_fit, close=row.close))


def make_jsonl(_profiles: Sequence[RoleProfile]) -> RowFormat:
    """Return the way to write a report or a failure on each line."""
    return RowFormat(write=lambda outcome: outcome.line + "\n", read=summarize_line, read_versions=read_versions)


def make_csv(profiles: Sequence[RoleProfile]) -> RowFormat:
    """Return the way to write a table of documents that were scored for these roles."""
    columns = list_columns([profile.id for profile in profiles])
    return RowFormat(
        write=lambda outcome: write_csv_row(columns, summarize_result(outcome.outline)),
        header=partial(write_csv_header, columns),
        read=partial(_read_csv, columns),
        name_of=defuse,
    )


def make_html(profiles: Sequence[RoleProfile]) -> RowFormat:
    """Return the way to write a page of documents that were scored for these roles."""
    before, after = split_page(profiles)
    roles = [profile.id for profile in profiles]
    return RowFormat(write=write_page_row, header=lambda: before, footer=lambda rows: write_ranks(after, rows, roles))


# By name, each for documents that were scored for some roles.
ROW_FORMATS: dict[str, Callable[[Sequence[RoleProfile]], RowFormat]] = {
    "jsonl": make_jsonl,
    "csv": make_csv,
    "html": make_html,
}

"""The formats of a batch's rows: how each is written, and read again to continue a file."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from service.results.columns import Cell, Column, defuse, list_columns
from service.results.rows import Row, summarize_line, summarize_result
from skills.errors import RolefitError
from worker.outcomes.results import Outcome


class ForeignRowsError(RolefitError):
    """The file to continue has other contents than `--resume` needs."""

    code = "foreign-rows"


def _end_with_nothing(_rows: Sequence[Row]) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class RowFormat:
    """A way to write rows, one line each, between a header and a footer, which knows all rows.

    `read` takes a line back, None where rows are never read again; `name_of` is a document's name as rows of this
    format show it.
    """

    write: Callable[[Outcome], str]
    header: Callable[[], str] = str
    footer: Callable[[Sequence[Row]], str] = _end_with_nothing
    read: Callable[[str], Row] | None = None
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
    parts: dict[str, Any] = {}  # as nested as the paths are
    for column, cell in zip(columns, next(csv.reader([line])), strict=True):
        *outer, last = column.path
        part = parts
        for key in outer if cell else ():
            part = part.setdefault(key, {})
        if cell:
            part[last] = cell
    return _make_row_reader().validate_python(parts)


def _make_jsonl(_roles: Sequence[str]) -> RowFormat:
    return RowFormat(write=lambda outcome: outcome.line + "\n", read=summarize_line)


def _make_csv(roles: Sequence[str]) -> RowFormat:
    columns = list_columns(roles)
    return RowFormat(
        write=lambda outcome: write_csv_row(columns, summarize_result(outcome.outline)),
        header=partial(write_csv_header, columns),
        read=partial(_read_csv, columns),
        name_of=defuse,
    )


# By name, each for documents scored for roles that are given by their ids.
FORMATS: dict[str, Callable[[Sequence[str]], RowFormat]] = {"jsonl": _make_jsonl, "csv": _make_csv}


def _read_rows(lines: Iterator[bytes], header: str, read: Callable[[str], Row]) -> Iterator[Row]:
    try:
        if header and (first := next(lines, b"").decode()) not in {"", header}:
            raise ForeignRowsError(f"It begins with “{first.strip()[:60]}”, not with the columns of this format.")
        for line in lines:
            yield read(line.decode())
    except (ValueError, LookupError, TypeError) as error:
        raise ForeignRowsError("A line of it is no row of this format.") from error


def _check_versions(rows: Iterable[Row], versions: Mapping[str, str]) -> None:
    for row in rows:
        if row.versions and row.versions != versions:
            raise ForeignRowsError("Its rows were scored under other versions. Begin a new file without --resume.")


def keep_rows(path: Path, form: RowFormat, *, versions: Mapping[str, str]) -> list[Row]:
    """Return the rows of a file; delete its last line if that is incomplete.

    Raises:
        ForeignRowsError: the file does not hold rows of this format and these versions, or none that can be read; it is
            left as it is.
    """
    if form.read is None:
        raise ForeignRowsError("A page cannot be continued. Use --format jsonl or csv with --resume.")
    if not path.exists():
        return []
    with path.open("rb") as file:
        whole = [line for line in file if line.endswith(b"\n")]
    try:
        rows = list(_read_rows(iter(whole), form.header(), form.read))
        _check_versions(rows, versions)
    except ForeignRowsError as error:
        raise ForeignRowsError(f"Cannot continue {path}: {error}") from error
    with path.open("r+b") as file:
        file.truncate(sum(map(len, whole)))
    return rows

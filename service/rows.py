"""The rows of a batch: how they are written, and read again to continue."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from skills.errors import RolefitError
from skills.profiles import load_profiles
from worker.job import encode_result

# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class ForeignRowsError(RolefitError):
    """The file to continue holds something else."""

    code = "foreign-rows"


@dataclass(frozen=True, slots=True)
class Row:
    """One document of a batch without its evidence; `error` is None when it was scored."""

    name: str = field(repr=False)
    scores: Mapping[str, float]
    best_fit: str | None = None
    margin: float | None = None
    close: bool | None = None
    error: str | None = None
    message: str | None = None


def write_line(result: Mapping[str, Any]) -> str:
    """Return a report or a failure as a line of JSON."""
    return encode_result(result) + "\n"


def summarize_result(result: Mapping[str, Any]) -> Row:
    """Return the row of a report or a failure."""
    name = result["document"]["name"]
    if "error" in result:
        return Row(name, {}, error=result["error"]["code"], message=result["error"]["message"])
    verdict = result["verdict"]
    scores = {role["id"]: role["score"] for role in result["roles"]}
    return Row(name, scores, verdict["best_fit"], verdict["margin"], verdict["close"])


def rank_rows(rows: Iterable[Row], role_id: str) -> list[Row]:
    """Return the rows that have a score for the role, the best first, those with the same in the order of names."""
    scored = (row for row in rows if role_id in row.scores)
    return sorted(scored, key=lambda row: (-row.scores[role_id], row.name))


def _role_ids() -> list[str]:
    return [profile.id for profile in load_profiles()]


def defuse(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _write_cells(cells: list[Any]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()


def _header() -> str:
    return _write_cells(["name", *_role_ids(), "best_fit", "margin", "close", "error", "message"])


def _write_csv(result: Mapping[str, Any]) -> str:
    row = summarize_result(result)
    close = None if row.close is None else str(row.close).lower()
    scores = [row.scores.get(role_id) for role_id in _role_ids()]
    return _write_cells([defuse(row.name), *scores, row.best_fit, row.margin, close, row.error, row.message])


def _read_csv(line: str) -> Row:
    (name, *scores, best_fit, margin, close, error, message) = next(csv.reader([line]))
    return Row(
        name,
        {role_id: float(score) for role_id, score in zip(_role_ids(), scores, strict=True) if score},
        best_fit or None,
        float(margin) if margin else None,
        close == "true" if close else None,
        error or None,
        message or None,
    )


def _read_jsonl(line: str) -> Row:
    return summarize_result(json.loads(line))


@dataclass(frozen=True, slots=True)
class RowFormat:
    """A way to write rows, one line each, between a header and a footer.

    `read` takes a line back, None where rows are never read again; `name_of` is a document's name as rows of this
    format show it.
    """

    write: Callable[[Mapping[str, Any]], str]
    header: Callable[[], str] = str
    footer: Callable[[], str] = str
    read: Callable[[str], Row] | None = None
    name_of: Callable[[str], str] = str


FORMATS = {
    "jsonl": RowFormat(write=write_line, read=_read_jsonl),
    "csv": RowFormat(header=_header, write=_write_csv, read=_read_csv, name_of=defuse),
}


def _read_rows(lines: Iterator[bytes], header: str, read: Callable[[str], Row]) -> Iterator[Row]:
    try:
        if header and (first := next(lines, b"").decode()) not in {"", header}:
            raise ForeignRowsError(f"It begins with “{first.strip()[:60]}”, not with the columns of this format.")
        for line in lines:
            yield read(line.decode())
    except (ValueError, LookupError, TypeError) as error:
        raise ForeignRowsError("A line of it is no row of this format.") from error


def keep_rows(path: Path, form: RowFormat) -> list[Row]:
    """Return the rows that a file has, and cut off a last one that was not written to its end.

    Raises:
        ForeignRowsError: the file does not hold rows of this format, or none that can be read; it is left as it is.
    """
    if form.read is None:
        raise ForeignRowsError("A page cannot be continued. Use --format jsonl or csv with --resume.")
    if not path.exists():
        return []
    with path.open("rb") as file:
        whole = [line for line in file if line.endswith(b"\n")]
    try:
        rows = list(_read_rows(iter(whole), form.header(), form.read))
    except ForeignRowsError as error:
        raise ForeignRowsError(f"Cannot continue {path}: {error}") from error
    with path.open("r+b") as file:
        file.truncate(sum(map(len, whole)))
    return rows

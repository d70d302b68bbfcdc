"""The rows of a batch: how they are written, and read again to continue."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

from pydantic import TypeAdapter

from skills.errors import RolefitError
from worker.store.job import Failure, JobError, Outcome
from worker.store.report_outline import Outline, OutlinedDocument, OutlinedRole, OutlinedVerdict

# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class ForeignRowsError(RolefitError):
    """The file to continue holds something else."""

    code = "foreign-rows"


@dataclass(frozen=True, slots=True)
class Row:
    """One document of a batch without its evidence; `error` is None when it was scored.

    `versions` are those of program and knowledge, where the format of the row says them.
    """

    name: str = field(repr=False)
    scores: Mapping[str, float] = field(default_factory=dict)
    best_fit: str | None = None
    margin: float | None = None
    close: bool | None = None
    error: JobError | None = None
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowLine:
    """What a row shows of a line of JSON, which is a report or a failure."""

    document: OutlinedDocument
    roles: Sequence[OutlinedRole] = ()
    verdict: OutlinedVerdict | None = None
    error: JobError | None = None
    versions: Mapping[str, str] = field(default_factory=dict)


def _summarize_outline(outline: Outline | RowLine) -> Row:
    verdict = outline.verdict
    scores = {role.id: role.score for role in outline.roles}
    if verdict is None:
        return Row(outline.document.name, scores)
    return Row(outline.document.name, scores, verdict.best_fit, verdict.margin, verdict.close)


def summarize_result(result: Outline | Failure) -> Row:
    """Return the row of an outline or a failure."""
    return Row(result.name, error=result.error) if isinstance(result, Failure) else _summarize_outline(result)


def rank_rows(rows: Iterable[Row], role_id: str) -> list[Row]:
    """Return the rows that have a score for the role, the best first, those with the same in the order of names."""
    scored = (row for row in rows if role_id in row.scores)
    return sorted(scored, key=lambda row: (-row.scores[role_id], row.name))


def defuse(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _write_cells(cells: Sequence[str | float | None]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()


def write_csv_header(roles: Sequence[str]) -> str:
    """Return the first line of a table of documents that were scored for these roles."""
    return _write_cells(["name", *roles, "best_fit", "margin", "close", "error", "message"])


def write_csv_row(roles: Sequence[str], row: Row) -> str:
    """Return a row as a line of that table."""
    code, message = (row.error.code, row.error.message) if row.error else (None, None)
    close = None if row.close is None else str(row.close).lower()
    scores = [row.scores.get(role_id) for role_id in roles]
    return _write_cells([defuse(row.name), *scores, row.best_fit, row.margin, close, code, message])


def _read_csv(roles: Sequence[str], line: str) -> Row:
    (name, *scores, best_fit, margin, close, error, message) = next(csv.reader([line]))
    return Row(
        name,
        {role_id: float(score) for role_id, score in zip(roles, scores, strict=True) if score},
        best_fit or None,
        float(margin) if margin else None,
        close == "true" if close else None,
        JobError(error, message) if error else None,
    )


@cache
def _make_line_reader() -> TypeAdapter[RowLine]:
    return TypeAdapter(RowLine)


def _read_jsonl(line: str) -> Row:
    known = _make_line_reader().validate_json(line)
    versions = {key: text for key, text in known.versions.items() if key != "reader"}
    return replace(_summarize_outline(known), error=known.error, versions=versions)


@dataclass(frozen=True, slots=True)
class RowFormat:
    """A way to write rows, one line each, between a header and a footer.

    `read` takes a line back, None where rows are never read again; `name_of` is a document's name as rows of this
    format show it.
    """

    write: Callable[[Outcome], str]
    header: Callable[[], str] = str
    footer: Callable[[], str] = str
    read: Callable[[str], Row] | None = None
    name_of: Callable[[str], str] = str


def _make_jsonl(_roles: Sequence[str]) -> RowFormat:
    return RowFormat(write=lambda outcome: outcome.line + "\n", read=_read_jsonl)


def _make_csv(roles: Sequence[str]) -> RowFormat:
    return RowFormat(
        write=lambda outcome: write_csv_row(roles, summarize_result(outcome.outline)),
        header=partial(write_csv_header, roles),
        read=partial(_read_csv, roles),
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
    """Return the rows that a file has, and cut off a last one that was not written to its end.

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

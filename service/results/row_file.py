"""The file that a batch's rows are written to, and how one that was begun earlier is continued."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from service.results.output_file import translate_write_errors
from service.results.row_formats import RowFormat
from service.results.rows import Row, summarize_result
from skills.errors import RolefitError
from worker.outcomes.results import Outcome
from worker.versions import list_versions


class ForeignRowsError(RolefitError):
    """The file to continue is not one that `--resume` can continue."""

    code = "foreign-rows"


def _read_rows(lines: Iterator[bytes], header: str, read: Callable[[str], Row]) -> Iterator[Row]:
    try:
        if header and (first := next(lines, b"").decode()) not in {"", header}:
            raise ForeignRowsError(f"It begins with “{first.strip()[:60]}”, not with the columns of this format.")
        for line in lines:
            yield read(line.decode())
    except (ValueError, LookupError, TypeError) as error:
        raise ForeignRowsError("A line of it is no row of this format.") from error


def _check_versions(lines: Iterable[bytes], row_format: RowFormat, versions: Mapping[str, str]) -> None:
    stated = (row_format.read_versions(line.decode()) for line in lines) if row_format.read_versions else ()
    if any(each and each != versions for each in stated):
        raise ForeignRowsError("Its rows were scored under other versions. Begin a new file without --resume.")


def _read_whole_lines(path: Path) -> list[bytes]:
    with path.open("rb") as file:
        lines = [*file]
    whole = [line for line in lines if line.endswith(b"\n")]
    if lines and not whole:  # one line without its end may be anything, also a document to score
        raise ForeignRowsError("It holds no whole row. Begin a new file without --resume.")
    return whole


def _keep_whole_rows(
    path: Path, row_format: RowFormat, read: Callable[[str], Row], versions: Mapping[str, str]
) -> list[Row]:
    try:
        whole = _read_whole_lines(path)
        rows = list(_read_rows(iter(whole), row_format.header(), read))
        _check_versions(whole, row_format, versions)
    except ForeignRowsError as error:
        raise ForeignRowsError(f"Cannot continue {path}: {error}") from error
    with path.open("r+b") as file:
        file.truncate(sum(map(len, whole)))
    return rows


def keep_rows(path: Path, row_format: RowFormat, *, profiles_folder: Path | None) -> list[Row]:
    """Return the rows of a file, scored also for the roles of a folder; delete an incomplete last line.

    Raises:
        ForeignRowsError: the file does not hold rows of this format and of the present versions, or none that can be
            read; it is left as it is.
        OutputError: the file cannot be read or written.
    """
    if row_format.read is None:
        raise ForeignRowsError("A page cannot be continued. Use --format jsonl or csv with --resume.")
    if profiles_folder and not row_format.read_versions:
        raise ForeignRowsError("A table does not say which version of your profiles it is of. Continue a jsonl file.")
    with translate_write_errors(path):
        return (
            _keep_whole_rows(path, row_format, row_format.read, list_versions(profiles_folder)) if path.exists() else []
        )


@dataclass(frozen=True, slots=True)
class RowFile:
    """A file, or stdout if `out` is None, with all rows that it has."""

    out: Path | None
    row_format: RowFormat
    file: TextIO = field(repr=False)
    rows: list[Row] = field(repr=False)

    def write(self, text: str) -> None:
        """Write a text at once; raise OutputError if that cannot be."""
        with translate_write_errors(self.out):
            self.file.write(text)
            self.file.flush()

    def add(self, outcome: Outcome) -> None:
        """Write the row of a document at once; raise OutputError if that cannot be."""
        self.write(self.row_format.write(outcome))
        self.rows.append(summarize_result(outcome.outline))


@contextmanager
def open_rows(out: Path | None, row_format: RowFormat, kept: Sequence[Row]) -> Iterator[RowFile]:
    """Open the file for the rows, or stdout; `kept` are those that it has already. Raises OutputError if it cannot."""
    with translate_write_errors(out):
        file = out.open("a" if kept else "w", encoding="utf-8", newline="") if out else sys.stdout
    opened = RowFile(out, row_format, file, [*kept])
    try:
        opened.write("" if kept else row_format.header())
        try:
            yield opened
        finally:  # after an interruption, too: the page shows the rows so far
            opened.write(row_format.footer(opened.rows))
    finally:
        if out:
            with suppress(OSError):  # everything was flushed except what could not be written
                file.close()

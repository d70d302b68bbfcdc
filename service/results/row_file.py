"""The file that a batch's rows are written to: in which formats, and how it is written and continued."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from service.results.html_file import make_page
from service.results.output import typed_refusal
from service.results.row_formats import RowFormat, make_csv, make_jsonl
from service.results.rows import Row
from skills.errors import RolefitError
from skills.roles.profiles import RoleProfile
from worker.versions import list_versions

Write = Callable[[str], None]

# By name, each for documents that were scored for some roles.
FORMATS: dict[str, Callable[[Sequence[RoleProfile]], RowFormat]] = {
    "jsonl": make_jsonl,
    "csv": make_csv,
    "html": make_page,
}


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


def _check_versions(rows: Iterable[Row], versions: Mapping[str, str]) -> None:
    for row in rows:
        if row.versions and row.versions != versions:
            raise ForeignRowsError("Its rows were scored under other versions. Begin a new file without --resume.")


def _keep_whole_rows(path: Path, form: RowFormat, read: Callable[[str], Row], versions: Mapping[str, str]) -> list[Row]:
    with path.open("rb") as file:
        whole = [line for line in file if line.endswith(b"\n")]
    try:
        rows = list(_read_rows(iter(whole), form.header(), read))
        _check_versions(rows, versions)
    except ForeignRowsError as error:
        raise ForeignRowsError(f"Cannot continue {path}: {error}") from error
    with path.open("r+b") as file:
        file.truncate(sum(map(len, whole)))
    return rows


def keep_rows(path: Path, form: RowFormat, *, profiles: Path | None) -> list[Row]:
    """Return the rows of a file, scored also for the roles of the folder `profiles`; delete an incomplete last line.

    Raises:
        ForeignRowsError: the file does not hold rows of this format and of the present versions, or none that can be
            read; it is left as it is.
        OutputError: the file cannot be read or written.
    """
    if form.read is None:
        raise ForeignRowsError("A page cannot be continued. Use --format jsonl or csv with --resume.")
    if profiles and not form.states_versions:
        raise ForeignRowsError("A table does not say which version of your profiles it is of. Continue a jsonl file.")
    with typed_refusal(path):
        return _keep_whole_rows(path, form, form.read, list_versions(profiles)) if path.exists() else []


@contextmanager
def open_rows(out: Path | None, form: RowFormat, rows: Sequence[Row]) -> Iterator[Write]:
    """Open the file for the rows, or stdout; yield what writes to it at once, and raises OutputError if it cannot.

    `rows` are those that the file has already; whoever writes more of them adds them to it.
    """
    kept = bool(rows)
    with typed_refusal(out):
        file = out.open("a" if kept else "w", encoding="utf-8", newline="") if out else sys.stdout

    def write(text: str) -> None:
        with typed_refusal(out):
            file.write(text)
            file.flush()

    try:
        write("" if kept else form.header())
        try:
            yield write
        finally:  # after an interruption, too: the page shows the rows so far
            write(form.footer(rows))
    finally:
        if out:
            with suppress(OSError):  # everything was flushed except what could not be written
                file.close()

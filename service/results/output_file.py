"""Errors of the file that results are written to."""

from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

from skills.errors import RolefitError


class OutputError(RolefitError):
    """The file for results cannot be written, or not continued."""

    code = "bad-output"

    def __init__(self, out: Path | None, error: OSError) -> None:
        super().__init__(f"Cannot write to {out or 'stdout'}: {error.strerror}. Choose another --out.")


@contextmanager
def translate_write_errors(out: Path | None) -> Iterator[None]:
    """Raise OutputError where the system refuses to write to `out`, or to stdout if it is None."""
    try:
        yield
    except OSError as error:
        raise OutputError(out, error) from error


@contextmanager
def redirect_output(out: Path | None) -> Iterator[None]:
    """Write what the block prints to `out`, or to stdout if it is None; raise OutputError where the system refuses."""
    if out is None:
        yield
        return
    with translate_write_errors(out), out.open("w", encoding="utf-8") as file, redirect_stdout(file):
        yield

"""What commands share: arguments, exit codes, how they report an error, and what they pass over in a folder."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from skills.errors import RolefitError

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FILE_OR_FOLDER = click.Path(exists=True, allow_dash=True, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)
CORES = os.cpu_count() or 1
DOCUMENT_FAILED = 1
SOMETHING_WRONG = 1
INTERRUPTED = 130  # as shells report a program that Ctrl-C ended
# click exits with 2 on wrong usage; a command that cannot start does the same.
NOT_BEGUN = 2


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn an error of ours into its sentence on stderr and exit code 2."""
    try:
        yield
    except RolefitError as error:
        click.echo(f"rolefit: {error}", err=True)
        sys.exit(NOT_BEGUN)


def _is_same_file(one: Path, other: Path) -> bool:
    with suppress(OSError):
        return one.samefile(other)
    return False  # one of them does not exist


def refuse_overwriting(documents: Iterable[Path], out: Path | None) -> None:
    """Raise UsageError if the file to write to is one of the documents to score."""
    if out is not None and any(_is_same_file(out, document) for document in documents):
        raise click.UsageError(f"{click.format_filename(out)} is a document to score. Choose another --out.")

"""Files on disk: which of them are meant as documents, and their bytes."""

from pathlib import Path, PurePath
from typing import IO

from worker.errors.documents import TooLargeError, UnreachableFileError

ROOT = Path(__file__).parent.parent  # the folder that holds our packages

# How the names of strays begin: files and folders that systems and programs leave among people's files.
STRAY_PREFIXES = (".", "~$", "__MACOSX", "Thumbs.db", "desktop.ini")
UPWARDS = frozenset({".", ".."})


def is_stray(path: PurePath) -> bool:
    """Return whether a file is not meant as a document: a system or a program left it there. `path` is relative."""
    return any(part.startswith(STRAY_PREFIXES) for part in path.parts if part not in UPWARDS)


def read_bounded(file: IO[bytes], *, max_bytes: int) -> bytes:
    """Return the bytes of an open file; raise TooLargeError if there are more than `max_bytes`."""
    content = file.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise TooLargeError(max_bytes)
    return content


def read_file(path: Path, *, max_bytes: int) -> bytes:
    """Return a file's bytes; raise TooLargeError or UnreachableFileError."""
    try:
        with path.open("rb") as file:
            return read_bounded(file, max_bytes=max_bytes)
    except OSError as error:
        raise UnreachableFileError from error

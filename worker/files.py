"""Files on disk become bytes, or the error that says why not."""

from pathlib import Path

from worker.errors import TooLargeError, UnreachableFileError

ROOT = Path(__file__).parent.parent  # the folder that holds our packages


def read_file(path: Path, *, max_bytes: int) -> bytes:
    """Return a file's bytes; raise TooLargeError or UnreachableFileError."""
    try:
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except OSError as error:
        raise UnreachableFileError from error
    if len(content) > max_bytes:
        raise TooLargeError(max_bytes)
    return content

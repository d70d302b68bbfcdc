"""What may come in: the one place where an upload is checked."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PureWindowsPath

from werkzeug.datastructures import FileStorage

from service.problems import InvalidRequestError
from worker.content import recognise_media_type
from worker.errors import TooLargeError

MAX_NAME_CHARACTERS = 255


@dataclass(frozen=True, slots=True)
class Upload:
    """A document as it came in; its name is a label and never a path."""

    name: str = field(repr=False)
    content: bytes = field(repr=False)


def clean_name(name: str) -> str:
    """Return the last part of a file's name without control and format characters, at most 255 characters."""
    last = PureWindowsPath(name).name  # knows both kinds of slash
    return "".join(char for char in last if unicodedata.category(char)[0] != "C")[:MAX_NAME_CHARACTERS]


def _take_one(files: Sequence[FileStorage]) -> FileStorage:
    if len(files) != 1:
        raise InvalidRequestError("Send one document, as the multipart form part named “file”.")
    return files[0]


def read_upload(files: Sequence[FileStorage], *, max_bytes: int) -> Upload:
    """Return the one document of a request.

    Raises:
        InvalidRequestError: there is not exactly one file.
        EmptyFileError, TooLargeError, UnsupportedTypeError: its content cannot be a document we read.
    """
    file = _take_one(files)
    content = file.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise TooLargeError(max_bytes)
    recognise_media_type(content)
    return Upload(clean_name(file.filename or ""), content)

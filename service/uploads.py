"""What may come in: the one place where an upload is checked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import FileStorage

from service.names import clean_name
from service.problems import InvalidRequestError
from worker.content import recognise_media_type
from worker.errors import TooLargeError


@dataclass(frozen=True, slots=True)
class Upload:
    """A document as it came in; its name is a label and never a path."""

    name: str = field(repr=False)
    content: bytes = field(repr=False)


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

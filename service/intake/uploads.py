"""Checks uploads: number, size and format."""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import IO

from werkzeug.datastructures import FileStorage
from werkzeug.http import parse_options_header

from service.http.problems import InvalidRequestError
from service.intake.file_names import clean_name
from service.intake.sent_documents import SentBatch, SentDocument, check_count
from service.intake.zip_archives import is_archive, is_document, open_archive, read_archive
from skills.errors import RolefitError
from worker.errors.documents import TooLargeError
from worker.files import is_stray, read_bounded
from worker.reading.formats import FORMATS, recognise_format
from worker.settings import Settings

UNNAMED = "document"
# Media types of a body that is a document; its format is recognised by its content, whichever of them is named.
RAW_TYPES = (*dict.fromkeys(each.media_type for each in FORMATS), "application/octet-stream")


def _take_one(files: Sequence[FileStorage]) -> FileStorage:
    if len(files) != 1:
        raise InvalidRequestError("Send one document, as the multipart form part named “file”.")
    return files[0]


def receive_document(files: Sequence[FileStorage], *, max_bytes: int) -> SentDocument:
    """Return the one document of a request.

    Raises:
        InvalidRequestError: there is not exactly one file.
        EmptyFileError, TooLargeError, UnsupportedTypeError: its content cannot be a document we read.
    """
    file = _take_one(files)
    content = read_bounded(file.stream, max_bytes=max_bytes)
    recognise_format(content)
    return SentDocument(clean_name(file.filename or ""), content)


def is_raw(media_type: str) -> bool:
    """Return whether a request's body of that type is the document itself, and no form."""
    return media_type in RAW_TYPES


def receive_raw_document(stream: IO[bytes], disposition: str, *, max_bytes: int) -> SentDocument:
    """Return the document that is a request's whole body; its Content-Disposition may name it.

    Raises:
        EmptyFileError, TooLargeError, UnsupportedTypeError: its content cannot be a document we read.
    """
    content = read_bounded(stream, max_bytes=max_bytes)
    recognise_format(content)
    name = parse_options_header(disposition)[1].get("filename", "")
    return SentDocument(clean_name(name) or UNNAMED, content)


def _read_part(file: FileStorage, *, max_bytes: int) -> SentDocument:
    name = clean_name(file.filename or "")
    try:
        return SentDocument(name, read_bounded(file.stream, max_bytes=max_bytes))
    except TooLargeError as error:
        return SentDocument(name, error=error)


def _check_format(document: SentDocument) -> SentDocument:
    try:
        if document.error is None:
            recognise_format(document.content)
    except RolefitError as error:
        return SentDocument(document.name, error=error)
    return document


def _split_parts(files: Sequence[FileStorage]) -> tuple[list[FileStorage], list[str]]:
    """Return the parts that are meant as documents, and the names of the others.

    Raises:
        InvalidRequestError: none is meant as a document.
    """
    names = {file: clean_name(file.filename or "") for file in files}
    passed_over = [name for name in names.values() if is_stray(PurePosixPath(name))]
    meant = [file for file, name in names.items() if name not in passed_over]
    if not meant:
        raise InvalidRequestError(
            "Send the documents as multipart form parts named “file”, or one zip archive of them."
        )
    return meant, passed_over


def _read_parts(files: Sequence[FileStorage], settings: Settings) -> Iterator[SentDocument]:
    check_count(len(files), settings)
    return (_read_part(file, max_bytes=settings.max_upload_bytes) for file in files)


def read_batch(files: Sequence[FileStorage], settings: Settings) -> SentBatch:
    """Return the documents of a request, or of the zip archive that is its only file.

    Raises:
        InvalidRequestError: there is no document.
        BrokenArchiveError, TooManyDocumentsError, TooLargeBatchError: before any document is read.
    """
    documents, passed_over = _split_parts(files)
    if len(documents) == 1 and is_archive(documents[0].stream):
        archive = open_archive(documents[0].stream)
        if not is_document(archive):
            sent = read_archive(archive, settings)
            return SentBatch(map(_check_format, sent.documents), [*passed_over, *sent.passed_over])
        documents[0].stream.seek(0)
    return SentBatch(map(_check_format, _read_parts(documents, settings)), passed_over)

"""The documents in a zip archive; limits are checked before anything is unpacked."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO

from service.http.problems import InvalidRequestError
from service.intake.file_names import MAX_NAME_CHARACTERS, clean_name
from service.intake.sent_documents import SentBatch, SentDocument, check_count
from skills.errors import RolefitError
from worker.errors.documents import EncryptedDocumentError, TooLargeError, UnreadableDocumentError
from worker.files import UPWARDS, is_stray
from worker.reading.content_signs import SIGN_BYTES, is_zip
from worker.settings import Settings

# The table of contents is read at once and grows tenfold in memory; of a thousand members it takes about 100 kB.
MAX_TABLE_BYTES = 2_000_000
PIECE_BYTES = 65_536
# Formats that other limits than those on inflated bytes do not bind, such as LZMA with its dictionary, are left out.
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
ENCRYPTED = 0x1
# Office documents are archives, too, and have one of these.
DOCUMENT_PARTS = frozenset({"[Content_Types].xml", "mimetype"})
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


class TooLargeBatchError(RolefitError):
    """The documents of a batch have more bytes together than the settings allow."""

    code = "too-large"

    def __init__(self, max_bytes: int) -> None:
        super().__init__(f"The documents have more than {max_bytes / 1e6:g} MB. Send them in several batches.")


class BrokenArchiveError(RolefitError):
    """The upload begins as a zip archive does, but cannot be opened."""

    code = "broken-archive"

    def __init__(self) -> None:
        super().__init__("The zip archive is damaged. Create it again, or send the documents one by one.")


class _BoundedTable(io.BufferedIOBase):
    """A file for `zipfile`, which reads an archive's table of contents in one piece, however large it says it is."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MAX_TABLE_BYTES:
            raise zipfile.BadZipFile
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True


def is_archive(file: IO[bytes]) -> bool:
    """Return whether a file begins as a zip archive, which an Office document does, too."""
    start = file.read(SIGN_BYTES)
    file.seek(0)
    return is_zip(start)


def open_archive(file: IO[bytes]) -> zipfile.ZipFile:
    """Return the archive; raise BrokenArchiveError if it cannot be opened."""
    try:
        return zipfile.ZipFile(_BoundedTable(file))
    except BROKEN as error:
        raise BrokenArchiveError from error


def is_document(archive: zipfile.ZipFile) -> bool:
    """Return whether an archive is one document of an office program."""
    return not DOCUMENT_PARTS.isdisjoint(archive.namelist())


def label_member(path: str) -> str:
    """Return a member's path as a label: its folders and name without hidden characters or ways upwards."""
    parts = (clean_name(part) for part in PurePosixPath(path.replace("\\", "/")).parts)
    return "/".join(part for part in parts if part and part not in UPWARDS)[-MAX_NAME_CHARACTERS:]


def _split_members(archive: zipfile.ZipFile) -> tuple[list[zipfile.ZipInfo], list[str]]:
    """Return the members that people put in, and the labels of the other files."""
    # Not `is_dir`, which fails on an empty name.
    files = [info for info in archive.infolist() if not info.filename.endswith("/")]
    meant = [info for info in files if not is_stray(PurePosixPath(info.filename))]
    return meant, [label_member(info.filename) for info in files if info not in meant]


def _inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, max_bytes: int) -> bytes:
    if info.flag_bits & ENCRYPTED:
        raise EncryptedDocumentError
    if info.file_size > max_bytes:
        raise TooLargeError(max_bytes)
    if info.compress_type not in METHODS:
        raise UnreadableDocumentError
    try:
        with archive.open(info) as file:
            # In pieces, for `ZipFile.read` inflates whatever there is before it looks at the stated size.
            return b"".join(iter(lambda: file.read(PIECE_BYTES), b""))
    except BROKEN as error:
        raise UnreadableDocumentError from error


def _take_out(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, max_bytes: int) -> SentDocument:
    name = label_member(info.filename)
    try:
        return SentDocument(name, _inflate(archive, info, max_bytes=max_bytes))
    except RolefitError as error:
        return SentDocument(name, error=error)


def read_archive(archive: zipfile.ZipFile, settings: Settings) -> SentBatch:
    """Return the members that people put in, inflated one at a time; a bad member has its error.

    An archive states the inflated size of each member; inflating stops there.

    Raises:
        TooManyDocumentsError, TooLargeBatchError: before anything is inflated.
        InvalidRequestError: there is no document in it.
    """
    infos, passed_over = _split_members(archive)
    if not infos:
        raise InvalidRequestError("The zip archive holds no documents. Put the résumés in and send it again.")
    check_count(len(infos), settings)
    if sum(info.file_size for info in infos) > settings.max_batch_bytes:
        raise TooLargeBatchError(settings.max_batch_bytes)
    documents = (_take_out(archive, info, max_bytes=settings.max_upload_bytes) for info in infos)
    return SentBatch(documents, passed_over)

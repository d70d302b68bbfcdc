"""Opens documents that are zip archives of their parts, such as Word and OpenDocument files."""

from io import BytesIO
from zipfile import ZipFile

from worker.errors.documents import TooComplexError

MAX_INFLATED_BYTES = 50_000_000


def open_parts(content: bytes) -> ZipFile:
    """Return the archive of a document's parts, which gives no more of a part than that declares.

    Raises:
        TooComplexError: its parts would inflate to too much.
    """
    archive = ZipFile(BytesIO(content))
    if sum(member.file_size for member in archive.infolist()) > MAX_INFLATED_BYTES:
        raise TooComplexError(f"unpacked it is larger than {MAX_INFLATED_BYTES // 1_000_000} MB")
    return archive

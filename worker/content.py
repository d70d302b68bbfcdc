"""What kind of file some bytes are, told by the bytes alone; light enough for the web process."""

from hashlib import sha256
from typing import Any

from skills.errors import RolefitError
from worker.errors import EmptyFileError, UnsupportedTypeError

PDF = "application/pdf"
# Readers accept a PDF whose header comes this late (PDF 1.7, appendix H.3, note 13).
HEADER_BYTES = 1024


def recognise_media_type(content: bytes) -> str:
    """Return the media type; raise EmptyFileError or UnsupportedTypeError when no reader takes it."""
    if not content:
        raise EmptyFileError
    if b"%PDF-" not in content[:HEADER_BYTES]:
        raise UnsupportedTypeError
    return PDF


def describe_content(content: bytes, *, name: str) -> dict[str, Any]:
    """Return what is known of a document before it is read: name, digest and, if any reader takes it, media type."""
    facts = {"name": name, "sha256": sha256(content).hexdigest()}
    try:
        return {**facts, "media_type": recognise_media_type(content)}
    except RolefitError:
        return facts

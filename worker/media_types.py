"""What kind of file some bytes are, told by the bytes alone; light enough for the web process."""

import codecs
import re
from hashlib import sha256
from typing import Any

from skills.errors import RolefitError
from worker.errors import EmptyFileError, OldWordError, UnsupportedTypeError

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = "text/plain"

# Readers accept a PDF whose header comes this late (PDF 1.7, appendix H.3, note 13).
HEADER_BYTES = 1024
ZIP_START = b"PK\x03\x04"
# The names of an archive's members stand in it as they are, also where it is cut or damaged.
WORD_PART = re.compile(rb"word/document\d*\.xml")
# The container of old Office files, and of new ones that are encrypted; it names its streams in UTF-16.
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
OLD_WORD_STREAM = "WordDocument".encode("utf-16-le")

BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# No text has these, but for the mark that old systems end a file with; in bytes of any other kind they soon come.
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
# Written in characters, and not to be read as they stand.
MARKUP = re.compile(r"\s*(?:\{\\rtf|%!PS|<!doctype|<html|<\?xml|<svg)", re.IGNORECASE)


def is_ole(content: bytes) -> bool:
    """Tell whether the bytes are in the container of old or of encrypted Office files."""
    return content.startswith(OLE_START)


def decode_text(content: bytes) -> str:
    """Return plain text in UTF-8, UTF-16 with its mark, or Windows-1252; raise UnsupportedTypeError for all else."""
    encoding = next((name for mark, name in BYTE_ORDER_MARKS.items() if content.startswith(mark)), None)
    for candidate in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            text = content.decode(candidate)
        except UnicodeDecodeError:
            continue
        if not CONTROLS.search(text) and not MARKUP.match(text):
            return text
    raise UnsupportedTypeError


def _recognise_ole(content: bytes) -> str:
    if ENCRYPTED_STREAM in content:
        return DOCX
    raise OldWordError if OLD_WORD_STREAM in content else UnsupportedTypeError


def recognise_media_type(content: bytes) -> str:
    """Return the media type; raise EmptyFileError or UnsupportedTypeError when no reader takes it.

    An encrypted Office file counts as a Word document, whose reader refuses it.
    """
    if not content:
        raise EmptyFileError
    if b"%PDF-" in content[:HEADER_BYTES]:
        return PDF
    if is_ole(content):
        return _recognise_ole(content)
    if content.startswith(ZIP_START) and WORD_PART.search(content):
        return DOCX
    decode_text(content)
    return TEXT


def describe_content(content: bytes, *, name: str) -> dict[str, Any]:
    """Return what is known of a document before it is read: name, digest and, if any reader takes it, media type."""
    facts = {"name": name, "sha256": sha256(content).hexdigest()}
    try:
        return {**facts, "media_type": recognise_media_type(content)}
    except RolefitError:
        return facts

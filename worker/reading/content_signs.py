"""Signs in a file's bytes by which formats are recognised, whatever the file is called."""

import codecs
import re

# Readers accept a PDF whose header comes this late (PDF 1.7, appendix H.3, note 13).
HEADER_BYTES = 1024
ZIP_START = b"PK\x03\x04"
# An archive holds the names of its members as they are, also where it is cut off or damaged.
WORD_PART = re.compile(rb"word/document\d*\.xml")
# The container of old Office files, and of new ones that are encrypted; it names its streams in UTF-16.
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
OLD_WORD_STREAM = "WordDocument".encode("utf-16-le")

BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# Text has none of these but the mark that old systems end a file with; other bytes soon have one.
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
# Written in characters, but not meant to be read as they stand.
MARKUP = re.compile(r"\s*(?:\{\\rtf|%!PS|<!doctype|<html|<\?xml|<svg)", re.IGNORECASE)


def has_pdf_header(content: bytes) -> bool:
    """Return whether the bytes are a PDF."""
    return b"%PDF-" in content[:HEADER_BYTES]


def is_word(content: bytes) -> bool:
    """Return whether the bytes are a Word document of 2007 or later."""
    return content.startswith(ZIP_START) and bool(WORD_PART.search(content))


def is_ole(content: bytes) -> bool:
    """Return whether the bytes are in the container of old or of encrypted Office files."""
    return content.startswith(OLE_START)


def is_encrypted_office(content: bytes) -> bool:
    """Return whether the bytes are an Office file that asks for a password."""
    return is_ole(content) and ENCRYPTED_STREAM in content


def is_old_word(content: bytes) -> bool:
    """Return whether the bytes are a Word document as it was saved before 2007."""
    return is_ole(content) and OLD_WORD_STREAM in content


def _decode(content: bytes) -> str | None:
    """Return the characters of UTF-8, UTF-16 with its mark, or Windows-1252, the first that fits."""
    encoding = next((name for mark, name in BYTE_ORDER_MARKS.items() if content.startswith(mark)), None)
    for candidate in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            text = content.decode(candidate)
        except UnicodeDecodeError:
            continue
        if not CONTROLS.search(text) and not MARKUP.match(text):
            return text
    return None


def is_text(content: bytes) -> bool:
    """Return whether the bytes are plain text."""
    return _decode(content) is not None


def decode_text(content: bytes) -> str:
    """Return plain text; bytes that are none give an empty string."""
    return _decode(content) or ""

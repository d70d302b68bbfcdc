"""Reads the text of a PDF with pypdf."""

import logging
from hashlib import sha256
from io import BytesIO

import pypdf

from skills.document import Document
from worker.content import PDF
from worker.errors import (
    EncryptedDocumentError,
    NoTextError,
    TooComplexError,
    TooManyPagesError,
)
from worker.reading.failures import typed_failures
from worker.reading.text import assemble_text, clean_lines


def _open_pages(content: bytes, *, max_pages: int) -> list[pypdf.PageObject]:
    reader = pypdf.PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise EncryptedDocumentError
    if len(reader.pages) > max_pages:
        raise TooManyPagesError(max_pages)
    return list(reader.pages)


def _read_pages(content: bytes, *, max_pages: int, max_characters: int) -> list[list[str]]:
    """Return the cleaned lines of each page; stop at the page that holds too much text."""
    pages: list[list[str]] = []
    characters = 0
    for page in _open_pages(content, max_pages=max_pages):
        pages.append(clean_lines(page.extract_text()))
        characters += sum(len(line) + 1 for line in pages[-1])
        if characters > max_characters:
            raise TooComplexError
    return pages


def read_pdf(content: bytes, *, name: str, max_pages: int, max_characters: int) -> Document:
    """Read a PDF; the empty password is tried on an encrypted one.

    Raises EncryptedDocumentError, TooManyPagesError, TooComplexError (memory, characters), NoTextError, and
    UnreadableDocumentError for every other failure.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings may quote the document
    with typed_failures():
        pages = _read_pages(content, max_pages=max_pages, max_characters=max_characters)
    text, lines = assemble_text(pages)
    if not lines:
        raise NoTextError
    return Document(
        name=name,
        sha256=sha256(content).hexdigest(),
        media_type=PDF,
        text=text,
        lines=lines,
        pages=len(pages),
        language="en",
        read_with="text",
        reader=f"pypdf {pypdf.__version__}",
    )

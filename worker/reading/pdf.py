"""Reads the text of a PDF with pypdf."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO

import pypdf

from skills.document import Document
from skills.errors import RolefitError
from worker.content import PDF
from worker.errors import (
    EncryptedPdfError,
    NoTextError,
    TooComplexError,
    TooManyPagesError,
    UnreadableDocumentError,
)
from worker.reading.text import assemble_text, clean_lines


@contextmanager
def _typed_failures() -> Iterator[None]:
    """Turn whatever pypdf raises into a typed error.

    Damaged files make it raise AssertionError, TypeError, AttributeError, ValueError and more besides its own
    errors, so the catch is broad; only calls of pypdf stand inside it.
    """
    try:
        yield
    except RolefitError:
        raise
    except (MemoryError, RecursionError, pypdf.errors.LimitReachedError) as error:
        raise TooComplexError from error
    except Exception as error:
        raise UnreadableDocumentError from error


def _open_pages(content: bytes, *, max_pages: int) -> list[pypdf.PageObject]:
    reader = pypdf.PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise EncryptedPdfError
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

    Raises EncryptedPdfError, TooManyPagesError, TooComplexError (memory, characters), NoTextError, and
    UnreadableDocumentError for every other failure.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings may quote the document
    with _typed_failures():
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

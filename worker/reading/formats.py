"""The registry of document formats: what Rolefit reads, how each is recognised, and which reader takes it.

Everything that depends on the formats comes from here: what a folder and an archive may contain, what the pages and
their scripts accept, and what the sentences of errors say. To add a format, write its reader and add a line to
`FORMATS`. The web process loads this module, so it names the readers, which are heavy, instead of importing them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from skills.document import Document
from worker.errors import EmptyFileError, OldWordError, UnsupportedTypeError
from worker.reading.content_signs import has_pdf_header, is_encrypted_office, is_old_word, is_text, is_word


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a document is read at most."""

    max_pages: int
    max_characters: int


class Reader(Protocol):
    """Reads the bytes of one format; raises the RolefitError that says why it cannot."""

    def __call__(self, content: bytes, *, name: str, limits: Limits) -> Document:
        """Return the document; `name` is its file's name, a label."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of document. `name` stands in sentences, with its article; `reader` is `module:function`."""

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    is_format_of: Callable[[bytes], bool]
    reader: str


def _is_word_or_encrypted(content: bytes) -> bool:
    """Return whether this is a Word document, or an encrypted Office file, which the Word reader refuses."""
    return is_word(content) or is_encrypted_office(content)


PDF = Format("a PDF", "application/pdf", (".pdf",), has_pdf_header, "worker.reading.pdf.reader:read_pdf")
WORD = Format(
    "a Word document (.docx)",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    (".docx",),
    _is_word_or_encrypted,
    "worker.reading.word.reader:read_docx",
)
PLAIN_TEXT = Format("plain text", "text/plain", (".txt",), is_text, "worker.reading.text.plain:read_plain")

FORMATS = (PDF, WORD, PLAIN_TEXT)  # in the order in which they are tried

# Formats that résumés are kept in too, and that no reader takes: in a folder, each becomes a row that says so.
UNREAD_SUFFIXES = (".doc", ".odt", ".rtf")


def list_suffixes() -> list[str]:
    """Return the endings of the names of files that can be read."""
    return [suffix for each in FORMATS for suffix in each.suffixes]


def name_formats() -> str:
    """Return the formats as a phrase: “a PDF, a Word document (.docx) or plain text”."""
    *first, last = (each.name for each in FORMATS)
    return f"{', '.join(first)} or {last}"


def recognise_format(content: bytes) -> Format:
    """Return the format of a file by its content; raise EmptyFileError, OldWordError or UnsupportedTypeError."""
    if not content:
        raise EmptyFileError
    for each in FORMATS:
        if each.is_format_of(content):
            return each
    raise OldWordError if is_old_word(content) else UnsupportedTypeError(name_formats())

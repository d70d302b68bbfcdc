"""The registry of document formats: what Rolefit reads, how each is recognised, and which reader takes it.

Everything that depends on the formats comes from here: what a folder and an archive may contain, what the pages and
their scripts accept, and what the sentences of errors say. To add a format, write its reader and add a line to
`FORMATS`. The web process loads this module, so it names the readers, which are heavy, instead of importing them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, cast

from skills.document import Document
from skills.errors import RolefitError
from worker.errors.documents import ArchiveError, EmptyFileError, OldWordError, PagesError, UnsupportedTypeError
from worker.reading.content_signs import (
    has_pdf_header,
    is_encrypted_office,
    is_heic,
    is_html,
    is_jpeg,
    is_json_resume,
    is_markdown,
    is_old_word,
    is_open_document,
    is_pages,
    is_png,
    is_rtf,
    is_saved_page,
    is_text,
    is_tiff,
    is_webp,
    is_word,
    is_zip,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a document is read at most, and whether the places of its words are wanted."""

    max_pages: int
    max_characters: int
    with_places: bool = False


class Reader(Protocol):
    """Reads the bytes of one format; raises the RolefitError that says why it cannot."""

    def __call__(self, content: bytes, *, name: str, limits: Limits) -> Document:
        """Return the document; `name` is its file's name, a label."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of document. `name` is used in sentences, with its article.

    `reader` reads it and `drawer` draws its pages, if it has fixed ones; both are named as `module:function`.
    """

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    is_format_of: Callable[[bytes], bool]
    reader: str
    drawer: str = ""


def _is_word_or_encrypted(content: bytes) -> bool:
    """Return whether this is a Word document, or an encrypted Office file, which the Word reader refuses."""
    return is_word(content) or is_encrypted_office(content)


PICTURE = "a picture (PNG, JPEG, WebP, HEIC or TIFF)"

PDF = Format(
    "a PDF",
    "application/pdf",
    (".pdf",),
    has_pdf_header,
    "worker.reading.pdf.reader:read_pdf",
    "worker.reading.pdf.reader:draw_pdf",
)
WORD = Format(
    "a Word document (.docx)",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    (".docx", ".docm"),
    _is_word_or_encrypted,
    "worker.reading.word.reader:read_docx",
)
OPEN_DOCUMENT = Format(
    "OpenDocument text (.odt)",
    "application/vnd.oasis.opendocument.text",
    (".odt", ".fodt"),
    is_open_document,
    "worker.reading.opendocument.reader:read_odt",
)
PICTURE_READER = "worker.reading.picture.reader:read_picture", "worker.reading.picture.reader:draw_picture"
PNG = Format(PICTURE, "image/png", (".png",), is_png, *PICTURE_READER)
JPEG = Format(PICTURE, "image/jpeg", (".jpg", ".jpeg"), is_jpeg, *PICTURE_READER)
WEBP = Format(PICTURE, "image/webp", (".webp",), is_webp, *PICTURE_READER)
HEIC = Format(PICTURE, "image/heic", (".heic", ".heif"), is_heic, *PICTURE_READER)
TIFF = Format(PICTURE, "image/tiff", (".tif", ".tiff"), is_tiff, *PICTURE_READER)
RTF = Format("RTF", "application/rtf", (".rtf",), is_rtf, "worker.reading.rtf.reader:read_rtf")
HTML = Format("HTML", "text/html", (".html", ".htm"), is_html, "worker.reading.web.reader:read_html")
SAVED_PAGE = Format(
    "HTML",
    "multipart/related",
    (".mhtml", ".mht"),
    is_saved_page,
    "worker.reading.web.saved_page:read_saved_page",
)
JSON_RESUME = Format(
    "JSON Resume",
    "application/json",
    (".json",),
    is_json_resume,
    "worker.reading.text.json_resume:read_json_resume",
)
MARKDOWN = Format(
    "Markdown", "text/markdown", (".md", ".markdown"), is_markdown, "worker.reading.text.markdown:read_markdown"
)
PLAIN_TEXT = Format("plain text", "text/plain", (".txt",), is_text, "worker.reading.text.plain:read_plain")

# In the order in which they are tried.
FORMATS = (
    PDF, WORD, OPEN_DOCUMENT, PNG, JPEG, WEBP, HEIC, TIFF, RTF, HTML, SAVED_PAGE, JSON_RESUME, MARKDOWN, PLAIN_TEXT,
)  # fmt: skip

# Formats of résumés that no reader reads: in a folder, each such file becomes a row that says so.
UNREAD_SUFFIXES = (".doc", ".pages")


def list_suffixes() -> list[str]:
    """Return the endings of the names of files that can be read."""
    return [suffix for each in FORMATS for suffix in each.suffixes]


def name_formats() -> str:
    """Return the formats as a phrase: “a PDF, a Word document (.docx) or plain text”."""
    *first, last = dict.fromkeys(each.name for each in FORMATS)
    return f"{', '.join(first)} or {last}"


def _refuse(content: bytes) -> RolefitError:
    """Return the error for a file that no reader reads, which says how to convert it."""
    if is_old_word(content):
        return OldWordError()
    if is_pages(content):
        return PagesError()
    return ArchiveError() if is_zip(content) else UnsupportedTypeError(name_formats())


def recognise_format(content: bytes) -> Format:
    """Return the format of a file by its content; raise EmptyFileError, or an error of the code `unsupported-type`."""
    if not content:
        raise EmptyFileError
    for each in FORMATS:
        if each.is_format_of(content):
            return each
    raise _refuse(content)


def is_readable(content: bytes) -> bool:
    """Return whether a file is of a format that is read."""
    try:
        recognise_format(content)
    except RolefitError:
        return False
    return True


def load_named(name: str) -> Any:  # noqa: ANN401 - any object may have the name
    """Import what a format names as `module:function`, in the reading process alone."""
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)


def load_reader(chosen: Format) -> Reader:
    """Import the reader of a format, which costs up to 0.1 s and 20 MB the first time."""
    return cast("Reader", load_named(chosen.reader))

"""Which reader takes a file. For the reading process alone: readers are heavy, and files may be hostile."""

from dataclasses import replace

from skills.document import Document
from worker.errors import UnsupportedLanguageError
from worker.media_types import DOCX, TEXT, recognise_media_type
from worker.reading.language import ENGLISH, detect_language
from worker.reading.pdf.reader import read_pdf
from worker.reading.plain_text import read_plain


def _read(content: bytes, *, name: str, max_pages: int, max_characters: int) -> Document:
    media_type = recognise_media_type(content)
    if media_type == DOCX:
        from worker.reading.word.reader import read_docx  # noqa: PLC0415 - 0.1 s and 20 MB that a PDF does not need

        return read_docx(content, name=name, max_characters=max_characters)
    if media_type == TEXT:
        return read_plain(content, name=name, max_characters=max_characters)
    return read_pdf(content, name=name, max_pages=max_pages, max_characters=max_characters)


def read_content(content: bytes, *, name: str, max_pages: int, max_characters: int) -> Document:
    """Read a file of any kind that is known by its content; raise the RolefitError that says why it cannot be."""
    document = _read(content, name=name, max_pages=max_pages, max_characters=max_characters)
    language = detect_language(document.text)
    if language != ENGLISH:
        raise UnsupportedLanguageError
    return replace(document, language=language)

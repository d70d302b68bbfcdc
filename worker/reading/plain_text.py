"""Reads plain text."""

from skills.document import Document
from worker.media_types import TEXT, decode_text
from worker.reading.clean_text import clean_lines
from worker.reading.single_page import make_document


def read_plain(content: bytes, *, name: str, max_characters: int) -> Document:
    """Read plain text; raise TooComplexError (characters) or NoTextError."""
    lines = clean_lines(decode_text(content))
    return make_document(content, lines, name=name, media_type=TEXT, reader="text", max_characters=max_characters)

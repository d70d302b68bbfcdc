"""Reads plain text."""

from skills.document import Document
from worker.reading.clean_text import StyledLine, clean_lines
from worker.reading.content_signs import decode_text
from worker.reading.formats import PLAIN_TEXT, Limits
from worker.reading.single_page import make_document


def read_plain(content: bytes, *, name: str, limits: Limits) -> Document:
    """Read plain text; raise TooComplexError (characters) or NoTextError."""
    lines = [StyledLine(line) for line in clean_lines(decode_text(content))]
    return make_document(
        content, lines, name=name, media_type=PLAIN_TEXT.media_type, reader="text", max_characters=limits.max_characters
    )

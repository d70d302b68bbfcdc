"""Reads plain text."""

import html
import re

from skills.document import Document
from worker.reading.clean_text import StyledLine, clean_lines
from worker.reading.content_signs import decode_text
from worker.reading.formats import PLAIN_TEXT, Limits
from worker.reading.layout.broken_words import mend_hyphens
from worker.reading.single_page import make_document

# Characters that a page of HTML spells out, left over where its text was copied.
SPELT_OUT = re.compile(r"&(?:#\d{2,6}|[A-Za-z]{2,8});")
# A cell of a table that was saved as CSV.
QUOTED = re.compile(r'\s*"([^"]+)"\s*')


def _unwrap(line: str) -> str:
    quoted = QUOTED.fullmatch(line)
    return SPELT_OUT.sub(lambda match: html.unescape(match[0]), quoted[1] if quoted else line)


def read_plain(content: bytes, *, name: str, limits: Limits) -> Document:
    """Read plain text; raise TooComplexError (characters) or NoTextError."""
    text = "\n".join(map(_unwrap, decode_text(content).splitlines()))
    lines = [StyledLine(line) for _, line in mend_hyphens(clean_lines(text))]
    return make_document(
        content, lines, name=name, media_type=PLAIN_TEXT.media_type, reader="text", max_characters=limits.max_characters
    )

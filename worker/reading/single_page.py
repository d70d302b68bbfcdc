"""Makes documents of formats without fixed pages, such as Word files and plain text: everything is on page 1."""

from collections.abc import Sequence
from hashlib import sha256

from skills.document import Document, ReadingWarning
from worker.errors.documents import NoTextError
from worker.reading.clean_text import StyledLine, assemble_text, check_characters


def make_document(  # noqa: PLR0913 - what a document is made of
    content: bytes,
    lines: Sequence[StyledLine],
    *,
    name: str,
    media_type: str,
    reader: str,
    max_characters: int,
    warnings: tuple[ReadingWarning, ...] = (),
) -> Document:
    """Return the document with these cleaned lines; raise NoTextError or TooComplexError."""
    if not lines:
        raise NoTextError
    check_characters(sum(len(line.text) + 1 for line in lines) - 1, most=max_characters)
    text, places = assemble_text([lines])
    return Document(
        name=name,
        sha256=sha256(content).hexdigest(),
        media_type=media_type,
        text=text,
        lines=places,
        pages=1,
        read_with="text",
        reader=reader,
        warnings=warnings,
    )

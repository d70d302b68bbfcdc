"""Reading: the bytes of a file become a document."""

from skills.document import Document
from worker.content import recognise_media_type
from worker.reading.pdf import read_pdf


def read_document(content: bytes, *, name: str, max_pages: int, max_characters: int) -> Document:
    """Read a file of any kind that is known by its content; raise the RolefitError that says why it cannot be."""
    recognise_media_type(content)
    return read_pdf(content, name=name, max_pages=max_pages, max_characters=max_characters)

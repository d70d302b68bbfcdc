"""Which reader takes a file. For the reading process alone: readers are heavy, and files may be hostile."""

from skills.document import Document
from worker.content import recognise_media_type
from worker.reading.pdf import read_pdf


def read_content(content: bytes, *, name: str, max_pages: int, max_characters: int) -> Document:
    """Read a file of any kind that is known by its content; raise the RolefitError that says why it cannot be."""
    recognise_media_type(content)
    return read_pdf(content, name=name, max_pages=max_pages, max_characters=max_characters)

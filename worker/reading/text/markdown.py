"""Reads Markdown as it looks once it is shown, without its marks."""

from importlib.metadata import version

from markdown_it import MarkdownIt

from skills.document import Document
from worker.reading.content_signs import decode_text
from worker.reading.formats import MARKDOWN, Limits
from worker.reading.library_errors import translate_library_errors
from worker.reading.single_page import make_document
from worker.reading.web.reader import read_markup


def read_markdown(content: bytes, *, name: str, limits: Limits) -> Document:
    """Read Markdown, and HTML within it; raise TooComplexError, NoTextError or UnreadableDocumentError."""
    with translate_library_errors():
        shown = (
            MarkdownIt("commonmark", {"html": True, "breaks": True})
            .enable(["table", "strikethrough"])
            .render(decode_text(content))
        )
    lines, warnings = read_markup(shown.encode() or b"<p></p>")
    return make_document(
        content,
        lines,
        name=name,
        media_type=MARKDOWN.media_type,
        reader=f"markdown-it-py {version('markdown-it-py')}, lxml {version('lxml')}",
        max_characters=limits.max_characters,
        warnings=warnings,
    )

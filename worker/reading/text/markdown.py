"""Reads Markdown as it looks once it is shown, without its marks."""

import re
from importlib.metadata import version

from markdown_it import MarkdownIt

from skills.document import Document
from worker.reading.content_signs import decode_text
from worker.reading.formats import MARKDOWN, Limits
from worker.reading.library_errors import translate_library_errors
from worker.reading.single_page import make_document
from worker.reading.web.reader import read_markup

# What site generators keep before a page: keys with values, of which pandoc shows these.
FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?=[\w-]+:)(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
SHOWN_VALUE = re.compile(r"^(?:title|subtitle|name|author):[ \t]*[\"']?(\w[^\n\"']{0,200})", re.MULTILINE)


def _show_front_matter(text: str) -> str:
    """Return Markdown without the keys and values before its text, of which only title and name are shown."""
    matter = FRONT_MATTER.match(text)
    return "\n\n".join([*SHOWN_VALUE.findall(matter[1]), text[matter.end() :]]) if matter else text


def read_markdown(content: bytes, *, name: str, limits: Limits) -> Document:
    """Read Markdown, and HTML within it; raise TooComplexError, NoTextError or UnreadableDocumentError."""
    with translate_library_errors():
        shown = (
            MarkdownIt("commonmark", {"html": True, "breaks": True})
            .enable(["table", "strikethrough"])
            .render(_show_front_matter(decode_text(content)))
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

"""Reads web pages that a browser saved with their parts in one file (MHTML, RFC 2557)."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from skills.document import Document
from worker.errors.documents import UnreadableDocumentError
from worker.reading.formats import SAVED_PAGE, Limits
from worker.reading.library_errors import translate_library_errors
from worker.reading.web.reader import make_page, read_markup

MAX_PARTS = 2_000


def _list_parts(content: bytes) -> list[EmailMessage]:
    message = message_from_bytes(content, policy=policy.HTTP)
    return [part for part, _ in zip(message.walk(), range(MAX_PARTS), strict=False) if not part.is_multipart()]


def _list_contents(parts: list[EmailMessage], kind: str) -> list[str]:
    """Return the contents of all parts of a kind such as text/css."""
    found = (part for part in parts if part.get_content_type() == kind)
    return [
        cast("bytes", part.get_payload(decode=True)).decode(part.get_content_charset("utf-8"), "replace")
        for part in found
    ]


def read_saved_page(content: bytes, *, name: str, limits: Limits) -> Document:
    """Read a saved page as it is shown; raise TooComplexError, NoTextError or UnreadableDocumentError."""
    with translate_library_errors():
        parts = _list_parts(content)
        pages, sheets = _list_contents(parts, "text/html"), _list_contents(parts, "text/css")
    if not pages:
        raise UnreadableDocumentError
    lines, warnings = read_markup(pages[0].encode(), sheets=sheets)
    return make_page(content, lines, warnings, name=name, media_type=SAVED_PAGE.media_type, limits=limits)

"""Reads RTF."""

import codecs
import re
from importlib.metadata import version

from striprtf.striprtf import rtf_to_text

from skills.document import Document
from worker.reading.clean_text import StyledLine, clean_lines
from worker.reading.formats import RTF, Limits
from worker.reading.hidden_text import HiddenText
from worker.reading.library_errors import translate_library_errors
from worker.reading.rtf.parts import RtfParts
from worker.reading.single_page import make_document

CELL_END = re.compile(r"\|(?=\n|$)")  # striprtf writes a bar at the end of each cell
ANSI = "cp1252"
CHARACTER_SETS = {"ansi": ANSI, "mac": "mac_roman", "pca": "cp850", "pc": "cp437"}
CHARACTER_SET = re.compile(r"\\(ansi|mac|pca|pc)(?![a-z])")
CODE_PAGE = re.compile(r"\\ansicpg(\d+) ?")
HEAD_CHARACTERS = 2_000


def _find_encoding(source: str) -> str:
    """Return the code page of a document; striprtf knows only those that Python calls by their number."""
    page, named = CODE_PAGE.search(source, 0, HEAD_CHARACTERS), CHARACTER_SET.search(source, 0, HEAD_CHARACTERS)
    try:
        return codecs.lookup(f"cp{page[1]}").name if page else CHARACTER_SETS[named[1]] if named else ANSI
    except LookupError:
        return CHARACTER_SETS[named[1]] if named else ANSI


def _read_text(source: str, encoding: str) -> str:
    return str(rtf_to_text(source, encoding=encoding, errors="replace"))  # type: ignore[no-untyped-call]


def read_rtf(content: bytes, *, name: str, limits: Limits) -> Document:
    """Read RTF: headers, the text with its boxes, notes and footers. Text that nobody sees is left out and reported.

    Raises TooComplexError, NoTextError or UnreadableDocumentError.
    """
    source = content.decode("latin-1")
    encoding = _find_encoding(source)
    hidden = HiddenText()
    with translate_library_errors():
        parts = RtfParts(CODE_PAGE.sub("", source))
        for reason, part in parts.hidden.items():
            hidden.add(_read_text(part, encoding), reason)
        text = f"{_read_text(parts.headers, encoding)}\n{_read_text(parts.shown, encoding)}"
    return make_document(
        content,
        [StyledLine(line) for line in clean_lines(CELL_END.sub("", text))],
        name=name,
        media_type=RTF.media_type,
        reader=f"striprtf {version('striprtf')}",
        max_characters=limits.max_characters,
        warnings=tuple(hidden.warn()),
    )

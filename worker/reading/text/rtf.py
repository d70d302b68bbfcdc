"""Reads RTF."""

import re
from importlib.metadata import version

from striprtf.striprtf import rtf_to_text

from skills.document import Document
from worker.reading.clean_text import StyledLine, clean_lines
from worker.reading.formats import RTF, Limits
from worker.reading.hidden_text import HiddenText
from worker.reading.library_errors import translate_library_errors
from worker.reading.single_page import make_document

# From where text is marked as hidden to where it no longer is, or its group ends.
HIDDEN = re.compile(r"\\v(?:1)?(?![\w-])((?:[^{}\\]|\\(?!v0|plain|pard)[^{}])*)")
CONTROL = re.compile(r"\\'[0-9a-f]{2}|\\[a-z]+-?\d* ?|[{}\r\n]", re.IGNORECASE)
CELL_END = re.compile(r"\|(?=\n|$)")  # striprtf writes a bar at the end of each cell


def read_rtf(content: bytes, *, name: str, limits: Limits) -> Document:
    """Read RTF; text marked as hidden is left out. Raise TooComplexError, NoTextError or UnreadableDocumentError."""
    source = content.decode("latin-1")
    hidden = HiddenText()
    for match in HIDDEN.finditer(source):
        hidden.add(CONTROL.sub("", match[1]), "marked-hidden")
    with translate_library_errors():
        text = str(rtf_to_text(HIDDEN.sub("", source), encoding="cp1252", errors="replace"))  # type: ignore[no-untyped-call]
    return make_document(
        content,
        [StyledLine(line) for line in clean_lines(CELL_END.sub("", text))],
        name=name,
        media_type=RTF.media_type,
        reader=f"striprtf {version('striprtf')}",
        max_characters=limits.max_characters,
        warnings=tuple(hidden.warn()),
    )

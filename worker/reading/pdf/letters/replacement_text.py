"""Replacement texts (ActualText) of a PDF page: what a program is to read in place of what is drawn.

They are meant for ligatures, icons and formulas, but may contain anything, and nobody sees them. So what is drawn
counts, and a replacement that differs from it is reported.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from ctypes import byref, c_ubyte, c_ulong, c_ushort
from dataclasses import dataclass

from pypdfium2 import raw

from worker.reading.pdf import raw_calls
from worker.reading.pdf.drawings import Drawings, Handle, Text, get_address
from worker.reading.pdf.letters.glyphs import Glyphs
from worker.reading.pdf.letters.words import is_crammed

# A font need not say what its ligatures stand for; then the replacement text does.
LIGATURE = re.compile(r"f[fijlbhkt]{1,2}|Th|t[ti]|[cs]t")
LABEL_WORDS = 3  # the name of an icon, a label, what a link begins with
WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Replacement:
    """The text that stands for a marked part of a page, and the text objects that draw this part."""

    said: str
    texts: tuple[Text, ...]


def detach_replacements(drawings: Drawings) -> list[Replacement]:
    """Remove the replacement texts from a page and return them.

    This changes the page, so that pdfium reads what is drawn: call it before the glyphs are read.
    """
    parts: dict[tuple[int | None, str], list[Text]] = {}
    for text in drawings.texts:
        for number in reversed(range(raw_calls.FPDFPageObj_CountMarks(text.handle))):
            mark = raw.FPDFPageObj_GetMark(text.handle, number)
            said = _read_replacement(mark)
            if said and not LIGATURE.fullmatch(said):
                parts.setdefault((get_address(mark), said), []).append(text)
                raw.FPDFPageObj_RemoveMark(text.handle, mark)
    return [Replacement(said, tuple(texts)) for (_, said), texts in parts.items()]


def _read_replacement(mark: Handle) -> str:
    """Return the text, in UTF-16 with a byte order mark or in an encoding near Latin-1 (ISO 32000-1, 7.9.2.2)."""
    length = c_ulong()
    if not raw.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", None, 0, byref(length)):
        return ""
    buffer = (c_ubyte * length.value)()
    raw.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", buffer, length.value, byref(length))
    content = bytes(buffer)
    return content.decode("utf-16" if content.startswith((b"\xfe\xff", b"\xff\xfe")) else "latin-1", "replace")


def _read_drawn(text: Text, glyphs: Glyphs) -> str:
    size = raw.FPDFTextObj_GetText(text.handle, glyphs.handle, None, 0)
    buffer = (c_ushort * (size // 2))()
    raw.FPDFTextObj_GetText(text.handle, glyphs.handle, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def _list_words(text: str) -> list[str]:
    """Return words of letters and digits, in lower case and with ligatures spelt out."""
    return WORDS.findall(unicodedata.normalize("NFKC", text).lower())


def _is_icon(text: Text, drawn: str) -> bool:
    left, bottom, right, top = text.box
    return is_crammed(drawn, right - left, top - bottom)


def find_differing(replacements: Sequence[Replacement], glyphs: Glyphs) -> Iterator[str]:
    """Yield the replacement texts that differ from what is drawn: with other words, or with many more."""
    shown = "".join(_list_words(glyphs.text))
    for replacement in replacements:
        drawn = [(text, _read_drawn(text, glyphs)) for text in replacement.texts]
        seen = _list_words("".join(words for text, words in drawn if not _is_icon(text, words)))
        said = _list_words(replacement.said)
        undrawn = sum(word not in shown for word in said)
        replaced = any(len(word) > 1 and word not in "".join(said) for word in seen)
        if undrawn > LABEL_WORDS or (undrawn and replaced):
            yield replacement.said

"""Adds to a PDF page what only optical recognition can read of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

import pypdfium2

from skills.document import ReadingWarning, WarningCode
from worker.reading.clean_text import StyledLine
from worker.reading.hidden_text import HiddenText
from worker.reading.layout.lines import arrange_lines, size_lines
from worker.reading.layout.places import Sheet, list_words
from worker.reading.layout.runs import Word
from worker.reading.ocr import has_recogniser, recognise_sheet, recognise_words, warn_of_doubt
from worker.reading.pdf.letters.styles import style_lines
from worker.reading.pdf.page import WrittenPage
from worker.reading.pdf.rendering import render_page, render_upright

RECOGNISED_DPI = 150
MAX_OVERLAP = 0.3  # of a recognised word's box


@dataclass(frozen=True, slots=True)
class PageText:
    """All that is read of a page: its visible lines in reading order, how they were read, and what is in doubt."""

    lines: tuple[StyledLine, ...] = field(repr=False)
    hidden: HiddenText = field(repr=False)
    sheet: Sheet = field(repr=False)
    read_with: Literal["text", "ocr", "mixed"] = "text"
    doubt: ReadingWarning | None = None

    @property
    def characters(self) -> int:
        """Characters of the lines and of the line ends between and after them."""
        return sum(len(line.text) + 1 for line in self.lines)


def complete_page(page: pypdfium2.PdfPage, written: WrittenPage, *, number: int) -> PageText:
    """Return the text of a page, completed by optical recognition where not all of it could be read without.

    Where recognition is not installed there is the warning `not-recognised` instead.
    """
    if written.ocr_scope == "nothing":
        return PageText(written.lines, written.hidden, written.sheet)
    if not has_recogniser():
        doubt = ReadingWarning(WarningCode.NOT_RECOGNISED, number, 0, "", "not-installed")
        return PageText(written.lines, written.hidden, written.sheet, doubt=doubt)
    if written.ocr_scope == "all":
        return _recognise_all(page, written, number=number)
    return _recognise_parts(page, written, number=number)


def _recognise_all(page: pypdfium2.PdfPage, written: WrittenPage, *, number: int) -> PageText:
    """Return the text of a page that is a picture; the few characters that are written on it are ignored."""
    found = recognise_sheet(render_page(page, dpi=RECOGNISED_DPI))
    printed = arrange_lines(found.words)
    sheet = replace(found, words=list_words(printed))
    return PageText(size_lines(printed), written.hidden, sheet, "ocr", warn_of_doubt(found.words, page=number))


def _recognise_parts(page: pypdfium2.PdfPage, written: WrittenPage, *, number: int) -> PageText:
    glyphs = written.glyphs
    picture = render_upright(page, glyphs, dpi=RECOGNISED_DPI)
    scale = glyphs.width / picture.width
    found = [_scale(word, scale) for word in recognise_words(picture, upright=True)]
    added = [word for word in found if not _stands_on_words(word, written.words)]
    printed = arrange_lines([*written.words, *added])
    return PageText(
        style_lines(printed, glyphs, ()),
        written.hidden,
        replace(written.sheet, words=list_words(printed)),
        read_with=("mixed" if written.words else "ocr") if added else "text",
        doubt=warn_of_doubt(added, page=number),
    )


def _scale(word: Word, scale: float) -> Word:
    return replace(word, x0=word.x0 * scale, y0=word.y0 * scale, x1=word.x1 * scale, y1=word.y1 * scale)


def _stands_on_words(word: Word, words: Iterable[Word]) -> bool:
    """Return whether a recognised word stands where other words are, which could be read without recognition."""
    area = (word.x1 - word.x0) * (word.y1 - word.y0)
    covered = sum(
        max(0.0, min(word.x1, other.x1) - max(word.x0, other.x0))
        * max(0.0, min(word.y1, other.y1) - max(word.y0, other.y0))
        for other in words
    )
    return covered > MAX_OVERLAP * area

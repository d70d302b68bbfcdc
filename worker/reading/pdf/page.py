"""Reads one page of a PDF: what a person sees of its text, in the order in which a person reads it."""

from dataclasses import dataclass, field, replace
from functools import cache, partial

import pypdf
import pypdfium2

from skills.document import ReadingWarning
from worker.reading.clean_text import StyledLine
from worker.reading.layout.lines import arrange_lines
from worker.reading.ocr import recognise_words, warn_of_doubt
from worker.reading.pdf.drawings import find_suspects, list_drawings
from worker.reading.pdf.glyphs import Glyphs
from worker.reading.pdf.replacement_text import detach_replacements, find_untrue
from worker.reading.pdf.structure import name_glyphs
from worker.reading.pdf.styles import size_lines, style_lines
from worker.reading.pdf.visibility import fills_page, find_hidden, find_unseen, render_page
from worker.reading.pdf.words import read_words

RECOGNISED_DPI = 150
FEW_CHARACTERS = 60  # such as a page number, printed over a scan


@dataclass(frozen=True, slots=True)
class PageText:
    """The visible lines of a page in reading order, and the text that was left out because nobody sees it.

    `is_picture`: the page shows something but has hardly any text, so only optical recognition can read it.
    """

    lines: tuple[StyledLine, ...] = field(repr=False)
    hidden: str = field(repr=False)
    is_picture: bool
    is_recognised: bool = False
    doubt: ReadingWarning | None = None

    @property
    def characters(self) -> int:
        """Characters of the lines and of the line ends between and after them."""
        return sum(len(line.text) + 1 for line in self.lines)


def read_page(page: pypdfium2.PdfPage, structure: pypdf.PageObject, *, layers_off: bool) -> PageText:
    """Read a page, as pdfium (`page`) and pypdf (`structure`) opened it.

    With `layers_off`, all text is checked for being visible, not only what looks suspicious.
    """
    drawings = list_drawings(page)
    replacements = detach_replacements(drawings)  # changes the page
    glyphs = Glyphs(page)
    hidden = find_hidden(page, glyphs, drawings, drawings.texts if layers_off else find_suspects(drawings))
    words = list(read_words(glyphs, glyphs.blank(hidden), cache(partial(name_glyphs, structure))))
    unseen = find_unseen(words, glyphs)
    seen = [word for word in words if word not in unseen] if unseen else words
    lines = style_lines(arrange_lines(seen), glyphs, drawings.rules)
    left_out = [glyphs.pick(hidden), *(word.text for word in unseen), *find_untrue(replacements, glyphs)]
    scanned = any(fills_page(shape, glyphs) for shape in drawings.shapes if shape.is_picture)
    sparse = sum(len(line.text) for line in lines) < FEW_CHARACTERS
    return PageText(
        lines, " ".join(left_out).strip(), is_picture=(sparse and scanned) if lines else bool(drawings.shapes)
    )


def recognise_page(page: pypdfium2.PdfPage, text: PageText, *, number: int) -> PageText:
    """Return a page that is a picture with the lines that optical recognition finds, in place of its text."""
    words = recognise_words(render_page(page, dpi=RECOGNISED_DPI))
    lines = size_lines(arrange_lines(words))
    return replace(text, lines=lines, is_recognised=True, doubt=warn_of_doubt(words, page=number))

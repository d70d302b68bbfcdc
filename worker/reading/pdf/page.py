"""Reads one page of a PDF: what a person sees of its text, in the order in which a person reads it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Literal

import pypdf
import pypdfium2

from skills.document import ReadingWarning, WarningCode
from worker.reading.clean_text import StyledLine
from worker.reading.hidden_text import HiddenReason, HiddenText
from worker.reading.layout.lines import arrange_lines, size_lines
from worker.reading.layout.places import Sheet, list_words
from worker.reading.layout.runs import Word
from worker.reading.ocr import has_recogniser, recognise_sheet, recognise_words, warn_of_doubt
from worker.reading.pdf.annotations import read_values
from worker.reading.pdf.drawings import Box, Drawings, find_suspects, list_drawings
from worker.reading.pdf.garbled_text import find_garbled
from worker.reading.pdf.glyphs import Glyphs
from worker.reading.pdf.replacement_text import detach_replacements, find_differing
from worker.reading.pdf.structure import has_written_patterns, name_glyphs
from worker.reading.pdf.styles import style_lines
from worker.reading.pdf.visibility import (
    FULL_PAGE,
    explain_hidden,
    find_hidden,
    find_rotation,
    render_page,
    render_upright,
)
from worker.reading.pdf.words import read_words

RECOGNISED_DPI = 150
FEW_CHARACTERS = 60  # such as a page number, printed over a scan
# A letter's outline has some twenty segments; drawings and icons seldom have as many as a few lines of letters.
MANY_SEGMENTS, SEGMENTS_A_CHARACTER = 3_000, 20
# In shares of a page: pictures that may be a part of a scan, and how much of them is worth being read.
SMALLEST_PART, LARGE_PART = 0.003, 0.25
MOST_PICTURES = 500
CHARACTERS_OVER_SCAN = 300  # on a whole page: a stamp or a letterhead has fewer, text on a page's background more
RATING = re.compile("[★☆⭐✩✪✭✮✯●○◉◯■□▮▯█░▓▒]{2,}")  # a skill's stars or bar, a column of its own in the layout
FARTHEST_OVERLAP = 0.3  # of a recognised word's box

OcrScope = Literal["nothing", "all", "parts"]


@dataclass(frozen=True, slots=True)
class PageText:
    """The visible lines of a page in reading order, and the text that was left out because nobody sees it.

    `ocr_scope` says what only optical recognition can read: `all` of a page that is a picture, or the `parts` whose
    font has wrong characters or which are drawn as outlines; then `words` are those that could be read without it.
    `sheet` has the words of the lines.
    """

    lines: tuple[StyledLine, ...] = field(repr=False)
    hidden: HiddenText = field(repr=False)
    sheet: Sheet = field(repr=False)
    ocr_scope: OcrScope = "nothing"
    words: tuple[Word, ...] = field(default=(), repr=False)
    glyphs: Glyphs | None = field(default=None, repr=False)
    read_with: Literal["text", "ocr", "mixed"] = "text"
    doubt: ReadingWarning | None = None

    @property
    def characters(self) -> int:
        """Characters of the lines and of the line ends between and after them."""
        return sum(len(line.text) + 1 for line in self.lines)


def _measure_unwritten(picture: Box, words: Sequence[Word], glyphs: Glyphs) -> float:
    """Return the share of the page that a picture covers, or 0 if it is a background under normal text."""
    x0, y0, x1, y1 = picture
    width = max(0.0, min(x1, glyphs.width) - max(x0, 0.0))
    height = max(0.0, min(y1, glyphs.height) - max(y0, 0.0))
    share = width * height / (glyphs.width * glyphs.height)
    if share < SMALLEST_PART:
        return 0.0
    over = sum(len(word.text) for word in words if x0 <= word.x0 <= x1 and y0 <= word.y1 <= y1)
    return share if over < CHARACTERS_OVER_SCAN * share else 0.0


def _measure_scan(drawings: Drawings, words: Sequence[Word], glyphs: Glyphs) -> float:
    """Return which share of a page are pictures without text over them, such as a scan or the strips of one."""
    pictures = [shape.box for shape in drawings.shapes if shape.is_picture]
    return sum(_measure_unwritten(glyphs.turn_box(box), words, glyphs) for box in pictures[:MOST_PICTURES])


def _choose_ocr_scope(words: Sequence[Word], drawings: Drawings, glyphs: Glyphs, *, garbled: bool) -> OcrScope:
    """Return how much of a page only optical recognition can read."""
    characters = sum(len(word.text) + 1 for word in words)
    outlined = drawings.segments >= max(MANY_SEGMENTS, SEGMENTS_A_CHARACTER * characters)
    scanned = _measure_scan(drawings, words, glyphs)
    if not words and (drawings.shapes or (drawings.texts and not glyphs.tokens)):
        return "all"
    if characters < FEW_CHARACTERS and (scanned >= FULL_PAGE or outlined or garbled):
        return "all"
    return "parts" if garbled or outlined or scanned >= LARGE_PART else "nothing"


def _gather_hidden(hidden_glyphs: Mapping[int, HiddenReason], glyphs: Glyphs) -> HiddenText:
    """Return the text of the glyphs that nobody sees."""
    hidden = HiddenText()
    for reason in dict.fromkeys(hidden_glyphs.values()):
        hidden.add(glyphs.pick([number for number in hidden_glyphs if hidden_glyphs[number] == reason]), reason)
    return hidden


def _keep_visible(words: Iterable[Word], glyphs: Glyphs, hidden: HiddenText) -> Iterator[Word]:
    """Yield the words that are visible; add the others to the hidden text."""
    for word in words:
        if reason := explain_hidden(word, glyphs):
            hidden.add(word.text, reason)
        else:
            yield word


def read_page(page: pypdfium2.PdfPage, structure: pypdf.PageObject, *, layers_off: bool) -> PageText:
    """Read a page, as pdfium (`page`) and pypdf (`structure`) opened it.

    With `layers_off`, all text is checked for being visible, not only what looks suspicious.
    """
    drawings = list_drawings(page)
    replacements = detach_replacements(drawings)  # changes the page
    glyphs = Glyphs(page)
    hidden_glyphs = find_hidden(page, glyphs, drawings, drawings.texts if layers_off else find_suspects(drawings))
    garbled = find_garbled(glyphs) - hidden_glyphs.keys()
    words = read_words(glyphs, glyphs.blank(garbled | hidden_glyphs.keys()), cache(partial(name_glyphs, structure)))
    hidden = _gather_hidden(hidden_glyphs, glyphs)
    visible = list(_keep_visible(words, glyphs, hidden))
    if RATING.search(glyphs.text):
        visible = [word for word in visible if not RATING.fullmatch(word.text)]
    visible += read_values(structure, glyphs)
    printed = arrange_lines(visible)
    lines = style_lines(printed, glyphs, drawings.rules)
    for text in find_differing(replacements, glyphs):
        hidden.add(text, "replacement-text")
    ocr_scope = _choose_ocr_scope(visible, drawings, glyphs, garbled=bool(garbled) or has_written_patterns(structure))
    kept = (tuple(visible), glyphs) if ocr_scope == "parts" else ((), None)
    sheet = Sheet(list_words(printed), glyphs.width, glyphs.height, find_rotation(page, glyphs))
    return PageText(lines, hidden, sheet, ocr_scope, *kept)


def recognise_page(page: pypdfium2.PdfPage, text: PageText, *, number: int) -> PageText:
    """Return a page with what optical recognition reads of it: in place of its text, or added to what could be read.

    Where it is not installed, the page stays as it is, with the warning `not-recognised`.
    """
    if not has_recogniser():
        return replace(
            text, glyphs=None, doubt=ReadingWarning(WarningCode.NOT_RECOGNISED, number, 0, "", "not-installed")
        )
    if text.ocr_scope == "parts" and text.glyphs:
        return _recognise_parts(page, text, text.glyphs, number=number)
    found = recognise_sheet(render_page(page, dpi=RECOGNISED_DPI))
    printed = arrange_lines(found.words)
    doubt = warn_of_doubt(found.words, page=number)
    sheet = replace(found, words=list_words(printed))
    return replace(text, lines=size_lines(printed), sheet=sheet, read_with="ocr", doubt=doubt)


def _recognise_parts(page: pypdfium2.PdfPage, text: PageText, glyphs: Glyphs, *, number: int) -> PageText:
    picture = render_upright(page, glyphs, dpi=RECOGNISED_DPI)
    scale = glyphs.width / picture.width
    found = [_scale(word, scale) for word in recognise_words(picture, upright=True)]
    added = [word for word in found if not _is_read(word, text.words)]
    printed = arrange_lines([*text.words, *added])
    return replace(
        text,
        lines=style_lines(printed, glyphs, ()),
        sheet=replace(text.sheet, words=list_words(printed)),
        words=(),
        glyphs=None,
        read_with=("mixed" if text.words else "ocr") if added else "text",
        doubt=warn_of_doubt(added, page=number),
    )


def _scale(word: Word, scale: float) -> Word:
    return replace(word, x0=word.x0 * scale, y0=word.y0 * scale, x1=word.x1 * scale, y1=word.y1 * scale)


def _is_read(word: Word, words: Iterable[Word]) -> bool:
    """Return whether a recognised word stands where words are that could be read without."""
    area = (word.x1 - word.x0) * (word.y1 - word.y0)
    covered = sum(
        max(0.0, min(word.x1, other.x1) - max(word.x0, other.x0))
        * max(0.0, min(word.y1, other.y1) - max(word.y0, other.y0))
        for other in words
    )
    return covered > FARTHEST_OVERLAP * area

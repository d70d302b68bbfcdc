"""Reads what a PDF page says in characters: what a person sees of it, in the order in which a person reads it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial

import pypdf
import pypdfium2

from worker.reading.clean_text import StyledLine
from worker.reading.hidden_text import HiddenReason, HiddenText
from worker.reading.layout.lines import arrange_lines
from worker.reading.layout.places import Sheet, list_words
from worker.reading.layout.runs import Word
from worker.reading.pdf.annotations import read_values
from worker.reading.pdf.drawings import find_suspects, list_drawings
from worker.reading.pdf.letters.garbled_text import find_garbled
from worker.reading.pdf.letters.glyphs import Glyphs
from worker.reading.pdf.letters.replacement_text import detach_replacements, find_differing
from worker.reading.pdf.letters.styles import style_lines
from worker.reading.pdf.letters.words import read_words
from worker.reading.pdf.ocr_scope import OcrScope, choose_ocr_scope
from worker.reading.pdf.rendering import find_rotation
from worker.reading.pdf.structure import has_written_patterns, name_glyphs
from worker.reading.pdf.visibility import explain_hidden, find_hidden

RATING = re.compile("[★☆⭐✩✪✭✮✯●○◉◯■□▮▯█░▓▒]{2,}")  # a skill's stars or bar, a column of its own in the layout


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """What can be read of a page without optical recognition.

    `lines` are in reading order and made of the visible `words`; `sheet` has these in the order of the lines.
    `hidden` is the text that was left out because nobody sees it.
    """

    lines: tuple[StyledLine, ...] = field(repr=False)
    hidden: HiddenText = field(repr=False)
    sheet: Sheet = field(repr=False)
    ocr_scope: OcrScope
    words: Sequence[Word] = field(repr=False)
    glyphs: Glyphs = field(repr=False)


def _part_visible(words: Iterable[Word], glyphs: Glyphs) -> tuple[list[Word], list[tuple[Word, HiddenReason]]]:
    """Return the words that are visible, and the others, each with the reason why nobody sees it."""
    visible: list[Word] = []
    unseen: list[tuple[Word, HiddenReason]] = []
    for word in words:
        if reason := explain_hidden(word, glyphs):
            unseen.append((word, reason))
        else:
            visible.append(word)
    return visible, unseen


def _gather_hidden(
    hidden_glyphs: Mapping[int, HiddenReason],
    unseen: Iterable[tuple[Word, HiddenReason]],
    replacements: Iterable[str],
    glyphs: Glyphs,
) -> HiddenText:
    """Return the text that nobody sees: of glyphs, of words, and of replacements that differ from what is drawn."""
    hidden = HiddenText()
    for reason in dict.fromkeys(hidden_glyphs.values()):
        hidden.add(glyphs.pick([number for number in hidden_glyphs if hidden_glyphs[number] == reason]), reason)
    for word, reason in unseen:
        hidden.add(word.text, reason)
    for text in replacements:
        hidden.add(text, "replacement-text")
    return hidden


def _leave_out_ratings(words: Sequence[Word], glyphs: Glyphs) -> Sequence[Word]:
    """Return the words without those that are a rating in symbols."""
    if not RATING.search(glyphs.text):
        return words
    return [word for word in words if not RATING.fullmatch(word.text)]


def read_page(page: pypdfium2.PdfPage, structure: pypdf.PageObject, *, layers_off: bool) -> WrittenPage:
    """Read a page, as pdfium (`page`) and pypdf (`structure`) opened it.

    With `layers_off`, all text is checked for being visible, not only what looks suspicious.
    """
    drawings = list_drawings(page)
    replacements = detach_replacements(drawings)  # changes the page, so before its glyphs are read
    glyphs = Glyphs(page)

    hidden_glyphs = find_hidden(page, glyphs, drawings, drawings.texts if layers_off else find_suspects(drawings))
    garbled = find_garbled(glyphs) - hidden_glyphs.keys()
    words = read_words(glyphs, glyphs.blank(garbled | hidden_glyphs.keys()), cache(partial(name_glyphs, structure)))

    visible, unseen = _part_visible(words, glyphs)
    shown = [*_leave_out_ratings(visible, glyphs), *read_values(structure, glyphs)]
    arranged = arrange_lines(shown)
    has_unreadable_text = bool(garbled) or has_written_patterns(structure)
    return WrittenPage(
        lines=style_lines(arranged, glyphs, drawings.rules),
        hidden=_gather_hidden(hidden_glyphs, unseen, find_differing(replacements, glyphs), glyphs),
        sheet=Sheet(list_words(arranged), glyphs.width, glyphs.height, find_rotation(page, glyphs)),
        ocr_scope=choose_ocr_scope(shown, drawings, glyphs, has_unreadable_text=has_unreadable_text),
        words=shown,
        glyphs=glyphs,
    )

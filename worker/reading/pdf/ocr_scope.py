"""Says how much of a PDF page only optical recognition can read."""

from collections.abc import Sequence
from typing import Literal

from worker.reading.layout.runs import Word
from worker.reading.pdf.drawings import Box, Drawings
from worker.reading.pdf.letters.glyphs import Glyphs
from worker.reading.pdf.visibility import FULL_PAGE

FEW_CHARACTERS = 60  # such as a page number, printed over a scan
# A letter's outline has some twenty segments; drawings and icons seldom have as many as a few lines of letters.
MANY_SEGMENTS, SEGMENTS_A_CHARACTER = 3_000, 20
# In shares of a page: images that may be a part of a scan, and how much of them is worth being read.
MIN_PART, LARGE_PART = 0.003, 0.25
MAX_IMAGES = 500
CHARACTERS_OVER_SCAN = 300  # on a whole page: a stamp or a letterhead has fewer, text on a page's background more

# `all` of a page that is an image, or the `parts` whose font has wrong characters or which are drawn as outlines.
OcrScope = Literal["nothing", "all", "parts"]


def _measure_unwritten(image: Box, words: Sequence[Word], glyphs: Glyphs) -> float:
    """Return the share of the page that an image covers, or 0 if it is a background under normal text."""
    x0, y0, x1, y1 = image
    width = max(0.0, min(x1, glyphs.width) - max(x0, 0.0))
    height = max(0.0, min(y1, glyphs.height) - max(y0, 0.0))
    share = width * height / (glyphs.width * glyphs.height)
    if share < MIN_PART:
        return 0.0
    over = sum(len(word.text) for word in words if x0 <= word.x0 <= x1 and y0 <= word.y1 <= y1)
    return share if over < CHARACTERS_OVER_SCAN * share else 0.0


def _measure_scan(drawings: Drawings, words: Sequence[Word], glyphs: Glyphs) -> float:
    """Return which share of a page are images without text over them, such as a scan or the strips of one."""
    images = [shape.box for shape in drawings.shapes if shape.is_image]
    return sum(_measure_unwritten(glyphs.rotate_box(box), words, glyphs) for box in images[:MAX_IMAGES])


def choose_ocr_scope(
    words: Sequence[Word], drawings: Drawings, glyphs: Glyphs, *, has_unreadable_text: bool
) -> OcrScope:
    """Return how much of a page only optical recognition can read."""
    characters = sum(len(word.text) + 1 for word in words)
    outlined = drawings.segments >= max(MANY_SEGMENTS, SEGMENTS_A_CHARACTER * characters)
    scanned = _measure_scan(drawings, words, glyphs)
    if not words and (drawings.shapes or (drawings.texts and not glyphs.tokens)):
        return "all"
    if characters < FEW_CHARACTERS and (scanned >= FULL_PAGE or outlined or has_unreadable_text):
        return "all"
    return "parts" if has_unreadable_text or outlined or scanned >= LARGE_PART else "nothing"

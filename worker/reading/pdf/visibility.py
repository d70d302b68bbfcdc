"""Finds the text of a PDF page that nobody sees, by removing it and checking whether the rendered page changes.

Most text is certainly visible, as the list of what the page draws shows at little cost. The page is rendered
twice, with the rest and without it. Text that makes no difference is white on white, covered, clipped, transparent,
in a layer that is off or in an invisible render mode, whatever trick was used. Light text on a dark ground makes a
difference.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import groupby, pairwise

import PIL.Image
import pypdfium2
from PIL import ImageChops
from pypdfium2 import raw

from worker.reading.hidden_text import HiddenReason
from worker.reading.layout.runs import Word
from worker.reading.pdf.drawings import (
    Box,
    Colour,
    Drawings,
    Shape,
    Text,
    are_distinct,
    find_mode,
    find_opacity,
    get_address,
    is_covered,
    is_in_layer,
)
from worker.reading.pdf.letters.glyphs import Glyphs
from worker.reading.pdf.rendering import render_upright

DPI = 144
FAINTEST = 26  # of 255: the change that text must make in some channel
LEGIBLE = 64  # of 255: the contrast of a scanned word

# What share of its box's width and height a word must change: a letter's foot that shows is not the word.
SHOWN_WIDTH, SHOWN_HEIGHT = 0.5, 0.2
MIN_LETTERS = 3
INSET = 0.12  # of a box, at each side: what belongs to the neighbours

FULL_PAGE = 0.8  # the share of a page from which an image or a shape takes up the whole of it
MIN_TEXT_POINTS = 2.0  # points of height on a page as wide as A4
A4_WIDTH = 595.0
UNDRAWN_MODES = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)


def _compare(one: PIL.Image.Image, two: PIL.Image.Image) -> PIL.Image.Image:
    """Return a rendering that is white wherever two renderings differ visibly, else black."""
    channels = map(ImageChops.difference(one, two).getchannel, "RGB")
    return reduce(ImageChops.lighter, channels).point([0] * FAINTEST + [255] * (256 - FAINTEST))


def _crop(rendering: PIL.Image.Image, box: Box, scale: float) -> PIL.Image.Image:
    x0, y0, x1, y1 = box
    dx, dy = (x1 - x0) * INSET, (y1 - y0) * INSET
    left, top = round((x0 + dx) * scale), round((y0 + dy) * scale)
    return rendering.crop((left, top, max(left + 1, round((x1 - dx) * scale)), max(top + 1, round((y1 - dy) * scale))))


def _has_changed(change: PIL.Image.Image, letters: int) -> bool:
    """Return whether enough of a word's box has changed."""
    box = change.getbbox()
    if box is None or letters < MIN_LETTERS:
        return box is not None
    return box[2] - box[0] >= SHOWN_WIDTH * change.width and box[3] - box[1] >= SHOWN_HEIGHT * change.height


def _shows_letters(ground: PIL.Image.Image, letters: int) -> bool:
    """Return whether a rendering shows something like letters: enough strokes across its middle, in clear contrast."""
    grey = ground.convert("L")
    levels = [level for level, pixels in enumerate(grey.histogram()) if pixels]
    if levels[-1] - levels[0] < LEGIBLE:
        return False
    middle = (levels[0] + levels[-1]) // 2
    strokes = grey.point([0] * middle + [1] * (256 - middle))
    heights = range(grey.height // 4, 3 * grey.height // 4 + 1)
    rows = [strokes.crop((0, height, grey.width, height + 1)).tobytes() for height in heights]
    return any(sum(one != two for one, two in pairwise(row)) >= letters for row in rows)


def _find_pieces(glyphs: Glyphs, suspects: Mapping[int | None, Text]) -> Iterator[list[int]]:
    """Yield the glyphs of each part of a word that may be invisible and looks the same throughout."""

    def find_look(number: int) -> tuple[object, ...] | None:
        text = suspects.get(glyphs.find_object(number))
        return (text.colour, text.plain, find_mode(text.handle)) if text else None

    for token in glyphs.tokens:
        for look, numbers in groupby(range(*token), find_look):
            if look:
                yield list(numbers)


def _fills_page(shape: Shape, glyphs: Glyphs) -> bool:
    """Return whether a shape takes up most of the page, as a scan does."""
    left, bottom, right, top = shape.box
    return (right - left) * (top - bottom) >= FULL_PAGE * glyphs.width * glyphs.height


def _render_ground(page: pypdfium2.PdfPage, glyphs: Glyphs, drawings: Drawings) -> PIL.Image.Image:
    """Return the page without its text, and without images unless they are a scan of the page."""
    images = [shape for shape in drawings.shapes if shape.is_image and not _fills_page(shape, glyphs)]
    return render_upright(page, glyphs, [*drawings.texts, *images], dpi=DPI)


def _find_ground(rendering: PIL.Image.Image) -> Colour | None:
    """Return the colour that most of a rendering has."""
    counts = rendering.convert("RGB").getcolors(rendering.width * rendering.height)
    return max(counts)[1] if counts else None  # type: ignore[return-value] # three channels, as the mode says


def _explain(text: Text, drawings: Drawings, shown: PIL.Image.Image) -> HiddenReason:
    """Return why nobody sees a text whose removal changes nothing; `shown` is its place on the rendered page."""
    if find_mode(text.handle) in UNDRAWN_MODES:
        return "invisible-mode"
    if find_opacity(text.handle) < FAINTEST:
        return "transparent"
    if text.colour and not are_distinct(text.colour, _find_ground(shown)):
        return "ground-colour"
    if is_in_layer(text.handle):
        return "layer-off"
    return "covered" if is_covered(text, drawings.shapes) else "clipped"


def _list_unchanged(
    pieces: Iterable[list[int]], glyphs: Glyphs, change: PIL.Image.Image, scale: float
) -> list[tuple[list[int], Box]]:
    """Return the pieces of text, each with its box, at which the rendered page has not changed."""
    boxed = ((numbers, glyphs.find_box(numbers[0], numbers[-1])) for numbers in pieces)
    return [(numbers, box) for numbers, box in boxed if not _has_changed(_crop(change, box, scale), len(numbers))]


def find_hidden(
    page: pypdfium2.PdfPage, glyphs: Glyphs, drawings: Drawings, suspects: Sequence[Text]
) -> dict[int, HiddenReason]:
    """Return the numbers of the glyphs that nobody sees, and why.

    Invisible text may stand for what is drawn there by other means: a scan, or letters drawn as shapes, as browsers do
    for fonts without a bold face. So it counts as visible where the page without text shows something like letters.
    """
    if not suspects:
        return {}
    whole = render_upright(page, glyphs, dpi=DPI)
    scale = whole.width / glyphs.width
    change = _compare(whole, render_upright(page, glyphs, suspects, dpi=DPI))
    by_address = {get_address(text.handle): text for text in suspects}
    unchanged = _list_unchanged(_find_pieces(glyphs, by_address), glyphs, change, scale)
    ground = _render_ground(page, glyphs, drawings) if unchanged else whole
    hidden: dict[int, HiddenReason] = {}
    for numbers, box in unchanged:
        if not _shows_letters(_crop(ground, box, scale), len(numbers)):
            text = by_address[glyphs.find_object(numbers[0])]
            hidden |= dict.fromkeys(numbers, _explain(text, drawings, _crop(whole, box, scale)))
    return hidden


def explain_hidden(word: Word, glyphs: Glyphs) -> HiddenReason | None:
    """Return why nobody sees a word: it is too small to be read in print, or outside the visible part of the page."""
    width, height = glyphs.width, glyphs.height
    size = word.x1 - word.x0 if word.turned else word.y1 - word.y0
    if size < MIN_TEXT_POINTS * min(width, height) / A4_WIDTH:
        return "tiny"
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return None if 0 <= x <= width and 0 <= y <= height else "outside-page"

"""Finds the paragraphs of a Word document that may stand on a picture or a shape, whose colours are not asked."""

import re
from collections.abc import Iterator, Sequence
from math import ceil

from docx.document import Document as WordDocument
from lxml.etree import _Element as Element

from worker.reading.word.colours import OFF, W

DRAWING_NAMES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
ANCHOR, EXTENT = f"{DRAWING_NAMES}anchor", f"{DRAWING_NAMES}extent"
OLD_SHAPES = "{urn:schemas-microsoft-com:vml}*"
UNITS_A_POINT, TWENTIETHS = 12_700, 20
USUAL_PAGE = 595.0 * 842.0  # square points of A4
LARGE_SHARE = 0.25  # of a page: text may stand on such a picture wherever it is
LINE_POINTS = 12.0  # of the lines beside the paragraph that a smaller one hangs on
OLD_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)(pt|in|cm|mm)?")
POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835}
BEHIND = re.compile(r"z-index\s*:\s*-")

Backdrop = tuple[Element, float, float]  # what is behind the text; its width and height in points


def _measure_new(anchor: Element) -> Backdrop:
    extent = anchor.find(EXTENT)
    sides = (extent.get("cx", "0"), extent.get("cy", "0")) if extent is not None else ("0", "0")
    width, height = (int(side) / UNITS_A_POINT if side.isdecimal() else 0.0 for side in sides)
    return anchor, width, height


def _measure_old(shape: Element) -> Backdrop:
    sides = {name: float(size) * POINTS[unit or "pt"] for name, size, unit in OLD_SIZE.findall(shape.get("style", ""))}
    return shape, sides.get("width", 0.0), sides.get("height", 0.0)


def _list_backdrops(part: Element) -> Iterator[Backdrop]:
    """Yield what a part draws behind its text."""
    yield from (_measure_new(anchor) for anchor in part.iter(ANCHOR) if anchor.get("behindDoc", "0") not in OFF)
    yield from (_measure_old(shape) for shape in part.iter(OLD_SHAPES) if BEHIND.search(shape.get("style", "")))


def _measure_page(word: WordDocument) -> float:
    size = word.element.find(f".//{W}pgSz")
    sides = (size.get(f"{W}w", ""), size.get(f"{W}h", "")) if size is not None else ("", "")
    if not all(side.isdecimal() for side in sides):
        return USUAL_PAGE
    width, height = (int(side) / TWENTIETHS for side in sides)
    return max(1.0, width * height)


def find_over_pictures(word: WordDocument, margins: Sequence[Element]) -> frozenset[Element]:
    """Return the paragraphs that may stand on something drawn behind the text; `margins` are headers and footers.

    Large pictures may lie behind all of them, others behind as many from the paragraph they hang on as they are high.
    """
    body = list(word.element.iter(f"{W}p"))
    all_paragraphs = [*body, *(paragraph for margin in margins for paragraph in margin.iter(f"{W}p"))]
    page = _measure_page(word)
    over: set[Element] = set()
    for part in (word.element, *margins):
        for drawn, width, height in _list_backdrops(part):
            if width * height >= LARGE_SHARE * page:
                return frozenset(all_paragraphs)
            hung_on = next(drawn.iterancestors(f"{W}p"), None)
            start = body.index(hung_on) if hung_on in body else 0
            over.update(body[start : start + ceil(height / LINE_POINTS)])
            over.update(() if hung_on is None else part.iter(f"{W}p") if part in margins else [hung_on])
    return frozenset(over)

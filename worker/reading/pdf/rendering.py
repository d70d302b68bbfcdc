"""Draws the pages of a PDF as pictures."""

from collections.abc import Sequence

import PIL.Image
import pypdfium2
from pypdfium2 import raw

from worker.reading.layout.places import QUARTER_TURN
from worker.reading.pdf.drawings import Shape, Text
from worker.reading.pdf.letters.glyphs import Glyphs

POINTS_AN_INCH = 72
MAX_PIXELS = 4_000  # a side


def render_page(page: pypdfium2.PdfPage, *, dpi: float, rotation: int = 0) -> PIL.Image.Image:
    """Return a picture of a page as it is shown, rotated clockwise by `rotation` degrees; at most MAX_PIXELS a side.

    Its mode is RGBX, the only one in which Pillow uses pdfium's pixels as they are: any other costs a copy or two.
    """
    scale = min(dpi / POINTS_AN_INCH, MAX_PIXELS / max(page.get_size()))
    bitmap = page.render(
        scale=scale, rotation=rotation, may_draw_forms=False, draw_annots=False, prefer_bgrx=True, rev_byteorder=True
    )
    picture: PIL.Image.Image = bitmap.to_pil()
    return picture


def find_rotation(page: pypdfium2.PdfPage, glyphs: Glyphs) -> int:
    """Return by how many degrees, clockwise, a page must be rotated from how it is shown for its text to be upright."""
    return int(QUARTER_TURN * glyphs.quarter_turns - page.get_rotation()) % (4 * QUARTER_TURN)


def render_upright(
    page: pypdfium2.PdfPage, glyphs: Glyphs, without: Sequence[Text | Shape] = (), *, dpi: float
) -> PIL.Image.Image:
    """Return a picture of a page without some of what it draws, rotated as the boxes of its glyphs are."""
    for drawn in without:
        raw.FPDFPageObj_SetIsActive(drawn.handle, False)  # noqa: FBT003 - a C function
    picture = render_page(page, dpi=dpi, rotation=find_rotation(page, glyphs))
    for drawn in without:
        raw.FPDFPageObj_SetIsActive(drawn.handle, True)  # noqa: FBT003
    return picture

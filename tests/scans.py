"""Draws pages as a scanner delivers them: pictures at 150 dpi, not quite straight and with noise."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

A4_PIXELS = (1240, 1754)  # at 150 dpi
MARGIN = 110
FONT_PIXELS = 21  # 10 points
LINE_PIXELS = 29


def draw_page(text: str) -> Image.Image:
    """Return a clean page with one line of text under the other."""
    page = Image.new("L", A4_PIXELS, "white")
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(size=FONT_PIXELS)
    for row, line in enumerate(text.split("\n")):
        draw.text((MARGIN, MARGIN + row * LINE_PIXELS), line, fill="black", font=font)
    return page


def scan_page(page: Image.Image, *, turned_degrees: float = 1.0, noise: float = 12.0) -> Image.Image:
    """Return the page turned anticlockwise, with Gaussian noise of that many of 255 grey levels."""
    turned = page.rotate(turned_degrees, resample=Image.Resampling.BICUBIC, fillcolor="white")
    grain = np.random.default_rng(1).normal(0, noise, (page.height, page.width))
    return Image.fromarray(np.clip(np.asarray(turned) + grain, 0, 255).astype(np.uint8))

"""The fonts, the colours and the parts of pages from which a report as PDF is built."""

import re
from collections.abc import Sequence
from functools import cache
from html import escape

from fontpkg import path
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, Table

from service.presentation.self_contained import STATIC

FAMILY, WEIGHTS = "Fira Sans", {"regular": 400, "strong": 600}
MARGIN = 14 * mm
WIDTH = A4[0] - 2 * MARGIN
FIGURE_WIDTH = 17 * mm
BAR_HEIGHT = 5.0
# Characters that the fonts lack, and what replaces them.
INSTEAD = str.maketrans(dict.fromkeys("■▪●○◆◦∙", "•") | {"\u2010": "-", "\u2011": "-"})
UNKNOWN = "?"


@cache
def register_letters() -> frozenset[str]:
    """Register the fonts with reportlab; return the characters that they have."""
    fonts = [TTFont(name, path(FAMILY, weight)) for name, weight in WEIGHTS.items()]
    for font in fonts:
        registerFont(font)
    return frozenset(map(chr, fonts[0].face.charToGlyph))


@cache
def find_colour(name: str) -> Color:
    """Return a colour of the light palette of the pages, by its name in their style sheet."""
    sheet = (STATIC / "style.css").read_text(encoding="utf-8")
    found = re.search(rf"--{name}: (#[0-9a-f]{{6}});", sheet)
    if found is None:
        raise KeyError(name)
    return HexColor(found[1])


def write_words(text: str) -> str:
    """Return text as the markup of a paragraph, without characters that the fonts lack."""
    known = register_letters()
    return escape("".join(sign if sign in known else UNKNOWN for sign in text.translate(INSTEAD)))


def _write_colour(name: str) -> str:
    return f"#{find_colour(name).hexval()[2:]}"


def mark_words(text: str, colour: str) -> str:
    """Return text as markup on the ground of a colour."""
    return f'<font backColor="{_write_colour(colour)}">{write_words(text)}</font>'


def colour_words(text: str, colour: str) -> str:
    """Return text as markup in a colour."""
    return f'<font color="{_write_colour(colour)}">{write_words(text)}</font>'


@cache
def find_style(name: str) -> ParagraphStyle:
    """Return a style of paragraphs; no heading stands alone at the foot of a page."""
    register_letters()
    plain = ParagraphStyle("plain", fontName="regular", fontSize=9, leading=12, textColor=find_colour("ink"))
    quiet = ParagraphStyle("quiet", plain, fontSize=8, leading=10.5, textColor=find_colour("quiet"))
    heading = ParagraphStyle("heading", plain, fontName="strong", keepWithNext=1)
    styles = (
        plain,
        quiet,
        ParagraphStyle("lead", quiet, keepWithNext=1, spaceAfter=3),
        ParagraphStyle("strong", plain, fontName="strong"),
        ParagraphStyle("figure", plain, fontName="strong", alignment=2),
        ParagraphStyle("score", plain, fontName="strong", fontSize=15, leading=18),
        ParagraphStyle("title", heading, fontSize=16, leading=20),
        ParagraphStyle("section", heading, fontSize=12.5, leading=16, spaceBefore=9, spaceAfter=2),
        ParagraphStyle("group", heading, fontSize=10, leading=13, spaceBefore=5, spaceAfter=1),
    )
    return {style.name: style for style in styles}[name]


def write_paragraph(markup: str, style: str = "plain") -> Paragraph:
    """Return a paragraph of markup."""
    return Paragraph(markup, find_style(style))


def _draw_part(left: float, width: float, colour: str) -> Rect:
    part = Rect(left, 0, width, BAR_HEIGHT)
    part.fillColor, part.strokeColor = find_colour(colour), None
    return part


def draw_bar(shares: Sequence[tuple[float, str]], width: float) -> Drawing:
    """Return a bar that is filled from the left by shares in percent, each in its colour."""
    drawing, filled = Drawing(width, BAR_HEIGHT), 0.0
    drawing.add(_draw_part(0, width, "line"))
    for share, colour in shares:
        drawing.add(_draw_part(filled, width * share / 100, colour))
        filled += width * share / 100
    return drawing


def set_columns(rows: Sequence[Sequence[Flowable | Sequence[Flowable]]], widths: Sequence[float]) -> Table:
    """Return rows of cells; a page may end only between two rows."""
    style = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 6),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
    ]
    return Table([list(row) for row in rows], colWidths=list(widths), style=style, hAlign="LEFT")

"""The colours of a Word document: of print, of highlighters and of the shading behind it."""

from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"

Colour = bytes  # red, green and blue
PAPER: Colour = b"\xff\xff\xff"
FAINTEST = 32  # of 255: the difference that print must have from its ground in some channel
CHANNELS = 3

# ISO 29500-1, 17.18.40.
HIGHLIGHTERS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip


def read_colour(written: str | None) -> Colour | None:
    """Return a colour such as FFFFFF; None for `auto`, which is one that can be seen, and for what is no colour."""
    try:
        channels = bytes.fromhex(written or "")
    except ValueError:
        return None
    return channels if len(channels) == CHANNELS else None


def are_alike(one: Colour, other: Colour) -> bool:
    """Return whether nobody sees print of one colour on the other."""
    return max(abs(left - right) for left, right in zip(one, other, strict=True)) < FAINTEST


def read_shading(shading: Element | None) -> Colour | None:
    """Return the ground that a shading gives, None if it gives none of its own."""
    if shading is None:
        return None
    return read_colour(shading.get(f"{W}color" if shading.get(VAL) == "solid" else f"{W}fill"))


def read_highlight(highlight: Element | None) -> Colour | None:
    """Return the ground that a highlighter gives."""
    return None if highlight is None else read_colour(HIGHLIGHTERS.get(highlight.get(VAL, "")))

"""The colours of a Word document: of print, of highlighters and of the shading behind it."""

import re
from colorsys import hls_to_rgb, rgb_to_hls

from lxml.etree import _Element as Element

from worker.reading.colours import PAPER, Colour, read_colour

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
OFF = frozenset({"0", "false", "off"})  # values of a property that is not set

MAX_LEVEL = 255
BLACK: Colour = b"\0\0\0"
PLAIN_PATTERNS = frozenset({"clear", "nil"})
DOTTED = re.compile(r"pct\d+")  # so many hundredths are dots

# What documents call the colours of the background and the text, the name in the mapping of the settings, and what it
# stands for where there is no mapping (ISO 29500-1, 17.18.97 and 17.15.1.20).
MAPPED = {
    "background1": ("bg1", "light1"), "background2": ("bg2", "light2"),
    "text1": ("t1", "dark1"), "text2": ("t2", "dark2"),
}  # fmt: skip
SHORT_NAMES = {
    "dark1": "dk1", "dark2": "dk2", "light1": "lt1", "light2": "lt2",
    "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip

# ISO 29500-1, 17.18.40.
HIGHLIGHTERS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip


def read_highlight(highlight: Element | None) -> Colour | None:
    """Return the ground that a highlighter gives."""
    return None if highlight is None else read_colour(HIGHLIGHTERS.get(highlight.get(VAL, "")))


def _blend(colour: Colour, *, shade: str | None, tint: str | None) -> Colour:
    """Return a colour darkened by a shade or lightened by a tint, each from 00 to FF (ISO 29500-1, 17.3.2.6)."""
    hue, light, saturation = rgb_to_hls(*(channel / MAX_LEVEL for channel in colour))
    if shade:
        light *= int(shade, 16) / MAX_LEVEL
    if tint:
        light = 1 - (1 - light) * int(tint, 16) / MAX_LEVEL
    return bytes(round(channel * MAX_LEVEL) for channel in hls_to_rgb(hue, light, saturation))


def _mix(colour: Colour, ground: Colour, share: float) -> Colour:
    return bytes(round(one * share + two * (1 - share)) for one, two in zip(colour, ground, strict=True))


class Palette:
    """The colours of a document's theme, and how its settings map the names of colours to them."""

    def __init__(self, theme: Element | None, mapping: Element | None) -> None:
        scheme = None if theme is None else theme.find(f".//{DRAWING}clrScheme")
        self._colours = {
            str(entry.tag).removeprefix(DRAWING): read_colour(entry[0].get("lastClr") or entry[0].get("val"))
            for entry in (scheme if scheme is not None else ())
            if len(entry)
        }
        self._mapping = {} if mapping is None else {str(name).removeprefix(W): to for name, to in mapping.items()}

    def _find(self, name: str) -> Colour | None:
        """Return a colour of the theme by one of the names that documents give it, such as background1."""
        slot, usual = MAPPED.get(name, (name, name))
        named = self._mapping.get(slot, usual)
        return self._colours.get(SHORT_NAMES.get(named, named))

    def read(self, element: Element | None, attribute: str = "val", theme: str = "theme") -> Colour | None:
        """Return the colour that an element gives, by the theme or by itself; None where it gives none."""
        if element is None:
            return None
        named = element.get(f"{W}{theme}") or element.get(f"{W}{theme}Color")
        found = self._find(named) if named else None
        if found is None:
            return read_colour(element.get(f"{W}{attribute}"))
        try:
            return _blend(found, shade=element.get(f"{W}{theme}Shade"), tint=element.get(f"{W}{theme}Tint"))
        except ValueError:
            return found

    def read_shading(self, shading: Element | None) -> Colour | None:
        """Return the ground that a shading gives, None if it gives none of its own.

        A pattern of dots or lines counts as the mixture of its two colours (ISO 29500-1, 17.18.78).
        """
        if shading is None:
            return None
        fill, pattern = self.read(shading, "fill", "themeFill"), shading.get(VAL, "clear")
        if pattern in PLAIN_PATTERNS:
            return fill
        share = int(pattern[3:]) / 100 if DOTTED.fullmatch(pattern) else 1.0 if pattern == "solid" else 0.5
        colour = self.read(shading, "color")
        return _mix(BLACK if colour is None else colour, PAPER if fill is None else fill, share)

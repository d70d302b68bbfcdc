"""How the text of an OpenDocument looks by its styles: whether a person sees it at all."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from lxml.etree import _Element as Element

from worker.reading.colours import PAPER, Colour, are_alike, read_colour
from worker.reading.hidden_text import HiddenReason
from worker.reading.opendocument.names import DRAW, FORMAT, STYLE, SVG, TABLE, TEXT

STYLE_NAMES = (f"{TEXT}style-name", f"{TABLE}style-name", f"{DRAW}style-name")
STYLED = frozenset({f"{TEXT}span", f"{TEXT}p", f"{TEXT}h", f"{TEXT}a"})  # what hands its text's look on
AUTOMATIC = f"{STYLE}use-window-font-color"
PLAIN_STYLE = "default paragraph"
MIN_POINTS = 3.0  # nobody reads smaller print
LENGTH = re.compile(r"([\d.]+)(pt|mm|cm|in)")
POINTS = {"pt": 1.0, "mm": 2.835, "cm": 28.35, "in": 72.0}
PICTURE_FILLS = frozenset({"bitmap", "gradient", "hatch"})
LARGE_PICTURE = 125_000.0  # square points, a quarter of A4: text may stand on such a one wherever it is


def _measure(written: str | None) -> float | None:
    """Return a length in points; None for shares and for what is no length."""
    match = LENGTH.fullmatch(written or "")
    return float(match[1]) * POINTS[match[2]] if match and match[1].count(".") <= 1 else None


class Looks:
    """The styles of a document, and how its text looks by them."""

    def __init__(self, parts: Sequence[Element]) -> None:
        styles = [style for part in parts for style in part.iter(f"{STYLE}style")]
        self._styles = {style.get(f"{STYLE}name", ""): style for style in styles}
        for part in parts:
            for style in part.iter(f"{STYLE}default-style"):
                if style.get(f"{STYLE}family") == "paragraph":
                    self._styles[PLAIN_STYLE] = style
        self._find_in_style = cache(self._search_style)
        self._find_ground_of_style = cache(self._search_ground)
        self._page = self._find_page(parts)

    def _chain(self, name: str) -> Iterator[Element]:
        """Yield a style and those it is based on, also if they go in a circle."""
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = self._styles[name].get(f"{STYLE}parent-style-name", "")

    def _search_style(self, name: str, attribute: str) -> str | None:
        values = (child.get(attribute) for style in self._chain(name) for child in style)
        return next(filter(None, values), None)

    def find(self, element: Element, attribute: str) -> str | None:
        """Return a property that the style of an element has."""
        return self._find_in_style(_name_style(element), attribute)

    @staticmethod
    def _list_styles(element: Element) -> list[str]:
        """Return the styles that a text has: those of what is around it, the nearest first, and that of paragraphs."""
        around = (item for item in (element, *element.iterancestors()) if item.tag in STYLED)
        return [*map(_name_style, around), PLAIN_STYLE]

    def _inherit(self, element: Element, attribute: str) -> str | None:
        """Return a property of a text."""
        found = (self._find_in_style(name, attribute) for name in self._list_styles(element))
        return next(filter(None, found), None)

    def _find_colour(self, element: Element) -> Colour | None:
        """Return the colour of a text; None if it is one that can be seen on any ground."""
        for name in self._list_styles(element):
            if self._find_in_style(name, AUTOMATIC) == "true":
                return None
            if written := self._find_in_style(name, f"{FORMAT}color"):
                return read_colour(written.removeprefix("#"))
        return None

    def _search_ground(self, name: str) -> Colour | str | None:
        """Return the ground that a style gives, a word if its colour is unknown, None if it gives none."""
        for style in self._chain(name):
            if ground := _read_ground(style):
                return ground
        return None

    def _find_ground(self, element: Element) -> Colour | None:
        """Return the colour behind an element, None if it is unknown, as over pictures."""
        for around in (element, *element.iterancestors()):
            if ground := self._find_ground_of_style(_name_style(around)):
                return ground if isinstance(ground, bytes) else None
        return self._page

    def _find_page(self, parts: Sequence[Element]) -> Colour | None:
        """Return the colour of all pages; None where they differ, or a large picture lies behind the text."""
        layouts = [layout for part in parts for layout in part.iter(f"{STYLE}page-layout")]
        grounds = {_read_ground(layout) or PAPER for layout in layouts} or {PAPER}
        behind = any(self._is_backdrop(frame) for part in parts for frame in part.iter(f"{DRAW}frame"))
        [ground, *others] = grounds
        return None if others or behind or isinstance(ground, str) else ground

    def _is_backdrop(self, frame: Element) -> bool:
        width, height = (_measure(frame.get(f"{SVG}{side}")) or 0.0 for side in ("width", "height"))
        behind = self.find(frame, f"{STYLE}run-through") == "background"
        return behind and frame.find(f"{DRAW}image") is not None and width * height >= LARGE_PICTURE

    def find_hiding(self, element: Element) -> HiddenReason | None:
        """Return why nobody sees the text of an element; None if it is seen, or may be."""
        if self._inherit(element, f"{TEXT}display") == "none":
            return "marked-hidden"
        size = _measure(self._inherit(element, f"{FORMAT}font-size"))
        if size is not None and size < MIN_POINTS:
            return "tiny"
        colour = self._find_colour(element)
        ground = None if colour is None else self._find_ground(element)
        return "ground-colour" if colour and ground and are_alike(colour, ground) else None


def _name_style(element: Element) -> str:
    return next(filter(None, map(element.get, STYLE_NAMES)), "")


def _read_ground(style: Element) -> Colour | str | None:
    """Return the ground that a style itself gives, or the word for an unknown colour."""
    for properties in style:
        fill = properties.get(f"{DRAW}fill")
        if (
            fill in PICTURE_FILLS
            or properties.find(f"{STYLE}background-image[@{{http://www.w3.org/1999/xlink}}href]") is not None
        ):
            return "picture"
        solid = properties.get(f"{DRAW}fill-color") if fill == "solid" else None
        colour = read_colour((solid or properties.get(f"{FORMAT}background-color") or "").removeprefix("#"))
        if colour:
            return colour
    return None

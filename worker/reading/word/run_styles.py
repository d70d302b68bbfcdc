"""How the runs of a Word document look: whether a person sees them at all."""

from collections.abc import Iterator
from functools import cache

from lxml.etree import _Element as Element

from worker.reading.clean_text import StyledLine
from worker.reading.colours import Colour, are_alike, read_colour
from worker.reading.hidden_text import HiddenReason
from worker.reading.word.colours import DRAWING, OFF, VAL, Palette, W, read_highlight

WORD_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp"
NEWER = "{http://schemas.microsoft.com/office/word/2010/wordml}"
OLD_SHAPE = "{urn:schemas-microsoft-com:vml}"

STANDARD_HALF_POINTS = "20"  # where no style says how large print is
BODY_LEVEL = 9  # an outline level: of those below, 0 is that of the greatest headings
MIN_HALF_POINTS = 6  # nobody reads print below 3 points
MIN_TWENTIETHS = 60  # of a point: of a line or row that shows anything
MIN_WIDTH = 10  # hundredths of the usual width of letters
FILLS = tuple(f"{DRAWING}{fill}" for fill in ("solidFill", "gradFill", "pattFill", "blipFill"))
# Where the shading of what surrounds a run is written down.
SHADED = {
    f"{W}r": f"{W}rPr",
    f"{W}p": f"{W}pPr",
    f"{W}tc": f"{W}tcPr",
    f"{W}tr": f"{W}tblPrEx",
    f"{W}tbl": f"{W}tblPr",
}
STYLE_OF = {f"{W}r": f"{W}rStyle", f"{W}p": f"{W}pStyle"}


def _is_exact(measure: Element | None, name: str, rule: str) -> bool:
    """Return whether a measure is exactly so small that nothing is seen."""
    if measure is None or measure.get(f"{W}{rule}") != "exact":
        return False
    size = measure.get(f"{W}{name}", "")
    return size.isdecimal() and int(size) < MIN_TWENTIETHS


def _has_fill(shape: Element) -> bool:
    """Return whether a shape may have a colour of its own; outlines count as well, which errs on the visible side."""
    if shape.tag == WORD_SHAPE:
        return next(shape.iter(*FILLS), None) is not None or shape.find(".//{*}fillRef") is not None
    return shape.get("fillcolor") is not None


class Looks:
    """The styles of a document, and how its runs look by them and by their own properties.

    `page` is the colour of the paper; it is unknown behind the paragraphs that are `over_pictures`.
    """

    def __init__(
        self, styles: Element, palette: Palette, page: Colour | None, over_pictures: frozenset[Element]
    ) -> None:
        self._palette = palette
        self._page = page
        self._over_pictures = over_pictures
        self._styles = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
        self._defaults = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._plain = next((name for name, style in self._styles.items() if self._is_default(style)), None)
        self._find_in_style = cache(self._search_style)

    @staticmethod
    def _is_default(style: Element) -> bool:
        return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0") not in OFF

    def _chain(self, name: str | None) -> Iterator[Element]:
        """Yield a style and those it is based on, also if they go in a circle."""
        seen: set[str | None] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            yield style
            base = style.find(f"{W}basedOn")
            name = None if base is None else base.get(VAL)

    def _search_style(self, name: str | None, path: str) -> Element | None:
        found = (style.find(path) for style in self._chain(name))
        return next((element for element in found if element is not None), None)

    def _find(self, run: Element, name: str) -> Element | None:
        """Return the property that holds for a run: its own, that of a style around it, or the default."""
        return next((found for found in self._look_up(run, name) if found is not None), None)

    def _look_up(self, run: Element, name: str) -> Iterator[Element | None]:
        """Yield a property where it may stand, the place that goes before all others first."""
        path = f"{W}rPr/{W}{name}"
        yield run.find(path)
        if (run_style := run.find(f"{W}rPr/{W}rStyle")) is not None:
            yield self._find_in_style(run_style.get(VAL), path)
        paragraph = next(run.iterancestors(f"{W}p"), None)
        paragraph_style = None if paragraph is None else paragraph.find(f"{W}pPr/{W}pStyle")
        yield self._find_in_style(self._plain if paragraph_style is None else paragraph_style.get(VAL), path)
        table = next(run.iterancestors(f"{W}tbl"), None)
        if table is not None and (table_style := table.find(f"{W}tblPr/{W}tblStyle")) is not None:
            yield self._find_in_style(table_style.get(VAL), path)
        if self._defaults is not None:
            yield self._defaults.find(f"{W}{name}")

    def _find_text(self, run: Element, name: str) -> str | None:
        found = self._find(run, name)
        return None if found is None else found.get(VAL)

    def _is_on(self, run: Element, name: str) -> bool:
        found = self._find(run, name)
        return found is not None and found.get(VAL, "1") not in OFF

    def _find_level(self, paragraph: Element) -> int:
        """Return the level of a heading, 1 to 9, by the paragraph's own outline level or its style's, else 0."""
        own, style = paragraph.find(f"{W}pPr/{W}outlineLvl"), paragraph.find(f"{W}pPr/{W}pStyle")
        found = (
            own if own is not None or style is None else self._find_in_style(style.get(VAL), f"{W}pPr/{W}outlineLvl")
        )
        level = "" if found is None else found.get(VAL, "")
        return int(level) + 1 if level.isdecimal() and int(level) < BODY_LEVEL else 0

    def style_paragraph(self, paragraph: Element) -> StyledLine:
        """Return a line without text that looks as a paragraph does; its size is in half points."""
        runs = [run for run in paragraph.iter(f"{W}r") if "".join(run.itertext()).strip()]
        size = (self._find_text(runs[0], "sz") if runs else None) or STANDARD_HALF_POINTS
        bold = bool(runs) and all(self._is_on(run, "b") for run in runs)
        return StyledLine("", float(size) if size.isdecimal() else 0.0, bold, level=self._find_level(paragraph))

    def _list_properties(self, around: Element) -> Iterator[Element]:
        """Yield what may give a run, paragraph or cell its ground: its own properties, then those of its styles."""
        kind = SHADED[str(around.tag)]
        own = around.find(kind)
        if own is not None:
            yield own
        style = None if own is None or around.tag not in STYLE_OF else own.find(STYLE_OF[str(around.tag)])
        name = style.get(VAL) if style is not None else self._plain if around.tag == f"{W}p" else None
        for part in self._chain(name):
            yield from (found for found in (part.find(f"{W}{each}") for each in ("pPr", "rPr")) if found is not None)

    def _find_shading(self, around: Element) -> Colour | None:
        """Return the ground that a run, paragraph or cell has of its own."""
        for properties in self._list_properties(around):
            for ground in (
                read_highlight(properties.find(f"{W}highlight")),
                self._palette.read_shading(properties.find(f"{W}shd")),
            ):
                if ground is not None:
                    return ground
        return None

    def _has_shaded_style(self, table: Element) -> bool:
        """Return whether the style of a table shades any of its parts: which of them a cell is in is not asked."""
        style = table.find(f"{W}tblPr/{W}tblStyle")
        parts = () if style is None else self._chain(style.get(VAL))
        return any(
            self._palette.read_shading(shading) is not None for part in parts for shading in part.iter(f"{W}shd")
        )

    def _find_ground(self, run: Element) -> Colour | None:
        """Return the colour behind a run; None if that is not known, as over pictures and in filled shapes."""
        for around in (run, *run.iterancestors()):
            ground = self._find_shading(around) if around.tag in SHADED else None
            if ground is not None:
                return ground
            is_shape = around.tag == WORD_SHAPE or str(around.tag).startswith(OLD_SHAPE)
            if around in self._over_pictures or (is_shape and _has_fill(around)):
                return None
            if around.tag == f"{W}tbl" and self._has_shaded_style(around):
                return None
        return self._page

    def _is_tiny(self, run: Element) -> bool:
        """Return whether a run is too low or too narrow to be read."""
        size, width = self._find_text(run, "sz") or "", self._find_text(run, "w") or ""
        return (size.isdecimal() and int(size) < MIN_HALF_POINTS) or (width.isdecimal() and int(width) < MIN_WIDTH)

    def _is_cut_off(self, run: Element) -> bool:
        """Return whether the lines of a run's paragraph, or its table's row, are too low to show it."""
        paragraph, row = next(run.iterancestors(f"{W}p"), None), next(run.iterancestors(f"{W}tr"), None)
        spacing = None if paragraph is None else paragraph.find(f"{W}pPr/{W}spacing")
        height = None if row is None else row.find(f"{W}trPr/{W}trHeight")
        return _is_exact(spacing, "line", "lineRule") or _is_exact(height, "val", "hRule")

    def _find_print(self, run: Element) -> Colour | None:
        """Return the colour of a run; an effect of newer versions goes before it."""
        effect = run.find(f"{W}rPr/{NEWER}textFill/{NEWER}solidFill/{NEWER}srgbClr")
        return (
            self._palette.read(self._find(run, "color")) if effect is None else read_colour(effect.get(f"{NEWER}val"))
        )

    def find_hiding(self, run: Element) -> HiddenReason | None:
        """Return why nobody sees a run; None if it is seen."""
        if self._is_on(run, "vanish"):
            return "marked-hidden"
        if self._is_tiny(run):
            return "tiny"
        if self._is_cut_off(run):
            return "clipped"
        if run.find(f"{W}rPr/{NEWER}textFill/{NEWER}noFill") is not None:
            return "transparent"
        colour = self._find_print(run)
        ground = None if colour is None else self._find_ground(run)
        return "ground-colour" if colour is not None and ground is not None and are_alike(colour, ground) else None

"""Lists what a PDF page draws, in drawing order, and finds the text that may be invisible."""

from collections.abc import Iterable, Iterator, Sequence
from ctypes import byref, c_float, c_int, c_uint, c_ulong, c_ushort, c_void_p, cast, sizeof
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

import pypdfium2
from pypdfium2 import raw

from worker.reading.pdf import raw_calls

Box = tuple[float, float, float, float]
Colour = tuple[int, int, int]
Handle = Any  # one of pdfium's objects: a ctypes pointer

PAPER: Colour = (255, 255, 255)
DISTINCT = 64  # of 255, in some channel: more than is needed to be read
MIN_COVER_POINTS = 1.2  # points: rules and underlines hide nothing
BAND_HEIGHT, MAX_EDGE = 20.0, 15_000.0  # points; the largest page has 14,400
FEW_SHAPES = 200
LAYER_MARK = "OC\0".encode("utf-16-le")  # ISO 32000-1, 8.11.3.2
MAX_MARK_CHARACTERS = 32
MAX_RULE_HEIGHT, MIN_RULE_WIDTH = 3.0, 100.0  # points; a stroke's box is twice as high as the stroke


@dataclass(frozen=True, slots=True)
class Text:
    """A text object; `box` in the page's own points, y upwards; `colour` is None for a pattern.

    `plain` text is filled, opaque and not clipped: only shapes and the colour of the paper can make it invisible.
    """

    order: int
    handle: Handle = field(repr=False)
    plain: bool
    colour: Colour | None
    box: Box


@dataclass(frozen=True, slots=True)
class Shape:
    """Anything else that can cover text or lie behind it; `colour` is None if it has several or lets light through."""

    order: int
    handle: Handle = field(repr=False)
    box: Box
    colour: Colour | None
    is_image: bool


@dataclass(frozen=True, slots=True)
class Drawings:
    """What a page draws; `rules` are the boxes of thin level lines, `segments` counts those of its paths."""

    texts: tuple[Text, ...]
    shapes: tuple[Shape, ...]
    rules: tuple[Box, ...]
    segments: int


def get_address(handle: Handle) -> int | None:
    """Return the address of an object, by which it is identified."""
    return cast(handle, c_void_p).value


def find_colour(handle: Handle) -> Colour | None:
    """Return the colour that fills an object; None for a pattern."""
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    known = raw_calls.FPDFPageObj_GetFillColor(handle, byref(red), byref(green), byref(blue), byref(alpha))
    return (red.value, green.value, blue.value) if known else None


def find_mode(handle: Handle) -> int:
    """Return a text object's render mode, 0 to 7 (ISO 32000-1, table 106)."""
    return int(raw_calls.FPDFTextObj_GetTextRenderMode(handle))


def find_opacity(handle: Handle) -> int:
    """Return how opaque an object is, 0 to 255."""
    alpha = c_uint(255)
    raw_calls.FPDFPageObj_GetFillColor(handle, byref(c_uint()), byref(c_uint()), byref(c_uint()), byref(alpha))
    return alpha.value


def is_in_layer(handle: Handle) -> bool:
    """Return whether an object is marked as optional content."""
    buffer, length = (c_ushort * MAX_MARK_CHARACTERS)(), c_ulong()
    for number in range(raw_calls.FPDFPageObj_CountMarks(handle)):
        mark = raw.FPDFPageObj_GetMark(handle, number)
        raw.FPDFPageObjMark_GetName(mark, buffer, sizeof(buffer), byref(length))
        if bytes(buffer)[: length.value] == LAYER_MARK:
            return True
    return False


def _find_box(handle: Handle) -> Box:
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    raw_calls.FPDFPageObj_GetBounds(handle, byref(left), byref(bottom), byref(right), byref(top))
    return left.value, bottom.value, right.value, top.value


def _is_plain(handle: Handle) -> bool:
    return (
        find_mode(handle) == raw.FPDF_TEXTRENDERMODE_FILL
        and not raw_calls.FPDFPageObj_HasTransparency(handle)
        and raw_calls.FPDFClipPath_CountPaths(raw_calls.FPDFPageObj_GetClipPath(handle)) <= 0
    )


def _find_texts(handle: Handle, order: int, *, inside: bool = False) -> Iterator[Text]:
    """Yield an object if it is text, and the text in it if it is a form; a form may do anything to its text."""
    kind = raw_calls.FPDFPageObj_GetType(handle)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        yield Text(order, handle, not inside and _is_plain(handle), find_colour(handle), _find_box(handle))
    elif kind == raw.FPDF_PAGEOBJ_FORM:
        for number in range(raw.FPDFFormObj_CountObjects(handle)):
            yield from _find_texts(raw.FPDFFormObj_GetObject(handle, number), order, inside=True)


def _covers(path: Handle) -> bool:
    fill, stroke, width = c_int(), c_int(), c_float()
    raw.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke))
    raw.FPDFPageObj_GetStrokeWidth(path, byref(width))
    return bool(fill.value) or (bool(stroke.value) and width.value > MIN_COVER_POINTS)


def _list_kinds(form: Handle) -> Iterator[int]:
    """Yield the kinds of the objects in a form and in the forms within it."""
    for number in range(raw.FPDFFormObj_CountObjects(form)):
        handle = raw.FPDFFormObj_GetObject(form, number)
        kind = raw_calls.FPDFPageObj_GetType(handle)
        yield kind
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _list_kinds(handle)


def _is_image(handle: Handle, kind: int) -> bool:
    """Return whether an object is an image, or a form that draws images and no text."""
    kinds = set(_list_kinds(handle)) if kind == raw.FPDF_PAGEOBJ_FORM else {kind}
    return raw.FPDF_PAGEOBJ_IMAGE in kinds and raw.FPDF_PAGEOBJ_TEXT not in kinds


def _is_rule(box: Box) -> bool:
    """Return whether a box is that of a thin level line."""
    return box[3] - box[1] <= MAX_RULE_HEIGHT and box[2] - box[0] >= MIN_RULE_WIDTH


def _make_shape(order: int, handle: Handle, kind: int, box: Box) -> Shape | None:
    """Return an object that is no text as what may cover text; None if it is too thin, or only outlined."""
    if min(box[2] - box[0], box[3] - box[1]) < MIN_COVER_POINTS:
        return None
    if kind != raw.FPDF_PAGEOBJ_PATH:
        return Shape(order, handle, box, None, _is_image(handle, kind))
    if not _covers(handle):
        return None
    colour = None if raw_calls.FPDFPageObj_HasTransparency(handle) else find_colour(handle)
    return Shape(order, handle, box, colour, is_image=False)


def _count_segments(handle: Handle) -> int:
    """Return how many lines and curves a path has; other objects have none."""
    segments: int = raw_calls.FPDFPath_CountSegments(handle)
    return max(0, segments)


def list_drawings(page: pypdfium2.PdfPage) -> Drawings:
    """Return what a page draws."""
    handles = [raw_calls.FPDFPage_GetObject(page.raw, order) for order in range(raw.FPDFPage_CountObjects(page.raw))]
    texts = tuple(text for order, handle in enumerate(handles) for text in _find_texts(handle, order))
    kinds = map(raw_calls.FPDFPageObj_GetType, handles)
    others = [
        (order, handle, kind, _find_box(handle))
        for order, (handle, kind) in enumerate(zip(handles, kinds, strict=True))
        if kind != raw.FPDF_PAGEOBJ_TEXT
    ]
    shapes = tuple(shape for other in others if (shape := _make_shape(*other)))
    rules = tuple(box for *_, box in others if _is_rule(box))
    return Drawings(texts, shapes, rules, sum(map(_count_segments, handles)))


@lru_cache(maxsize=1024)  # the same few colours, thousands of times
def are_distinct(colour: Colour, other: Colour | None) -> bool:
    """Return whether print of one colour can be read on another; not if that is unknown."""
    return other is not None and max(abs(one - two) for one, two in zip(colour, other, strict=True)) >= DISTINCT


def _touch(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def is_covered(text: Text, shapes: Iterable[Shape]) -> bool:
    """Return whether anything is drawn over a text."""
    return any(shape.order > text.order and _touch(text.box, shape.box) for shape in shapes)


def _is_certainly_visible(text: Text, shapes: Iterable[Shape]) -> bool:
    """Return whether text is plain, differs in colour from everything behind it, and has nothing drawn over it."""
    if not text.plain or (text.colour and not are_distinct(text.colour, PAPER)):
        return False
    touching = [shape for shape in shapes if _touch(text.box, shape.box)]
    return all(
        shape.order < text.order and text.colour is not None and are_distinct(text.colour, shape.colour)
        for shape in touching
    )


class _Bands:
    """Shapes by the level bands of the page that they reach into: a page may draw a hundred thousand."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self._shapes = shapes
        self._few = len(shapes) <= FEW_SHAPES
        self._by_band: dict[int, list[Shape]] = {}
        for shape in () if self._few else shapes:
            for band in _list_bands(shape.box):
                self._by_band.setdefault(band, []).append(shape)

    def find_near(self, box: Box) -> Iterable[Shape]:
        """Return the shapes that may touch a box."""
        if self._few:
            return self._shapes
        return chain.from_iterable(self._by_band.get(band, ()) for band in _list_bands(box))


def _list_bands(box: Box) -> range:
    bottom, top = (int(min(max(edge, -MAX_EDGE), MAX_EDGE) // BAND_HEIGHT) for edge in (box[1], box[3]))
    return range(bottom, top + 1)


def find_suspects(drawings: Drawings) -> list[Text]:
    """Return the text that may be invisible."""
    bands = _Bands(drawings.shapes)
    return [text for text in drawings.texts if not _is_certainly_visible(text, bands.find_near(text.box))]

"""Asks pdfium for the glyphs of a PDF page: which character each stands for, where it is and how it was drawn."""

# ruff: noqa: FURB136 - to call min and max takes longer than to ask pdfium for the boxes they would compare

import re
from collections.abc import Collection
from ctypes import byref, c_double, c_int, c_ushort, c_void_p, create_string_buffer
from math import pi

import pypdfium2
from pypdfium2 import raw

from worker.reading.pdf import raw_calls
from worker.reading.pdf.drawings import Box, Handle

# pdfium writes U+0002 or U+FFFE for a hyphen at the end of a line, and goes on with the next line without a space.
# `\s` would take the codes 28 to 31 for spaces, at which fonts from LaTeX keep fi, fl, ffi and ffl.
TOKEN = re.compile(
    "[^\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]"
)

# What pdfium writes for the end of a line is "\r\n"; alone, these may be the codes of ff, fi and fl in fonts of TeX.
LIGATURE_OR_SPACE = re.compile("[\x0b\x0c]|\r(?!\n)")
LIGATURE_SHIFT = 16  # to the codes that these ligatures have in other fonts of TeX

GlyphSpan = tuple[int, int]  # its first glyph, and the one after its last

FONT_NAME_BYTES = 256
SAMPLED_GLYPHS = 16
QUARTER = pi / 2
MIN_SLANT_RADIANS = 0.01  # over a line of 500 points that is 5
SAMPLED_SPACES = 3


class Glyphs:
    """The glyphs of a page by number, their boxes rotated so that most text stands upright, in points, y downwards."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._load_page(page)
        self._rectangle = raw.FS_RECTF()
        self._pointer = byref(self._rectangle)
        self._edges = memoryview(self._rectangle).cast("B").cast("f")  # left, top, right, bottom: all in one go
        self._across, self._up = c_double(), c_double()
        self._origin = byref(self._across), byref(self._up)
        self._load_text()
        self.quarter_turns = self._count_quarter_turns()
        self._read_upright(page)
        raw.FPDF_GetPageBoundingBox(page.raw, self._pointer)
        self._bounds = self._take_rectangle()
        self._west, self._north = self._bounds[0], self._bounds[3]
        self.width, self.height = self._rotate(*self._bounds)[2:]
        self.is_slanted = any(self.find_slant(start) for start, _ in self._sample())

    def _load_page(self, page: pypdfium2.PdfPage) -> None:
        self._page = page.get_textpage()
        self.handle: Handle = self._page.raw

    def _load_text(self) -> None:
        self.text = LIGATURE_OR_SPACE.sub(self._keep_ligature, self._read_text())
        self.tokens = [match.span() for match in TOKEN.finditer(self.text)]

    def _read_upright(self, page: pypdfium2.PdfPage) -> None:
        """Read the text again as if the page were shown upright: pdfium tears the words of a page that is not."""
        shown = raw.FPDFPage_GetRotation(page.raw)
        if shown != self.quarter_turns and self.text:
            raw.FPDFPage_SetRotation(page.raw, self.quarter_turns)
            self._page.close()
            self._load_page(page)
            self._load_text()
            raw.FPDFPage_SetRotation(page.raw, shown)

    def _read_text(self) -> str:
        """Return one character a glyph."""
        count = raw.FPDFText_CountChars(self.handle)
        buffer = (c_ushort * (count + 1))()
        written = raw.FPDFText_GetText(self.handle, 0, count, buffer)
        text = bytes(buffer)[: 2 * (written - 1)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        # Glyphs without a character and characters beyond U+FFFF make the two counts differ.
        return "".join(self.read_glyph(number) for number in range(count))

    def _keep_ligature(self, match: re.Match[str]) -> str:
        """Return a code that is no space, if the font does not say that it is one."""
        return chr(ord(match[0]) + LIGATURE_SHIFT) if self.is_unmapped(match.start()) else match[0]

    def read_glyph(self, number: int) -> str:
        """Return the character of a glyph, or its bare code if its font does not say which character it is."""
        return chr(raw_calls.FPDFText_GetUnicode(self.handle, number))

    def blank(self, numbers: Collection[int]) -> str:
        """Return the text with spaces in place of some glyphs."""
        if not numbers:
            return self.text
        return "".join(" " if number in numbers else character for number, character in enumerate(self.text))

    def pick(self, numbers: Collection[int]) -> str:
        """Return the words of some glyphs alone."""
        if not numbers:
            return ""
        kept = {*numbers, *(number for number, character in enumerate(self.text) if character.isspace())}
        return " ".join("".join(self.text[number] for number in sorted(kept)).split())

    def _count_quarter_turns(self) -> int:
        """Return by how many quarters, clockwise, the page must be rotated for most of its text to stand upright."""
        angles = [round(self._find_angle(start) / QUARTER) % 4 for start, _ in self._sample()]
        return -max(angles, key=angles.count, default=0) % 4

    def _sample(self) -> list[GlyphSpan]:
        return self.tokens[:: max(1, len(self.tokens) // SAMPLED_GLYPHS)]

    def _find_angle(self, number: int) -> float:
        angle: float = raw.FPDFText_GetCharAngle(self.handle, number)
        return angle

    def find_slant(self, number: int) -> float:
        """Return by how many radians the line of a glyph slants on the upright page; 0 if it is level or upright."""
        angle = self._find_angle(number)
        slant = angle - QUARTER * round(angle / QUARTER)
        return slant if abs(slant) > MIN_SLANT_RADIANS else 0.0

    def _take_rectangle(self) -> Box:
        rectangle = self._rectangle
        return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top

    def _rotate(self, left: float, bottom: float, right: float, top: float) -> Box:
        west, south, east, north = self._bounds
        turns = self.quarter_turns
        if turns == 0:
            return left - west, north - top, right - west, north - bottom
        if turns == 1:
            return bottom - south, left - west, top - south, right - west
        if turns == 2:  # noqa: PLR2004 - of four
            return east - right, bottom - south, east - left, top - south
        return north - top, east - right, north - bottom, east - left

    def find_box(self, first: int, last: int) -> Box:
        """Return the box around the glyphs from `first` to `last`, which stand on one line."""
        raw_calls.FPDFText_GetLooseCharBox(self.handle, first, self._pointer)
        left, top, right, bottom = self._edges.tolist()
        if last != first:
            raw_calls.FPDFText_GetLooseCharBox(self.handle, last, self._pointer)
            left_too, top_too, right_too, bottom_too = self._edges.tolist()
            left = left_too if left_too < left else left
            bottom = bottom_too if bottom_too < bottom else bottom
            right = right_too if right_too > right else right
            top = top_too if top_too > top else top
        if self.quarter_turns == 0:  # what `_turn` would return
            return left - self._west, self._north - top, right - self._west, self._north - bottom
        return self._rotate(left, bottom, right, top)

    def find_baseline(self, number: int) -> float:
        """Return how far down the baseline of a glyph runs."""
        raw_calls.FPDFText_GetCharOrigin(self.handle, number, *self._origin)
        x, y = self._across.value, self._up.value
        return self._north - y if self.quarter_turns == 0 else self._rotate(x, y, x, y)[3]

    def find_origin(self, number: int) -> tuple[float, float]:
        """Return where the baseline of a glyph begins."""
        raw_calls.FPDFText_GetCharOrigin(self.handle, number, *self._origin)
        x, y = self._across.value, self._up.value
        return self._rotate(x, y, x, y)[:2]

    def find_font(self, number: int) -> str:
        """Return the name of a glyph's font, without the tag of a subset."""
        buffer = create_string_buffer(FONT_NAME_BYTES)
        raw.FPDFText_GetFontInfo(self.handle, number, buffer, FONT_NAME_BYTES, c_int())
        return buffer.value.decode("utf-8", "replace").rpartition("+")[2]

    def find_font_object(self, number: int) -> int | None:
        """Return the address of a glyph's font, which identifies it."""
        drawn = self.find_object(number)
        font: int | None = raw_calls.FPDFTextObj_GetFont(c_void_p(drawn)) if drawn else None
        return font

    def rotate_box(self, box: Box) -> Box:
        """Return a box of the page's own points, y upwards, in the points of the glyphs' boxes."""
        return self._rotate(*box)

    def find_object(self, number: int) -> int | None:
        """Return the address of the text object that a glyph belongs to."""
        address: int | None = raw_calls.FPDFText_GetTextObject(self.handle, number)
        return address

    def is_unmapped(self, number: int) -> bool:
        """Return whether the font does not say which character a glyph is."""
        return bool(raw_calls.FPDFText_HasUnicodeMapError(self.handle, number) == 1)

    def has_guessed_spaces(self, first: int, end: int) -> bool:
        """Return whether pdfium made up spaces between the glyphs from `first` up to `end`, where none is drawn."""
        space = first - 1
        for _ in range(SAMPLED_SPACES):
            space = self.text.find(" ", space + 1, end)
            if space < 0:
                return False
            if raw_calls.FPDFText_IsGenerated(self.handle, space) == 1:
                return True
        return False

"""Makes words of the glyphs of a PDF page, even where letters are widely spaced or a font lacks their characters."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from math import cos, hypot, sin
from statistics import median

from worker.reading.clean_text import PLAIN_HYPHENS
from worker.reading.layout.runs import Word
from worker.reading.pdf.drawings import Box
from worker.reading.pdf.letters.glyphs import LIGATURE_SHIFT, TOKEN, Glyphs, GlyphSpan
from worker.reading.pdf.structure import GlyphNames

LINE = re.compile(r"[^\r\n]+")
# A soft hyphen that is drawn is seen: some fonts have one code for both hyphens.
DRAWN_HYPHENS = str.maketrans("\x02\ufffe\xad", "---") | PLAIN_HYPHENS
UNKNOWN = re.compile("[\x00-\x1f\x7f-\x9f\ufffe]")
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
# Of fonts of TeX that have neither names nor a map: in the order of the encoding OT1, and in that of T1.
TEX_LIGATURES = {
    code + shift: letters
    for code, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl"), 11)
    for shift in (0, LIGATURE_SHIFT)
}
MAX_ICON_GLYPHS = 2
MAX_LIGATURE_LETTERS = 3
MAX_PIECED_SHARE = 0.25  # of the tokens; where more are drawn in pieces, so is each letter

# In heights of the text.
MIN_TRACKING, MAX_TRACKING = 0.04, 0.6
MIN_TRACKED_GLYPHS = 3
WORD_GAP = 0.15
LETTER_GAP = 0.3  # in widths of a letter: between words of a narrow face
UPRIGHT = 1.5
ASCENT = 0.8
MIN_LETTER_WIDTH = 0.13


def read_words(glyphs: Glyphs, text: str, names: Callable[[], GlyphNames]) -> Iterator[Word]:
    """Yield the words of a page as they were drawn; a line that runs upwards or downwards is one word.

    `text` is that of the glyphs with spaces in place of what is to be left out; `names` returns for each font the names
    of its codes and is asked only when a glyph's character is not known.
    """
    turned: list[Word] = []
    pieced = _find_pieced(glyphs)
    for line in LINE.finditer(text):
        for first, end in _find_spans(glyphs, text, line.span(), pieced):
            word = text[first:end]
            if end - first <= MAX_ICON_GLYPHS or not (word.isascii() and word.isprintable()):
                word = _spell(glyphs, word, (first, end), names)
            if " " in word:
                word = word.replace(" ", "")
            x0, y0, x1, y1 = _place(glyphs, first, end)
            placed = Word(word, x0, y0, x1, y1, glyph=first)
            if turned and not _goes_on(turned[-1], placed):
                yield _join_turned(turned)
                turned = []
            if turned or _is_turned(glyphs, (first, end), (x0, y0, x1, y1)):
                turned.append(placed)
            elif word and not is_crammed(word, x1 - x0, y1 - y0):
                yield placed
    if turned:
        yield _join_turned(turned)


def _find_spans(glyphs: Glyphs, text: str, line: GlyphSpan, pieced: Collection[GlyphSpan]) -> list[GlyphSpan]:
    """Return the first glyph of each word of a line, and the one after its last."""
    spans = [match.span() for match in TOKEN.finditer(text, *line)]
    if spans and glyphs.has_guessed_spaces(*line):
        return list(_divide(glyphs, spans))
    if pieced:
        return [part for span in spans for part in (_divide(glyphs, [span]) if span in pieced else [span])]
    return spans


def _find_pieced(glyphs: Glyphs) -> frozenset[GlyphSpan]:
    """Return the tokens that several text objects draw: pdfium may have overlooked a narrow space between these."""
    pieced = frozenset(
        (first, end)
        for first, end in glyphs.tokens
        if end - first > MAX_ICON_GLYPHS and glyphs.find_object(first) != glyphs.find_object(end - 1)
    )
    return pieced if len(pieced) <= MAX_PIECED_SHARE * len(glyphs.tokens) else frozenset()


def _is_turned(glyphs: Glyphs, span: GlyphSpan, box: Box) -> bool:
    """Return whether a word runs upwards or downwards; an icon may be as high and narrow, but is one glyph."""
    first, end = span
    x0, y0, x1, y1 = box
    if end - first <= MAX_ICON_GLYPHS or y1 - y0 <= UPRIGHT * (x1 - x0):
        return False
    (x, y), (end_x, end_y) = glyphs.find_origin(first), glyphs.find_origin(end - 1)
    return abs(end_y - y) > abs(end_x - x)


def _goes_on(before: Word, word: Word) -> bool:
    """Return whether a word stands a space away in the same line, which runs upwards or downwards."""
    size = before.x1 - before.x0
    aside = max(abs(word.x0 - before.x0), abs(word.x1 - before.x1))
    return 2 * aside < size and max(word.y0 - before.y1, before.y0 - word.y1) < size


def _join_turned(words: Sequence[Word]) -> Word:
    """Return the words of a line that runs upwards or downwards as one."""
    x0, x1 = min(word.x0 for word in words), max(word.x1 for word in words)
    y0, y1 = min(word.y0 for word in words), max(word.y1 for word in words)
    return Word(" ".join(word.text for word in words), x0, y0, x1, y1, glyph=words[0].glyph, turned=True)


def is_crammed(text: str, width: float, height: float) -> bool:
    """Return whether letters are too close to be letters: an icon, one glyph that its font maps to a word."""
    return len(text) > MAX_LIGATURE_LETTERS and width < MIN_LETTER_WIDTH * height * len(text)


def _divide(glyphs: Glyphs, spans: Sequence[GlyphSpan]) -> Iterator[GlyphSpan]:
    """Divide a line into words by the gaps between its glyphs, where no space is drawn.

    pdfium takes wide letter-spacing for spaces and overlooks narrow spaces.
    """
    numbers = [number for span in spans for number in range(*span)]
    starts = {first for first, _ in spans}
    gaps, word_gap = _measure_gaps(glyphs, numbers)
    usual = median([gap for gap, number in zip(gaps, numbers[1:], strict=True) if number not in starts] or gaps or [0])
    tracked = MIN_TRACKING < usual < MAX_TRACKING and len(numbers) >= MIN_TRACKED_GLYPHS
    first = numbers[0]
    for gap, (before, number) in zip(gaps, pairwise(numbers), strict=True):
        if gap > word_gap + (usual if tracked else 0) or (number in starts and not tracked):
            yield first, before + 1
            first = number
    yield first, numbers[-1] + 1


def _measure_gaps(glyphs: Glyphs, numbers: Sequence[int]) -> tuple[list[float], float]:
    """Return the gaps between glyphs, and the narrowest that parts words, in heights of the text."""
    boxes = [glyphs.find_box(number, number) for number in numbers]
    height = median(y1 - y0 for _, y0, _, y1 in boxes) or 1.0
    width = median(x1 - x0 for x0, _, x1, _ in boxes)
    gaps = [(after[0] - before[2]) / height for before, after in pairwise(boxes)]
    return gaps, min(WORD_GAP, LETTER_GAP * width / height)


def _spell(glyphs: Glyphs, word: str, span: GlyphSpan, names: Callable[[], GlyphNames]) -> str:
    """Return the word that glyphs write: hyphens plain, ligatures as letters, icons left out."""
    first, end = span
    numbers = range(first, end)
    if (end - first <= MAX_ICON_GLYPHS and any(map(glyphs.is_unmapped, numbers))) or UNKNOWN.search(word):
        word = "".join(_spell_glyph(glyphs, number, names) for number in numbers)
    if not word.isascii():
        word = PRIVATE_USE.sub("", word).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return word.translate(DRAWN_HYPHENS)


def _spell_glyph(glyphs: Glyphs, number: int, names: Callable[[], GlyphNames]) -> str:
    """Return what a glyph stands for when its font says so only by a name such as `f_i`: a ligature or an icon."""
    character = glyphs.read_glyph(number)
    if not glyphs.is_unmapped(number):
        return character
    font = names().get(glyphs.find_font(number))
    if font is None:
        return character if character.isprintable() else TEX_LIGATURES.get(ord(character), "")
    letters = font.get(ord(character), "icon").split("_")
    return "".join(letters) if all(len(letter) == 1 for letter in letters) else ""


def _straighten(glyphs: Glyphs, first: int, last: int, slant: float) -> Box:
    """Return the box of a word on a slanted line once the line is rotated level about the page's centre."""
    cosine, sine = cos(slant), sin(slant)
    (x, y), (end_x, end_y) = (glyphs.find_origin(number) for number in (first, last))
    across, down = x - glyphs.width / 2, y - glyphs.height / 2
    left = glyphs.width / 2 + across * cosine + down * sine
    baseline = glyphs.height / 2 + down * cosine - across * sine
    x0, y0, x1, y1 = glyphs.find_box(last, last)  # around a rotated box, as wide and high as that rotated back
    width = ((x1 - x0) * cosine - (y1 - y0) * abs(sine)) / cos(2 * slant)
    height = ((y1 - y0) * cosine - (x1 - x0) * abs(sine)) / cos(2 * slant)
    return left, baseline - ASCENT * height, left + hypot(end_x - x, end_y - y) + max(0.0, width), baseline


def _place(glyphs: Glyphs, first: int, end: int) -> Box:
    """Return a word's box down to its baseline, or all of it if the word runs upwards or downwards."""
    if glyphs.is_slanted and (slant := glyphs.find_slant(first)):
        return _straighten(glyphs, first, end - 1, slant)
    box = glyphs.find_box(first, end - 1)
    return box if _is_turned(glyphs, (first, end), box) else (*box[:3], glyphs.find_baseline(first))

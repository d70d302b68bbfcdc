"""Finds the glyphs that the font maps to no character or to a wrong one.

Such text is garbage to a program though it looks perfect, so that only optical recognition can read it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from math import hypot
from string import ascii_lowercase

from worker.reading.clean_text import keep_letters
from worker.reading.pdf.letters.glyphs import Glyphs, GlyphSpan

SAMPLED_TOKENS = 64  # of a font
MIN_GLYPHS = 12  # fewer are icons or a bullet
UNMAPPED_SHARE = 0.3  # of a font's glyphs
MAX_ICON_SIGNS = 2  # different signs
PRIVATE_USE = re.compile("[\ue000-\uf8ff]{3,}")
# Small words of English, Spanish and French.
PROSE_WORDS = re.compile(r"\b(?:a|and|at|by|de|for|from|in|of|on|the|to|with)\b")
LETTERS_A_PROSE_WORD = 400  # at most, in prose as in lists
MIN_PROSE_WORDS = 2  # different ones
MIN_TEXT_LETTERS = 400  # fewer may be nothing but places, or names of tools
# How often each letter, a to z, stands in résumés, in thousandths: measured on 1,900 pages, some in other languages.
USUAL_LETTERS = (85, 13, 42, 42, 114, 17, 25, 22, 78, 5, 8, 43, 30, 79, 70, 32, 3, 65, 71, 80, 28, 14, 12, 4, 15, 2)
# The cosine between that and the letters of a text: .86 or more for 600 letters of those pages, .79 or less where
# letters were swapped at random, except one time in a hundred.
MIN_LIKENESS = 0.82
MIXED_LIKENESS = 0.93  # less may be a font of garbage beside one that is right
MIN_LETTERS_AND_DIGITS = 0.5  # of the glyphs
LATIN_END, IDEOGRAPHS_START = "\u024f", "\u3400"
MAX_ALPHABET_LETTERS = 100  # writing in ideographs or syllables has more in a few lines


def _is_prose(text: str) -> bool:
    """Return whether a text has as many small words as prose has, and so is not garbled."""
    found = PROSE_WORDS.findall(text)
    return len(found) * LETTERS_A_PROSE_WORD >= len(text) and len(set(found)) >= MIN_PROSE_WORDS


def _measure_likeness(letters: bytes) -> float:
    """Return how similar the shares of Latin letters are to those in résumés, 0 to 1."""
    counts = [*map(letters.lower().count, ascii_lowercase.encode())]
    product = sum(count * usual for count, usual in zip(counts, USUAL_LETTERS, strict=True))
    return product / (hypot(*counts, 1) * hypot(*USUAL_LETTERS))


def _is_in_odd_script(text: str) -> bool:
    """Return whether most signs of a text are no letters, or letters that no language uses like that."""
    signs = "".join(text.split())
    letters = [sign for sign in signs if sign.isalpha()]
    if sum(map(str.isalnum, signs)) < MIN_LETTERS_AND_DIGITS * len(signs):
        return True
    accented = sum("\x80" <= letter <= LATIN_END for letter in letters)
    ideographs = [letter for letter in letters if letter >= IDEOGRAPHS_START]
    repeated = len(ideographs) >= MIN_TEXT_LETTERS and len(set(ideographs)) < MAX_ALPHABET_LETTERS
    return 2 * accented > len(letters) or repeated


def _is_garbage(text: str) -> bool:
    """Return whether a text is garbage, by the statistics of languages; a short one never is."""
    if len(text) < MIN_TEXT_LETTERS:
        return False
    letters = keep_letters(text)
    if len(letters) < MIN_TEXT_LETTERS:
        return 2 * len(letters) < len(text) and _is_in_odd_script(text)
    return _measure_likeness(letters) < MIN_LIKENESS and not _is_prose(text)


def _group_by_font(glyphs: Glyphs) -> Mapping[int | None, Sequence[GlyphSpan]]:
    """Return the tokens of each font, without icons and bars such as ★★★☆☆; icons may touch words of other fonts."""
    by_font: dict[int | None, list[GlyphSpan]] = {}
    for first, end in glyphs.tokens:
        if len(set(glyphs.text[first:end])) > MAX_ICON_SIGNS:
            by_font.setdefault(glyphs.find_font_object((first + end) // 2), []).append((first, end))
    return by_font


def _join(tokens: Sequence[GlyphSpan], glyphs: Glyphs) -> str:
    return " ".join(glyphs.text[first:end] for first, end in tokens)


def _measure_unmapped(tokens: Sequence[GlyphSpan], glyphs: Glyphs) -> float:
    """Return the share of glyphs of which their font does not say which characters they are."""
    sample = tokens[:: max(1, len(tokens) // SAMPLED_TOKENS)]
    unmapped = sum(glyphs.is_unmapped((first + end) // 2) for first, end in sample)
    return unmapped / max(1, len(sample))


def _is_garbled_font(tokens: Sequence[GlyphSpan], glyphs: Glyphs) -> bool:
    """Return whether a font says too seldom which characters its glyphs are, or says it wrongly."""
    text = _join(tokens, glyphs)
    if _measure_unmapped(tokens, glyphs) >= UNMAPPED_SHARE:
        return not _is_prose(text)  # codes that happen to be characters
    return _is_garbage(text)


def _list_garbled(glyphs: Glyphs) -> Iterator[GlyphSpan]:
    if _is_garbage(glyphs.text):
        yield 0, len(glyphs.text)
        return
    yield from (match.span() for match in PRIVATE_USE.finditer(glyphs.text))
    if _measure_likeness(keep_letters(glyphs.text)) >= MIXED_LIKENESS and not _measure_unmapped(glyphs.tokens, glyphs):
        return
    for tokens in _group_by_font(glyphs).values():
        if _is_garbled_font(tokens, glyphs):
            yield from tokens


def find_garbled(glyphs: Glyphs) -> set[int]:
    """Return the numbers of the garbled glyphs; none if they are few."""
    garbled = set(chain.from_iterable(range(*token) for token in _list_garbled(glyphs)))
    return garbled if len(garbled) >= MIN_GLYPHS else set()

"""Finds the glyphs whose characters cannot be trusted, because the font does not say, or says it wrongly.

Such text reads as garbage though it looks perfect, so that only optical recognition tells what it says.
"""

import re
from collections.abc import Sequence
from itertools import chain

from worker.reading.clean_text import keep_letters
from worker.reading.pdf.glyphs import Glyphs

SAMPLED_GLYPHS = 64
FEWEST_GLYPHS = 12  # fewer are icons or a bullet
UNMAPPED_SHARE = 0.3  # of a font's glyphs
LONGEST_ICON = 2  # glyphs
PRIVATE_USE = re.compile("[\ue000-\uf8ff]{3,}")
SMALL_WORDS = re.compile(r"\b(?:a|and|at|by|de|for|from|in|of|on|the|to|with)\b")
LETTERS_A_SMALL_WORD = 400  # at most, in prose as in lists
FEWEST_LETTERS = 200
VOWELS = b"aeiouyAEIOUY"
FEWEST_VOWELS, MOST_VOWELS = 0.22, 0.6  # of the letters, in any language that is written in Latin ones


def _is_prose(text: str) -> bool:
    """Return whether a text has as many small words as prose has, and so means what it says."""
    return len(SMALL_WORDS.findall(text)) * LETTERS_A_SMALL_WORD >= len(text)


def _has_odd_letters(text: str) -> bool:
    letters = keep_letters(text)
    vowels = len(letters) - len(letters.translate(None, VOWELS))
    usual = FEWEST_VOWELS * len(letters) <= vowels <= MOST_VOWELS * len(letters)
    return len(letters) >= FEWEST_LETTERS and not usual and not _is_prose(text)


def _find_unmapped(glyphs: Glyphs) -> set[int]:
    """Return the glyphs of the fonts that leave out of many of theirs which characters they are."""
    starts = [start for start, end in glyphs.tokens if end - start > LONGEST_ICON and not glyphs.text[start].isspace()]
    sample = starts[:: max(1, len(starts) // SAMPLED_GLYPHS)]
    if not any(map(glyphs.is_unmapped, sample)):
        return set()
    by_font: dict[int | None, list[int]] = {}
    for number in chain.from_iterable(range(*token) for token in glyphs.tokens):
        if glyphs.text[number].isspace():  # a code at which fonts keep ligatures and icons
            continue
        by_font.setdefault(glyphs.find_font_object(number), []).append(number)
    fonts = (numbers for numbers in by_font.values() if _are_unmapped(numbers, glyphs))
    return set(chain.from_iterable(fonts))


def _are_unmapped(numbers: Sequence[int], glyphs: Glyphs) -> bool:
    return sum(map(glyphs.is_unmapped, numbers)) >= UNMAPPED_SHARE * len(numbers)


def find_untrusted(glyphs: Glyphs) -> set[int]:
    """Return the numbers of the glyphs whose characters are not to be trusted; none if they are few."""
    unmapped = _find_unmapped(glyphs)
    if unmapped and _is_prose(glyphs.pick(unmapped)):  # codes that happen to be characters
        unmapped = set()
    private = chain.from_iterable(range(*match.span()) for match in PRIVATE_USE.finditer(glyphs.text))
    untrusted = unmapped.union(private)
    if not untrusted and _has_odd_letters(glyphs.text):
        untrusted = set(range(len(glyphs.text)))
    return untrusted if len(untrusted) >= FEWEST_GLYPHS else set()

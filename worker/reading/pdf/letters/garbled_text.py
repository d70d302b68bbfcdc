"""Finds the glyphs that the font maps to no character or to a wrong one.

Such text is garbage to a program though it looks perfect, so that only optical recognition can read it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from math import hypot
from string import ascii_lowercase

from worker.reading.clean_text import keep_letters
from worker.reading.pdf.letters.glyphs import Glyphs, GlyphSpan

SAMPLED_TOKENS = 64  # of a font
MIN_GLYPHS = 12  # fewer are icons or a bullet
UNMAPPED_SHARE = 0.3  # of a font's glyphs
MAX_ICON_SIGNS = 2  # different signs
LINE = re.compile(r"[^\r\n]+")
PRIVATE_USE = re.compile("[\ue000-\uf8ff]{3,}")
NO_CHARACTER = "\ufffd"  # what a font says of a glyph when its maker did not know the character
# Small words of English, Spanish and French.
PROSE_WORDS = re.compile(r"\b(?:a|and|at|by|de|for|from|in|of|on|the|to|with)\b")
LETTERS_A_PROSE_WORD = 400  # at most, in prose as in lists
MIN_PROSE_WORDS = 2  # different ones
# How often each letter, a to z, stands in résumés, in thousandths: measured on 1,900 pages, some in other languages.
USUAL_LETTERS = (85, 13, 42, 42, 114, 17, 25, 22, 78, 5, 8, 43, 30, 79, 70, 32, 3, 65, 71, 80, 28, 14, 12, 4, 15, 2)
# The cosine between that and the letters of a text: .86 or more for 600 letters of those pages, .79 or less where
# letters were swapped at random, except one time in a hundred.
MIN_LIKENESS = 0.82
MIN_TEXT_LETTERS = 400  # fewer may be nothing but places, or names of tools
# The 200 pairs of letters that most often stand together in résumés. On 170 fonts whose résumés were not counted, .73
# or more of the pairs were of these, down to names of tools and places; where letters were swapped at random, or each
# moved along the alphabet, .45 or less in 19 of 20, and .26 in half. Lists of acronyms have .43 or more.
USUAL_PAIRS = frozenset(
    tuple(pair)
    for pair in b"""
ab ac ad ag ai al am an ap ar as at au av ay ba be bi bl bo bu ca ce ch ci ck cl co cr ct cu da de di do du ea
eb ec ed ee ef eg el em en ep er es et eu ev ex fe fi fo fr fu ge gi gn go gr gu ha he hi hn ho ht ia ib ic id
ie if ig il im in io ip is it iv iz ja je jo ke ki la le li ll lo ls lt lu ly ma me mi mm mo mp na nc nd ne nf
ng ni no ns nt nu oc od oe of og oh ol om on oo op or os ot ou ov ow pa pe ph pi pl po pp pr ps pt pu qu ra rc
rd re ri rk rm rn ro rs rt rv ry sa sc se sh si so sp ss st su ta te th ti to tr ts tt tu tw ty ua ub uc ue ug
ui ul um un up ur us ut va ve vi wa we wi wo
""".split()
)
MIN_USUAL_SHARE = 0.4
MIN_PAIRS = 40
MIN_WORDS_SHARE = 0.6
SAMPLED_LETTERS = 300
PAIR = re.compile(rb"[a-z](?=[a-z])")
TO_SMALL_LETTERS = bytes(code if chr(code) in ascii_lowercase else 32 for code in bytes(range(256)).lower())
MIN_SIGNS = 60  # fewer of no script may be signs
MIN_LETTERS_AND_DIGITS = 0.5  # of the glyphs
REPEATED = re.compile(r"([-_.=*~\u00b7\u2014\u2022])\1{3,}")  # rules, and dots that lead to a date
LATIN_END, IDEOGRAPHS_START = "\u024f", "\u3400"
MIN_IDEOGRAPHS = 100
MAX_ALPHABET_LETTERS = 100  # letters; writing in ideographs or syllables has more in a few lines
LETTERS_A_DIFFERENT_ONE = 3  # writing in ideographs has fewer, in as few lines


def _is_prose(text: str) -> bool:
    """Return whether a text has as many small words as prose has, and so is not garbled."""
    found = PROSE_WORDS.findall(text)
    return len(found) * LETTERS_A_PROSE_WORD >= len(text) and len(set(found)) >= MIN_PROSE_WORDS


def _measure_likeness(letters: bytes) -> float:
    """Return how similar the shares of Latin letters are to those in résumés, 0 to 1."""
    counts = [*map(letters.lower().count, ascii_lowercase.encode())]
    product = sum(count * usual for count, usual in zip(counts, USUAL_LETTERS, strict=True))
    return product / (hypot(*counts, 1) * hypot(*USUAL_LETTERS))


def _has_unusual_letters(text: str) -> bool:
    """Return whether a long text has other Latin letters than texts have."""
    letters = keep_letters(text)
    return len(letters) >= MIN_TEXT_LETTERS and _measure_likeness(letters) < MIN_LIKENESS


def _count_pairs(text: str) -> tuple[int, int]:
    """Return how many pairs of Latin letters a text has, and how many of them are usual."""
    letters = text[:SAMPLED_LETTERS].encode("ascii", "replace").translate(TO_SMALL_LETTERS)
    return len(PAIR.findall(letters)), sum(map(USUAL_PAIRS.__contains__, pairwise(letters)))


def _has_unusual_pairs(text: str) -> bool:
    """Return whether Latin letters stand together that hardly ever do in words; not if there are few of them."""
    pairs, usual = _count_pairs(text)
    return pairs >= MIN_PAIRS and usual < MIN_USUAL_SHARE * pairs


def _are_words(text: str) -> bool:
    """Return whether most Latin letters stand together as they do in words, few as they may be."""
    pairs, usual = _count_pairs(text)
    return pairs > 0 and usual >= MIN_WORDS_SHARE * pairs


def _is_in_odd_script(text: str) -> bool:
    """Return whether most signs of a text are no letters, or letters that no language uses like that."""
    if 2 * len(keep_letters(text)) >= len(text):
        return False
    signs = "".join(REPEATED.sub("", text).split())
    if len(signs) < MIN_SIGNS or 2 * len(keep_letters(signs)) >= len(signs):
        return False
    letters = [sign for sign in signs if sign.isalpha()]
    if sum(map(str.isalnum, signs)) < MIN_LETTERS_AND_DIGITS * len(signs):
        return True
    accented = sum("\x80" <= letter <= LATIN_END for letter in letters)
    return 2 * accented > len(letters) or _are_codes([letter for letter in letters if letter >= IDEOGRAPHS_START])


def _are_codes(ideographs: Sequence[str]) -> bool:
    """Return whether ideographs are as few different ones as the letters of an alphabet are."""
    most = min(MAX_ALPHABET_LETTERS, len(ideographs) // LETTERS_A_DIFFERENT_ONE)
    return len(ideographs) >= MIN_IDEOGRAPHS and len(set(ideographs)) < most


def _is_garbage(text: str) -> bool:
    """Return whether a text is garbage, by the statistics of languages; a few words never are."""
    if _has_unusual_letters(text) or _has_unusual_pairs(text):
        return not _is_prose(text)
    return _is_in_odd_script(text)


def _has_garbage(glyphs: Glyphs) -> bool:
    """Return whether the lines in any of the fonts are garbage, each line taken for one in the font of its middle."""
    by_font: dict[int | None, list[str]] = {}
    for line in LINE.finditer(glyphs.text):
        by_font.setdefault(glyphs.find_font_object(sum(line.span()) // 2), []).append(line[0])
    return any(_is_garbage("\n".join(lines)) for lines in by_font.values())


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


def _find_garbled_fonts(glyphs: Glyphs) -> set[int | None]:
    """Return the fonts that say too seldom which characters their glyphs are, or say it wrongly."""
    fonts = _group_by_font(glyphs)
    texts = {font: _join(tokens, glyphs) for font, tokens in fonts.items()}
    unmapped = {font for font, tokens in fonts.items() if _measure_unmapped(tokens, glyphs) >= UNMAPPED_SHARE}
    prose = {font for font in unmapped if _is_prose(texts[font])}  # codes that happen to be characters
    # So are those of the other fonts of such a page, as TeX makes them, if they are words.
    words = {font for font in unmapped if prose and _are_words(texts[font])}
    garbage = {font for font in texts.keys() - unmapped if _is_garbage(texts[font])}
    return garbage | (unmapped - prose - words)


def _list_garbled(glyphs: Glyphs) -> Iterator[GlyphSpan]:
    if _is_garbage(glyphs.text):
        yield 0, len(glyphs.text)
        return
    yield from (match.span() for match in PRIVATE_USE.finditer(glyphs.text))
    if NO_CHARACTER in glyphs.text:
        incomplete = [token for token in glyphs.tokens if NO_CHARACTER in glyphs.text[slice(*token)]]
        yield from glyphs.tokens if len(incomplete) >= UNMAPPED_SHARE * len(glyphs.tokens) else incomplete
    if not _has_garbage(glyphs) and not _measure_unmapped(glyphs.tokens, glyphs):
        return
    if garbled := _find_garbled_fonts(glyphs):
        yield from (token for token in glyphs.tokens if glyphs.find_font_object(sum(token) // 2) in garbled)


def find_garbled(glyphs: Glyphs) -> set[int]:
    """Return the numbers of the garbled glyphs; none if they are few."""
    garbled = set(chain.from_iterable(range(*token) for token in _list_garbled(glyphs)))
    return garbled if len(garbled) >= MIN_GLYPHS else set()

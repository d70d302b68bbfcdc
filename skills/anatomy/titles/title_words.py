"""The words that job titles are made of, and a line as the known phrases in it. Known without spaCy."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import compress, pairwise
from typing import NamedTuple

from pydantic.dataclasses import dataclass

from skills.anatomy.date_words import load_dates
from skills.errors import KnowledgeError
from skills.text.tokens import HYPHENS, split_places
from skills.toml_files import DATA, STRICT, read_toml

# Signs of the shape: L level, E level or trade, F field, G vague word, K technology, T trade, C whole title, N number,
# M mode of employment, U unknown word with a capital, w without, D month or year, o a link such as “of”, @ “at”,
# - a dash or slash between spaces; other signs stand for themselves.
TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+)|(?P<digits>\d+)|\s+(?P<dash>[-\u2010-\u2015\u2212]+|/(?=\s))\s+"
    rf"|(?P<gap>[^\S\n]*\t[^\S\n]*|[^\S\n]{{3,}})|(?<=\w)[{HYPHENS}](?= ?[a-z]|\w)|(?P<sign>\S)"
)
# What parts words by more than a space: a dash, or a gap as between columns.
WIDE = {"dash": "-", "gap": "|"}
LINKS = {"at": "@", "and": "&"}
SIGNS = {"\u2013": "-", "\u2014": "-", "\u00b7": "|", "\u2022": "|", ";": "|", "[": "(", "]": ")", "{": "|", "}": "|"}
NUMBERS = frozenset({"i", "ii", "iii", "iv", "v", "1", "2", "3", "4", "5"})

# Of words that stand before a trade, those that are never names: “Ruby” may be one.
FIELD_OR_LEVEL_SIGNS, BESIDE_TRADE_SIGNS = frozenset("FGL"), frozenset("FGLMK")
YEAR_DIGITS = 4
# What a word in small letters goes on that is part of a name: “E-commerce”.
COMPOUND = re.compile(rf"(?<!\w)[A-Z]\w*[{HYPHENS}]$")
MAX_COMPOUND_CHARACTERS = 20

LETTERS = re.compile(r"[^\W\d_]+")
LETTERS_APART = re.compile(f"({LETTERS.pattern})")


@dataclass(frozen=True, slots=True, config=STRICT)
class Trade:
    """The words of a trade, the fields that they alone say, and whether it `builds` with a technology before it.

    Beside one of the fields of `yields_to` the trade says none: a “Machine Learning Developer” is of machine learning.
    """

    words: tuple[str, ...]
    fields: tuple[str, ...] = ()
    yields_to: frozenset[str] = frozenset()
    builds: bool = False


@dataclass(frozen=True, slots=True, config=STRICT)
class JobTitlesFile:
    """The schema of `data/job-titles.toml`."""

    wished: tuple[str, ...]
    others: frozenset[str]
    supervised: tuple[str, ...]
    promoted: tuple[str, ...]
    articles: frozenset[str]
    certified_before: frozenset[str]
    certified_behind: frozenset[str]
    outweighing: frozenset[str]
    outweighing_behind: frozenset[str]
    workplaces: frozenset[str]
    firm_ends: frozenset[str]
    firm_openings: frozenset[str]
    products: frozenset[str]
    machines: frozenset[str]
    abbreviations: frozenset[str]
    technologies: tuple[str, ...]
    small: frozenset[str]
    modes: tuple[str, ...]
    links: tuple[str, ...]
    vague: tuple[str, ...]
    levels: dict[str, tuple[str, ...]]
    trades_or_levels: dict[str, tuple[str, ...]]
    trades: dict[str, Trade]
    whole: dict[str, tuple[str, ...]]
    fields: dict[str, tuple[str, ...]]


# A word or sign in lower case, and its place.
Token = tuple[str, int, int]


class Word(NamedTuple):
    """What a phrase of the grammar says, and its sign in the shape."""

    sign: str
    level: str = ""
    field: str = ""
    trade: str = ""


class Piece(NamedTuple):
    """A phrase, unknown word or sign where it stands."""

    start: int
    end: int
    word: Word


@cache
def load_job_titles() -> JobTitlesFile:
    """Return the words of job titles."""
    return read_toml(DATA / "job-titles.toml", JobTitlesFile)


def _split(text: str, start: int, end: int) -> list[Token]:
    """Return the words and signs of a part of a text in lower case, with their places.

    A hyphen within a word is no sign of its own, nor is the dot of an abbreviation.
    """
    tokens, abbreviations = list[Token](), load_job_titles().abbreviations
    for match in TOKEN.finditer(text, start, end):
        kind = match.lastgroup
        said = WIDE.get(kind or "") or match[0].lower()
        if kind and not (said == "." and tokens and tokens[-1][0] in abbreviations):
            tokens.append((said, *match.span(kind)))
    return tokens


def _list_words(titles: JobTitlesFile) -> Iterator[tuple[str, Word]]:
    yield from ((word, Word("L", level=level)) for level, words in titles.levels.items() for word in words)
    yield from ((word, Word("F", field=field)) for field, words in titles.fields.items() for word in words)
    yield from ((word, Word("M")) for word in titles.modes)
    yield from ((word, Word("G")) for word in titles.vague)
    yield from ((word, Word("o")) for word in titles.links)
    yield from ((word, Word("K")) for word in titles.technologies)
    yield from ((word, Word("T", trade=trade)) for trade, kind in titles.trades.items() for word in kind.words)
    for level, words in titles.trades_or_levels.items():
        yield from ((word, Word("E", level=level, trade=word)) for word in words)
    for name, words in titles.whole.items():
        field, trade = name.split()
        yield from ((word, Word("C", field=field, trade=trade)) for word in words)


@cache
def _index_words() -> dict[str, Word | None]:
    """Return what each phrase says, by its words with one space between; None for the beginnings of phrases."""
    known: dict[str, Word | None] = {}
    for phrase, word in _list_words(load_job_titles()):
        form = " ".join(part for part, _, _ in _split(phrase, 0, len(phrase)))
        if form in known:
            raise KnowledgeError(f"job-titles.toml: {phrase!r} stands in two places. Take one of them out.")
        known[form] = word
    for form in list(known):
        parts = form.split()
        for count in range(1, len(parts)):
            known.setdefault(" ".join(parts[:count]), None)
    return known


@cache
def _list_trade_words() -> frozenset[str]:
    """Return the words without which a line holds no title: the last of each trade."""
    return frozenset(
        LETTERS.findall(phrase)[-1] for phrase, word in _index_words().items() if word and word.sign in "TEC"
    )


def find_trade_words(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where the words stand without which a line holds no title."""
    known = _list_trade_words()
    words, starts, _ = split_places(LETTERS_APART, text[start:end], start)
    return compress(starts, map(known.__contains__, map(str.lower, words)))


@cache
def _list_signs() -> dict[str, str]:
    """Return the sign of each word and character that is in no phrase and has one of its own."""
    months = (name for names in load_dates().months.values() for name in names)
    return SIGNS | dict.fromkeys(months, "D") | dict.fromkeys(NUMBERS, "N") | LINKS


@cache
def _list_small_words() -> frozenset[str]:
    titles = load_job_titles()
    return titles.small | titles.others | titles.articles | set(titles.wished)


def _sign_unknown(text: str, said: str, start: int) -> str:
    if said[0].isdecimal() and text[start + len(said) : start + len(said) + 1].isalpha():
        return "U"  # of a name: “4U Labs”
    if sign := _list_signs().get(said):
        return sign
    if not said[0].isalnum():
        return said
    if said.isdecimal() and len(said) == YEAR_DIGITS:
        return "D"
    if text[start].isupper():
        return "w" if said in _list_small_words() else "U"
    joined = text[start - 1] in HYPHENS
    return "U" if joined and COMPOUND.search(text, max(0, start - MAX_COMPOUND_CHARACTERS), start) else "w"


@lru_cache
def _make_word(sign: str) -> Word:
    return Word(sign)


def _find_longest(tokens: list[Token], first: int) -> tuple[int, Word | None]:
    """Return the end and meaning of the longest phrase that begins with a token."""
    known, form, last = _index_words(), tokens[first][0], first + 1
    found: tuple[int, Word | None] = last, None
    while form in known:
        word = known[form]
        found = (last, word) if word else found
        if last == len(tokens):
            break
        form = f"{form} {tokens[last][0]}"
        last += 1
    return found


def _join_broken(tokens: Sequence[Token], text: str) -> list[Token]:
    """Return words and signs without the hyphen of a known phrase that a space follows: “Front- End”."""
    known, joined = _index_words(), list(tokens[:1])
    for token, behind in pairwise(tokens[1:]):
        said, start, end = token
        broken = said in HYPHENS and joined[-1][2] == start and text[end] == " "
        if not (broken and f"{joined[-1][0]} {behind[0]}" in known):
            joined.append(token)
    return [*joined, *tokens[1:][-1:]]


def read_pieces(text: str, start: int, end: int) -> list[Piece]:
    """Return the pieces of a part of a text, each the longest known phrase from its place."""
    known, pieces, first = _index_words(), list[Piece](), 0
    tokens = _join_broken(_split(text, start, end), text)
    while first < len(tokens):
        said, place, _ = tokens[first]
        last, word = _find_longest(tokens, first) if said in known else (first + 1, None)
        pieces.append(Piece(place, tokens[last - 1][2], word or _make_word(_sign_unknown(text, said, place))))
        first = last
    return pieces


def names_field(text: str) -> bool:
    """Return whether a text of several words is all levels and fields of work: “Data Analysis”, “Senior Java”."""
    signs = {piece.word.sign for piece in read_pieces(text, 0, len(text))} if " " in text else set()
    return bool(signs & FIELD_OR_LEVEL_SIGNS) and signs <= BESIDE_TRADE_SIGNS

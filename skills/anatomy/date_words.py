"""The words of dates, and a text as its shape: one sign for each word and number, in which dates are matched."""

import re
from functools import cache
from itertools import accumulate, compress
from typing import Annotated, NamedTuple

from pydantic import Field
from pydantic.dataclasses import dataclass

from skills.toml_files import DATA, STRICT, read_toml

FIRST_YEAR, LAST_YEAR = 1940, 2049
YEAR_DIGITS, AREA_CODE_DIGITS, DAY_DIGITS = 4, 3, 2

# The shape of a text has one sign for each word and number: M month, P part of a year, Y year, N one or two digits,
# T three, n others, J join, A and, R present, D what may follow it, O onwards, E expected, S since, L label of an end,
# F filler, o link, U unit of time, y and m the year and month of Chinese, h ending of an ordinal, w any other word,
# - a dash, ~ what serves as one, x money, percent or plus. Other signs stand for themselves; those of Markdown are left
# out.
TOKEN = re.compile(
    r"[QqHh][1-4](?![^\W_])|(?:[^\W\d_]\.){2}(?:[^\W\d_]\.?)?(?![^\W_])|[^\W\d_]+|\d+|[^\S\n]+|.", re.DOTALL
)
MARKDOWN = frozenset("*_`")
SIGNS = {
    " ": " ",
    **dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u2501", "-"),
    **dict.fromkeys(
        "~\u223c\uff5e\u301c\u2190\u2192\u27f6\u27a1\u2794\u279d\u279e\u279c\u21d2\u25b8\u25ba\u00bb>=\u2022\u00b7|\u2026",
        "~",
    ),
    **dict.fromkeys("$\u20ac\u00a3%#+", "x"),
    **dict.fromkeys("'\u2019\u2018", "'"),
    **dict.fromkeys("([", "("),
    **dict.fromkeys(")]", ")"),
}
ORDINALS = ("st", "nd", "rd", "th")


@dataclass(frozen=True, slots=True, config=STRICT)
class DatesFile:
    """The schema of `data/dates.toml`."""

    joins: frozenset[str]
    present: frozenset[str]
    fillers: frozenset[str]
    behind_present: frozenset[str]
    onwards: frozenset[str]
    ands: frozenset[str]
    ends: frozenset[str]
    expected: frozenset[str]
    since: frozenset[str]
    links: frozenset[str]
    units: frozenset[str]
    this_month: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
    months: dict[int, tuple[str, ...]]
    parts: dict[int, tuple[str, ...]]


@cache
def load_dates() -> DatesFile:
    """Return the words that dates are written with."""
    return read_toml(DATA / "dates.toml", DatesFile)


@cache
def number_months() -> dict[str, int]:
    """Return the number of the month that each name of a month or part of a year stands for."""
    words = load_dates()
    groups = (*words.months.items(), *words.parts.items())
    return {name: number for number, names in groups for name in names}


@cache
def _list_signs() -> dict[str, str]:
    """Return the sign of each word and character that has one of its own."""
    words = load_dates()
    by_sign = {"U": words.units, "o": words.links, "F": words.fillers, "S": words.since, "J": words.joins}
    by_sign |= {"R": words.present, "D": words.behind_present, "O": words.onwards, "E": words.expected}
    by_sign |= {
        "A": words.ands,
        "L": words.ends,
        "h": frozenset(ORDINALS),
        "y": frozenset("\u5e74"),
        "m": frozenset("\u6708"),
    }
    by_sign |= {"M": frozenset(name for names in words.months.values() for name in names)}
    by_sign |= {"P": frozenset(name for names in words.parts.values() for name in names)}
    return SIGNS | {word: sign for sign, known in by_sign.items() for word in known}


def _sign_number(digits: str) -> str:
    if len(digits) <= DAY_DIGITS:
        return "N"
    if len(digits) == YEAR_DIGITS and FIRST_YEAR <= int(digits) <= LAST_YEAR:
        return "Y"
    return "T" if len(digits) == AREA_CODE_DIGITS else "n"


def _sign(piece: str) -> str:
    """Return the sign, one character, of a piece that is neither known nor letters alone, such as “m²” and “H3”."""
    if piece[0].isdecimal():
        return _sign_number(piece)
    if piece.isspace():
        return "\n" if piece == "\n" else " "
    return piece if len(piece) == 1 else "w"


class Shape(NamedTuple):
    """The shape of a part of a text: sign `signs[i]` stands for `words[i]`, at `text[starts[i]:ends[i]]`."""

    signs: str
    words: list[str]
    starts: list[int]
    ends: list[int]


def write_shape(text: str, start: int, end: int) -> Shape:
    """Return the shape of `text[start:end]`."""
    known, pieces = _list_signs(), TOKEN.findall(text, start, end)
    bounds = list(accumulate(map(len, pieces), initial=start))
    starts, ends = bounds[:-1], bounds[1:]
    if not MARKDOWN.isdisjoint(pieces):
        kept = [piece not in MARKDOWN for piece in pieces]
        pieces, starts, ends = (list(compress(items, kept)) for items in (pieces, starts, ends))
    words = list(map(str.lower, pieces))
    signs = "".join([known.get(word) or ("w" if word.isalpha() else _sign(word)) for word in words])
    return Shape(signs, words, starts, ends)

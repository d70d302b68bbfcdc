"""Tokens: the words, numbers and signs of a text, their compared forms and their places. Needs no spaCy."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate, chain
from typing import NamedTuple

from skills.text.contacts import ADDRESS, may_hold_address

# Hyphens join words as spaces do (`scikit-learn`, `scikit learn`), so they are no tokens of their own. In a character
# class they come first, where the plain one makes no range.
HYPHENS = "-\u00ad\u2010\u2011"

# A run of letters (with its possessive), a run of digits, or one sign. `C++` is C, +, +; `HTML5` is HTML, 5.
TOKEN = re.compile(rf"([^\W\d_]++(?:['\u2019]s(?![^\W\d_]))?|\d++|[^{HYPHENS}\s])")

# No word has two of these endings.
AMERICAN_ENDINGS = {
    **{f"is{ending}": f"iz{ending}" for ending in ("e", "ed", "es", "ing", "er", "ers", "ation", "ations")},
    **{f"ys{ending}": f"yz{ending}" for ending in ("e", "ed", "ing")},
    "our": "or",
    "elling": "eling",
    "elled": "eled",
}
BRITISH_ENDINGS = tuple(AMERICAN_ENDINGS)
MIN_BRITISH_LETTERS = 7  # “advise” and “rise” are spelled so in America, too


def blank_in_line(line: str) -> str:
    """Return a line with spaces in place of addresses."""
    if may_hold_address(line):
        return ADDRESS.sub(lambda address: " " * len(address[0]), line)
    return line


def blank_addresses(text: str) -> str:
    """Return a text with spaces in place of addresses."""
    return "".join(map(blank_in_line, text.splitlines(keepends=True)))


def normalize(word: str) -> str:
    """Return the form in which words are compared: lower case, American spelling, no possessive."""
    word = word.lower().replace("\u2019", "'").removesuffix("'s")
    if len(word) >= MIN_BRITISH_LETTERS and word.endswith(BRITISH_ENDINGS):
        ending = next(filter(word.endswith, BRITISH_ENDINGS))
        word = word.removesuffix(ending) + AMERICAN_ENDINGS[ending]
    return word


@dataclass(frozen=True, slots=True)
class TokenTable:
    """The words, numbers and signs of a text, a row each. White space, hyphens and addresses have no row.

    Row `i` is `words[i]`, which is `text[starts[i]:ends[i]]`, is compared as `norms[i]`, and stands in the sentence
    number `sentences[i]`. In a spaCy doc that has tokens it is the token `positions[i]`.
    """

    text: str = field(repr=False)
    words: list[str] = field(repr=False)
    starts: list[int]
    ends: list[int]
    norms: list[str] = field(repr=False)
    sentences: list[int]
    positions: list[int]

    def row_at(self, offset: int) -> int:
        """Return the first row that starts at or after a character offset."""
        return bisect_left(self.starts, offset)

    def list_rows(self, ranges: Iterable[tuple[int, int]]) -> frozenset[int]:
        """Return the rows that stand in one of the character ranges."""
        rows = (range(self.row_at(start), self.row_at(end)) for start, end in ranges)
        return frozenset(chain.from_iterable(rows))


class Find(NamedTuple):
    """A find in the rows `start` to `end` of a token table: `label` is its id, `object` what a duty is done to."""

    start: int
    end: int
    label: str
    object: str = ""


def split_places(pattern: re.Pattern[str], text: str, offset: int = 0) -> tuple[list[str], list[int], list[int]]:
    """Return all that a pattern of one group matches, and where each starts and ends; faster than its matches.

    `offset` is where the text itself starts.
    """
    parts = pattern.split(text)  # by turns a gap and a match, a gap first and last
    bounds = list(accumulate(map(len, parts), initial=offset))
    return parts[1::2], bounds[1:-1:2], bounds[2:-1:2]


def split_words(phrase: str) -> list[str]:
    """Return the tokens of a phrase without addresses."""
    return TOKEN.findall(phrase)

"""Text cut into tokens that keep their place: the ground on which skills and duties are matched."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from spacy.tokens import Doc
from spacy.vocab import Vocab

# Hyphens join words as spaces do (`scikit-learn`, `scikit learn`), so they are no tokens of their own.
HYPHENS = r"\-\u00ad\u2010\u2011"

# A run of letters (with its possessive), a run of digits, or one sign. `C++` is C, +, +; `HTML5` is HTML, 5.
TOKEN = re.compile(rf"([^\W\d_]+(?:['\u2019]s(?![^\W\d_]))?|\d+|[^\w\s{HYPHENS}]|_)")

# Words inside addresses name nobody's skill: a profile at example.com/julia says nothing about Julia.
# Each part begins where no address does and is bounded (RFC 1035, 5321), so that no text makes the search slow.
ADDRESS = re.compile(
    r"(?:https?:(?:/ ?){1,2}|www\.)\S+"  # fonts that draw `//` as one sign lose half of it
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|org|edu|io|gov|me|dev|in)/\S*",
    re.IGNORECASE,
)

# How the third kind goes on behind its domain.
PATH_START = re.compile(r"\.\w{2,3}/")

SENTENCE_BREAK = re.compile(
    r"[.?!](?=\s+[\"'(]?[A-Z\u2022])"  # the end of a sentence
    r"|;|[\u2022\u25aa\u25cf\u25a0\u25e6\u2023\u27a2\uf0b7](?=\s)"  # an item's bullet
    r"|^[ \t]*[A-Z][\w&/ ]{2,30}:?[ \t]*(?=\n)"  # a short line of its own, such as a heading
    r"|\n(?:\s*\n|(?=[ \t]*[-\u2013*]\s)"
    r"|(?<=[^,\n]\n)(?=[A-Z][^\n]{0,40}:))",  # a line that opens with a label: `Languages: Java`
    re.MULTILINE,
)

# No word has two of these endings.
AMERICAN_ENDINGS = {
    **{f"is{ending}": f"iz{ending}" for ending in ("e", "ed", "es", "ing", "er", "ers", "ation", "ations")},
    **{f"ys{ending}": f"yz{ending}" for ending in ("e", "ed", "ing")},
    "our": "or",
    "elling": "eling",
    "elled": "eled",
}
BRITISH_ENDINGS = tuple(AMERICAN_ENDINGS)

FindSilent = Callable[[str], Iterable[tuple[int, int]]]


@lru_cache(maxsize=50_000)
def normalize(word: str) -> str:
    """Return the form in which words are compared: lower case, American spelling, no possessive."""
    word = word.lower().replace("\u2019", "'").removesuffix("'s")
    if len(word) > len("advise") and word.endswith(BRITISH_ENDINGS):
        ending = next(filter(word.endswith, BRITISH_ENDINGS))
        word = word.removesuffix(ending) + AMERICAN_ENDINGS[ending]
    return word


@dataclass(frozen=True, slots=True)
class Places:
    """Where the tokens of a spaCy doc stand.

    Token `i` is `text[starts[i]:ends[i]]`, is compared as `norms[i]`, and stands in the sentence number `sentences[i]`.
    """

    text: str = field(repr=False)
    starts: list[int]
    ends: list[int]
    norms: list[str] = field(repr=False)
    sentences: list[int]

    def index_at(self, offset: int) -> int:
        """Return the index of the first token that starts at or after a character offset."""
        return bisect_left(self.starts, offset)


class Find(NamedTuple):
    """A skill or duty where it stands, in tokens; `concept` is its id, `goal` what a duty is done to."""

    start: int
    end: int
    concept: str
    goal: str = ""


def split_words(phrase: str) -> list[str]:
    """Return the tokens of a phrase that holds no address."""
    return TOKEN.findall(phrase)


def _blank_addresses(line: str) -> str:
    """Return a line with spaces where it holds an address; few lines do, and a look at its signs is cheaper."""
    if "@" in line or ":/" in line or "www." in line.lower() or PATH_START.search(line):
        return ADDRESS.sub(lambda address: " " * len(address[0]), line)
    return line


def _blank(text: str, places: Iterable[tuple[int, int]]) -> str:
    """Return a text with spaces where it holds an address, and in the places given."""
    blanked = "".join(map(_blank_addresses, text.splitlines(keepends=True)))
    characters = list(blanked)
    for start, end in places:
        characters[start:end] = " " * (end - start)
    return "".join(characters)


def _find_tokens(text: str) -> tuple[list[str], list[int], list[int]]:
    """Return the tokens of a text, and where each starts and ends."""
    parts = TOKEN.split(text)  # by turns a gap and a token, a gap first and last
    bounds = list(accumulate(map(len, parts)))
    return parts[1::2], bounds[:-1:2], bounds[1::2]


class Tokenizer:
    """Makes spaCy docs whose `user_data["places"]` tells where each token stands; white space makes no token.

    A phrase broken over two lines is therefore matched like one on a single line. Addresses make no tokens, nor do the
    character ranges that `find_silent` returns of a text.
    """

    def __init__(self, vocab: Vocab, find_silent: FindSilent = lambda _text: ()) -> None:
        self.vocab = vocab
        self._find_silent = find_silent

    def __call__(self, text: str) -> Doc:
        """Return the doc of a text."""
        said = _blank(text, self._find_silent(text))
        words, starts, ends = _find_tokens(said)
        breaks = {bisect_left(starts, match.end()) for match in SENTENCE_BREAK.finditer(said)} | {0}
        sentences = list[int](accumulate(map(breaks.__contains__, range(len(words)))))
        doc = Doc(self.vocab, words=words)
        doc.user_data["places"] = Places(text, starts, ends, list(map(normalize, words)), sentences)
        return doc

"""Text cut into tokens that keep their place: the ground on which skills and duties are matched."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, chain
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

from skills.text.tokens import ADDRESS, TOKEN, Places, normalize

# Where an address may be: in few lines. How the third kind goes on behind its domain is looked at last.
PATH_START = re.compile(r"\.\w{2,3}/")

BULLETS = "\u2022\u25aa\u25cf\u25a0\u25e6\u2023\u27a2\uf0b7"
# Begins with what is rare, which the search for it then jumps to.
SENTENCE_BREAK = re.compile(
    rf"[.?!;{BULLETS}\n](?:"
    r"(?<=[.?!])(?=\s+[\"'(]?[A-Z\u2022])"  # the end of a sentence
    rf"|(?<=;)|(?<=[{BULLETS}])(?=\s)"  # an item's bullet
    r"|(?<=\n)(?:\s*\n|(?=[ \t]*[-\u2013*]\s)"
    r"|(?<=[^,\n]\n)(?=[A-Z][^\n]{0,40}:)))"  # a line that opens with a label: `Languages: Java`
)
SHORT_LINE = r"[ \t]*[A-Z][\w&/ ]{2,30}:?[ \t]*(?=\n)"  # such as a heading
FIRST_SHORT_LINE, LATER_SHORT_LINE = re.compile(SHORT_LINE), re.compile(rf"\n{SHORT_LINE}")

FindSilent = Callable[[str], Iterable[tuple[int, int]]]


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


def _find_breaks(text: str) -> Iterator[int]:
    """Yield the offsets at which sentences end: those of the text, its items, and short lines of their own."""
    matches = SENTENCE_BREAK.finditer(text), LATER_SHORT_LINE.finditer(text)
    yield from (match.end() for match in chain(*matches))
    if first := FIRST_SHORT_LINE.match(text):
        yield first.end()


class KnownWords(dict[str, tuple[str, Any]]):
    """How each word compares, and the number by which spaCy finds it.

    In a memory zone spaCy drops what it learns, and with it the number: then the word itself stands for it.
    """

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __missing__(self, word: str) -> tuple[str, Any]:
        if self._vocab.in_memory_zone:  # type: ignore[attr-defined] # spaCy's stub leaves it out
            return normalize(word), word
        self[word] = known = normalize(word), self._vocab[word].orth
        return known

    def __repr__(self) -> str:
        """Return how many words are known, which are of people's documents."""
        return f"KnownWords({len(self)})"


class Tokenizer:
    """Makes spaCy docs whose `user_data["places"]` tells where each token stands; white space makes no token.

    A phrase broken over two lines is therefore matched like one on a single line. Addresses make no tokens, nor do the
    character ranges that `find_silent` returns of a text.
    """

    def __init__(self, vocab: Vocab, find_silent: FindSilent = lambda _text: ()) -> None:
        self.vocab = vocab
        self._find_silent = find_silent
        self._known = KnownWords(vocab)

    def __call__(self, text: str) -> Doc:
        """Return the doc of a text."""
        said = _blank(text, self._find_silent(text))
        words, starts, ends = _find_tokens(said)
        breaks = {bisect_left(starts, end) for end in _find_breaks(said)} | {0}
        sentences = list[int](accumulate(map(breaks.__contains__, range(len(words)))))
        known = [self._known[word] for word in words]
        doc = Doc(self.vocab, words=[number for _, number in known])
        doc.user_data["places"] = Places(text, words, starts, ends, [norm for norm, _ in known], sentences)
        return doc

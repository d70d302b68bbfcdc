"""Looking many phrases up in a text at once.

spaCy's PhraseMatcher finds the same, but takes a spaCy doc for each phrase: ten times the time to load.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from skills.errors import KnowledgeError
from skills.inflection import pluralize
from skills.tokens import normalize, split_words

T = TypeVar("T")

CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")
LAST_WORD = re.compile(r"[^\W\d_]+$")

# Shorter words have plurals that are other words: HA, has.
SHORTEST_PLURAL = 3


def spell_variants(phrase: str) -> Iterator[str]:
    """Yield the ways in which a phrase is written: apart, joined, in the plural."""
    apart = phrase.replace("-", " ")
    spellings = {apart, CAMEL_CASE.sub(" ", apart), apart.replace(" ", "")}
    for spelling in spellings:
        yield spelling
        last = LAST_WORD.search(spelling)
        if last and len(last[0]) >= SHORTEST_PLURAL:
            yield spelling[: last.start()] + pluralize(last[0])


def compare_form(phrase: str) -> tuple[str, ...]:
    """Return the normalized words of a phrase."""
    return tuple(normalize(word) for word in split_words(phrase))


class PhraseIndex(Generic[T]):
    """Phrases with what each stands for; one phrase may stand for several things.

    Raises:
        KnowledgeError: a phrase holds no word.
    """

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._meanings: dict[tuple[str, ...], list[T]] = {}
        self._lengths: dict[str, set[int]] = {}
        for phrase, meaning in phrases:
            words = compare_form(phrase)
            if not words:
                raise KnowledgeError(f"the phrase {phrase!r} of {meaning} holds no word")
            self._add(words, meaning)

    def _add(self, words: tuple[str, ...], meaning: T) -> None:
        meanings = self._meanings.setdefault(words, [])
        if meaning not in meanings:
            meanings.append(meaning)
            self._lengths.setdefault(words[0], set()).add(len(words))

    def find(self, norms: Sequence[str]) -> Iterator[tuple[int, int, T]]:
        """Yield first token, end and meaning of every phrase in a text's normalized words, overlapping ones too."""
        lengths, meanings = self._lengths, self._meanings
        for start in [index for index, word in enumerate(norms) if word in lengths]:
            for length in lengths[norms[start]]:
                words = tuple(norms[start : start + length])
                if words in meanings and len(words) == length:
                    for meaning in meanings[words]:
                        yield start, start + length, meaning

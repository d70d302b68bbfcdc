"""Finds many phrases in a text at once.

spaCy's PhraseMatcher finds the same, but takes a spaCy doc for each phrase: ten times the time to load.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from skills.errors import KnowledgeError
from skills.text.inflection import pluralize
from skills.text.spans import Span
from skills.text.tokens import normalize, split_words

T = TypeVar("T")

WORD_END = re.compile(r"\w*")

CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")

# Shorter words have plurals that are other words: HA, has.
MIN_PLURAL_LETTERS = 3


def normalize_phrase(phrase: str) -> str:
    """Return the normalized words of a phrase with one space between them."""
    return " ".join(map(normalize, split_words(phrase)))


def spell_variants(phrase: str) -> Iterator[str]:
    """Yield the compared forms of a phrase: as separate words, as one word, in the plural."""
    apart = phrase.replace("-", " ")
    # A hyphen at the end of a line may be lost with the line's end: “objectoriented design”.
    for spelling in {apart, CAMEL_CASE.sub(" ", apart), apart.replace(" ", ""), phrase.replace("-", "")}:
        words = split_words(spelling) or [""]
        *before, last = map(normalize, words)
        yield " ".join([*before, last])
        if words[-1].isalpha() and len(words[-1]) >= MIN_PLURAL_LETTERS:
            yield " ".join([*before, normalize(pluralize(words[-1]))])


def any_of(phrases: Iterable[str]) -> str:
    """Return a pattern that matches any of the phrases; of two with the same beginning it matches the longer."""
    return "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))


def any_word_of(phrases: Iterable[str]) -> str:
    r"""Return a pattern of any of the phrases where a word begins.

    Each begins with its letter, to which a search jumps; with `\b` in front it would try every place.
    """
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(rf"{re.escape(phrase[0])}(?<!\w.){re.escape(phrase[1:])}" for phrase in longest_first)


def whole_words_of(phrases: Iterable[str]) -> str:
    """Return a pattern of any of the phrases where it is not part of a longer word."""
    return rf"(?<!\w)(?:{any_of(phrases)})(?!\w)"


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def find_whole_words(phrase: str, text: str) -> Iterator[Span]:
    """Yield where a phrase stands in a text and is not part of a longer word; faster than a pattern of it."""
    start = text.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        if not _is_word(text[start - 1 : start]) and not _is_word(text[end : end + 1]):
            yield Span(start, end)
        start = text.find(phrase, start + 1)


def find_words_from(stem: str, text: str, within: Span) -> Iterator[Span]:
    """Yield the words in a part of a text that begin with a stem; faster than a pattern of it."""
    start = text.find(stem, *within)
    while start >= 0:
        end = start + 1
        rest = WORD_END.match(text, start + len(stem), within.end)
        if rest and not _is_word(text[start - 1 : start]):
            end = rest.end()
            yield Span(start, end)
        start = text.find(stem, end, within.end)


class PhraseIndex(Generic[T]):
    """Phrases in their compared forms with their meanings; one phrase may have several meanings.

    Raises:
        KnowledgeError: a phrase holds no word.
    """

    def __init__(self, forms: Iterable[tuple[str, T]], known: Mapping[str, tuple[T, ...]] | None = None) -> None:
        """Add phrases to those of another index, if its `meanings` are given."""
        # What a phrase stands for, and nothing for its beginnings, by which a search goes on.
        self.meanings: dict[str, tuple[T, ...]] = dict(known or {})
        for form, meaning in forms:
            if not form:
                raise KnowledgeError(f"a phrase of {meaning} holds no word")
            others = self.meanings.get(form)
            if others is None:
                self._add_beginnings(form)
            if meaning not in (others or ()):
                self.meanings[form] = (*(others or ()), meaning)

    def _add_beginnings(self, form: str) -> None:
        while (form := form.rpartition(" ")[0]) and form not in self.meanings:
            self.meanings[form] = ()

    def find(self, norms: Sequence[str]) -> Iterator[tuple[int, int, T]]:
        """Yield first token, end and meaning of every phrase in a text's normalized words, overlapping ones too."""
        known, words = self.meanings, [*norms, ""]
        for start, first in enumerate(map(known.get, norms)):
            meanings, form, end = first, words[start], start + 1
            while meanings is not None:
                for meaning in meanings:
                    yield start, end, meaning
                form = f"{form} {words[end]}"
                end += 1
                meanings = known.get(form)


class Phrases:
    """The phrases of several sorts that were found in a text, separated by the type of what they stand for.

    So each sort has a type of its own, if only around a single field.
    """

    def __init__(self, found: Iterable[tuple[int, int, object]]) -> None:
        self._by_type: dict[type, list[tuple[int, int, Any]]] = defaultdict(list)
        for phrase in found:
            self._by_type[type(phrase[2])].append(phrase)

    def of(self, meaning: type[T]) -> list[tuple[int, int, T]]:
        """Return first token, end and meaning of every phrase whose meaning is of a type, in text order."""
        return self._by_type.get(meaning, [])

"""Decides whether a surface with a second meaning names its skill, by letter case and the words around it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from skills.finding.skill.vocabulary import Doubt
from skills.text.phrases import normalize_phrase
from skills.text.tokens import Find, TokenTable

# In a `not_…` phrase, any number.
NUMBER = "<number>"
MAX_PHRASE_WORDS = 8

# Shorter words in capitals are abbreviations of something else.
MIN_CAPITALS = 4


def _pad(words: Iterable[str]) -> str:
    """Return words with one space around each, so that phrases can be looked up in them."""
    return f" {' '.join(words)} "


def _write_out(norms: Sequence[str]) -> Iterator[str]:
    """Yield normalized words padded, as they are and, if there are numbers, with each marked as one."""
    yield _pad(norms)
    if any(map(str.isdecimal, norms)):
        yield _pad(NUMBER if word.isdecimal() else word for word in norms)


def _pad_phrases(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Return phrases as they stand in padded normalized words; no phrase has both a figure and `<number>`."""
    split = (normalize_phrase(phrase.replace(NUMBER, "number")).split() for phrase in phrases)
    return tuple(_pad(NUMBER if word == "number" else word for word in words) for words in split)


class Conditions:
    """The conditions of a surface with a second meaning, in compared forms; each is computed at its first use."""

    def __init__(self, doubt: Doubt) -> None:
        self._doubt = doubt
        self.needs_company = doubt.company == "needed"

    @cached_property
    def _joined(self) -> frozenset[str]:
        return frozenset(re.sub(r"[\s\-]+", "", surface) for surface in self._doubt.surfaces)

    @cached_property
    def _capitals(self) -> frozenset[str]:
        capitals = (surface.upper() for surface in self._joined if surface[0].isupper())
        return frozenset(surface for surface in capitals if len(surface) >= MIN_CAPITALS)

    @cached_property
    def _near(self) -> tuple[str, ...]:
        return _pad_phrases(self._doubt.near)

    @cached_property
    def _not_preceded_by(self) -> tuple[str, ...]:
        return _pad_phrases(self._doubt.not_preceded_by)

    @cached_property
    def _not_followed_by(self) -> tuple[str, ...]:
        return _pad_phrases(self._doubt.not_followed_by)

    def suit_case(self, find: Find, table: TokenTable) -> bool:
        """Return whether a surface stands in one of the letter cases that always name the skill."""
        return self._doubt.case == "any" or "".join(table.words[find.start : find.end]) in self._joined

    def _suit_capitals(self, find: Find, table: TokenTable) -> bool:
        return "".join(table.words[find.start : find.end]) in self._capitals

    def _is_after_excluded(self, find: Find, table: TokenTable) -> bool:
        before = table.norms[max(0, find.start - MAX_PHRASE_WORDS) : find.start]
        return any(words.endswith(self._not_preceded_by) for words in _write_out(before))

    def _is_before_excluded(self, find: Find, table: TokenTable) -> bool:
        after = table.norms[find.end : find.end + MAX_PHRASE_WORDS]
        return any(words.startswith(self._not_followed_by) for words in _write_out(after))

    def suit_any_case(self, find: Find, table: TokenTable) -> bool:
        """Return whether a surface stands in a letter case that may name the skill: one of its own, or in capitals."""
        return self.suit_case(find, table) or self._suit_capitals(find, table)

    def suit_words(self, find: Find, table: TokenTable) -> bool:
        """Return whether the words next to a surface leave its technical meaning possible."""
        return not (
            (self._not_followed_by and self._is_before_excluded(find, table))
            or (self._not_preceded_by and self._is_after_excluded(find, table))
        )

    def stand_in(self, sentence: Iterable[str]) -> bool:
        """Return whether a phrase that settles the doubt stands in a sentence, given as its words written out."""
        return any(phrase in words for words in sentence for phrase in self._near)


def is_small(find: Find, table: TokenTable) -> bool:
    """Return whether a surface is written all in small letters."""
    return all(map(str.islower, table.words[find.start : find.end]))


class Sentences:
    """The sentences of a text, each written out once, and asked once for what settles a doubt, however long it is.

    The rows `silent` say nothing: they are parts of names of schools and firms.
    """

    def __init__(self, table: TokenTable, silent: AbstractSet[int] = frozenset()) -> None:
        self._table = table
        self._silent = silent
        self._written: dict[int, tuple[str, ...]] = {}
        self._settled: dict[tuple[int, Conditions], bool] = {}

    def _write(self, number: int) -> tuple[str, ...]:
        if number not in self._written:
            numbers = self._table.sentences
            start, end = bisect_left(numbers, number), bisect_right(numbers, number)
            said = [norm for row, norm in enumerate(self._table.norms[start:end], start) if row not in self._silent]
            self._written[number] = tuple(_write_out(said))
        return self._written[number]

    def settle(self, find: Find, conditions: Conditions) -> bool:
        """Return whether the sentence of a find has a phrase that confirms the skill."""
        key = self._table.sentences[find.start], conditions
        if key not in self._settled:
            self._settled[key] = conditions.stand_in(self._write(key[0]))
        return self._settled[key]

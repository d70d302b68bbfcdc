"""The words that degrees are made of, and where they stand in a text. Known without spaCy."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from pydantic.dataclasses import dataclass

from skills.text.tokens import split_places
from skills.toml_files import DATA, STRICT, read_toml

# Dots within abbreviations and apostrophes belong to a word; hyphens part words.
WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+|\.[^\W_]{1,4}(?![^\W_]))*\.?")
WORD_APART = re.compile(f"({WORD.pattern})")
MAX_PHRASE_WORDS = 5


@dataclass(frozen=True, slots=True, config=STRICT)
class Level:
    """A level of degrees: its skill, words and abbreviations.

    Doubtful ones need a field or a school near, dotted ones their dots as well.
    """

    skill: str
    words: tuple[str, ...]
    safe: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    dotted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, config=STRICT)
class DegreesFile:
    """The schema of `data/degrees.toml`."""

    kinds: tuple[str, ...]
    links: tuple[str, ...]
    stops: tuple[str, ...]
    schools: frozenset[str]
    marks: frozenset[str]
    schools_of_states: frozenset[str]
    before_university: frozenset[str]
    other_fields: tuple[str, ...]
    going_on: tuple[str, ...]
    abandoned: tuple[str, ...]
    wished: tuple[str, ...]
    others: tuple[str, ...]
    others_behind: tuple[str, ...]
    not_before: frozenset[str]
    not_behind: frozenset[str]
    surnames: frozenset[str]
    faculties: tuple[str, ...]
    abbreviated: dict[str, str]
    levels: dict[str, Level]
    joined: dict[str, tuple[str, str]]
    fields: dict[str, tuple[str, ...]]


@cache
def load_degrees() -> DegreesFile:
    """Return the words of degrees."""
    return read_toml(DATA / "degrees.toml", DegreesFile)


Sort = Literal["level", "field", "kind", "link", "stop"]


class Meaning(NamedTuple):
    """What a phrase is in the grammar: for a level and a field its skill; `spellings` if only those are meant."""

    sort: Sort
    skill: str = ""
    field: str = ""
    spellings: frozenset[str] = frozenset()
    doubtful: bool = False


class Phrase(NamedTuple):
    """A phrase where it stands, in words and in characters; unknown words have no meaning."""

    first: int
    last: int
    start: int
    end: int
    meaning: Meaning | None


def compare(word: str) -> str:
    """Return the form in which words of degrees are compared: small letters without dots and apostrophes."""
    return word.lower().replace(".", "").replace("\u2019", "").replace("'", "")


def names_school(text: str) -> bool:
    """Return whether a text has a word for a school."""
    return not load_degrees().schools.isdisjoint(compare(word) for word in WORD.findall(text))


def _write_form(phrase: str) -> str:
    return " ".join(compare(word) for word in WORD.findall(phrase))


def _spell(abbreviation: str) -> Iterator[str]:
    """Yield the forms of an abbreviation in one word and in two: “btech”, “b tech”."""
    parts = abbreviation.lower().split(".")
    yield "".join(parts)
    if len(parts) > 1:
        yield f"{''.join(parts[:-1])} {parts[-1]}"


def _list_levels(degrees: DegreesFile) -> Iterator[tuple[str, Meaning]]:
    for level in degrees.levels.values():
        yield from ((_write_form(word), Meaning("level", level.skill)) for word in level.words)
        for abbreviation in (*level.safe, *level.doubtful):
            doubtful = abbreviation in level.doubtful
            letters = abbreviation.replace(".", "")
            spellings = {letters, letters.upper()} | (set() if doubtful else {letters.lower(), letters.capitalize()})
            yield from (
                (form, Meaning("level", level.skill, "", frozenset(spellings), doubtful))
                for form in _spell(abbreviation)
            )
        for abbreviation in level.dotted:
            dotted = frozenset({abbreviation, f"{abbreviation}."})
            yield compare(abbreviation), Meaning("level", level.skill, "", dotted, doubtful=True)
    for word, (skill, field) in degrees.joined.items():
        yield word.lower(), Meaning("level", skill, field, frozenset({word}))


def _list_fields(degrees: DegreesFile) -> Iterator[tuple[str, Meaning]]:
    for skill, words in degrees.fields.items():
        for word in words:
            exact = frozenset({word.replace(".", "")} if word.isupper() else ())
            yield _write_form(word), Meaning("field", skill, "", exact)


@cache
def _list_meanings() -> dict[str, Meaning | None]:
    """Return what each phrase means, and None for the beginnings of phrases, by which a search goes on."""
    degrees = load_degrees()
    meanings: dict[str, Meaning | None] = {}
    for sort, words in (("kind", degrees.kinds), ("link", degrees.links), ("stop", degrees.stops)):
        meanings |= {_write_form(word): Meaning(sort) for word in words}  # type: ignore[arg-type] # the names are literals
    meanings |= dict(_list_fields(degrees))
    meanings |= dict(_list_levels(degrees))
    for form in list(meanings):
        parts = form.split()
        for count in range(1, len(parts)):
            meanings.setdefault(" ".join(parts[:count]), None)
    return meanings


def _fits(said: str, meaning: Meaning) -> bool:
    """Return whether a phrase is spelled as it is meant, and runs over no bracket or comma."""
    if "(" in said or "," in said:
        return False
    return not meaning.spellings or not meaning.spellings.isdisjoint((said, re.sub(r"[.\s]", "", said)))


@cache
def _compile_abbreviations() -> re.Pattern[str]:
    """Return the pattern of abbreviations that parts are joined to: “BSocSc”, “M.Med.Sci.”."""
    degrees = load_degrees()
    parts = "|".join(sorted(degrees.faculties, key=len, reverse=True))
    return re.compile(rf"([{''.join(degrees.abbreviated)}])(?=\.?[A-Z]*\.?[A-Z][a-z])(?:\.?(?:{parts}))+\.?")


def _read_abbreviation(said: str) -> Meaning | None:
    """Return the level of an abbreviation that parts are joined to, None if a word is none."""
    found = _compile_abbreviations().fullmatch(said)
    return Meaning("level", load_degrees().abbreviated[found[1]], doubtful=True) if found else None


@cache
def _list_level_openers() -> frozenset[str]:
    """Return the words that a level begins with."""
    return frozenset(
        form.split()[0] for form, meaning in _list_meanings().items() if meaning and meaning.sort == "level"
    )


@cache
def _list_phrase_words() -> frozenset[str]:
    """Return all words of phrases: no phrase reaches over any other word."""
    return frozenset(word for form in _list_meanings() for word in form.split())


class _Words:
    """The words of a part of a text, each with its form to compare."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._said, self._starts, self._ends = split_places(WORD_APART, text[start:end], start)
        self.forms = [word.lower() if word.isalnum() else compare(word) for word in self._said]

    def list_openers(self) -> list[int]:
        """Return the indices of the words that a level may begin with."""
        openers, initials = _list_level_openers(), tuple(load_degrees().abbreviated)
        return [
            index
            for index, (form, said) in enumerate(zip(self.forms, self._said, strict=True))
            if form in openers or (said.startswith(initials) and not said[1:].islower() and _read_abbreviation(said))
        ]

    def begin_run(self, index: int, done: int) -> int:
        """Return where the words of phrases begin that stand before a word without another between, from `done` on."""
        known = _list_phrase_words()
        while index > done and self.forms[index - 1] in known:
            index -= 1
        return index

    def _find_longest(self, first: int) -> tuple[int, Meaning | None]:
        """Return the end and meaning of the longest phrase that begins with a word."""
        known, form, last = _list_meanings(), self.forms[first], first + 1
        found = last, _read_abbreviation(self._said[first])
        while form in known and last - first <= MAX_PHRASE_WORDS:
            meaning = known[form]
            if meaning and _fits(self._text[self._starts[first] : self._ends[last - 1]], meaning):
                found = last, meaning
            if last == len(self.forms):
                break
            form = f"{form} {self.forms[last]}"
            last += 1
        return found

    def read_phrase(self, first: int) -> Phrase:
        """Return the longest known phrase that begins with a word, or the word alone."""
        last, meaning = self._find_longest(first)
        return Phrase(first, last, self._starts[first], self._ends[last - 1], meaning)


def read_phrases(text: str, start: int, end: int, most_unknown: int) -> list[Phrase]:
    """Return the phrases around the levels in a part of a text, each the longest known from its place.

    These are the phrases right before a level, and those behind it up to one unknown word more than `most_unknown`.
    """
    words, phrases, done = _Words(text, start, end), list[Phrase](), 0
    for opener in words.list_openers():
        if opener < done:
            continue
        done, unknown = words.begin_run(opener, done), 0
        while done < len(words.forms) and (unknown <= most_unknown or done <= opener):
            phrases.append(words.read_phrase(done))
            done, meaning = phrases[-1].last, phrases[-1].meaning
            unknown = 0 if meaning and meaning.sort == "level" else unknown + (meaning is None)
    return phrases

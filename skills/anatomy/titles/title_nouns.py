"""The nouns of job titles, which distinguish a title from a skill and from a person's name."""

from collections.abc import Iterable, Sequence
from functools import cache

from pydantic.dataclasses import dataclass

from skills.toml_files import DATA, STRICT, read_toml

MAX_TOKENS_TO_HOPE = 4
MAX_TITLE_WORDS = 4


@dataclass(frozen=True, slots=True, config=STRICT)
class TitleNounsFile:
    """The schema of `data/title-nouns.toml`."""

    not_held: frozenset[str]
    title_nouns: frozenset[str]
    title_modifiers: frozenset[str]


@cache
def _load_title_nouns() -> TitleNounsFile:
    return read_toml(DATA / "title-nouns.toml", TitleNounsFile)


def holds_title_noun(words: Iterable[str]) -> bool:
    """Return whether any of the words makes them a job title rather than a person's name."""
    return not _load_title_nouns().title_nouns.isdisjoint(word.lower() for word in words)


def is_hoped_for(start: int, norms: Sequence[str]) -> bool:
    """Return whether the words before index `start` say that the post named there is not held (“aspiring”)."""
    return not _load_title_nouns().not_held.isdisjoint(norms[max(0, start - MAX_TOKENS_TO_HOPE) : start])


def stands_in_title(end: int, norms: Sequence[str], sentences: Sequence[int]) -> bool:
    """Return whether the words from index `end` on, of the same sentence, make those before part of a job title."""
    titles = _load_title_nouns()
    last = end + MAX_TITLE_WORDS
    for word, sentence in zip(norms[end:last], sentences[end:last], strict=True):
        if sentence != sentences[end - 1]:
            return False
        if word.removesuffix("s") in titles.title_nouns:
            return True
        if word not in titles.title_modifiers:
            return False
    return False

"""Words around a mention that say less of it than its section does: negation, wishes, claims, job titles."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pydantic.dataclasses import dataclass

from skills.anatomy.sections import Use
from skills.text.phrases import Phrases, compare_form
from skills.text.tokens import Places
from skills.toml_files import DATA, STRICT, read_toml

FARTHEST_CUE_TOKENS = 25
FARTHEST_HOPE_TOKENS = 4
LONGEST_TITLE_WORDS = 4


@dataclass(frozen=True, slots=True, config=STRICT)
class ContextFile:
    """The form of `data/context.toml`: words around a skill that say less of it than its section does."""

    negations: tuple[str, ...]
    wishes: tuple[str, ...]
    studies: tuple[str, ...]
    claims: tuple[str, ...]
    ends: tuple[str, ...]
    not_held: frozenset[str]
    title_nouns: frozenset[str]
    title_modifiers: frozenset[str]


@cache
def _load_context() -> ContextFile:
    return read_toml(DATA / "context.toml", ContextFile)


class Cue(NamedTuple):
    """Words that say of a skill behind them what it shows at most."""

    use: Use


def list_cues() -> Iterator[tuple[str, Cue]]:
    """Return the form of every phrase that is a cue."""
    context = _load_context()
    cues: dict[Use, tuple[str, ...]] = {
        "none": context.negations + context.wishes,
        "studied": context.studies,
        "listed": context.claims,
    }
    return ((compare_form(phrase), Cue(use)) for use, phrases in cues.items() for phrase in phrases)


def _find_end(start: int, places: Places) -> int:
    """Return the token before which a cue that ends at token `start` loses its reach."""
    ends, last = _load_context().ends, min(start + FARTHEST_CUE_TOKENS, len(places.norms))
    for token in range(start, last):
        if places.norms[token] in ends or places.sentences[token] != places.sentences[start - 1]:
            return token
    return last


def find_cues(places: Places, phrases: Phrases) -> list[tuple[int, int, Use]]:
    """Return the ranges of tokens that a cue reaches within its clause, with what a skill named there shows at most.

    `none`: the person lacks it, or only wishes for it; `studied`: learned; `listed`: claimed.
    """
    return [(end, _find_end(end, places), use) for _, end, (use,) in phrases.of(Cue)]


def holds_title_noun(words: Iterable[str]) -> bool:
    """Tell whether any of the words makes them a job title rather than a person's name."""
    return not _load_context().title_nouns.isdisjoint(word.lower() for word in words)


def is_hoped_for(start: int, norms: Sequence[str]) -> bool:
    """Tell whether the words before token `start` make the post named there one that is not held."""
    return not _load_context().not_held.isdisjoint(norms[max(0, start - FARTHEST_HOPE_TOKENS) : start])


def stands_in_title(end: int, norms: Sequence[str]) -> bool:
    """Tell whether the words from index `end` on make what stands before them part of a job title."""
    context = _load_context()
    for word in norms[end : end + LONGEST_TITLE_WORDS]:
        if word.removesuffix("s") in context.title_nouns:
            return True
        if word not in context.title_modifiers:
            return False
    return False

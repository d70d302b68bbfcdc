"""Words around a mention that take it back: negation, wishes, names and addresses."""

import re
from collections.abc import Sequence
from functools import cache

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from skills.knowledge_files import DATA, read_toml

FARTHEST_CUE_CHARACTERS = 120
LONGEST_TITLE_WORDS = 4


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class ContextFile:
    """The form of `data/context.toml`: words around a skill that make it none of the person's."""

    negations: tuple[str, ...]
    wishes: tuple[str, ...]
    ends: tuple[str, ...]
    title_nouns: tuple[str, ...]
    title_modifiers: tuple[str, ...]


@cache
def _load_context() -> ContextFile:
    return read_toml(DATA / "context.toml", ContextFile)


def _any_of(phrases: tuple[str, ...]) -> str:
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)


@cache
def _cue() -> re.Pattern[str]:
    """Match a cue and the words it reaches: the rest of its clause."""
    context = _load_context()
    cues, ends = _any_of(context.negations + context.wishes), _any_of(context.ends)
    reach = rf"(?:(?!\b(?:{ends})\b|[.;•!?](?:\s|$)).){{0,{FARTHEST_CUE_CHARACTERS}}}"
    return re.compile(rf"\b(?:{cues})\b(?P<reach>{reach})", re.IGNORECASE | re.DOTALL)


def find_taken_back(text: str) -> list[tuple[int, int]]:
    """Return the character ranges in which a named skill is one that the person lacks, or only wishes for."""
    return [match.span("reach") for match in _cue().finditer(text)]


def stands_in_title(end: int, norms: Sequence[str]) -> bool:
    """Tell whether the words from index `end` on make what stands before them part of a job title."""
    context = _load_context()
    for word in norms[end : end + LONGEST_TITLE_WORDS]:
        if word.removesuffix("s") in context.title_nouns:
            return True
        if word not in context.title_modifiers:
            return False
    return False

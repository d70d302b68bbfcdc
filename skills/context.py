"""Words around a mention that take it back: negation, wishes, names and addresses."""

import re
from functools import cache

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from skills.knowledge_files import DATA, read_toml

FARTHEST_CUE_CHARACTERS = 120


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class ContextFile:
    """The form of `data/context.toml`: phrases before a skill that take it back, and words that end their reach."""

    negations: tuple[str, ...]
    wishes: tuple[str, ...]
    ends: tuple[str, ...]


def _any_of(phrases: tuple[str, ...]) -> str:
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)


@cache
def _cue() -> re.Pattern[str]:
    """Match a cue and the words it reaches: the rest of its clause."""
    context = read_toml(DATA / "context.toml", ContextFile)
    cues, ends = _any_of(context.negations + context.wishes), _any_of(context.ends)
    reach = rf"(?:(?!\b(?:{ends})\b|[.;•!?](?:\s|$)).){{0,{FARTHEST_CUE_CHARACTERS}}}"
    return re.compile(rf"\b(?:{cues})\b(?P<reach>{reach})", re.IGNORECASE | re.DOTALL)


def find_taken_back(text: str) -> list[tuple[int, int]]:
    """Return the character ranges in which a named skill is one that the person lacks, or only wishes for."""
    return [match.span("reach") for match in _cue().finditer(text)]

"""Words around a mention that take it back: negation, wishes, names and addresses."""

import re
from collections.abc import Sequence
from functools import cache

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from skills.knowledge_files import DATA, read_toml
from skills.sections import Use

FARTHEST_CUE_CHARACTERS = 120
LONGEST_TITLE_WORDS = 4


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class ContextFile:
    """The form of `data/context.toml`: words around a skill that say less of it than its section does."""

    negations: tuple[str, ...]
    wishes: tuple[str, ...]
    studies: tuple[str, ...]
    claims: tuple[str, ...]
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
    """Match a cue, in a group named for what it says, and the words it reaches: the rest of its clause."""
    context = _load_context()
    cues = {"none": context.negations + context.wishes, "studied": context.studies, "listed": context.claims}
    groups = "|".join(rf"(?P<{use}>{_any_of(phrases)})" for use, phrases in cues.items())
    reach = rf"(?:(?!\b(?:{_any_of(context.ends)})\b|[.;•!?](?:\s|$)).){{0,{FARTHEST_CUE_CHARACTERS}}}"
    return re.compile(rf"\b(?:{groups})\b(?P<reach>{reach})", re.IGNORECASE | re.DOTALL)


def find_cues(text: str) -> list[tuple[int, int, Use]]:
    """Return the character ranges that a cue reaches, with what a skill named there shows at most.

    `none`: the person lacks it, or only wishes for it; `studied`: learned; `listed`: claimed.
    """
    found = []
    for match in _cue().finditer(text):
        use: Use = "none" if match["none"] else "studied" if match["studied"] else "listed"
        found.append((*match.span("reach"), use))
    return found


def stands_in_title(end: int, norms: Sequence[str]) -> bool:
    """Tell whether the words from index `end` on make what stands before them part of a job title."""
    context = _load_context()
    for word in norms[end : end + LONGEST_TITLE_WORDS]:
        if word.removesuffix("s") in context.title_nouns:
            return True
        if word not in context.title_modifiers:
            return False
    return False

"""Protected criteria: what no role may ask for, such as an age or a family status."""

import re
from collections.abc import Iterable
from functools import cache

from pydantic.dataclasses import dataclass

from skills.errors import KnowledgeError
from skills.text.phrases import any_of
from skills.toml_files import DATA, STRICT, read_toml

NUMBER = "<number>"


@dataclass(frozen=True, slots=True, config=STRICT)
class Criterion:
    """A protected criterion: why no role may ask for it, and the phrases that do."""

    reason: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True, config=STRICT)
class CriteriaFile:
    """The schema of `data/criteria.toml`. Words in an `allowed` phrase or beside a disclaimer are no criterion."""

    disclaimers: tuple[str, ...]
    allowed: tuple[str, ...]
    criteria: dict[str, Criterion]


class ProtectedCriterionError(KnowledgeError):
    """A profile asks for something that no role may ask for; the sentence names the place and gives the reason."""

    code = "protected-criterion"

    def __init__(self, place: str, criterion: str) -> None:
        reason = load_criteria().criteria[criterion].reason
        super().__init__(f"{place}: asks for a protected criterion ({criterion}). {reason} Take it out.")


@cache
def load_criteria() -> CriteriaFile:
    """Return the protected criteria; raise KnowledgeError if their file is malformed."""
    return read_toml(DATA / "criteria.toml", CriteriaFile)


def _plain(text: str) -> str:
    """Return the words of a text in lower case with one space between each, and 0 for every number."""
    words = re.findall(r"[^\W\d_]+|\d+", text.lower().replace("’", "'").replace("'s", "").replace(NUMBER, "0"))
    return " ".join("0" if word.isdigit() else word for word in words)


def _match_any(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(phrases)})\b")


@cache
def _meanings() -> dict[str, str | None]:
    """Return the criterion of each phrase, None for those that are allowed."""
    file = load_criteria()
    return dict.fromkeys(map(_plain, file.allowed)) | {
        _plain(phrase): name for name, criterion in file.criteria.items() for phrase in criterion.phrases
    }


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds a phrase, and what finds a disclaimer."""
    return _match_any(_meanings()), _match_any(map(_plain, load_criteria().disclaimers))


def find_criterion(sentence: str) -> str | None:
    """Return the id of the first protected criterion that a sentence asks for, or None."""
    words, (phrases, disclaimers) = _plain(sentence), _patterns()
    if disclaimers.search(words):
        return None
    found = (_meanings()[match[0]] for match in phrases.finditer(words))
    return next(filter(None, found), None)

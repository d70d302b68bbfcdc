"""What judged résumés taught, read from `data/learned.toml`. Known without spaCy."""

from collections.abc import Iterator
from functools import cache
from typing import Annotated, NamedTuple

from pydantic import Field
from pydantic.dataclasses import dataclass

from skills.toml_files import DATA, STRICT, read_toml

Weight = Annotated[float, Field(gt=0, le=2)]


@dataclass(frozen=True, slots=True, config=STRICT)
class LearnedFile:
    """The form of `data/learned.toml`: by requirement, what each phrase, and each skill or duty, is worth."""

    phrases: dict[str, dict[str, Weight]]
    weights: dict[str, dict[str, Weight]]


class LearnedPhrase(NamedTuple):
    """A phrase in its normalized form."""

    phrase: str


@cache
def load_learned() -> LearnedFile:
    """Return the learned phrases by requirement; raise KnowledgeError if the file is malformed."""
    return read_toml(DATA / "learned.toml", LearnedFile)


@cache
def name_phrases() -> frozenset[str]:
    """Return every learned phrase."""
    return frozenset(phrase for group in load_learned().phrases.values() for phrase in group)


def list_learned_phrases() -> Iterator[tuple[str, LearnedPhrase]]:
    """Yield the form of every learned phrase."""
    return ((phrase, LearnedPhrase(phrase)) for phrase in sorted(name_phrases()))

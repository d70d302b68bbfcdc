"""Reads a job posting: its sentences, and whether what each asks for is required or optional."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from pydantic.dataclasses import dataclass as checked_dataclass

from skills.errors import RolefitError
from skills.text.bullets import BULLETS
from skills.text.phrases import any_of, normalize_phrase
from skills.text.sentences import find_breaks
from skills.toml_files import DATA, STRICT, read_toml

Part = Literal["required", "optional", "offered", "ignored"]
Worth = Literal["required", "optional"]
WordKind = Literal["optional", "either", "people", "knowing", "experience", "work", "behind_verb"]

# In a posting each line that begins with a capital is an item, with a bullet or without.
ITEM_LINE = re.compile(r"\n(?=\s*[·A-Z])")
BULLET = re.compile(rf"^[\s\-–*·{BULLETS}]+|[\s{BULLETS}]+$")
MAX_HEADING_WORDS = 6
ASKING: tuple[Part, ...] = ("required", "optional")  # the parts that say what is asked for
# Behind the title of a post stand the employer, the place, the hours.
AFTER_TITLE = re.compile(r"\s*(?:\s[–—|-]\s|[(,]|\sat\s|\n)")


@checked_dataclass(frozen=True, slots=True, config=STRICT)
class PostingsFile:
    """The schema of `data/postings.toml`."""

    bounds: tuple[str, ...]
    numbers: tuple[str, ...]
    headings: dict[Part, tuple[str, ...]]
    words: dict[WordKind, tuple[str, ...]]


class EmptyPostingError(RolefitError):
    """No requirement can be drafted from the text."""

    code = "empty-posting"

    def __init__(self) -> None:
        super().__init__("The posting names no skill or duty that Rolefit knows. Send its text with the requirements.")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or item of a posting: `text[start:end]`, and whether what it asks for is required or optional."""

    start: int
    end: int
    words: str
    worth: Worth


@cache
def load_postings() -> PostingsFile:
    """Return how postings are read; raise KnowledgeError if the file is malformed."""
    return read_toml(DATA / "postings.toml", PostingsFile)


@cache
def _headings() -> dict[str, Part]:
    return {normalize_phrase(phrase): part for part, phrases in load_postings().headings.items() for phrase in phrases}


@cache
def _list_phrases(kind: WordKind) -> tuple[str, ...]:
    return tuple(f" {normalize_phrase(phrase)} " for phrase in load_postings().words[kind])


@cache
def _years() -> re.Pattern[str]:
    file = load_postings()
    number = rf"\b(?:\d{{1,2}}|{any_of(file.numbers)})"
    return re.compile(
        rf"(?:\b(?:{any_of(file.bounds)})\s)?{number}(?:\s?\+|\s?(?:[-\u2013]|to)\s?{number})?\s?\+?\s?(?:years?|yrs?)\b",
        re.IGNORECASE,
    )


def holds(words: str, kind: WordKind) -> bool:
    """Return whether some words hold a phrase of a kind."""
    spread = f" {normalize_phrase(words)} "
    return any(phrase in spread for phrase in _list_phrases(kind))


def begins_with(words: str, kind: WordKind) -> bool:
    """Return whether some words begin with a phrase of a kind."""
    return f" {normalize_phrase(words)} ".startswith(_list_phrases(kind))


def find_years(words: str) -> str | None:
    """Return the years that a sentence asks for, as it writes them: “5+ years”."""
    found = _years().search(words)
    return found and found[0]


def _find_part(words: str) -> Part | None:
    """Return the part of a posting that a line opens, alone or before a colon, or None."""
    title = words.partition(":")[0].replace("’", "'")
    return _headings().get(normalize_phrase(title)) if len(title.split()) <= MAX_HEADING_WORDS else None


def _list_spans(text: str) -> Iterator[tuple[int, int]]:
    breaks = {*find_breaks(text), *(line.end() for line in ITEM_LINE.finditer(text))}
    yield from pairwise([0, *sorted(breaks), len(text)])


def _read_sentences(text: str) -> Iterator[tuple[Part, Sentence]]:
    """Yield the sentences of a posting with their parts; of the first that is asked for, only the title of the post."""
    part: Part = "required"
    has_title = False
    for start, stop in _list_spans(text):
        end = stop if has_title else start + len(AFTER_TITLE.split(text[start:stop], maxsplit=1)[0])
        words = BULLET.sub("", " ".join(text[start:end].split()))
        opened = _find_part(words)
        part = opened or part
        if words and (opened is None or words.partition(":")[2].strip()):
            worth: Worth = "optional" if part == "optional" or holds(words, "optional") else "required"
            has_title = has_title or part in ASKING
            yield part, Sentence(start, end, words, worth)


def split_posting(text: str) -> tuple[list[Sentence], list[Sentence]]:
    """Return the title of the post and the sentences that say what is asked for, and those of the other parts.

    What is offered is left out, unless it names people: “parental leave” asks nobody for children.
    """
    asked, others = [], []
    for part, sentence in _read_sentences(text):
        if part in ASKING:
            asked.append(sentence)
        elif part == "ignored" or holds(sentence.words, "people"):
            others.append(sentence)
    return asked, others

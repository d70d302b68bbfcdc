"""Decides whether a document is a résumé, by its signs of one and its signs of other kinds of documents."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache

from pydantic.dataclasses import dataclass

from skills.anatomy.dates import find_periods
from skills.anatomy.headings import find_heading
from skills.document import Document
from skills.errors import NotAResumeError
from skills.text import contacts
from skills.text.phrases import PhraseIndex
from skills.toml_files import DATA, STRICT, read_toml

EMAIL, TELEPHONE = re.compile(contacts.EMAIL), re.compile(contacts.TELEPHONE)
WORD = re.compile(r"[\w']+")


@dataclass(frozen=True, slots=True, config=STRICT)
class ResumeSigns:
    """The signs of a résumé besides its headings and dates, and how many are enough."""

    least: int
    least_others: int
    short_words: int
    most_headings: int
    most_dates: int
    words: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, config=STRICT)
class DocumentKindsFile:
    """The schema of `data/document_kinds.toml`."""

    resume: ResumeSigns
    others: dict[str, tuple[str, ...]]


@cache
def load_document_kinds() -> DocumentKindsFile:
    """Return the signs by which kinds of documents are recognised."""
    return read_toml(DATA / "document_kinds.toml", DocumentKindsFile)


@cache
def _index_kinds() -> PhraseIndex[tuple[str, str]]:
    kinds = load_document_kinds()
    groups = (*kinds.resume.words.items(), *kinds.others.items())
    return PhraseIndex((phrase, (group, phrase)) for group, phrases in groups for phrase in phrases)


def _count_phrases(words: Sequence[str]) -> Counter[str]:
    """Return by group how many of its phrases stand among the words."""
    return Counter(group for group, _ in {meaning for _, _, meaning in _index_kinds().find(words)})


def count_resume_signs(document: Document, groups: Collection[str]) -> int:
    """Return how many signs of a résumé a document has; `groups` are the groups of phrases found in it."""
    signs = load_document_kinds().resume
    headings = {find_heading(document.text[line.start : line.end]) for line in document.lines} - {None}
    return sum(
        (
            min(len(headings), signs.most_headings),
            min(sum(period.kind != "single" for period in find_periods(document.text)), signs.most_dates),
            EMAIL.search(document.text) is not None,
            TELEPHONE.search(document.text) is not None,
            len(signs.words.keys() & groups),
        )
    )


def check_document_kind(document: Document) -> None:
    """Raise NotAResumeError for a document that looks like another kind, or like no known kind."""
    kinds = load_document_kinds()
    words = WORD.findall(document.text.casefold().replace("’", "'"))
    phrases = _count_phrases(words)
    kind = max(kinds.others, key=phrases.__getitem__)
    least = 1 if len(words) < kinds.resume.short_words else kinds.resume.least
    if phrases[kind] < kinds.resume.least_others and len(kinds.resume.words.keys() & phrases) >= least:
        return  # as nearly every résumé does, whatever other signs it has
    signs = count_resume_signs(document, phrases)
    if phrases[kind] >= max(kinds.resume.least_others, signs):
        raise NotAResumeError(kind)
    if signs < least:
        raise NotAResumeError

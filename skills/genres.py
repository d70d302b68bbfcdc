"""Whether a document is a résumé at all: by countable signs of one, against those of other kinds of documents."""

import re
from functools import cache

from pydantic.dataclasses import dataclass

from skills.document import Document
from skills.errors import NotAResumeError
from skills.knowledge_files import DATA, STRICT, read_toml
from skills.sections import DATE_RANGE, find_heading

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w")
TELEPHONE = re.compile(r"(?<!\d)\+?\d[\d ().-]{8,}\d(?!\d)")
WORD = re.compile(r"[\w']+")


@dataclass(frozen=True, slots=True, config=STRICT)
class ResumeSigns:
    """What speaks for a résumé besides its headings and dates, and how much is enough."""

    least: int
    least_others: int
    short_words: int
    most_headings: int
    most_dates: int
    words: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, config=STRICT)
class GenresFile:
    """The form of `data/genres.toml`."""

    resume: ResumeSigns
    others: dict[str, tuple[str, ...]]


@cache
def load_genres() -> GenresFile:
    """Return the signs by which documents are told apart."""
    return read_toml(DATA / "genres.toml", GenresFile)


def _spread(text: str) -> str:
    """Return the words of a text in lower case with one space around each, so that phrases can be looked up in it."""
    return f" {' '.join(WORD.findall(text.casefold().replace('’', chr(39))))} "


def _count(phrases: tuple[str, ...], words: str) -> int:
    return sum(f" {phrase} " in words for phrase in phrases)


def count_resume_signs(document: Document, words: str) -> int:
    """Return how many signs of a résumé a document has; `words` is its text as looked up in."""
    signs = load_genres().resume
    headings = {find_heading(document.text[line.start : line.end]) for line in document.lines} - {None}
    return sum(
        (
            min(len(headings), signs.most_headings),
            min(len(DATE_RANGE.findall(document.text)), signs.most_dates),
            EMAIL.search(document.text) is not None,
            TELEPHONE.search(document.text) is not None,
            *(_count(group, words) > 0 for group in signs.words.values()),
        )
    )


def check_genre(document: Document) -> None:
    """Raise NotAResumeError for a document that looks like another kind, or like nothing in particular."""
    genres = load_genres()
    words = _spread(document.text)
    signs = count_resume_signs(document, words)
    kind, others = max(
        ((kind, _count(phrases, words)) for kind, phrases in genres.others.items()), key=lambda item: item[1]
    )
    if others >= max(genres.resume.least_others, signs):
        raise NotAResumeError(kind)
    short = words.count(" ") <= genres.resume.short_words
    if signs < (1 if short else genres.resume.least):
        raise NotAResumeError

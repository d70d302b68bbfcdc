"""Questions to a batch: which documents have everything that is asked for, and which of their words answer."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

from service.results.batch_table import BatchRowAnswer, Quote, Where
from service.search.kept_documents import NOTHING_KEPT, KeptDocument
from service.search.spellings import find_skills
from skills.anatomy.studies.degrees import read_degree
from worker.outcomes.folding import find_word, fold
from worker.store.jobs.job import OPEN_STATES

MONTHS_A_YEAR = 12
AROUND = 45  # signs of the text before and after a word that is quoted
PARTS = re.compile(r'"([^"]*)"?|(\S+)')  # a phrase within quotation marks, or a word


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for; a field that is empty or None asks for nothing."""

    words: Sequence[str] = field(default=(), repr=False)
    skills: Sequence[str] = ()
    requirements: Sequence[str] = ()
    title: str = field(default="", repr=False)
    degree: str = field(default="", repr=False)
    min_years: float | None = None
    max_years: float | None = None
    min_score: float | None = None
    max_score: float | None = None
    role: str = ""
    fit: str = ""
    state: str = ""
    starred: bool | None = None
    statuses: Sequence[str] = ()
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SearchedDocument:
    """A document of a batch with what it can be searched for."""

    row: BatchRowAnswer
    kept: KeptDocument = field(default=NOTHING_KEPT, repr=False)


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers a question, and by which words."""

    row: BatchRowAnswer
    quotes: Sequence[Quote] = field(default=(), repr=False)


# Returns the words that answer a part of a question, empty if it needs none; None if the document does not answer it.
Check = Callable[[SearchedDocument], Sequence[Quote] | None]


def split_words(text: str) -> list[str]:
    """Return the words and the quoted phrases that a person typed, each accent joined to its letter."""
    return [
        part for phrase, word in PARTS.findall(normalize("NFC", text)) if (part := " ".join((phrase or word).split()))
    ]


def _quote_text(text: str, at: int, length: int) -> Quote:
    """Quote the line around a place, cut where words end."""
    start, end = max(0, at - AROUND), min(len(text), at + length + AROUND)
    before = text[start:at].rpartition("\n")[2]
    after = text[at + length : end].partition("\n")[0]
    if start and len(before) == at - start:
        before = "…" + before.partition(" ")[2]
    if end < len(text) and len(after) == end - at - length:
        after = after.rpartition(" ")[0] + "…"
    return Quote("text", (before + text[at : at + length] + after).strip())


def _find_skill(document: SearchedDocument, ids: frozenset[str]) -> Quote | None:
    found = document.kept.find_skill_words(ids)
    return None if found is None else Quote("skill", found)


def _list_others(row: BatchRowAnswer) -> Iterator[tuple[Where, str]]:
    yield from (("name", name) for name in (row.name, row.person_name) if name)
    if row.mark.note:
        yield "note", row.mark.note
    if row.error:
        yield "error", row.error.message


def _find_anywhere(document: SearchedDocument, word: str, ids: frozenset[str]) -> Quote | None:
    """Find a word in the text, as a spelling of a skill, in a name or in an error's sentence."""
    if (at := document.kept.find_word(word)) >= 0:
        return _quote_text(document.kept.words.text, at, len(word))
    if skill := _find_skill(document, ids):
        return skill
    others = ((where, text, fold(normalize("NFC", text))) for where, text in _list_others(document.row))
    return next((Quote(where, text) for where, text, folded in others if find_word(folded, word) >= 0), None)


def _check_word(word: str) -> Check:
    folded, ids = fold(word), find_skills(word)

    def check(document: SearchedDocument) -> Sequence[Quote] | None:
        quote = _find_anywhere(document, folded, ids)
        return None if quote is None else [quote]

    return check


def _check_skill(name: str) -> Check:
    ids = find_skills(name)

    def check(document: SearchedDocument) -> Sequence[Quote] | None:
        quote = _find_skill(document, ids)
        return None if quote is None else [quote]

    return check


def _check_requirement(requirement: str, titles: Mapping[str, str]) -> Check:
    quotes = [Quote("requirement", titles.get(requirement, requirement))]

    def check(document: SearchedDocument) -> Sequence[Quote] | None:
        details = document.kept.details
        return quotes if details and requirement in details.points else None

    return check


def _has_words(line: str, words: Sequence[str]) -> bool:
    folded = fold(line)
    return all(find_word(folded, word) >= 0 for word in words)


def _check_title(title: str) -> Check:
    """Ask that one post's title has all of the words."""
    asked = [fold(word) for word in split_words(title)]

    def check(document: SearchedDocument) -> Sequence[Quote] | None:
        found = next((line for line in document.kept.facts.titles if _has_words(line, asked)), None)
        return None if found is None else [Quote("title", found)]

    return check


def _check_degree(degree: str) -> Check:
    """Ask for a degree of the level that is named, in any spelling, or with all of the words."""
    asked, read = [fold(word) for word in split_words(degree)], read_degree(degree)

    def fits(level: str, title: str) -> bool:
        return _has_words(f"{level} {title}", asked) or bool(read and read.skill == level and not read.fields)

    def check(document: SearchedDocument) -> Sequence[Quote] | None:
        found = next((title for level, title in document.kept.facts.degrees if fits(level, title)), None)
        return None if found is None else [Quote("degree", found)]

    return check


def _check_years(least: float | None, most: float | None) -> Check:
    def check(document: SearchedDocument) -> Sequence[Quote] | None:
        months = document.kept.facts.months
        if months is None or months < (least or 0) * MONTHS_A_YEAR:
            return None
        if most is not None and months > most * MONTHS_A_YEAR:
            return None
        return [Quote("years", f"{months / MONTHS_A_YEAR:.1f}")]

    return check


def _check_score(least: float | None, most: float | None, role: str) -> Check:
    def check(document: SearchedDocument) -> Sequence[Quote] | None:
        scores = document.row.scores
        score = scores.get(role) if role else max(scores.values(), default=None)
        within = score is not None and (least is None or score >= least) and (most is None or score <= most)
        return [] if within else None

    return check


def _check_state(state: str) -> Check:
    wanted: Collection[str] = OPEN_STATES if state == "waiting" else {state}
    return lambda document: [] if document.row.state in wanted else None


def _list_checks(question: Question, titles: Mapping[str, str]) -> Iterator[Check]:
    """Yield the checks, the quick ones first."""
    if question.state:
        yield _check_state(question.state)
    if question.starred is not None:
        yield lambda document: [] if document.row.mark.star == question.starred else None
    if question.statuses:
        yield lambda document: [] if document.row.mark.status in question.statuses else None
    if question.numbers:
        yield lambda document: [] if document.row.number in question.numbers else None
    if question.fit:
        yield lambda document: [] if document.row.fit == question.fit else None
    if question.min_score is not None or question.max_score is not None or question.role:
        yield _check_score(question.min_score, question.max_score, question.role)
    if question.min_years is not None or question.max_years is not None:
        yield _check_years(question.min_years, question.max_years)
    yield from (_check_requirement(requirement, titles) for requirement in question.requirements)
    yield from (_check_skill(name) for name in question.skills)
    if question.title:
        yield _check_title(question.title)
    if question.degree:
        yield _check_degree(question.degree)
    yield from (_check_word(word) for word in question.words)


def _answer(document: SearchedDocument, checks: Sequence[Check]) -> Hit | None:
    quotes: list[Quote] = []
    for check in checks:
        found = check(document)
        if found is None:
            return None
        quotes += found
    return Hit(document.row, list(dict.fromkeys(quotes)))


def search(documents: Sequence[SearchedDocument], question: Question, titles: Mapping[str, str]) -> list[Hit]:
    """Return the documents that answer every part of a question, in their order; `titles` are those of requirements."""
    checks = list(_list_checks(question, titles))
    return [hit for document in documents if (hit := _answer(document, checks)) is not None]

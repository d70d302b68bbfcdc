"""What a document can be searched for. It is stored separately from the report and deleted with it.

It is stored as two lines of JSON, the text and the facts, because most questions to a document need the text alone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import orjson

from skills.anatomy.studies.degrees import read_degree
from skills.document import BODY, Line
from skills.judging.report_types import Report, SkillReport
from worker.outcomes.folding import fold

STRING = rb'"(?:[^"\\]|\\.)*"'
STORED_SKILL = re.compile(rb'"[^"]+":\[' + STRING + b",(" + STRING + rb")\]")


@dataclass(frozen=True)
class SearchedText:
    """The text of a document as it is, and folded for comparison with the same number of characters."""

    text: str = field(default="", repr=False)
    folded: str = field(default="", repr=False)


@dataclass(frozen=True)
class SearchFacts:
    """What was found in the words of a document.

    `skills` has each skill's label and the words of its first mention by the skill's id; `titles` are those of posts,
    `degrees` those of degrees, each with the id of its level before it; `months` is the experience in all posts.
    `styles` are those of lines that do not look like the body, each with the number of its line before it: nothing is
    searched there, but with them the document can be scored again.
    """

    skills: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    titles: Sequence[str] = field(default=(), repr=False)
    degrees: Sequence[tuple[str, str]] = field(default=(), repr=False)
    months: int | None = None
    styles: Sequence[tuple[int, float, bool, bool, int]] = field(default=(), repr=False)


def _quote(skill: SkillReport) -> str:
    return skill.mentions[0].text if skill.mentions else skill.label


def _list_titles(report: Report, kind: str) -> list[str]:
    titles = (entry["title"] for entry in report.entries if entry["kind"] == kind)
    return list(dict.fromkeys(title for title in titles if title))


def _list_styles(lines: Sequence[Line]) -> list[tuple[int, float, bool, bool, int]]:
    return [
        (number, style.size, style.bold, style.ruled, style.level)
        for number, style in enumerate(line.style for line in lines)
        if style != BODY
    ]


def list_search_facts(report: Report, *, lines: Sequence[Line] = ()) -> SearchFacts:
    """Return what was found in a document with these lines, as its report has it."""
    degrees = [(title, degree) for title in _list_titles(report, "degree") if (degree := read_degree(title))]
    return SearchFacts(
        {skill.id: (skill.label, _quote(skill)) for skill in report.skills},
        _list_titles(report, "post"),
        [(degree.skill, title) for title, degree in degrees],
        report.person.months.total if report.person else None,
        _list_styles(lines),
    )


def encode_search_facts(text: str, facts: SearchFacts) -> bytes:
    """Return what a document can be searched for as it is stored."""
    return orjson.dumps((text, fold(text))) + b"\n" + orjson.dumps(facts)


def _find_facts(stored: bytes) -> int:
    """Return where the facts begin in what is stored: behind the line of the text."""
    return stored.find(b"\n") + 1


def read_searched_text(stored: bytes) -> SearchedText:
    """Return the text from what is stored."""
    return SearchedText(*orjson.loads(memoryview(stored)[: _find_facts(stored)]))


def read_search_facts(stored: bytes) -> SearchFacts:
    """Return the facts from what is stored."""
    return SearchFacts(**orjson.loads(memoryview(stored)[_find_facts(stored) :]))


def may_hold_word(stored: bytes, word: str) -> bool:
    """Return whether a text may hold a folded word, without parsing it: no, if its JSON has the word nowhere."""
    return stored.find(orjson.dumps(word)[1:-1], 0, _find_facts(stored)) >= 0


def find_skill_words(stored: bytes, ids: Iterable[str]) -> str | None:
    """Return the words of the first of these skills that what is stored has, None if it has none.

    Searches the JSON itself: to read it takes thirty times as long, and leaves much for the garbage collector.
    """
    facts_at = _find_facts(stored)
    places = (stored.find(f'"{skill}":['.encode(), facts_at) for skill in ids)
    at = min((place for place in places if place >= 0), default=None)
    found = None if at is None else STORED_SKILL.match(stored, at)
    return orjson.loads(found[1]) if found else None

"""What a document can be searched for. It is kept apart from the report and deleted with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import orjson

from skills.anatomy.studies.degrees import read_degree
from skills.document import BODY, Line
from skills.judging.report_types import Report, SkillReport


@dataclass(frozen=True)
class SearchFacts:
    """The words of a document, and what was found in them.

    `skills` has each skill's label and the words of its first mention by the skill's id; `titles` are those of posts,
    `degrees` those of degrees, each with the id of its level before it; `months` is the experience in all posts.
    `styles` are those of lines that do not look like the body, each with the number of its line before it: nothing is
    searched there, but with them the document can be scored again.
    """

    text: str = field(repr=False)
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
    """Return what a document with these lines can be searched for, as its report has it."""
    degrees = [(title, degree) for title in _list_titles(report, "degree") if (degree := read_degree(title))]
    return SearchFacts(
        report.text,
        {skill.id: (skill.label, _quote(skill)) for skill in report.skills},
        _list_titles(report, "post"),
        [(degree.skill, title) for title, degree in degrees],
        report.person.months.total if report.person else None,
        _list_styles(lines),
    )


def encode_search_facts(facts: SearchFacts) -> bytes:
    """Return search facts as they are stored."""
    return orjson.dumps(facts)


def read_search_facts(stored: bytes) -> SearchFacts:
    """Return search facts from what is stored."""
    return SearchFacts(**orjson.loads(stored))

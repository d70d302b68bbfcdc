"""The contents of a report: what a document can be searched for. They are kept apart and deleted with the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import orjson

from skills.anatomy.studies.degrees import read_degree
from skills.document import BODY, Line
from skills.judging.report_types import Report, SkillReport


@dataclass(frozen=True)
class Contents:
    """The words of a document, and what was found in them.

    `skills` has each skill's label and the words of its first mention by the skill's id; `titles` are those of posts,
    `degrees` those of degrees with the ids of their levels; `months` is the experience in posts together. `styles` are
    those of lines that do not look like the body, each behind the number of its line: with them it can be scored anew.
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


def list_contents(report: Report, *, lines: Sequence[Line] = ()) -> Contents:
    """Return the contents of a report on a document with these lines."""
    degrees = [(title, degree) for title in _list_titles(report, "degree") if (degree := read_degree(title))]
    return Contents(
        report.text,
        {skill.id: (skill.label, _quote(skill)) for skill in report.skills},
        _list_titles(report, "post"),
        [(degree.skill, title) for title, degree in degrees],
        report.person.months.total if report.person else None,
        _list_styles(lines),
    )


def encode_contents(contents: Contents) -> bytes:
    """Return contents as they are stored."""
    return orjson.dumps(contents)


def read_contents(stored: bytes) -> Contents:
    """Return contents from what is stored."""
    return Contents(**orjson.loads(stored))

"""Finds: what the components found in a doc, by the rows of its token table, in groups such as `skills`.

Components read each other's finds here. As spans of spaCy they took a seventh of the time of judging, so only
`skills/finding/span_labeller.py` makes those, in the pipeline that is for others to use.
"""

from collections.abc import Container, Iterable, Iterator
from itertools import chain

from skills.text.spacy_parts import Doc
from skills.text.tokens import Find, TokenTable

SKILLS = "skills"
DUTIES = "duties"
SECTIONS = "sections"
CUES = "cues"
LEARNED = "learned"

# The `object` of a skill that a job title names, and of one that the name of a lab or department does: neither shows
# that a method was used.
TITLE = "title"
UNIT = "unit"
IN_NAMES = frozenset({TITLE, UNIT})


def get_table(doc: Doc) -> TokenTable:
    """Return the table of the doc's words."""
    table: TokenTable = doc._.token_table
    return table


def get_finds(doc: Doc) -> dict[str, list[Find]]:
    """Return all finds of a doc by group."""
    finds: dict[str, list[Find]] = doc._.finds
    return finds


def add_finds(doc: Doc, group: str, finds: Iterable[Find]) -> None:
    """Fill a group with finds, without those that have no word."""
    get_finds(doc)[group] = [find for find in finds if find.start < find.end]


def list_finds(doc: Doc, group: str) -> list[Find]:
    """Return the finds of a group, empty if its component has not run."""
    return get_finds(doc).get(group, [])


def list_sections(doc: Doc) -> list[str]:
    """Return the id of the section that each row of the token table stands in."""
    sections: list[str] = []
    for start, end, section, _ in list_finds(doc, SECTIONS):
        sections += [section] * (end - start)
    return sections


def list_rows_in(doc: Doc, sections: Container[str]) -> Iterator[int]:
    """Return the rows of the token table that stand in any of some sections."""
    found = (range(start, end) for start, end, section, _ in list_finds(doc, SECTIONS) if section in sections)
    return chain.from_iterable(found)

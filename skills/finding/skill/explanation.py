"""Explains why names of the vocabulary in a text count as skills or not."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from skills.anatomy.names.proper_names import find_subjects, opens_name
from skills.finding.finds import SKILLS, TITLE, UNIT, get_table, list_finds, list_sections
from skills.finding.skill.ambiguity import Conditions
from skills.finding.skill.skill_finder import MAY_OPEN_NAMES, Name, is_part_of_other
from skills.finding.skill.vocabulary import Skill
from skills.text.spacy_parts import Doc
from skills.text.tokens import Find, TokenTable

IN_TITLES = "every mention stands in a job title"
IN_UNITS = "the name of a lab or department shows no method that was used"
NO_WORK = "no industry that somebody worked in is named by a project, a degree, an award or a paper"
PART_OF_OTHER = "part of a longer word, of an address or of what only resembles it, or it runs into a heading"
MAY_BE_WORDS = "apart and in small letters it may be plain words; it counts in a skills section or in a list"


class NamedPlace(NamedTuple):
    """A name of a skill where it stands in a text; `why_not` is empty where the name counts."""

    start: int
    end: int
    text: str
    skill: str
    why_not: str


def _fail_conditions(conditions: Conditions, find: Find, table: TokenTable) -> str:
    if not conditions.suit_words(find, table):
        return "the words beside it give it another meaning"
    if not conditions.suit_any_case(find, table):
        return "its letter case; it would count in a list of skills"
    if conditions.needs_company:
        return "alone it may mean something else; it counts in a skills section, in a list, or near one of `near`"
    return IN_TITLES


def _explain_part(find: Find, skill: Skill, table: TokenTable) -> str:
    """Return of what else the words of a name are part, or nothing."""
    if skill.kind != "degree" and table.starts[find.start] in find_subjects(table.text):
        return "part of the name of a school"
    if skill.kind not in MAY_OPEN_NAMES and opens_name(table.ends[find.end - 1], table.text):
        return "part of the name of a school, firm or street"
    return PART_OF_OTHER if is_part_of_other(find.start, find.end, skill.kind, table) else ""


def _explain(find: Find, name: Name, section: str, table: TokenTable, found: list[Find]) -> str:
    """Return why a name does not count, or nothing if it does."""
    skill, conditions = name.skill, name.conditions
    for other in found:
        if other[:3] == find[:3]:
            return {TITLE: IN_TITLES, UNIT: IN_UNITS}.get(other.object, "")
    if part := _explain_part(find, skill, table):
        return part
    for other in found:
        if other.start < find.end and find.start < other.end:
            return f"part of the name of {other.label!r}"
    if name.may_be_words(find, section, table):
        return MAY_BE_WORDS
    why_not = _fail_conditions(conditions, find, table) if conditions else IN_TITLES
    return NO_WORK if why_not == IN_TITLES and skill.kind == "industry" else why_not


def _list_named(doc: Doc) -> Iterator[tuple[Find, Name]]:
    for start, end, name in doc._.phrases.of(Name):
        yield Find(start, end, name.skill.id), name


def explain_skills(doc: Doc) -> list[NamedPlace]:
    """Return every name of a skill that stands in a doc which the pipeline made, in text order."""
    table, found, sections = get_table(doc), list_finds(doc, SKILLS), list_sections(doc)
    places = {
        NamedPlace(
            table.starts[find.start],
            table.ends[find.end - 1],
            table.text[table.starts[find.start] : table.ends[find.end - 1]],
            find.label,
            _explain(find, name, sections[find.start], table, found),
        )
        for find, name in _list_named(doc)
    }
    return sorted(places)


def list_paths(skill: Skill, skills: Mapping[str, Skill]) -> list[list[str]]:
    """Return the ways from a skill up to a root, each as the ids above it, the nearest first."""
    if not skill.broader:
        return [[]]
    return [[parent, *path] for parent in skill.broader for path in list_paths(skills[parent], skills)]

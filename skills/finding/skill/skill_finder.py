"""Finding skills: exact spans of text that name a skill of the vocabulary."""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from operator import attrgetter
from typing import Literal, NamedTuple, cast

from skills.anatomy.anatomy import Anatomy
from skills.anatomy.names.proper_names import find_subjects, opens_name
from skills.anatomy.sections import STUDY_SECTIONS, TOP
from skills.anatomy.titles.title_nouns import stands_in_title
from skills.finding.finds import SKILLS, TITLE, UNIT, add_finds, get_table, list_sections
from skills.finding.skill.ambiguity import Conditions, Sentences, is_small
from skills.finding.skill.degree_finder import find_degree_skills
from skills.finding.skill.title_finder import find_title_skills
from skills.finding.skill.unit_names import find_unit_places
from skills.finding.skill.vocabulary import BACKGROUND_KINDS, Skill, Vocabulary, load_vocabulary
from skills.text.phrases import CAMEL_CASE, Phrases, spell_variants
from skills.text.spacy_parts import Doc, Language
from skills.text.tokens import HYPHENS, Find, TokenTable

# Items of one list stand apart by a sign, the end of a line or a joining word, with version numbers beside them.
BETWEEN_ITEMS = re.compile(
    r"(?s:(?=.*[,;:/|&•·()+\-\n]|\s+(?:and|or)\s))"
    r"(?:[\s,;:/|&•·()+\-\d]|(?<=\d)\.)*(?:(?:and|or)\b)?[\s(,/]*",
    re.IGNORECASE,
)
MAX_CHARACTERS_TO_ITEM = 16

# Where this follows without a space, a word goes on: “lodash.io”, “NLP4Fish”.
GOES_ON = re.compile(r"\.[a-z]|\d+[A-Z][a-z]")

# Where one of these stands, nothing goes on.
BEHIND_MOST_NAMES = frozenset({"", " ", "\n", ","})

# What joins a small word to a name before it: “non-linear regression”.
JOINED_END = re.compile(rf"[a-z][{HYPHENS}]")

# What follows the name of a tool that something else only resembles: a “node.js-like event emitter”.
RESEMBLES = re.compile(rf"[{HYPHENS}](?:like|inspired)\b", re.IGNORECASE)

# An empty line.
OPEN_LINE = re.compile(r"\n\s*\n")

# Where people say in which industries they worked.
WORK_SECTIONS = frozenset({"top", "summary", "experience", "projects", "skills", "additional"})

# Where people say what they studied.
FIELD_SECTIONS = STUDY_SECTIONS | {TOP, "summary"}

# Who holds a post named for one of these works at it: a machine learning engineer at machine learning.
ABSTRACT_KINDS = frozenset({"method", "practice"})

# What stands before the name of a school and is no part of it.
MAY_OPEN_NAMES = frozenset({"field"})

by_start = attrgetter("start")


def _choose_longest(finds: list[Find]) -> list[Find]:
    """Return which of overlapping finds stay: the longest (of two as long the earlier), and what is apart from it."""
    kept: list[Find] = []
    taken: set[int] = set()
    for find in sorted(finds, key=lambda find: (find.start - find.end, find.start)):
        if find.start not in taken and find.end - 1 not in taken:
            kept.append(find)
            taken.update(range(find.start, find.end))
    return sorted(kept)


def keep_longest(finds: Iterable[Find]) -> list[Find]:
    """Return the finds in text order, of those that overlap only the longest; each group of them is settled apart."""
    kept: list[Find] = []
    rivals: list[Find] = []
    reach = 0
    for find in sorted(finds, key=by_start):
        if find.start >= reach:
            kept += _choose_longest(rivals) if len(rivals) > 1 else rivals
            rivals = []
        rivals.append(find)
        reach = max(reach, find.end)
    return kept + _choose_longest(rivals)


def _are_listed_together(left: Find, right: Find, table: TokenTable) -> bool:
    start, end = table.ends[left.end - 1], table.starts[right.start]
    gap = table.text[start:end]
    return len(gap) <= MAX_CHARACTERS_TO_ITEM and BETWEEN_ITEMS.fullmatch(gap) is not None


def _join_lists(finds: list[Find], uncertain: Iterable[Find], table: TokenTable) -> set[Find]:
    """Return the finds that stay uncertain: one next to a certain find of its list becomes certain, and so on."""
    uncertain = set(uncertain)
    alone = [index for index, find in enumerate(finds) if find in uncertain]
    for index in alone:
        if index and finds[index - 1] not in uncertain and _are_listed_together(finds[index - 1], finds[index], table):
            uncertain.discard(finds[index])
    for index in reversed(alone):
        known = finds[index + 1 : index + 2]
        if known and known[0] not in uncertain and _are_listed_together(finds[index], known[0], table):
            uncertain.discard(finds[index])
    return uncertain


class Name(NamedTuple):
    """What a surface names, under conditions if it has a second meaning.

    `split`: a form with a word split at its inner capitals, which in small letters may be plain words: a planet-scale
    system uses no PlanetScale.
    """

    skill: Skill
    conditions: Conditions | None = None
    split: bool = False

    def may_be_words(self, find: Find, section: str, table: TokenTable) -> bool:
        """Return whether the surface of a find may be plain words, in prose or a publication's title."""
        return self.split and (section == "publications" or is_small(find, table))


# Surfaces, and what they name.
Named = tuple[tuple[str, ...], Name]


def list_named(vocabulary: Vocabulary) -> Iterator[Named]:
    """Yield the surfaces of each skill, those of each doubt apart, and what they name."""
    for skill in vocabulary.skills.values():
        yield skill.surfaces, Name(skill)
        yield from ((doubt.surfaces, Name(skill, Conditions(doubt))) for doubt in skill.doubts)


def list_forms(surface: str) -> Iterator[tuple[str, bool]]:
    """Yield every form of a surface, and whether it has a word split at its inner capitals."""
    forms = [*spell_variants(surface)]
    unsplit = {*spell_variants(surface.lower())} if CAMEL_CASE.search(surface) else forms
    return ((form, form not in unsplit) for form in forms)


def _ends_file_name(row: int, table: TokenTable) -> bool:
    """Return whether small letters stand behind a word and a dot: the “js” of “Lodash.js”, but not “it.Java”.

    The dot may be their own: the “.net” of a page's address.
    """
    word = row + (table.words[row] == ".")
    start = table.starts[word]
    return (
        start > 1 and table.text[start - 1] == "." and table.text[start - 2].isalnum() and table.words[word].islower()
    )


def _is_part_of_word(end: int, kind: str, table: TokenTable) -> bool:
    """Return whether what stands before row `end` is part of an address or of a longer name, or codes a course."""
    text, behind = table.text, table.ends[end - 1]
    if text[behind : behind + 1] in BEHIND_MOST_NAMES:
        return False
    if kind not in ABSTRACT_KINDS and RESEMBLES.match(text, behind):
        return True
    return GOES_ON.match(text, behind) is not None or (kind == "field" and text[behind : behind + 1].isdigit())


def _runs_into_heading(start: int, end: int, table: TokenTable) -> bool:
    """Return whether words reach over an empty line, or from a line's end to what stands before a colon below it."""
    first, last = table.starts[start], table.ends[end - 1]
    said = table.text[first:last]
    return "\n" in said and (table.text[last : last + 1] == ":" or OPEN_LINE.search(said) is not None)


def is_part_of_other(start: int, end: int, kind: str, table: TokenTable) -> bool:
    """Return whether the rows from `start` to `end` are part of other words, and so no name of a skill of this kind."""
    return _ends_file_name(start, table) or _is_part_of_word(end, kind, table) or _runs_into_heading(start, end, table)


def _part_names(
    table: TokenTable, phrases: Phrases, subjects: AbstractSet[int]
) -> tuple[list[tuple[Find, Name]], frozenset[int]]:
    """Return what names a skill, and the rows of what is part of the name of a school or firm instead.

    A field may stand right before a school's name; `subjects` are the places right behind its first words. Degrees have
    their own finder.
    """
    named, others = list[tuple[Find, Name]](), set[int]()
    for start, end, name in phrases.of(Name):
        kind = name.skill.kind
        if kind == "degree" or is_part_of_other(start, end, kind, table):
            continue
        opens = kind not in MAY_OPEN_NAMES and opens_name(table.ends[end - 1], table.text)
        if opens or table.starts[start] in subjects:
            others.update(range(start, end))
        else:
            named.append((Find(start, end, name.skill.id), name))
    return named, frozenset(others)


def _is_out_of_place(kind: str, section: str) -> bool:
    """Return whether a section says nothing of an industry or, outside of degrees, of a field of study."""
    return section not in WORK_SECTIONS if kind == "industry" else kind == "field" and section not in FIELD_SECTIONS


def _is_cut(find: Find, kind: str, section: str, table: TokenTable) -> bool:
    """Return whether small words that name no product of one word end a longer name: “non-linear regression”."""
    words = find.end - find.start > 1 or kind in ABSTRACT_KINDS
    if section == "skills" or not words:
        return False
    start = table.starts[find.start]
    if table.text[start - 1 : start].isspace():
        return False
    return JOINED_END.match(table.text, max(0, start - 2), start) is not None and is_small(find, table)


def _is_called_so(find: Find, section: str, table: TokenTable) -> bool:
    """Return whether a project is called by a name, as capitals say: “Finance App”."""
    return section == "projects" and not is_small(find, table)


def _find_project_heads(anatomy: Anatomy, table: TokenTable) -> AbstractSet[int]:
    """Return the rows of the names of projects: who calls one “Healthcare Chatbot” has not worked in healthcare."""
    return table.list_rows((entry.start, entry.body) for entry in anatomy.entries if entry.kind == "project")


class _Surroundings(NamedTuple):
    """What stands around the finds of a text: its words, the section of each, its sentences, and heads of projects."""

    table: TokenTable
    sections: Sequence[str]
    sentences: Sentences
    project_heads: AbstractSet[int]


def _is_ruled_out(find: Find, name: Name, around: _Surroundings) -> bool:
    """Return whether the place of a find, or the words beside it, say that it names no skill."""
    table, section, kind = around.table, around.sections[find.start], name.skill.kind
    if _is_out_of_place(kind, section) or _is_cut(find, kind, section, table):
        return True
    if kind == "industry" and (find.start in around.project_heads or _is_called_so(find, section, table)):
        return True
    return name.conditions is not None and not name.conditions.suit_words(find, table)


@Language.factory("rolefit_skills", assigns=["doc._.finds"], requires=["doc._.phrases", "doc._.finds"])
def make_skill_finder(nlp: Language, name: str) -> "SkillFinder":
    """Return the pipeline component that finds skills of the project's vocabulary."""
    del nlp, name
    return SkillFinder(load_vocabulary())


class SkillFinder:
    """Fills the group `skills` of the doc's finds with each place that names a skill.

    Runs after `rolefit_phrases` and `rolefit_sections`. The longest surface wins; a doubtful surface must meet its
    conditions first. No two skills overlap each other, nor two degrees, two fields or two industries; a degree may
    overlap its field.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        skills = vocabulary.skills.values()
        self._background = {skill.id: skill.kind for skill in skills if skill.kind in BACKGROUND_KINDS}
        self._abstract = frozenset(skill.id for skill in skills if skill.kind in ABSTRACT_KINDS)

    def __call__(self, doc: Doc) -> Doc:
        """Find the skills of a doc."""
        table, anatomy = get_table(doc), cast("Anatomy", doc._.anatomy)
        subjects = find_subjects(table.text)
        certain, uncertain = self._sort_out(doc, subjects)
        still_uncertain = self._find_uncertain(certain, uncertain, table) if uncertain else set()
        found: dict[str, list[Find]] = {kind: [] for kind in ("", *sorted(BACKGROUND_KINDS))}
        confirmed = (find for find in uncertain if find not in still_uncertain)
        said = find_degree_skills(anatomy.degrees, table, subjects), find_title_skills(anatomy, table, self._abstract)
        for find in chain(*said, certain, confirmed):
            found[self._background.get(find.label, "")].append(find)
        skills, *background = map(keep_longest, found.values())
        skills = self._drop_subjects(skills, chain.from_iterable(background), list_sections(doc))
        titles = table.list_rows((title.start, title.end) for title in anatomy.titles)
        units = table.list_rows(find_unit_places(table.text))
        add_finds(doc, SKILLS, chain(self._mark_units(self._mark_titles(skills, table, titles), units), *background))
        return doc

    def _find_uncertain(self, certain: list[Find], uncertain: list[Find], table: TokenTable) -> set[Find]:
        """Return the finds that no list makes certain; industries and degrees make no skill certain."""
        finds = keep_longest([*certain, *uncertain])
        skills = [find for find in finds if find.label not in self._background]
        return _join_lists(finds, uncertain, table) | _join_lists(skills, set(uncertain).intersection(skills), table)

    def _drop_subjects(self, skills: list[Find], background: Iterable[Find], sections: Sequence[str]) -> list[Find]:
        """Return the skills without those that are the subject of a degree, which the field of study says."""
        fields = (find for find in background if self._background[find.label] == "field")
        studied = {row for find in fields if sections[find.start] == "education" for row in range(find.start, find.end)}
        return [find for find in skills if not {find.start, find.end - 1} <= studied]

    def _mark_units(self, finds: Iterable[Find], units: AbstractSet[int]) -> Iterator[Find]:
        """Yield the finds; of methods and practices, those in the rows `units` of names of labs are marked so."""
        for find in finds:
            named = find.start in units and find.label in self._abstract and not find.object
            yield find._replace(object=UNIT) if named else find

    def _mark_titles(self, finds: list[Find], table: TokenTable, titles: AbstractSet[int]) -> list[Find]:
        """Return the finds without products that only job titles name; methods and practices in one are marked so.

        “Java developer” is no proof of Java. A title of machine learning says what the work is, and names no algorithm;
        nor do the rows of other `titles`.
        """
        inside = {find for find in finds if stands_in_title(find.end, table.norms, table.sentences)}
        outside = {find.label for find in finds if find not in inside}
        return [
            find._replace(object=TITLE)
            if find.label in self._abstract and (find in inside or find.start in titles)
            else find
            for find in finds
            if find.label in outside or find.label in self._abstract
        ]

    def _trusts_section(self, skill: str, section: str) -> bool:
        """Return whether a section names nothing but such skills, so that an ambiguous name needs no further proof."""
        return section == "skills" or (section == "education" and skill in self._background)

    def _judge(self, find: Find, name: Name, around: _Surroundings) -> Literal["certain", "uncertain", "none"]:
        """Return whether a find certainly names its skill, does so only in a list with a certain one, or does not."""
        table, section, conditions = around.table, around.sections[find.start], name.conditions
        if _is_ruled_out(find, name, around):
            return "none"
        if conditions and not conditions.suit_any_case(find, table):  # “python, go, spark”: such lists are common
            return "uncertain" if section == "skills" and is_small(find, table) else "none"
        doubtful = conditions is not None and (conditions.needs_company or not conditions.suit_case(find, table))
        doubtful = doubtful or name.may_be_words(find, section, table)
        if not doubtful or self._trusts_section(find.label, section):
            return "certain"
        is_settled = conditions is not None and around.sentences.settle(find, conditions)
        return "certain" if is_settled else "uncertain"

    def _sort_out(self, doc: Doc, subjects: AbstractSet[int]) -> tuple[list[Find], list[Find]]:
        """Return the finds that certainly name their skill, and those that do only in a list with a certain one."""
        table = get_table(doc)
        named, others = _part_names(table, doc._.phrases, subjects)
        heads = _find_project_heads(cast("Anatomy", doc._.anatomy), table)
        around = _Surroundings(table, list_sections(doc), Sentences(table, others), heads)
        finds: dict[str, list[Find]] = {"certain": [], "uncertain": [], "none": []}
        for find, name in named:
            finds[self._judge(find, name, around)].append(find)
        return finds["certain"], finds["uncertain"]

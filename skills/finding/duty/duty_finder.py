"""Finding duties: an action on an object within one sentence, such as “tuned” × “model”."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, product
from typing import TypeVar, cast

from skills.anatomy.anatomy import Anatomy, Statement
from skills.anatomy.entries.entries import Entry, Time
from skills.anatomy.sections import STUDY_SECTIONS
from skills.anatomy.titles.job_titles import JobTitle
from skills.anatomy.titles.title_nouns import is_hoped_for
from skills.finding.duty.acts import ActFinder, FoundAction
from skills.finding.duty.clauses import Clauses
from skills.finding.duty.duties import DutiesFile, Duty, ObjectPhrase, load_duties
from skills.finding.duty.duty_index import index_duties
from skills.finding.duty.noun_phrases import NounPhrases
from skills.finding.duty.reaches import FoundObject, Reach, list_reaches, part_all
from skills.finding.finds import (
    CUES,
    DUTIES,
    SKILLS,
    UNIT,
    add_finds,
    get_table,
    list_finds,
    list_rows_in,
    list_sections,
)
from skills.finding.skill.vocabulary import Vocabulary, load_vocabulary
from skills.text.spacy_parts import Doc, Language
from skills.text.tokens import Find, TokenTable

# Whose sentences are titles.
PUBLISHED = "publications"

# Where, as in the head of a post, the noun of an act names a field: “Web Development”.
LISTS = "skills"

# What parts the names of courses.
BEFORE_A_COURSE = frozenset({",", ":", ";", "|"})

# “Built a web application that tells customers which of their parcels will be late, by gradient boosting”
MAX_TOKENS_TO_NEIGHBOUR = 15


Found = TypeVar("Found", FoundAction, FoundObject)


def _keep_longest(objects: Iterable[FoundObject]) -> Iterator[FoundObject]:
    """Yield the objects without those that share words with a longer one."""
    spans: dict[tuple[int, int], list[FoundObject]] = {}
    for found in objects:
        spans.setdefault((found.start, found.end), []).append(found)
    taken: set[int] = set()
    for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
        if start not in taken and end - 1 not in taken:
            taken.update(range(start, end))
            yield from spans[start, end]


def _join_sentences(spans: Iterable[tuple[int, int, *tuple[object, ...]]], sentences: Sequence[int]) -> set[int]:
    """Return the sentences that share a name or phrase with another one."""
    last = ((span[0], span[1]) for span in spans)
    return {
        sentence for start, end in last if sentences[start] != sentences[end - 1] for sentence in sentences[start:end]
    }


def _group_by_sentence(items: Iterable[Found], sentences: list[int]) -> dict[int, list[Found]]:
    groups: dict[int, list[Found]] = {}
    for found in items:
        groups.setdefault(sentences[found.start], []).append(found)
    return groups


def _list_between(norms: Sequence[str]) -> Iterator[str]:
    """Yield words except a “to” that joins a word to itself: “end to end”."""
    return (word for at, word in enumerate(norms) if word != "to" or norms[at - 1 : at] != norms[at + 1 : at + 2])


def _has_neighbour(duty: Duty, action: FoundAction, target: FoundObject, others: Iterable[FoundObject]) -> bool:
    """Return whether what a duty asks for beside its object stands near it.

    A thing that only the noun of an act follows (“backend development”) is not enough for a duty that asks for more.
    """
    if duty.beside and action.noun and target.start < action.start:
        return False
    first, last = min(action.start, target.start), max(action.end, target.end)
    return not duty.beside or any(
        other.name in duty.beside and first - MAX_TOKENS_TO_NEIGHBOUR <= other.start <= last + MAX_TOKENS_TO_NEIGHBOUR
        for other in others
    )


def _is_of(title: JobTitle, duty: Duty) -> bool:
    """Return whether a job title is of a field, and of a trade, that shows a duty."""
    return bool(title.fields & duty.fields) and (not duty.trades or title.trade in duty.trades)


def _find_head(title: JobTitle, anatomy: Anatomy) -> Statement | None:
    """Return the head of an entry that a title stands in."""
    heads = (said for said in anatomy.statements if said.is_head and said.start <= title.start < said.end)
    return next(heads, None)


def _find_entry(title: JobTitle, entries: Iterable[Entry]) -> Entry | None:
    """Return the dated entry whose head a title stands in."""
    return next((entry for entry in entries if entry.start <= title.start < entry.body and entry.is_dated), None)


def _name_posts(anatomy: Anatomy, table: TokenTable) -> list[str]:
    """Return for each job title what tells its post from others: its words, and a number if they name several posts.

    Posts with the same title are several if they have different dates.
    """
    names, times = list[str](), dict[str, list[Time]]()
    for title in anatomy.titles:
        name = " ".join(table.norms[table.row_at(title.start) : table.row_at(title.end)])
        entry = _find_entry(title, anatomy.entries)
        known = times.setdefault(name, [])
        if entry and entry.time not in known:
            known.append(entry.time)
        number = known.index(entry.time) if entry else 0
        names.append(f"{name} {number + 1}" if number else name)
    return names


def _holds_only(anatomy: Anatomy, fields: frozenset[str]) -> bool:
    """Return whether there are posts whose titles say what they are, and all of them are of some fields."""
    heads = [entry for entry in anatomy.entries if entry.kind == "post"]
    held = [
        title.fields
        for title in anatomy.titles
        if title.fields and any(head.start <= title.start < head.body for head in heads)
    ]
    return bool(held) and all(said <= fields for said in held)


def _find_field_rows(doc: Doc) -> frozenset[int]:
    """Return the rows of lists of skills and of the heads of posts."""
    anatomy = cast("Anatomy", doc._.anatomy)
    heads = get_table(doc).list_rows((entry.start, entry.body) for entry in anatomy.entries if entry.kind == "post")
    return heads.union(list_rows_in(doc, {LISTS}))


def _find_course_rows(doc: Doc) -> frozenset[int]:
    """Return the rows where a capital opens the name of a course within a list: “Calculus, Applied Statistics”."""
    words, norms = get_table(doc).words, get_table(doc).norms
    return frozenset(
        row
        for row in list_rows_in(doc, STUDY_SECTIONS)
        if 0 < row < len(words) - 1
        and norms[row - 1] in BEFORE_A_COURSE
        and words[row].istitle()
        and words[row + 1].istitle()
    )


def _list_shown(doc: Doc, head: Statement) -> Iterator[str]:
    """Yield the skills that an entry names, without those that it says are lacking."""
    table = get_table(doc)
    rows = range(table.row_at(head.start), table.row_at(head.reach))
    lacking = {row for cue in list_finds(doc, CUES) if cue.label == "none" for row in range(cue.start, cue.end)}
    return (skill.label for skill in list_finds(doc, SKILLS) if skill.start in rows and skill.start not in lacking)


@Language.factory("rolefit_duties", assigns=["doc._.finds"], requires=["doc._.phrases", "doc._.finds"])
def make_duty_finder(nlp: Language, name: str) -> "DutyFinder":
    """Return the pipeline component that finds the project's duties."""
    del nlp, name
    return DutyFinder(load_duties(), load_vocabulary())


class DutyFinder:
    """Fills the group `duties` of the doc's finds with those that each reach from action to object.

    Runs after `rolefit_phrases` and `rolefit_skills`, whose finds can be objects. A sentence yields one find, the
    shortest, for each duty and object.
    """

    def __init__(self, duties: DutiesFile, vocabulary: Vocabulary) -> None:
        self._words = duties.clauses
        self._far_fields = duties.far_fields
        self._act_finder = ActFinder(duties.clauses)
        self._index = index_duties(duties, vocabulary)

    def __call__(self, doc: Doc) -> Doc:
        """Find the duties of a doc."""
        skills = list_finds(doc, SKILLS)
        anatomy, table = cast("Anatomy", doc._.anatomy), get_table(doc)
        posts, subjects = self._find_posts(anatomy, table), self._find_subjects(anatomy, table, skills)
        acting = self._find_acting(anatomy, doc)
        add_finds(doc, DUTIES, chain(self._find_acts_on_objects(doc, skills), posts, acting, subjects))
        return doc

    def _find_acts_on_objects(self, doc: Doc, skills: Sequence[Find]) -> Iterator[Find]:
        """Yield the duties of each sentence on each of its objects."""
        table, phrases = get_table(doc), doc._.phrases
        acts = list(self._act_finder.find(table, phrases, ((find.start, find.end) for find in skills)))
        clauses = Clauses(table, acts, self._words)
        verbs = {action.start for action in acts if not action.noun}
        things = NounPhrases(table, verbs, self._words.closers, self._words.other_things)
        fields = _find_field_rows(doc)
        named_courses = _find_course_rows(doc)
        actions = _group_by_sentence(
            (act for act in acts if act.start not in (fields if act.noun else named_courses)), table.sentences
        )
        found = self._find_objects(skills, phrases.of(ObjectPhrase), table.sentences, actions.keys())
        objects = _group_by_sentence(_keep_longest(found), table.sentences)
        named, sections = self._list_named(skills), list_sections(doc)
        for sentence in actions.keys() & objects.keys():
            reaches: dict[str, list[Reach]] = {}
            for action in actions[sentence]:
                known = self._index.of_acts[action.name]
                targets = [found for found in objects[sentence] if found.name in known]
                near = [found for found in targets if clauses.reaches(action, found.start, found.end)]
                if not near:
                    continue
                beside = [found for found in objects[sentence] if clauses.share_line(action.start, found.start)]
                said = self._sort_by_duty(action, near, beside, table.norms)
                if sections[action.start] == PUBLISHED:
                    said = {duty: done_to for duty, done_to in said.items() if duty in self._index.published}
                for duty, done_to in said.items():
                    reaches.setdefault(duty, []).extend(list_reaches(action, done_to, table.norms, things))
            if reaches:
                yield from part_all(self._drop_parts(reaches), self._index.duties, named)

    def _drop_parts(self, reaches: Mapping[str, list[Reach]]) -> dict[str, list[Reach]]:
        """Return the reaches by duty without those to a part of a thing that shows another duty (`no_part_of`)."""
        kept = dict(reaches)
        for duty in self._index.never_parts:
            things = [item for other in duty.no_part_of for item in reaches.get(other, ())]
            if things and duty.id in kept:
                rows = {row for item in things for row in range(item.first, item.last)}
                kept[duty.id] = [item for item in reaches[duty.id] if rows.isdisjoint(range(item.first, item.last))]
        return kept

    def _list_named(self, skills: Iterable[Find]) -> dict[str, set[int]]:
        """Return by duty the rows of the skills that say the same."""
        named: dict[str, set[int]] = {}
        for start, end, skill, _ in skills:
            for duty in self._index.said_by_skills.get(skill, ()):
                named.setdefault(duty.id, set()).update(range(start, end))
        return named

    def _sort_by_duty(
        self, action: FoundAction, targets: Iterable[FoundObject], others: Sequence[FoundObject], norms: Sequence[str]
    ) -> dict[str, list[FoundObject]]:
        """Return by a duty's id what the action is done to; `others` are the objects of its line."""
        found: dict[str, list[FoundObject]] = {}
        for target in targets:
            between = frozenset(_list_between(norms[action.end : target.start]))
            for duty in self._index.of_acts[action.name][target.name]:
                if self._index.barriers[duty].isdisjoint(between) and _has_neighbour(duty, action, target, others):
                    found.setdefault(duty.id, []).append(target)
        return found

    def _find_posts(self, anatomy: Anatomy, table: TokenTable) -> Iterator[Find]:
        """Yield the job titles that say what the person is, or was: in the summary and at the heads of entries."""
        borne_out = not _holds_only(anatomy, self._far_fields)
        said = table.list_rows((item.start, item.end) for item in anatomy.statements if borne_out or item.is_head)
        names = _name_posts(anatomy, table)
        for title, name in zip(anatomy.titles, names, strict=True):
            start, end = table.row_at(title.start), table.row_at(title.end)
            for duty in self._index.posts if start in said else ():
                if _is_of(title, duty):
                    yield Find(start, end, duty.id, name)

    def _find_acting(self, anatomy: Anatomy, doc: Doc) -> Iterator[Find]:
        """Yield the titles at the heads of entries that are of an open field and borne out by what the entry names."""
        table = get_table(doc)
        for (duty, proofs), title in product(self._index.posts.items(), anatomy.titles):
            head = _find_head(title, anatomy) if title.fields and title.fields <= duty.acting else None
            if head and not proofs.isdisjoint(_list_shown(doc, head)):
                start, end = table.row_at(title.start), table.row_at(title.end)
                yield Find(start, end, duty.id, " ".join(table.norms[start:end]))

    def _find_subjects(self, anatomy: Anatomy, table: TokenTable, skills: Sequence[Find]) -> Iterator[Find]:
        """Yield the skills named where the person says what they do now: in the summary and in present entries."""
        present = ((item.start, item.reach) for item in anatomy.statements if item.present)
        rows = table.list_rows(present)
        for start, end, skill, name in skills:
            counts = start in rows and name != UNIT and not is_hoped_for(start, table.norms)
            for duty in self._index.on_subjects.get(skill, ()) if counts else ():
                yield Find(start, end, duty.id, skill)

    def _find_objects(
        self,
        skills: Sequence[Find],
        phrases: Sequence[tuple[int, int, ObjectPhrase]],
        sentences: Sequence[int],
        acting: AbstractSet[int],
    ) -> Iterator[FoundObject]:
        """Yield objects, and without a name the products that are none: a feature store is no feature.

        Those in sentences without an act, which share no phrase with one that has, are left out. Of equal ones of a
        name, the first stays.
        """
        acting = acting | _join_sentences(chain(skills, phrases), sentences)
        said: dict[tuple[int, int], dict[str, tuple[str, bool, bool]]] = {}
        for start, end, skill, _ in skills:
            if sentences[start] in acting:
                for name, alone in self._index.objects_of_skills.get(skill, ()):
                    said.setdefault((start, end), {}).setdefault(name, (skill, True, alone))
        for start, end, (name, phrase) in phrases:
            if sentences[start] in acting:
                said.setdefault((start, end), {}).setdefault(name, (phrase, False, True))
        for (start, end), names in said.items():
            yield from (FoundObject(start, end, name, *rest) for name, rest in names.items())

"""Finding skills: exact spans of text that name a skill of the vocabulary."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from skills.finding.cues import stands_in_title
from skills.finding.section_finder import list_sections
from skills.finding.vocabulary import BACKGROUND_KINDS, Doubt, Skill, Vocabulary, load_vocabulary
from skills.text.phrases import Phrases, compare_form, spell_variants
from skills.text.proper_names import find_subjects, opens_name
from skills.text.tokens import Find, Places

# Between two items of one list stand only signs, version numbers and a joining word.
BETWEEN_ITEMS = re.compile(r"[\s,;:/|&•·()+\-\d.]*(?:(?:and|or|with|using|in)\b)?[\s(,/]*", re.IGNORECASE)
FARTHEST_ITEM_CHARACTERS = 16

# In a `not_…` phrase, any number.
NUMBER = "<number>"
LONGEST_PHRASE_WORDS = 8

# Shorter words in capitals are abbreviations of something else.
SHORTEST_IN_CAPITALS = 4

# Who holds a post named for one of these works at it: a machine learning engineer at machine learning.
ABSTRACT_KINDS = frozenset({"method", "practice"})

# What stands before the name of a school and is no part of it.
MAY_OPEN_NAMES = frozenset({"degree", "field"})

by_start = attrgetter("start")


def _pad(words: Iterable[str]) -> str:
    """Return words with one space around each, so that phrases can be looked up in them."""
    return f" {' '.join(words)} "


def _write_out(norms: Sequence[str]) -> Iterator[str]:
    """Yield normalized words padded, as they are and, if there are numbers, with each marked as one."""
    yield _pad(norms)
    if any(map(str.isdecimal, norms)):
        yield _pad(NUMBER if word.isdecimal() else word for word in norms)


def _pad_phrases(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Return phrases as they stand in padded normalized words; no phrase has both a figure and `<number>`."""
    split = (compare_form(phrase.replace(NUMBER, "number")).split() for phrase in phrases)
    return tuple(_pad(NUMBER if word == "number" else word for word in words) for words in split)


class Conditions:
    """What a doubt asks for, in the forms in which words are compared, each made when it is first looked at."""

    def __init__(self, doubt: Doubt) -> None:
        self._doubt = doubt
        self.needs_company = doubt.company == "needed"

    @cached_property
    def _joined(self) -> frozenset[str]:
        return frozenset(re.sub(r"[\s\-]+", "", surface) for surface in self._doubt.surfaces)

    @cached_property
    def _capitals(self) -> frozenset[str]:
        capitals = (surface.upper() for surface in self._joined if surface[0].isupper())
        return frozenset(surface for surface in capitals if len(surface) >= SHORTEST_IN_CAPITALS)

    @cached_property
    def _near(self) -> tuple[str, ...]:
        return _pad_phrases(self._doubt.near)

    @cached_property
    def _not_before(self) -> tuple[str, ...]:
        return _pad_phrases(self._doubt.not_preceded_by)

    @cached_property
    def _not_behind(self) -> tuple[str, ...]:
        return _pad_phrases(self._doubt.not_followed_by)

    def suit_case(self, find: Find, places: Places) -> bool:
        """Tell whether a surface stands in one of the letter cases that always name the skill."""
        return self._doubt.case == "any" or "".join(places.words[find.start : find.end]) in self._joined

    def _suit_capitals(self, find: Find, places: Places) -> bool:
        return "".join(places.words[find.start : find.end]) in self._capitals

    def _follow(self, find: Find, places: Places) -> bool:
        before = places.norms[max(0, find.start - LONGEST_PHRASE_WORDS) : find.start]
        return any(words.endswith(self._not_before) for words in _write_out(before))

    def _precede(self, find: Find, places: Places) -> bool:
        behind = places.norms[find.end : find.end + LONGEST_PHRASE_WORDS]
        return any(words.startswith(self._not_behind) for words in _write_out(behind))

    def allow(self, find: Find, places: Places) -> bool:
        """Tell whether a surface's letter case and the words beside it leave its technical meaning possible."""
        return not (
            not (self.suit_case(find, places) or self._suit_capitals(find, places))
            or (self._not_behind and self._precede(find, places))
            or (self._not_before and self._follow(find, places))
        )

    def stand_in(self, sentence: Iterable[str]) -> bool:
        """Tell whether a phrase that settles the doubt stands in a sentence, given as its words written out."""
        return any(phrase in words for words in sentence for phrase in self._near)


class Sentences:
    """The sentences of a text, each written out once, and asked once for what settles a doubt, however long it is."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._written: dict[int, tuple[str, ...]] = {}
        self._settled: dict[tuple[int, Conditions], bool] = {}

    def _write(self, number: int) -> tuple[str, ...]:
        if number not in self._written:
            numbers = self._places.sentences
            start, end = bisect_left(numbers, number), bisect_right(numbers, number)
            self._written[number] = tuple(_write_out(self._places.norms[start:end]))
        return self._written[number]

    def settle(self, find: Find, conditions: Conditions) -> bool:
        """Tell whether the sentence of a find holds a phrase that settles the doubt about it."""
        key = self._places.sentences[find.start], conditions
        if key not in self._settled:
            self._settled[key] = conditions.stand_in(self._write(key[0]))
        return self._settled[key]


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


def _listed_together(left: Find, right: Find, places: Places) -> bool:
    start, end = places.ends[left.end - 1], places.starts[right.start]
    return end - start <= FARTHEST_ITEM_CHARACTERS and BETWEEN_ITEMS.fullmatch(places.text, start, end) is not None


def _join_lists(finds: list[Find], lonely: Iterable[Find], places: Places) -> set[Find]:
    """Return the lonely finds that stand in a list beside none that is not; lists carry company along."""
    lonely = set(lonely)
    alone = [index for index, find in enumerate(finds) if find in lonely]
    for index in alone:
        if index and finds[index - 1] not in lonely and _listed_together(finds[index - 1], finds[index], places):
            lonely.discard(finds[index])
    for index in reversed(alone):
        known = finds[index + 1 : index + 2]
        if known and known[0] not in lonely and _listed_together(finds[index], known[0], places):
            lonely.discard(finds[index])
    return lonely


class Name(NamedTuple):
    """What a surface names, under conditions if it has a second meaning."""

    skill: Skill
    conditions: Conditions | None = None


def list_names(vocabulary: Vocabulary) -> Iterator[tuple[str, Name]]:
    """Yield every form of every surface with the skill that it names."""
    for skill in vocabulary.skills.values():
        names = [(skill.surfaces, Name(skill))]
        names += [(doubt.surfaces, Name(skill, Conditions(doubt))) for doubt in skill.doubts]
        for surfaces, name in names:
            for surface in surfaces:
                yield from ((variant, name) for variant in spell_variants(surface))


def _find_named(places: Places, phrases: Phrases) -> Iterator[tuple[Find, Conditions | None]]:
    """Yield what is no part of a name. A degree never is; a field may stand right before a school's name."""
    subjects = find_subjects(places.text)
    for start, end, (skill, conditions) in phrases.of(Name):
        if skill.kind != "degree" and places.starts[start] in subjects:
            continue
        if skill.kind not in MAY_OPEN_NAMES and opens_name(places.ends[end - 1], places.text):
            continue
        yield Find(start, end, skill.id), conditions


@Language.factory("rolefit_skills")
def make_skill_finder(nlp: Language, name: str) -> "SkillFinder":
    """Return the pipeline component that finds skills of the project's vocabulary."""
    del nlp, name
    return SkillFinder(load_vocabulary())


class SkillFinder:
    """Fills `doc.user_data["skills"]` with a find for each skill that the doc names.

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
        places: Places = doc.user_data["places"]
        certain, lonely = self._sort_out(doc)
        still_lonely = self._find_lonely(certain, lonely, places) if lonely else set()
        found: dict[str, list[Find]] = {kind: [] for kind in ("", *sorted(BACKGROUND_KINDS))}
        for find in (*certain, *(find for find in lonely if find not in still_lonely)):
            found[self._background.get(find.concept, "")].append(find)
        skills, *background = map(keep_longest, found.values())
        doc.user_data["skills"] = [*self._drop_titles(skills, places.norms), *chain.from_iterable(background)]
        return doc

    def _find_lonely(self, certain: list[Find], lonely: list[Find], places: Places) -> set[Find]:
        """Return the lonely finds that no list has company for; industries and degrees are none for skills."""
        finds = keep_longest([*certain, *lonely])
        skills = [find for find in finds if find.concept not in self._background]
        return _join_lists(finds, lonely, places) | _join_lists(skills, set(lonely).intersection(skills), places)

    def _drop_titles(self, finds: list[Find], norms: Sequence[str]) -> list[Find]:
        """Return the finds without the products whose every mention stands in a job title (“Java developer”)."""
        outside = {find.concept for find in finds if not stands_in_title(find.end, norms)}
        return [find for find in finds if find.concept in outside or find.concept in self._abstract]

    def _has_company(self, skill: str, section: str) -> bool:
        """Tell whether all that is named in a section is of the skill's sort, so that a doubtful name is none there."""
        return section == "skills" or (section == "education" and skill in self._background)

    def _sort_out(self, doc: Doc) -> tuple[list[Find], list[Find]]:
        """Return the finds that surely name their skill, and those that do so only in company."""
        places: Places = doc.user_data["places"]
        sentences, sections = Sentences(places), list_sections(doc)
        certain: list[Find] = []
        lonely: list[Find] = []
        for find, conditions in _find_named(places, doc.user_data["phrases"]):
            if conditions is None:
                certain.append(find)
            elif conditions.allow(find, places):
                needy = conditions.needs_company or not conditions.suit_case(find, places)
                alone = needy and not self._has_company(find.concept, sections[find.start])
                (lonely if alone and not sentences.settle(find, conditions) else certain).append(find)
        return certain, lonely

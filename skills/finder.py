"""Finding skills: exact spans of text that name a skill of the vocabulary."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from skills.context import stands_in_title
from skills.phrases import PhraseIndex, compare_form, spell_variants
from skills.proper_names import closes_name, opens_name
from skills.section_finder import section_at
from skills.tokens import Find, Places
from skills.vocabulary import BACKGROUND_KINDS, Doubt, Vocabulary, load_vocabulary

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


def _pad(words: Iterable[str]) -> str:
    """Return words with one space around each, so that phrases can be looked up in them."""
    return f" {' '.join(words)} "


def _write_out(norms: Sequence[str]) -> Iterator[str]:
    """Yield normalized words padded, as they are and, if there are numbers, with each marked as one."""
    yield _pad(norms)
    if any(map(str.isdecimal, norms)):
        yield _pad(NUMBER if word.isdecimal() else word for word in norms)


@cache
def _pad_phrases(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Return phrases as they stand in padded normalized words; no phrase has both a figure and `<number>`."""
    split = (compare_form(phrase.replace(NUMBER, "number")).split() for phrase in phrases)
    return tuple(_pad(NUMBER if word == "number" else word for word in words) for words in split)


@cache
def _join_surfaces(surfaces: tuple[str, ...]) -> frozenset[str]:
    return frozenset(re.sub(r"[\s\-]+", "", surface) for surface in surfaces)


@cache
def _join_capitals(surfaces: tuple[str, ...]) -> frozenset[str]:
    capitals = (surface.upper() for surface in _join_surfaces(surfaces) if surface[0].isupper())
    return frozenset(surface for surface in capitals if len(surface) >= SHORTEST_IN_CAPITALS)


def _letters_of(find: Find, places: Places) -> str:
    tokens = zip(places.starts[find.start : find.end], places.ends[find.start : find.end], strict=True)
    return "".join(places.text[start:end] for start, end in tokens)


def _in_case(find: Find, places: Places, doubt: Doubt) -> bool:
    return doubt.case == "any" or _letters_of(find, places) in _join_surfaces(doubt.surfaces)


def _in_capitals(find: Find, places: Places, doubt: Doubt) -> bool:
    return _letters_of(find, places) in _join_capitals(doubt.surfaces)


def _follows_any(find: Find, places: Places, phrases: tuple[str, ...]) -> bool:
    before = places.norms[max(0, find.start - LONGEST_PHRASE_WORDS) : find.start]
    return any(words.endswith(_pad_phrases(phrases)) for words in _write_out(before))


def _precedes_any(find: Find, places: Places, phrases: tuple[str, ...]) -> bool:
    behind = places.norms[find.end : find.end + LONGEST_PHRASE_WORDS]
    return any(words.startswith(_pad_phrases(phrases)) for words in _write_out(behind))


def _neighbours_allow(find: Find, places: Places, doubt: Doubt) -> bool:
    """Tell whether a surface's letter case and the words beside it leave its technical meaning possible."""
    return not (
        not (_in_case(find, places, doubt) or _in_capitals(find, places, doubt))
        or (doubt.not_followed_by and _precedes_any(find, places, doubt.not_followed_by))
        or (doubt.not_preceded_by and _follows_any(find, places, doubt.not_preceded_by))
    )


def _has_near(find: Find, places: Places, doubt: Doubt) -> bool:
    number = places.sentences[find.start]
    start, end = bisect_left(places.sentences, number), bisect_right(places.sentences, number)
    return any(phrase in words for words in _write_out(places.norms[start:end]) for phrase in _pad_phrases(doubt.near))


def keep_longest(finds: Iterable[Find]) -> list[Find]:
    """Return the finds without those that share words with a longer one, or with an earlier one of its length."""
    kept: list[Find] = []
    taken: set[int] = set()
    for find in sorted(finds, key=lambda find: (find.start - find.end, find.start)):
        if find.start not in taken and find.end - 1 not in taken:
            kept.append(find)
            taken.update(range(find.start, find.end))
    return sorted(kept)


def _listed_together(left: Find, right: Find, places: Places) -> bool:
    start, end = places.ends[left.end - 1], places.starts[right.start]
    return end - start <= FARTHEST_ITEM_CHARACTERS and BETWEEN_ITEMS.fullmatch(places.text, start, end) is not None


def _join_lists(finds: list[Find], lonely: Iterable[Find], places: Places) -> set[Find]:
    """Return the lonely finds that stand in a list beside none that is not; lists carry company along."""
    lonely = set(lonely)
    pairs = list(pairwise(finds))
    neighbours = [*pairs, *((right, left) for left, right in reversed(pairs))]
    for known, other in neighbours:
        if other in lonely and known not in lonely and _listed_together(min(known, other), max(known, other), places):
            lonely.discard(other)
    return lonely


def _list_surfaces(vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[str, Doubt | None]]]:
    """Yield every surface with its skill's id and the conditions under which it names the skill."""
    for skill in vocabulary.skills.values():
        yield from ((surface, (skill.id, None)) for surface in skill.surfaces)
        for doubt in skill.doubts:
            yield from ((surface, (skill.id, doubt)) for surface in doubt.surfaces)


@Language.factory("rolefit_skills")
def make_skill_finder(nlp: Language, name: str) -> "SkillFinder":
    """Return the pipeline component that finds skills of the project's vocabulary."""
    del nlp, name
    return SkillFinder(load_vocabulary())


class SkillFinder:
    """Fills `doc.user_data["skills"]` with a find for each skill that the doc names.

    Runs after `rolefit_sections`. The longest surface wins; a doubtful surface must meet its conditions first. No two
    skills overlap each other, nor two degrees, two fields or two industries; a degree may overlap its field.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._kinds = {skill.id: skill.kind for skill in vocabulary.skills.values()}
        self._index = PhraseIndex(
            (variant, meaning) for surface, meaning in _list_surfaces(vocabulary) for variant in spell_variants(surface)
        )

    def __call__(self, doc: Doc) -> Doc:
        """Find the skills of a doc."""
        places: Places = doc.user_data["places"]
        certain, lonely = self._sort_out(doc)
        still_lonely = self._find_lonely(certain, lonely, places) if lonely else set()
        found = [*certain, *(find for find in lonely if find not in still_lonely)]
        skills = keep_longest(find for find in found if self._kinds[find.concept] not in BACKGROUND_KINDS)
        background = (
            find
            for kind in sorted(BACKGROUND_KINDS)
            for find in keep_longest(find for find in found if self._kinds[find.concept] == kind)
        )
        doc.user_data["skills"] = [*self._drop_titles(skills, places.norms), *background]
        return doc

    def _find_lonely(self, certain: list[Find], lonely: list[Find], places: Places) -> set[Find]:
        """Return the lonely finds that no list has company for; industries and degrees are none for skills."""
        finds = keep_longest([*certain, *lonely])
        skills = [find for find in finds if self._kinds[find.concept] not in BACKGROUND_KINDS]
        return _join_lists(finds, lonely, places) | _join_lists(skills, set(lonely).intersection(skills), places)

    def _drop_titles(self, finds: list[Find], norms: Sequence[str]) -> list[Find]:
        """Return the finds without the products whose every mention stands in a job title (“Java developer”)."""
        outside = {find.concept for find in finds if not stands_in_title(find.end, norms)}
        return [find for find in finds if find.concept in outside or self._kinds[find.concept] in ABSTRACT_KINDS]

    def _is_in_name(self, find: Find, places: Places) -> bool:
        """Tell whether a find is part of a name. A degree never is; a field may stand right before a school's name."""
        kind = self._kinds[find.concept]
        return (kind not in {"degree", "field"} and opens_name(places.ends[find.end - 1], places.text)) or (
            kind != "degree" and closes_name(places.starts[find.start], places.text)
        )

    def _has_company(self, skill: str, section: str) -> bool:
        """Tell whether all that is named in a section is of the skill's sort, so that a doubtful name is none there."""
        return section == "skills" or (section == "education" and self._kinds[skill] in BACKGROUND_KINDS)

    def _sort_out(self, doc: Doc) -> tuple[list[Find], list[Find]]:
        """Return the finds that surely name their skill, and those that do so only in company."""
        places: Places = doc.user_data["places"]
        certain: list[Find] = []
        lonely: list[Find] = []
        for start, end, (skill, doubt) in self._index.find(places.norms):
            find = Find(start, end, skill)
            if self._is_in_name(find, places):
                continue
            if doubt is None:
                certain.append(find)
            elif _neighbours_allow(find, places, doubt):
                needy = doubt.company == "needed" or not _in_case(find, places, doubt)
                alone = needy and not self._has_company(skill, section_at(doc, start))
                (lonely if alone and not _has_near(find, places, doubt) else certain).append(find)
        return certain, lonely

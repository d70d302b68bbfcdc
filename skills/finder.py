"""Finding skills: exact spans of text that name a skill of the vocabulary."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from skills.inflection import pluralize
from skills.sections import section_at
from skills.tokens import Places, normalize
from skills.vocabulary import Doubt, Vocabulary, load_vocabulary

# Between two items of one list stand only signs, version numbers and a joining word.
BETWEEN_ITEMS = re.compile(r"[\s,;:/|&•·()+\-\d.]*(?:(?:and|or|with|using|in)\b)?[\s(,/]*", re.IGNORECASE)
FARTHEST_ITEM_CHARACTERS = 16

CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")

# Shorter words have plurals that are other words: HA, has.
SHORTEST_PLURAL = 3


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a matched surface stands for, and the conditions under which it does."""

    skill: str
    doubt: Doubt | None


def spell_variants(surface: str) -> Iterator[str]:
    """Yield the ways in which a surface is written: apart, joined, in the plural."""
    apart = re.sub(r"[\s\-]+", " ", surface)
    for spelling in dict.fromkeys((apart, CAMEL_CASE.sub(" ", apart), apart.replace(" ", ""))):
        yield spelling
        last = re.search(r"[^\W\d_]+$", spelling)
        if last and len(last[0]) >= SHORTEST_PLURAL:
            yield spelling[: last.start()] + pluralize(last[0])


@cache
def _phrase(text: str) -> tuple[str, ...]:
    words = re.findall(r"<number>|[^\W\d_]+|\d+|[^\w\s\-]", text)
    return tuple(word if word == "<number>" else normalize(word) for word in words)


def _words(doc: Doc, start: int, end: int) -> tuple[str, ...]:
    return tuple(token.norm_ for token in doc[max(0, start) : max(0, end)])


def _equal(words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return len(words) == len(phrase) and all(
        word == wanted or (wanted == "<number>" and word.isdigit()) for word, wanted in zip(words, phrase, strict=True)
    )


def _follows(span: Span, phrase: tuple[str, ...]) -> bool:
    return _equal(_words(span.doc, span.end, span.end + len(phrase)), phrase)


def _precedes(span: Span, phrase: tuple[str, ...]) -> bool:
    return _equal(_words(span.doc, span.start - len(phrase), span.start), phrase)


def _in_case(span: Span, surfaces: Iterable[str]) -> bool:
    joined = "".join(token.text for token in span)
    return any(joined == re.sub(r"[\s\-]+", "", surface) for surface in surfaces)


def _neighbours_allow(span: Span, doubt: Doubt) -> bool:
    """Tell whether a surface's letter case and the words beside it leave its technical meaning possible."""
    if doubt.case == "exact" and not _in_case(span, doubt.surfaces):
        return False
    return not (
        any(_follows(span, _phrase(phrase)) for phrase in doubt.not_followed_by)
        or any(_precedes(span, _phrase(phrase)) for phrase in doubt.not_preceded_by)
    )


def _has_near(span: Span, doubt: Doubt) -> bool:
    if not doubt.near:
        return False
    sentence = f" {' '.join(token.norm_ for token in span.sent)} "
    return any(f" {' '.join(_phrase(phrase))} " in sentence for phrase in doubt.near)


def _listed_together(left: Span, right: Span, places: Places) -> bool:
    start, end = places.ends[left.end - 1], places.starts[right.start]
    return end - start <= FARTHEST_ITEM_CHARACTERS and BETWEEN_ITEMS.fullmatch(places.text, start, end) is not None


def _join_lists(spans: list[Span], lonely: Iterable[Span], places: Places) -> set[Span]:
    """Return the lonely spans that stand in a list beside a span that is not; lists carry company along."""
    lonely = set(lonely)
    pairs = [(left, right) for left, right in pairwise(spans) if _listed_together(left, right, places)]
    for left, right in pairs:
        if left not in lonely:
            lonely.discard(right)
    for left, right in reversed(pairs):
        if right not in lonely:
            lonely.discard(left)
    return lonely


@Language.factory("rolefit_skills")
def make_skill_finder(nlp: Language, name: str) -> "SkillFinder":
    """Return the pipeline component that finds skills of the project's vocabulary."""
    del name
    return SkillFinder(nlp, load_vocabulary())


class SkillFinder:
    """Fills `doc.spans["skills"]` with non-overlapping spans in text order, each labelled with its skill's id.

    Runs after `rolefit_sections`. The longest surface wins; a doubtful surface must meet its conditions first.
    """

    def __init__(self, nlp: Language, vocabulary: Vocabulary) -> None:
        self._matcher = PhraseMatcher(nlp.vocab, attr="NORM")
        self._meanings: dict[int, Meaning] = {}
        for skill in vocabulary.skills.values():
            self._add(nlp, Meaning(skill.id, None), skill.surfaces)
            for doubt in skill.doubts:
                self._add(nlp, Meaning(skill.id, doubt), doubt.surfaces)

    def _add(self, nlp: Language, meaning: Meaning, surfaces: Iterable[str]) -> None:
        key = f"{meaning.skill}/{len(self._meanings)}"
        self._meanings[nlp.vocab.strings.add(key)] = meaning
        self._matcher.add(key, [nlp.make_doc(variant) for surface in surfaces for variant in spell_variants(surface)])

    def __call__(self, doc: Doc) -> Doc:
        """Find the skills of a doc."""
        places: Places = doc.user_data["places"]
        certain, lonely = self._sort_out(doc)
        still_lonely = _join_lists(filter_spans([*certain, *lonely]), lonely, places)
        spans = filter_spans([*certain, *(span for span in lonely if span not in still_lonely)])
        doc.spans["skills"] = [
            Span(doc, span.start, span.end, label=self._meanings[span.label].skill) for span in spans
        ]
        return doc

    def _sort_out(self, doc: Doc) -> tuple[list[Span], list[Span]]:
        """Return the spans that surely name their skill, and those that do so only in company."""
        certain: list[Span] = []
        lonely: list[Span] = []
        for key, start, end in self._matcher(doc):
            span = Span(doc, start, end, label=key)
            doubt = self._meanings[span.label].doubt
            if doubt is None:
                certain.append(span)
            elif _neighbours_allow(span, doubt):
                alone = doubt.company == "needed" and section_at(doc, span.start) != "skills"
                (lonely if alone and not _has_near(span, doubt) else certain).append(span)
        return certain, lonely

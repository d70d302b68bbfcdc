"""Finding skills: exact spans of text that name a skill of the vocabulary."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from skills.context import stands_in_title
from skills.phrases import PhraseIndex, compare_form, spell_variants
from skills.sections import section_at
from skills.tokens import Places
from skills.vocabulary import BACKGROUND_KINDS, Doubt, Vocabulary, load_vocabulary

# Between two items of one list stand only signs, version numbers and a joining word.
BETWEEN_ITEMS = re.compile(r"[\s,;:/|&•·()+\-\d.]*(?:(?:and|or|with|using|in)\b)?[\s(,/]*", re.IGNORECASE)
FARTHEST_ITEM_CHARACTERS = 16

# In a `not_…` phrase, any number.
NUMBER = "<number>"
LONGEST_PHRASE_WORDS = 8

# Who holds a post named for one of these works at it: a machine learning engineer at machine learning.
ABSTRACT_KINDS = frozenset({"method", "practice"})


def _write_pattern(phrase: str) -> str:
    words = (r"\d+" if word == "number" else re.escape(word) for word in compare_form(phrase.replace(NUMBER, "number")))
    return " ".join(words)


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Match any of the phrases in normalized words with one space around each."""
    return re.compile(rf" (?:{'|'.join(map(_write_pattern, phrases)) or '(?!)'})(?= )")


def _join(norms: Sequence[str]) -> str:
    return f" {' '.join(norms)} "


@cache
def _join_surfaces(surfaces: tuple[str, ...]) -> frozenset[str]:
    return frozenset(re.sub(r"[\s\-]+", "", surface) for surface in surfaces)


def _in_case(span: Span, surfaces: tuple[str, ...]) -> bool:
    return "".join(token.text for token in span) in _join_surfaces(surfaces)


def _neighbours_allow(span: Span, doubt: Doubt) -> bool:
    """Tell whether a surface's letter case and the words beside it leave its technical meaning possible."""
    if doubt.case == "exact" and not _in_case(span, doubt.surfaces):
        return False
    norms = span.doc.user_data["places"].norms
    before = _join(norms[max(0, span.start - LONGEST_PHRASE_WORDS) : span.start])
    after = _join(norms[span.end : span.end + LONGEST_PHRASE_WORDS])
    return not (
        _any_of(doubt.not_followed_by).match(after)
        or any(found.end() == len(before) - 1 for found in _any_of(doubt.not_preceded_by).finditer(before))
    )


def _has_near(span: Span, doubt: Doubt) -> bool:
    norms = span.doc.user_data["places"].norms
    return _any_of(doubt.near).search(_join(norms[span.sent.start : span.sent.end])) is not None


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
    """Fills `doc.spans["skills"]` with spans that are each labelled with their skill's id.

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
        still_lonely = _join_lists(filter_spans([*certain, *lonely]), lonely, places)
        found = [*certain, *(span for span in lonely if span not in still_lonely)]
        skills = filter_spans(span for span in found if self._kinds[span.label_] not in BACKGROUND_KINDS)
        background = (
            span
            for kind in sorted(BACKGROUND_KINDS)
            for span in filter_spans(span for span in found if self._kinds[span.label_] == kind)
        )
        doc.spans["skills"] = [*self._drop_titles(skills, places.norms), *background]
        return doc

    def _drop_titles(self, spans: list[Span], norms: Sequence[str]) -> list[Span]:
        """Return the spans without the products whose every mention stands in a job title (“Java developer”)."""
        outside = {span.label for span in spans if not stands_in_title(span.end, norms)}
        return [span for span in spans if span.label in outside or self._kinds[span.label_] in ABSTRACT_KINDS]

    def _sort_out(self, doc: Doc) -> tuple[list[Span], list[Span]]:
        """Return the spans that surely name their skill, and those that do so only in company."""
        certain: list[Span] = []
        lonely: list[Span] = []
        for start, end, (skill, doubt) in self._index.find(doc.user_data["places"].norms):
            span = Span(doc, start, end, label=skill)
            if doubt is None:
                certain.append(span)
            elif _neighbours_allow(span, doubt):
                alone = doubt.company == "needed" and section_at(doc, span.start) != "skills"
                (lonely if alone and not _has_near(span, doubt) else certain).append(span)
        return certain, lonely

"""Finding duties: an action on an object within one sentence, such as “tuned” × “model”."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, product, starmap
from typing import NamedTuple, TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from skills.anatomy.sections import find_heads
from skills.anatomy.title_nouns import is_hoped_for
from skills.finding.duties import (
    ActionPhrase,
    DutiesFile,
    Duty,
    ObjectPhrase,
    PostPhrase,
    list_object_skills,
    load_duties,
)
from skills.finding.spans import DUTIES, SECTIONS, SKILLS, add_spans, get_table, list_finds
from skills.finding.vocabulary import Vocabulary, load_vocabulary
from skills.text.phrases import Phrases
from skills.text.tokens import Find, TokenTable

# A noun leads to its object by one of these (“development of models”); without, it is part of a longer noun.
BEHIND_A_NOUN = (["of"], ["and"], ["&"], [","], ["/"])

# How many tokens may stand between an action and its object: “designed, developed and deployed scalable … models”.
WIDEST_GAP_TOKENS = 8
# An object before its action (“models were trained”, “model training”) stands closer.
WIDEST_PASSIVE_GAP_TOKENS = 3


class FoundAction(NamedTuple):
    """An action in the rows of a token table: whether it `leads` (may stand before its object) and `follows`."""

    start: int
    end: int
    name: str
    leads: bool
    follows: bool


class FoundObject(NamedTuple):
    """An object in the rows of a token table; `phrase` is its spelling in `data/duties.toml`, or the id of a skill."""

    start: int
    end: int
    name: str
    phrase: str


Found = TypeVar("Found", FoundAction, FoundObject)


def _drop_nested(objects: Iterable[FoundObject]) -> list[FoundObject]:
    """Return the objects without those that share words with a longer one; of equal ones of a name, the first stays."""
    kept: dict[tuple[int, int, str], FoundObject] = {}
    owners: dict[int, tuple[int, int]] = {}
    for found in sorted(objects, key=lambda found: found.start - found.end):
        span = found.start, found.end
        if owners.get(found.start, span) == span == owners.get(found.end - 1, span):
            owners.update(dict.fromkeys(range(*span), span))
            kept.setdefault((*span, found.name), found)
    return list(kept.values())


def _group_by_sentence(items: Iterable[Found], sentences: list[int]) -> dict[int, list[Found]]:
    groups: dict[int, list[Found]] = {}
    for found in items:
        groups.setdefault(sentences[found.start], []).append(found)
    return groups


def _belong_together(action: FoundAction, target: FoundObject) -> bool:
    if action.start < target.start:
        return action.leads and 0 <= target.start - action.end <= WIDEST_GAP_TOKENS
    return action.follows and 0 <= action.start - target.end <= WIDEST_PASSIVE_GAP_TOKENS


def _reach(action: FoundAction, target: FoundObject) -> tuple[int, int]:
    return min(action.start, target.start), max(action.end, target.end)


def _keep_shortest(reaches: Iterable[tuple[str, str, tuple[int, int]]]) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the shortest reach, the first of equals, by duty and object."""
    shortest: dict[tuple[str, str], tuple[int, int]] = {}
    for duty, phrase, (start, end) in reaches:
        known = shortest.get((duty, phrase))
        if known is None or (end - start, start) < (known[1] - known[0], known[0]):
            shortest[duty, phrase] = start, end
    return shortest


def _find_actions(table: TokenTable, phrases: Phrases) -> Iterator[FoundAction]:
    for start, end, action in phrases.of(ActionPhrase):
        leads = not action.noun or table.norms[end : end + 1] in BEHIND_A_NOUN
        yield FoundAction(start, end, action.name, leads=leads, follows=action.noun or action.past)


def _find_posts(table: TokenTable, phrases: Phrases) -> Iterator[tuple[int, int, Duty, str]]:
    for start, end, (duty,) in phrases.of(PostPhrase):
        yield start, end, duty, " ".join(table.norms[start:end])


@Language.factory("rolefit_duties", assigns=["doc.spans"], requires=["doc._.phrases", "doc.spans"])
def make_duty_finder(nlp: Language, name: str) -> "DutyFinder":
    """Return the pipeline component that finds the project's duties."""
    del nlp, name
    return DutyFinder(load_duties(), load_vocabulary())


class DutyFinder:
    """Fills `doc.spans["duties"]` with spans that each reach from action to object.

    Runs after `rolefit_phrases` and `rolefit_skills`, whose finds can be objects. A sentence yields one span, the
    shortest, for each duty and object.
    """

    def __init__(self, duties: DutiesFile, vocabulary: Vocabulary) -> None:
        self._objects_of_skill: dict[str, list[str]] = {}
        for name, item in duties.objects.items():
            for skill in list_object_skills(item, vocabulary):
                self._objects_of_skill.setdefault(skill, []).append(name)
        self._duties_on_subject: dict[str, list[Duty]] = {}
        for duty in duties.duties:
            subjects = (list_object_skills(duties.objects[name], vocabulary) for name in duty.subjects)
            for skill in chain.from_iterable(subjects):
                self._duties_on_subject.setdefault(skill, []).append(duty)
        self._duties_of: dict[tuple[str, str], list[Duty]] = {}
        for duty in duties.duties:
            for pair in product(duty.actions, duty.objects):
                self._duties_of.setdefault(pair, []).append(duty)

    def __call__(self, doc: Doc) -> Doc:
        """Find the duties of a doc."""
        skills = list_finds(doc, SKILLS)
        done = ((*reach, *names) for sentence in self._pair_up(doc, skills) for names, reach in sentence.items())
        add_spans(doc, DUTIES, chain(starmap(Find, done), self._find_posts_and_subjects(doc, skills)))
        return doc

    def _pair_up(self, doc: Doc, skills: Sequence[Find]) -> Iterator[dict[tuple[str, str], tuple[int, int]]]:
        """Yield for each sentence the reach of each of its duties and objects."""
        table, phrases = get_table(doc), doc._.phrases
        actions = _group_by_sentence(_find_actions(table, phrases), table.sentences)
        objects = _group_by_sentence(_drop_nested(self._find_objects(skills, phrases)), table.sentences)
        for sentence in actions.keys() & objects.keys():
            names = {found.name for found in objects[sentence]}
            yield _keep_shortest(
                (duty.id, target.phrase, _reach(action, target))
                for action, target in product(actions[sentence], objects[sentence])
                if _belong_together(action, target)
                for duty in self._duties_of.get((action.name, target.name), ())
                if not duty.beside or not names.isdisjoint(duty.beside)
            )

    def _find_posts_and_subjects(self, doc: Doc, skills: Sequence[Find]) -> Iterator[Find]:
        """Yield what stands in the summary or at the heads of entries and says what the person is, or was."""
        table = get_table(doc)
        named = [*_find_posts(table, doc._.phrases), *self._find_subjects(skills)]
        openings = [(table.starts[section.start], section.label) for section in list_finds(doc, SECTIONS)]
        heads = find_heads(table.text, openings) if named else []
        for start, end, duty, target in named:
            counts = any(
                head.start <= table.starts[start] < head.end and (head.present or duty.counts_when_past)
                for head in heads
            )
            if counts and not is_hoped_for(start, table.norms):
                yield Find(start, end, duty.id, target)

    def _find_subjects(self, skills: Sequence[Find]) -> Iterator[tuple[int, int, Duty, str]]:
        for start, end, skill, _ in skills:
            for duty in self._duties_on_subject.get(skill, ()):
                yield start, end, duty, skill

    def _find_objects(self, skills: Sequence[Find], phrases: Phrases) -> Iterator[FoundObject]:
        for start, end, skill, _ in skills:
            for name in self._objects_of_skill.get(skill, ()):
                yield FoundObject(start, end, name, skill)
        for start, end, (name, phrase) in phrases.of(ObjectPhrase):
            yield FoundObject(start, end, name, phrase)

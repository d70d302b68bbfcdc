"""Finding duties: an action on an object within one sentence, such as “tuned” × “model”."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from typing import NamedTuple

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass
from spacy.language import Language
from spacy.tokens import Doc, Span

from skills.inflection import conjugate
from skills.knowledge_files import DATA, read_toml
from skills.phrases import PhraseIndex, spell_variants
from skills.vocabulary import Vocabulary, load_vocabulary

STRICT = ConfigDict(extra="forbid")

# How many tokens may stand between an action and its object: “designed, developed and deployed scalable … models”.
WIDEST_GAP_TOKENS = 8
# An object before its action (“models were trained”, “model training”) stands closer.
WIDEST_PASSIVE_GAP_TOKENS = 3


@dataclass(frozen=True, slots=True, config=STRICT)
class Action:
    """Verbs (`build/built` gives an irregular past) and nouns that name one kind of act."""

    verbs: tuple[str, ...]
    nouns: tuple[str, ...]


@dataclass(frozen=True, slots=True, config=STRICT)
class Goal:
    """What an action is done to: phrases, and every skill at or below the named ones."""

    phrases: tuple[str, ...]
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, config=STRICT)
class Duty:
    """Something done: one of the actions on one of the objects."""

    id: str
    label: str
    actions: tuple[str, ...]
    objects: tuple[str, ...]


@dataclass(frozen=True, slots=True, config=STRICT)
class DutiesFile:
    """The form of `data/duties.toml`."""

    actions: dict[str, Action]
    objects: dict[str, Goal]
    duties: tuple[Duty, ...]


@cache
def load_duties() -> DutiesFile:
    """Return the duties with the lexicons of their actions and objects."""
    return read_toml(DATA / "duties.toml", DutiesFile)


def find_kinds_of(umbrellas: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Return the ids of the skills at or below the umbrella skills."""
    found = set(umbrellas)
    while True:
        below = {skill.id for skill in vocabulary.skills.values() if found & set(skill.broader)} - found
        if not below:
            return frozenset(found)
        found |= below


class Part(NamedTuple):
    """An action or an object where it stands, in tokens. `follows` says that an action may stand behind its object."""

    start: int
    end: int
    name: str
    follows: bool = False


def _list_forms(actions: Mapping[str, Action]) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Yield every form of every action with its name and whether it may stand behind its object.

    Past forms and nouns may (“models were trained”, “model training”), others may not (“models using”).
    """
    for name, action in actions.items():
        yield from ((noun, (name, True)) for noun in action.nouns)
        for verb in action.verbs:
            base, _, past = verb.partition("/")
            for form in conjugate(base, past or None):
                if form not in action.nouns:
                    yield form, (name, form == past or form.endswith("ed"))


def _list_phrases(goals: Mapping[str, Goal]) -> Iterator[tuple[str, str]]:
    for name, goal in goals.items():
        for phrase in goal.phrases:
            yield from ((variant, name) for variant in spell_variants(phrase))


@Language.factory("rolefit_duties")
def make_duty_finder(nlp: Language, name: str) -> "DutyFinder":
    """Return the pipeline component that finds the project's duties."""
    del nlp, name
    return DutyFinder(load_duties(), load_vocabulary())


def _group_by_sentence(parts: Iterable[Part], sentence_starts: list[int]) -> dict[int, list[Part]]:
    groups: dict[int, list[Part]] = {}
    for part in parts:
        groups.setdefault(bisect_right(sentence_starts, part.start), []).append(part)
    return groups


def _belong_together(action: Part, goal: Part) -> bool:
    if action.start < goal.start:
        return 0 <= goal.start - action.end <= WIDEST_GAP_TOKENS
    return action.follows and 0 <= action.start - goal.end <= WIDEST_PASSIVE_GAP_TOKENS


def _reach(action: Part, goal: Part) -> tuple[int, int]:
    return min(action.start, goal.start), max(action.end, goal.end)


class DutyFinder:
    """Fills `doc.spans["duties"]`, each span labelled with its duty's id and reaching from action to object.

    Runs after `rolefit_skills`, whose finds can be objects. Of each duty a sentence yields its shortest span.
    """

    def __init__(self, duties: DutiesFile, vocabulary: Vocabulary) -> None:
        self._actions = PhraseIndex(_list_forms(duties.actions))
        self._objects = PhraseIndex(_list_phrases(duties.objects))
        self._objects_of_skill: dict[str, list[str]] = {}
        for name, goal in duties.objects.items():
            for skill in find_kinds_of(goal.skills, vocabulary):
                self._objects_of_skill.setdefault(skill, []).append(name)
        self._duties_of: dict[tuple[str, str], list[str]] = {}
        for duty in duties.duties:
            for pair in product(duty.actions, duty.objects):
                self._duties_of.setdefault(pair, []).append(duty.id)

    def __call__(self, doc: Doc) -> Doc:
        """Find the duties of a doc."""
        found = sorted((start, end, duty) for duty, (start, end) in self._find_shortest(doc))
        doc.spans["duties"] = [Span(doc, start, end, label=duty) for start, end, duty in found]
        return doc

    def _find_shortest(self, doc: Doc) -> Iterator[tuple[str, tuple[int, int]]]:
        """Yield the shortest reach of each duty in each sentence."""
        starts = [sentence.start for sentence in doc.sents]
        actions = _group_by_sentence(self._find_actions(doc), starts)
        objects = _group_by_sentence(self._find_objects(doc), starts)
        for sentence in actions.keys() & objects.keys():
            reaches: dict[str, list[tuple[int, int]]] = {}
            for action, goal in product(actions[sentence], objects[sentence]):
                for duty in self._duties_of.get((action.name, goal.name), ()):
                    if _belong_together(action, goal):
                        reaches.setdefault(duty, []).append(_reach(action, goal))
            for duty, spans in reaches.items():
                yield duty, min(spans, key=lambda span: (span[1] - span[0], span))

    def _find_actions(self, doc: Doc) -> Iterator[Part]:
        for start, end, (name, follows) in self._actions.find(doc.user_data["places"].norms):
            yield Part(start, end, name, follows)

    def _find_objects(self, doc: Doc) -> Iterator[Part]:
        for start, end, name in self._objects.find(doc.user_data["places"].norms):
            yield Part(start, end, name)
        for span in doc.spans["skills"]:
            for name in self._objects_of_skill.get(span.label_, ()):
                yield Part(span.start, span.end, name)

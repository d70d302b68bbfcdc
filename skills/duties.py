"""Finding duties: an action on an object within one sentence, such as “tuned” × “model”."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product

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


def _action_forms(action: Action) -> Iterator[str]:
    for verb in action.verbs:
        base, _, past = verb.partition("/")
        yield from conjugate(base, past or None)
    yield from action.nouns


@Language.factory("rolefit_duties")
def make_duty_finder(nlp: Language, name: str) -> "DutyFinder":
    """Return the pipeline component that finds the project's duties."""
    del nlp, name
    return DutyFinder(load_duties(), load_vocabulary())


def _by_sentence(doc: Doc, spans: Iterable[Span]) -> dict[int, list[Span]]:
    starts = [sentence.start for sentence in doc.sents]
    groups: dict[int, list[Span]] = {}
    for span in spans:
        groups.setdefault(bisect_right(starts, span.start), []).append(span)
    return groups


def _gap(action: Span, goal: Span) -> int | None:
    """Return how many tokens stand between an action and its object, or None where they cannot belong together."""
    gap, widest = goal.start - action.end, WIDEST_GAP_TOKENS
    if goal.start < action.start:
        gap, widest = action.start - goal.end, WIDEST_PASSIVE_GAP_TOKENS
    return gap if 0 <= gap <= widest else None


class DutyFinder:
    """Fills `doc.spans["duties"]`, each span labelled with its duty's id and reaching from action to object.

    Runs after `rolefit_skills`, whose finds can be objects. Of each duty a sentence yields its shortest span.
    """

    def __init__(self, duties: DutiesFile, vocabulary: Vocabulary) -> None:
        self._actions = PhraseIndex((form, k) for k, action in duties.actions.items() for form in _action_forms(action))
        self._objects = PhraseIndex(
            (variant, k) for k, goal in duties.objects.items() for p in goal.phrases for variant in spell_variants(p)
        )
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
        doc.spans["duties"] = sorted(self._find_duties(doc), key=lambda span: (span.start, span.end, span.label_))
        return doc

    def _find_duties(self, doc: Doc) -> list[Span]:
        """Return the shortest span of each duty in each sentence."""
        actions, objects = self._group_actions(doc), self._group_objects(doc)
        shortest: dict[tuple[int, str], Span] = {}
        for sentence in actions.keys() & objects.keys():
            for action, goal in product(actions[sentence], objects[sentence]):
                for duty in self._duties_of.get((action.label_, goal.label_), ()):
                    if _gap(action, goal) is None:
                        continue
                    span = Span(doc, min(action.start, goal.start), max(action.end, goal.end), label=duty)
                    known = shortest.get((sentence, duty))
                    if known is None or (len(span), span.start) < (len(known), known.start):
                        shortest[sentence, duty] = span
        return list(shortest.values())

    def _group_actions(self, doc: Doc) -> dict[int, list[Span]]:
        norms = doc.user_data["places"].norms
        return _by_sentence(doc, (Span(doc, start, end, label=key) for start, end, key in self._actions.find(norms)))

    def _group_objects(self, doc: Doc) -> dict[int, list[Span]]:
        norms = doc.user_data["places"].norms
        phrases = [Span(doc, start, end, label=key) for start, end, key in self._objects.find(norms)]
        skills = [
            Span(doc, span.start, span.end, label=name)
            for span in doc.spans["skills"]
            for name in self._objects_of_skill.get(span.label_, ())
        ]
        return _by_sentence(doc, [*phrases, *skills])

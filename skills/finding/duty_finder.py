"""Finding duties: an action on an object within one sentence, such as “tuned” × “model”."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, product, starmap
from typing import NamedTuple, TypeVar

from pydantic.dataclasses import dataclass
from spacy.language import Language
from spacy.tokens import Doc

from skills.anatomy.sections import find_heads
from skills.errors import KnowledgeError
from skills.finding.cues import is_hoped_for
from skills.finding.vocabulary import Vocabulary, find_kinds_of, load_vocabulary
from skills.text.inflection import conjugate
from skills.text.phrases import Phrases, compare_form, spell_variants
from skills.text.tokens import Find, Places
from skills.toml_files import DATA, STRICT, read_toml

# A noun leads to its object by one of these (“development of models”); without, it is part of a longer noun.
BEHIND_A_NOUN = (["of"], ["and"], ["&"], [","], ["/"])

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
    """Something done: one of the actions on one of the objects, and in the same sentence something of `beside`, if any.

    Or something that a person is: a post that is held, or a skill of `subjects`, in the summary or at the head of a
    present entry, or of any where it `counts_when_past`.
    """

    id: str
    actions: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    counts_when_past: bool = False


@dataclass(frozen=True, slots=True, config=STRICT)
class DutiesFile:
    """The form of `data/duties.toml`."""

    actions: dict[str, Action]
    objects: dict[str, Goal]
    duties: tuple[Duty, ...]


@cache
def load_duties() -> DutiesFile:
    """Return the duties with the lexicons of their actions and objects.

    Raises:
        KnowledgeError: the file is malformed, or a duty names an action or object that it has not.
    """
    duties = read_toml(DATA / "duties.toml", DutiesFile)
    for duty in duties.duties:
        for key, names, known in (
            ("actions", duty.actions, duties.actions),
            ("objects", (*duty.objects, *duty.beside, *duty.subjects), duties.objects),
        ):
            for name in names:
                if name not in known:
                    raise KnowledgeError(f"duties.toml: duties.{duty.id}.{key}: there is no {name!r}")
    return duties


class Act(NamedTuple):
    """An action where it stands, in tokens; `leads` and `follows` say on which side of its object it may stand."""

    start: int
    end: int
    name: str
    leads: bool
    follows: bool


class Thing(NamedTuple):
    """An object where it stands, in tokens; `phrase` is the lexicon's spelling of it, or the id of a skill."""

    start: int
    end: int
    name: str
    phrase: str


Part = TypeVar("Part", Act, Thing)


class Form(NamedTuple):
    """A form of an action's verb or noun; a past form may stand behind its object (“models were trained”)."""

    name: str
    noun: bool
    past: bool


class Object(NamedTuple):
    """An object that a phrase names, and the lexicon's spelling of the phrase."""

    name: str
    phrase: str


class Post(NamedTuple):
    """A post whose holder has a duty."""

    duty: Duty


def _list_forms(actions: Mapping[str, Action]) -> Iterator[tuple[str, Form]]:
    for name, action in actions.items():
        yield from ((compare_form(noun), Form(name, noun=True, past=False)) for noun in action.nouns)
        for verb in action.verbs:
            word, *particles = verb.split()
            base, _, past = word.partition("/")
            for form in conjugate(base, past or None):
                if form not in action.nouns:
                    is_past = form == past or form.endswith("ed")
                    yield compare_form(" ".join([form, *particles])), Form(name, noun=False, past=is_past)


def _list_things(goal: Goal, vocabulary: Vocabulary) -> list[str]:
    """Return the skills that can be an object; a practice cannot, being an act itself (“model deployment”)."""
    for skill in goal.skills:
        if skill not in vocabulary.skills:
            raise KnowledgeError(f"duties.toml: objects: the vocabulary has no skill {skill!r}")
    return [skill for skill in find_kinds_of(goal.skills, vocabulary) if vocabulary.skills[skill].kind != "practice"]


def _list_objects(goals: Mapping[str, Goal]) -> Iterator[tuple[str, Object]]:
    for name, goal in goals.items():
        for phrase in goal.phrases:
            yield from ((variant, Object(name, phrase)) for variant in spell_variants(phrase))


def list_duty_phrases(duties: DutiesFile) -> Iterator[tuple[str, Form | Object | Post]]:
    """Return every form of the phrases that actions, objects and posts go by."""
    posts = ((compare_form(post), Post(duty)) for duty in duties.duties for post in duty.posts)
    return chain(_list_forms(duties.actions), _list_objects(duties.objects), posts)


@Language.factory("rolefit_duties")
def make_duty_finder(nlp: Language, name: str) -> "DutyFinder":
    """Return the pipeline component that finds the project's duties."""
    del nlp, name
    return DutyFinder(load_duties(), load_vocabulary())


def _drop_nested(things: Iterable[Thing]) -> list[Thing]:
    """Return the things without those that share words with a longer one; of equal ones of a name, the first stays."""
    kept: dict[tuple[int, int, str], Thing] = {}
    owners: dict[int, tuple[int, int]] = {}
    for thing in sorted(things, key=lambda thing: thing.start - thing.end):
        span = thing.start, thing.end
        if owners.get(thing.start, span) == span == owners.get(thing.end - 1, span):
            owners.update(dict.fromkeys(range(*span), span))
            kept.setdefault((*span, thing.name), thing)
    return list(kept.values())


def _group_by_sentence(parts: Iterable[Part], sentences: list[int]) -> dict[int, list[Part]]:
    groups: dict[int, list[Part]] = {}
    for part in parts:
        groups.setdefault(sentences[part.start], []).append(part)
    return groups


def _belong_together(action: Act, goal: Thing) -> bool:
    if action.start < goal.start:
        return action.leads and 0 <= goal.start - action.end <= WIDEST_GAP_TOKENS
    return action.follows and 0 <= action.start - goal.end <= WIDEST_PASSIVE_GAP_TOKENS


def _reach(action: Act, goal: Thing) -> tuple[int, int]:
    return min(action.start, goal.start), max(action.end, goal.end)


def _keep_shortest(reaches: Iterable[tuple[str, str, tuple[int, int]]]) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the shortest reach, the first of equals, by duty and object."""
    shortest: dict[tuple[str, str], tuple[int, int]] = {}
    for duty, phrase, (start, end) in reaches:
        known = shortest.get((duty, phrase))
        if known is None or (end - start, start) < (known[1] - known[0], known[0]):
            shortest[duty, phrase] = start, end
    return shortest


def _find_actions(places: Places, phrases: Phrases) -> Iterator[Act]:
    for start, end, form in phrases.of(Form):
        leads = not form.noun or places.norms[end : end + 1] in BEHIND_A_NOUN
        yield Act(start, end, form.name, leads=leads, follows=form.noun or form.past)


def _find_posts(places: Places, phrases: Phrases) -> Iterator[tuple[int, int, Duty, str]]:
    for start, end, (duty,) in phrases.of(Post):
        yield start, end, duty, " ".join(places.norms[start:end])


class DutyFinder:
    """Fills `doc.user_data["duties"]` with finds that each reach from action to object.

    Runs after `rolefit_phrases` and `rolefit_skills`, whose finds can be objects. A sentence yields one find, the
    shortest, for each duty and object.
    """

    def __init__(self, duties: DutiesFile, vocabulary: Vocabulary) -> None:
        self._objects_of_skill: dict[str, list[str]] = {}
        for name, goal in duties.objects.items():
            for skill in _list_things(goal, vocabulary):
                self._objects_of_skill.setdefault(skill, []).append(name)
        self._duties_on_subject: dict[str, list[Duty]] = {}
        for duty in duties.duties:
            for skill in chain.from_iterable(_list_things(duties.objects[name], vocabulary) for name in duty.subjects):
                self._duties_on_subject.setdefault(skill, []).append(duty)
        self._duties_of: dict[tuple[str, str], list[Duty]] = {}
        for duty in duties.duties:
            for pair in product(duty.actions, duty.objects):
                self._duties_of.setdefault(pair, []).append(duty)

    def __call__(self, doc: Doc) -> Doc:
        """Find the duties of a doc."""
        done = ((*reach, *names) for sentence in self._pair_up(doc) for names, reach in sentence.items())
        doc.user_data["duties"] = [*starmap(Find, done), *self._find_posts_and_subjects(doc)]
        return doc

    def _pair_up(self, doc: Doc) -> Iterator[dict[tuple[str, str], tuple[int, int]]]:
        """Yield for each sentence the reach of each of its duties and objects."""
        places: Places = doc.user_data["places"]
        actions = _group_by_sentence(_find_actions(places, doc.user_data["phrases"]), places.sentences)
        objects = _group_by_sentence(_drop_nested(self._find_objects(doc)), places.sentences)
        for sentence in actions.keys() & objects.keys():
            names = {goal.name for goal in objects[sentence]}
            yield _keep_shortest(
                (duty.id, goal.phrase, _reach(action, goal))
                for action, goal in product(actions[sentence], objects[sentence])
                if _belong_together(action, goal)
                for duty in self._duties_of.get((action.name, goal.name), ())
                if not duty.beside or not names.isdisjoint(duty.beside)
            )

    def _find_posts_and_subjects(self, doc: Doc) -> Iterator[Find]:
        """Yield what stands in the summary or at the heads of entries and says what the person is, or was."""
        places: Places = doc.user_data["places"]
        named = [*_find_posts(places, doc.user_data["phrases"]), *self._find_subjects(doc)]
        openings = [(places.starts[token], name) for token, name in doc.user_data["sections"] if token < len(doc)]
        heads = find_heads(places.text, openings) if named else []
        for start, end, duty, goal in named:
            counts = any(
                head.start <= places.starts[start] < head.end and (head.present or duty.counts_when_past)
                for head in heads
            )
            if counts and not is_hoped_for(start, places.norms):
                yield Find(start, end, duty.id, goal)

    def _find_subjects(self, doc: Doc) -> Iterator[tuple[int, int, Duty, str]]:
        for start, end, skill, _ in doc.user_data["skills"]:
            for duty in self._duties_on_subject.get(skill, ()):
                yield start, end, duty, skill

    def _find_objects(self, doc: Doc) -> Iterator[Thing]:
        for start, end, skill, _ in doc.user_data["skills"]:
            for name in self._objects_of_skill.get(skill, ()):
                yield Thing(start, end, name, skill)
        for start, end, (name, phrase) in doc.user_data["phrases"].of(Object):
            yield Thing(start, end, name, phrase)

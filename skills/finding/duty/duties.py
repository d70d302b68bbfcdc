"""The duties that Rolefit knows and the phrases they go by, read from `data/duties.toml`."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Literal, NamedTuple

from pydantic.dataclasses import dataclass

from skills.errors import KnowledgeError
from skills.finding.skill.vocabulary import Kind, Vocabulary, find_kinds_of
from skills.text.inflection import conjugate, pluralize
from skills.text.phrases import normalize_phrase, spell_variants
from skills.toml_files import DATA, STRICT, read_toml


@dataclass(frozen=True, slots=True, config=STRICT)
class Action:
    """Verbs (`build/built` gives an irregular past) and nouns that name one kind of act.

    After a verb and a word of `not_on`, no object of the verb follows: models are “trained on images”.
    """

    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    not_on: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, config=STRICT)
class DutyObject:
    """What an action is done to: phrases, and every skill at or below the named ones, of `kinds` if any is named.

    Skills at or below those of `but` are left out. What is not `alone` is quoted only with its action.
    """

    phrases: tuple[str, ...]
    skills: tuple[str, ...] = ()
    kinds: frozenset[Kind] = frozenset()
    but: tuple[str, ...] = ()
    alone: bool = True


@dataclass(frozen=True, slots=True, eq=False, config=STRICT)  # to hash an object is cheaper than all its fields
class Duty:
    """Something that a person does or is. It is found in one of three ways.

    1. An action of `actions` on an object of `objects`; if `beside` names any, one of those near it in the sentence.
       The object stands behind none of the words that `not_behind` names.
    2. A job title of one of `fields` (and of one of `trades`, if any is named) in the summary or the head of an entry.
       A title whose fields are all of `acting` counts only if its entry names a skill at or below `borne_out_by`;
       one in the summary not if all posts are of the file's `far_fields`.
    3. A skill of the objects `subjects`, in the summary or in an entry that has not ended.

    What is part of a thing that shows a duty of `no_part_of` does not show this one: an NLP system is no “system”.
    Among publications, where titles say what others read, only what can be `published` is found.
    Words that show a duty of `weaker_than`, or a skill at or below `weaker_than_skills`, do not show this duty as well.
    """

    id: str
    actions: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    not_behind: tuple[Literal["means", "goals", "results"], ...] = ()
    published: bool = False
    weaker_than: tuple[str, ...] = ()
    weaker_than_skills: tuple[str, ...] = ()
    no_part_of: tuple[str, ...] = ()
    fields: frozenset[str] = frozenset()
    trades: frozenset[str] = frozenset()
    acting: frozenset[str] = frozenset()
    borne_out_by: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, config=STRICT)
class ClausesFile:
    """Words that say whose an action is, whether it was done, and where its clause ends.

    denials: stand before an action that was not done (“never”).
    hopes: stand with “to” before an action that is not done yet (“hope to”).
    interests: stand with “in” or “for” before an action that is only of interest (“interested in”).
    relatives: begin a clause about somebody or something else (“which”).
    enablers, others: together stand before what somebody else does (“enabling teams to …”).
    guiding: stand shortly before what those do whom the person guides (“mentored interns in building …”).
    before_adjectives: stand before a form in -ed that is an adjective (“an automated test”).
    ends: end the clause of an action, as `relatives` do, so that its object stands before them.
    taught: whom or what somebody teaches (“lectures”); they end a clause, too.
    means: stand before what an action is done with (“using”).
    goals: stand before what an action is done for (“for”).
    results: stand before what they were made from or with (“extracted insights from”).
    possible: stand with “be” before an action that may be done (“can be used”).
    habits: stand shortly before a form in -ed of what anybody does (“often”).
    other_things: end the names of what is none of what they begin with (“machine learning challenges”).
    listing: forms in -ing that do not end a clause after a comma, as others do (“including”).
    purposes: end a clause when “to” stands before them (“to support”).
    closers: are never part of the name of an object.
    not_acted: stand behind a noun that is no action there (“a development team”).
    """

    denials: frozenset[str]
    hopes: frozenset[str]
    interests: frozenset[str]
    relatives: frozenset[str]
    enablers: frozenset[str]
    others: frozenset[str]
    guiding: frozenset[str]
    before_adjectives: frozenset[str]
    ends: frozenset[str]
    taught: frozenset[str]
    means: frozenset[str]
    goals: frozenset[str]
    results: frozenset[str]
    possible: frozenset[str]
    habits: frozenset[str]
    other_things: frozenset[str]
    listing: frozenset[str]
    purposes: frozenset[str]
    closers: frozenset[str]
    not_acted: frozenset[str]


@dataclass(frozen=True, slots=True, config=STRICT)
class DutiesFile:
    """The schema of `data/duties.toml`; verbs of `also_nouns` have forms that are nouns as well (“test”, “codes”).

    Nouns of `also_verbs` are verbs as well (“building”). `far_fields` are those of posts that bear no title out.
    """

    also_nouns: frozenset[str]
    also_verbs: frozenset[str]
    far_fields: frozenset[str]
    clauses: ClausesFile
    actions: dict[str, Action]
    objects: dict[str, DutyObject]
    duties: tuple[Duty, ...]


class ActionPhrase(NamedTuple):
    """What a verb or noun stands for: the action `name`. A past form may follow its object (“models were trained”)."""

    name: str
    noun: bool
    past: bool
    maybe_noun: bool = False
    not_on: frozenset[str] = frozenset()


class ObjectPhrase(NamedTuple):
    """What a phrase stands for: the object `name`; `phrase` is its spelling in `data/duties.toml`."""

    name: str
    phrase: str


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


def list_object_skills(item: DutyObject, vocabulary: Vocabulary) -> list[str]:
    """Return the skills that can be an object; a practice cannot, being an act itself (“model deployment”)."""
    for skill in (*item.skills, *item.but):
        if skill not in vocabulary.skills:
            raise KnowledgeError(f"duties.toml: objects: the vocabulary has no skill {skill!r}")
    skills = find_kinds_of(item.skills, vocabulary) - find_kinds_of(item.but, vocabulary)
    found = [(skill, vocabulary.skills[skill].kind) for skill in sorted(skills)]
    return [skill for skill, kind in found if (kind in item.kinds if item.kinds else kind != "practice")]


def _list_noun_phrases(duties: DutiesFile) -> Iterator[tuple[str, ActionPhrase]]:
    for name, action in duties.actions.items():
        for noun in action.nouns:
            yield normalize_phrase(noun), ActionPhrase(name, noun=True, past=False)
            if noun in duties.also_verbs:
                yield normalize_phrase(noun), ActionPhrase(name, noun=False, past=False, maybe_noun=True)


def _list_verb_phrases(actions: Mapping[str, Action], also_nouns: frozenset[str]) -> Iterator[tuple[str, ActionPhrase]]:
    for name, action in actions.items():
        for verb in action.verbs:
            word, *particles = verb.split()
            base, _, past = word.partition("/")
            for form in conjugate(base, past or None):
                if form not in action.nouns:
                    is_past = form == past or form.endswith("ed")
                    phrase = " ".join([form, *particles])
                    maybe_noun = form in also_nouns or (base in also_nouns and form == pluralize(base))
                    yield (
                        normalize_phrase(phrase),
                        ActionPhrase(name, noun=False, past=is_past, maybe_noun=maybe_noun, not_on=action.not_on),
                    )


def _list_object_phrases(objects: Mapping[str, DutyObject]) -> Iterator[tuple[str, ObjectPhrase]]:
    for name, item in objects.items():
        for phrase in item.phrases:
            yield from ((variant, ObjectPhrase(name, phrase)) for variant in spell_variants(phrase))


def list_duty_phrases(duties: DutiesFile) -> Iterator[tuple[str, ActionPhrase | ObjectPhrase]]:
    """Yield the normalized phrases of actions and objects, each with what it stands for."""
    acts = chain(_list_noun_phrases(duties), _list_verb_phrases(duties.actions, duties.also_nouns))
    return chain(acts, _list_object_phrases(duties.objects))

"""Everything that Rolefit knows, loaded once: the pipeline, the profiles, and what meets each requirement."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import cast

from skills.anatomy.anatomy import Anatomy
from skills.document import Line
from skills.errors import KnowledgeError
from skills.finding.duty.duties import load_duties
from skills.finding.mentions import Mention, collect_mentions, sort_by_place
from skills.finding.pipeline import make_pipeline
from skills.finding.skill.vocabulary import Vocabulary, find_kinds_of, load_vocabulary
from skills.judging.scoring import Evidence, Worths, choose_best, gather_evidence, weigh_mentions
from skills.roles.profiles import Requirement, RoleProfile, load_profiles, profiles_version, read_own_role
from skills.text.spacy_parts import Language

# spaCy keeps what it knows of a word: of so many, half a kilobyte each, for good; of others while a text is read.
MOST_WORDS = 10_000
EXAMPLE_HEADINGS = {"projects": "PROJECTS", "education": "EDUCATION"}


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The loaded knowledge. `concepts` is keyed by requirement id.

    `moved` holds by that key the requirements, of any role, that the requirement's example is evidence for, with what
    the example is worth to each. `suggestions` holds the skills that the example shows of its own
    requirement: the ids of all kinds of each, and its words.
    """

    nlp: Language = field(repr=False)
    vocabulary: Vocabulary
    profiles: tuple[RoleProfile, ...]
    profiles_version: str
    concepts: Mapping[str, frozenset[str]] = field(repr=False)
    moved: Mapping[str, Mapping[str, Worths]] = field(repr=False)
    suggestions: Mapping[str, Sequence[tuple[frozenset[str], str]]] = field(repr=False)

    def read_text(self, text: str, lines: tuple[Line, ...]) -> tuple[tuple[Mention, ...], Anatomy]:
        """Return the skills and duties mentioned in a text whose lines are given, in text order, and its anatomy."""
        most_words = len(self.nlp.vocab) + len(text)  # no word is shorter than a character
        with nullcontext() if most_words <= MOST_WORDS else self.nlp.memory_zone():
            doc = self.nlp(text)
            return collect_mentions(doc, lines), cast("Anatomy", doc._.parts)

    def find_mentions(self, text: str, lines: tuple[Line, ...]) -> tuple[Mention, ...]:
        """Return the skills and duties mentioned in a text whose lines are given, in text order."""
        return self.read_text(text, lines)[0]


def write_example(requirement: Requirement) -> str:
    """Return the lines that, added to the end of a résumé, would meet a requirement in full."""
    return f"\n\n{EXAMPLE_HEADINGS[requirement.example_section]}\n{requirement.example}"


def _find_examples(nlp: Language, requirements: Iterable[Requirement]) -> dict[str, Evidence]:
    return {
        requirement.id: choose_best(collect_mentions(nlp(write_example(requirement)), (Line(1, 0, 0),)))
        for requirement in requirements
    }


def _find_moved(
    example: Evidence, requirements: Iterable[Requirement], concepts: Mapping[str, frozenset[str]]
) -> dict[str, Worths]:
    moved = {
        item.id: weigh_mentions(item, gather_evidence(example, concepts[item.id]))
        for item in requirements
        if not item.together
    }
    return {name: worths for name, worths in moved.items() if worths}


def _list_skills(
    example: Evidence, concepts: frozenset[str], vocabulary: Vocabulary
) -> tuple[tuple[frozenset[str], str], ...]:
    """Return the skills of an example that are among some concepts, each by its kinds and words, in their order."""
    mentions = sort_by_place(gather_evidence(example, concepts))
    skills = [mention for mention in mentions if mention.concept in vocabulary.skills]
    return tuple((find_kinds_of([mention.concept], vocabulary), mention.text) for mention in skills)


def _suggest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name.lower().replace(" ", "-"), known)
    return f"Did you mean {' or '.join(map(repr, near))}?" if near else "Take it out, or name another."


def _check_names(requirements: Iterable[Requirement], vocabulary: Vocabulary, file: str) -> None:
    duties = {duty.id for duty in load_duties().duties}
    for requirement in requirements:
        for key, names, known in (
            ("skills", requirement.skills, vocabulary.skills.keys()),
            ("but", requirement.but, vocabulary.skills.keys()),
            ("duties", requirement.duties, duties),
        ):
            for name in names:
                if name not in known:
                    raise KnowledgeError(
                        f"{file}: {requirement.id}.{key}: Rolefit knows no {name!r}. {_suggest(name, known)}"
                    )


def _list_concepts(requirement: Requirement, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the ids of all skills and duties that meet a requirement, and its learned phrases."""
    skills = find_kinds_of(requirement.skills, vocabulary) - find_kinds_of(requirement.but, vocabulary)
    if requirement.kinds:
        skills = frozenset(skill for skill in skills if vocabulary.skills[skill].kind in requirement.kinds)
    return skills | {*requirement.duties, *requirement.phrases}


def _make_knowledge(profiles: tuple[RoleProfile, ...], *, version: str, file: str) -> Knowledge:
    """Return the knowledge with these profiles, checked; `file` is where an error says that they come from."""
    nlp, vocabulary = make_pipeline(), load_vocabulary()
    requirements = {requirement.id: requirement for profile in profiles for requirement in profile.requirements}
    _check_names(requirements.values(), vocabulary, file)
    concepts = {name: _list_concepts(requirement, vocabulary) for name, requirement in requirements.items()}
    for requirement in requirements.values():
        concepts[requirement.id] = concepts[requirement.id].union(*(concepts[part] for part in requirement.together))
    examples = _find_examples(nlp, requirements.values())
    for name, example in examples.items():
        if concepts[name].isdisjoint(example):
            raise KnowledgeError(f"{file}: {name}.example: shows nothing that is asked for. Write a line that does.")
    moved = {name: _find_moved(example, requirements.values(), concepts) for name, example in examples.items()}
    suggestions = {name: _list_skills(example, concepts[name], vocabulary) for name, example in examples.items()}
    return Knowledge(nlp, vocabulary, profiles, version, concepts, moved, suggestions)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Pause the garbage collector: what is loaded stays, and the search for garbage in it takes half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@cache
def _load_knowledge(own: Path | None) -> Knowledge:
    with _without_garbage_collection():
        return _make_knowledge(load_profiles(own), version=profiles_version(own), file="profiles")


def load_knowledge(own: Path | None = None) -> Knowledge:
    """Return the project's knowledge, with the roles of a folder of one's own if one is given.

    The first call takes about a second, later ones nothing.

    Raises:
        KnowledgeError: a data file is wrong.
    """
    return _load_knowledge(own)


def check_own_role(path: Path) -> RoleProfile:
    """Return a role of one's own after every check that its file can fail; raise KnowledgeError at the first."""
    profile = read_own_role(path)
    _make_knowledge((profile,), version="", file=path.name)
    return profile

"""Everything that Rolefit knows, loaded once: the pipeline, the profiles, and what meets each requirement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from skills.anatomy.anatomy import Anatomy
from skills.document import Line
from skills.errors import KnowledgeError
from skills.finding.duty.duties import load_duties
from skills.finding.mentions import Mention, collect_mentions, sort_by_place
from skills.finding.pipeline import make_pipeline
from skills.finding.skill.vocabulary import Vocabulary, find_kinds_of, load_vocabulary
from skills.garbage_collection import frozen_after_loading
from skills.judging.scoring import BestMentions, Worths, choose_best, gather_evidence, weigh_mentions
from skills.roles.profiles import (
    ROLE,
    Requirement,
    RoleProfile,
    check_role,
    load_profiles,
    profiles_version,
    read_own_role,
    read_role,
)
from skills.text.spacy_parts import Language
from skills.toml_files import fingerprint_texts

MAX_ROLES_KEPT = 64  # roles that people have written, kept in memory with their examples
EXAMPLE_HEADINGS = {"experience": "EXPERIENCE", "projects": "PROJECTS", "education": "EDUCATION"}


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The loaded knowledge.

    `evidence_ids` holds for each requirement the ids of all skills, duties and phrases that meet it.
    `example_worths` holds for each requirement what its example line is worth to every requirement, of any role, that
    it is evidence for. `suggestions` holds the skills that the example shows of its own requirement: for each, the ids
    of the skill and of all below it, and the words that name it.
    """

    nlp: Language = field(repr=False)
    vocabulary: Vocabulary
    profiles: tuple[RoleProfile, ...]
    profiles_version: str
    evidence_ids: Mapping[str, frozenset[str]] = field(repr=False)
    example_worths: Mapping[str, Mapping[str, Worths]] = field(repr=False)
    suggestions: Mapping[str, Sequence[tuple[frozenset[str], str]]] = field(repr=False)

    def read_text(self, text: str, lines: tuple[Line, ...]) -> tuple[tuple[Mention, ...], Anatomy]:
        """Return the mentions in a text whose lines are given, in text order, and its anatomy."""
        doc = self.nlp(text)
        return collect_mentions(doc, lines), cast("Anatomy", doc._.anatomy)

    def find_mentions(self, text: str, lines: tuple[Line, ...]) -> tuple[Mention, ...]:
        """Return the mentions in a text whose lines are given, in text order."""
        return self.read_text(text, lines)[0]


def write_example(requirement: Requirement) -> str:
    """Return the lines that, added to the end of a résumé, would meet a requirement in full."""
    return f"\n\n{EXAMPLE_HEADINGS[requirement.example_section]}\n{requirement.example}"


def _find_examples(nlp: Language, requirements: Iterable[Requirement]) -> dict[str, BestMentions]:
    return {
        requirement.id: choose_best(collect_mentions(nlp(write_example(requirement)), (Line(1, 0, 0),)))
        for requirement in requirements
    }


def _weigh_example(
    example: BestMentions, requirements: Iterable[Requirement], evidence_ids: Mapping[str, frozenset[str]]
) -> dict[str, Worths]:
    worths_by_requirement = {
        item.id: weigh_mentions(item, gather_evidence(example, evidence_ids[item.id]))
        for item in requirements
        if not item.together
    }
    return {requirement_id: worths for requirement_id, worths in worths_by_requirement.items() if worths}


def _list_skills(
    example: BestMentions, evidence_ids: frozenset[str], vocabulary: Vocabulary
) -> tuple[tuple[frozenset[str], str], ...]:
    """Return the skills of an example that are among these ids, each by its kinds and words, in their order."""
    mentions = sort_by_place(gather_evidence(example, evidence_ids))
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
            ("too_broad", requirement.too_broad, vocabulary.skills.keys()),
            ("duties", requirement.duties, duties),
        ):
            for name in names:
                if name not in known:
                    raise KnowledgeError(
                        f"{file}: {requirement.id}.{key}: Rolefit knows no {name!r}. {_suggest(name, known)}"
                    )


def _list_evidence_ids(requirement: Requirement, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the ids of all skills and duties that meet a requirement, and its learned phrases."""
    skills = find_kinds_of(requirement.skills, vocabulary) - find_kinds_of(requirement.but, vocabulary)
    if requirement.kinds:
        skills = frozenset(skill for skill in skills if vocabulary.skills[skill].kind in requirement.kinds)
    return skills.difference(requirement.too_broad) | {*requirement.duties, *requirement.phrases}


@cache
def _load_pipeline() -> Language:
    return make_pipeline()


def _make_knowledge(profiles: tuple[RoleProfile, ...], *, version: str, file: str) -> Knowledge:
    """Return the knowledge with these profiles, checked; `file` is where an error says that they come from."""
    nlp, vocabulary = _load_pipeline(), load_vocabulary()
    requirements = {requirement.id: requirement for profile in profiles for requirement in profile.requirements}
    _check_names(requirements.values(), vocabulary, file)
    evidence_ids = {item.id: _list_evidence_ids(item, vocabulary) for item in requirements.values()}
    for requirement in requirements.values():
        evidence_ids[requirement.id] = evidence_ids[requirement.id].union(
            *(evidence_ids[part] for part in requirement.together)
        )
    examples = _find_examples(nlp, requirements.values())
    for requirement_id, example in examples.items():
        if evidence_ids[requirement_id].isdisjoint(example):
            raise KnowledgeError(
                f"{file}: {requirement_id}.example: shows nothing that is asked for. Write a line that does."
            )
    worths = {
        requirement_id: _weigh_example(example, requirements.values(), evidence_ids)
        for requirement_id, example in examples.items()
    }
    suggestions = {
        requirement_id: _list_skills(example, evidence_ids[requirement_id], vocabulary)
        for requirement_id, example in examples.items()
    }
    return Knowledge(nlp, vocabulary, profiles, version, evidence_ids, worths, suggestions)


@cache
def _load_knowledge(folder: Path | None) -> Knowledge:
    with frozen_after_loading():
        return _make_knowledge(load_profiles(folder), version=profiles_version(folder), file="profiles")


def load_knowledge(folder: Path | None = None) -> Knowledge:
    """Return the project's knowledge, with the roles of a folder if one is given.

    The first call takes some tenths of a second, without a snapshot of the names a second; later ones nothing.

    Raises:
        KnowledgeError: a data file is wrong.
    """
    return _load_knowledge(folder)


def _make_role_knowledge(profile: RoleProfile, *, place: str) -> Knowledge:
    """Return the knowledge about one role; raise KnowledgeError for unknown names, or an example without evidence."""
    return _make_knowledge((profile,), version="", file=place)


def check_own_role(path: Path) -> RoleProfile:
    """Return a role of one's own after every check that its file can fail; raise KnowledgeError at the first."""
    profile = read_own_role(path)
    _make_role_knowledge(profile, place=path.name)
    return profile


def check_unsaved_role(role: RoleProfile) -> None:
    """Check a role that is in no file as `check_own_role` checks one in a file; raise KnowledgeError at a fault."""
    _make_role_knowledge(check_role(role, place=ROLE), place=ROLE)


@lru_cache(maxsize=MAX_ROLES_KEPT)
def _load_role_text(role_text: str) -> Knowledge:
    return _make_role_knowledge(read_role(role_text), place=ROLE)


def add_roles(knowledge: Knowledge, role_texts: Sequence[str]) -> Knowledge:
    """Return the knowledge with more roles, each given as the JSON that the role store keeps.

    Raises:
        KnowledgeError: a role is wrong, as may be after the vocabulary has changed.
    """
    if not role_texts:
        return knowledge
    parts = [knowledge, *map(_load_role_text, role_texts)]
    return replace(
        knowledge,
        profiles=tuple(profile for part in parts for profile in part.profiles),
        profiles_version=fingerprint_texts([knowledge.profiles_version, *role_texts]),
        evidence_ids={requirement_id: known for part in parts for requirement_id, known in part.evidence_ids.items()},
        example_worths={
            requirement_id: worths for part in parts for requirement_id, worths in part.example_worths.items()
        },
        suggestions={requirement_id: skills for part in parts for requirement_id, skills in part.suggestions.items()},
    )

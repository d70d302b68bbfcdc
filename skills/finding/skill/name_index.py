"""The index of names: every form of every surface with the skills that it names.

To spell all forms would take most of a start, so a snapshot of them is kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypedDict

from skills.errors import KnowledgeError
from skills.finding.skill.skill_finder import Name, Named, list_forms, list_named
from skills.finding.skill.vocabulary import Vocabulary
from skills.snapshots import keep_snapshot, load_snapshot
from skills.text.phrases import PhraseIndex
from skills.toml_files import fingerprint_texts

SNAPSHOT = "names"


class SpelledNames(TypedDict):
    """Each form with an index into the `groups` that it names: twice the group's number, plus 1 for a split word."""

    forms: list[str]
    numbers: list[int]
    groups: list[list[int]]


def _number_forms(named: Sequence[Named]) -> Iterator[tuple[str, int]]:
    for number, (surfaces, name) in enumerate(named):
        for surface in surfaces:
            for form, split in list_forms(surface):
                if not form:
                    raise KnowledgeError(f"{name.skill.file}: skills.{name.skill.id}: {surface!r} holds no word")
                yield form, 2 * number + split


def spell_names(named: Sequence[Named]) -> SpelledNames:
    """Return every form of every surface, and each beginning of one; raise KnowledgeError for none."""
    meanings = PhraseIndex(_number_forms(named)).meanings
    groups = {group: number for number, group in enumerate(dict.fromkeys(meanings.values()))}
    numbers = [groups[group] for group in meanings.values()]
    return {"forms": list(meanings), "numbers": numbers, "groups": list(map(list, groups))}


def link_names(spelled: SpelledNames, named: Sequence[Named]) -> Mapping[str, tuple[Name, ...]]:
    """Return by form the names that it stands for; none for what is only the beginning of one."""
    names = [either for _, name in named for either in (name, Name(name.skill, name.conditions, split=True))]
    groups = [tuple(map(names.__getitem__, group)) for group in spelled["groups"]]
    return dict(zip(spelled["forms"], map(groups.__getitem__, spelled["numbers"]), strict=True))


def index_names(vocabulary: Vocabulary) -> Mapping[str, tuple[Name, ...]]:
    """Return the index of a vocabulary, from the snapshot of the same surfaces if there is one."""
    named = list(list_named(vocabulary))
    version = fingerprint_texts("\n".join(surfaces) for surfaces, _ in named)
    spelled: SpelledNames | None = load_snapshot(SNAPSHOT, version)
    if spelled is None:
        spelled = spell_names(named)
        keep_snapshot(SNAPSHOT, version, spelled)
    return link_names(spelled, named)

"""Which skills a spelling may mean. Reads only the names of the vocabulary, without spaCy."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from threading import Lock
from typing import Any

import rtoml

from skills.finding.skill.vocabulary import VOCABULARY
from worker.outcomes.folding import fold

LOADING = Lock()  # without it, each of many first questions at one moment loads all of them
BETWEEN = re.compile(r"(?<=\w)[\s\-_./]+(?=\w)")


def _compare(name: str) -> str:
    """Return the form in which names are compared: “Scikit learn” is “scikit-learn”, “.NET” is not “net”."""
    return BETWEEN.sub("", fold(name.strip()))


def _list_names(entry: Mapping[str, Any]) -> Iterator[str]:
    yield from (entry["label"], *entry.get("aliases", ()), *entry.get("also", ()))
    for doubt in entry.get("doubtful", ()):
        yield from doubt["surfaces"]


def _list_entries() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every entry of the vocabulary by its skill's id."""
    for path in VOCABULARY.rglob("*.toml"):
        yield from rtoml.load(path)["skills"].items()


@cache
def load_labels() -> Mapping[str, str]:
    """Return the label of every skill by its id."""
    return {skill_id: entry["label"] for skill_id, entry in _list_entries()}


@cache
def load_spellings() -> Mapping[str, frozenset[str]]:
    """Return the ids of the skills that each name may mean: about 35,000 names, in a tenth of a second."""
    found: dict[str, set[str]] = {}
    for skill_id, entry in _list_entries():
        for name in (skill_id, *_list_names(entry)):
            found.setdefault(_compare(name), set()).add(skill_id)
    return {name: frozenset(ids) for name, ids in found.items()}


def find_skills(name: str) -> frozenset[str]:
    """Return the ids of the skills that a name, in any spelling, may mean."""
    with LOADING:
        spellings = load_spellings()
    return spellings.get(_compare(name), frozenset())

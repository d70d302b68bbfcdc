"""What the fit works on: how far each judged résumé meets each requirement, beside what the panel said of it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from skills.judging.scoring import choose_best, gather_evidence, measure_requirement
from skills.knowledge import Knowledge, load_knowledge
from skills.roles.profiles import Requirement, RoleProfile
from tests.quality.fit.labels import Label
from worker.reading import read_document
from worker.settings import Settings

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Booleans = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Sample:
    """The judged résumés: `met` of shape (résumés, requirements), 0 to 1; `scores` of shape (résumés, roles)."""

    met: Floats
    scores: Floats
    better: list[str]
    corpora: list[str]
    kept_back: Booleans

    def take(self, chosen: Booleans) -> "Sample":
        """Return the résumés that are chosen."""
        return Sample(
            self.met[chosen],
            self.scores[chosen],
            [name for name, taken in zip(self.better, chosen, strict=True) if taken],
            [name for name, taken in zip(self.corpora, chosen, strict=True) if taken],
            self.kept_back[chosen],
        )


def list_requirements(profiles: tuple[RoleProfile, ...]) -> list[Requirement]:
    """Return the requirements of all profiles, each once."""
    return list({item.id: item for profile in profiles for item in profile.requirements}.values())


def mask_roles(requirements: list[Requirement], profiles: tuple[RoleProfile, ...]) -> Floats:
    """Return which requirement belongs to which role, of shape (roles, requirements)."""
    own = [{item.id for item in profile.requirements} for profile in profiles]
    return np.array([[float(item.id in ids) for item in requirements] for ids in own])


def _measure(path: Path, requirements: list[Requirement], knowledge: Knowledge, settings: Settings) -> list[float]:
    document = read_document(
        path.read_bytes(), name=path.name, max_pages=settings.max_pages, max_characters=settings.max_characters
    )
    best = choose_best(knowledge.find_mentions(document.text, document.lines))
    return [measure_requirement(item, gather_evidence(best, knowledge.concepts[item.id])) for item in requirements]


def measure_sample(labels: list[Label]) -> Sample:
    """Read the judged résumés and return how far each meets each requirement of the built-in roles."""
    knowledge, settings = load_knowledge(), Settings()
    requirements = list_requirements(knowledge.profiles)
    return Sample(
        met=np.array([_measure(label.path, requirements, knowledge, settings) for label in labels]),
        scores=np.array([label.scores for label in labels]),
        better=[label.better for label in labels],
        corpora=[label.corpus for label in labels],
        kept_back=np.array([label.kept_back for label in labels]),
    )

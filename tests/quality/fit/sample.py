"""What the fit works on: the evidence of each judged résumé, beside what the panel said of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from skills.finding.mentions import Mention, collect_mentions
from skills.judging.scoring import choose_best, gather_evidence, weigh_mentions
from skills.knowledge import Knowledge, write_example
from skills.roles.profiles import Requirement, RoleProfile
from tests.quality.fit.labels import Label
from tests.quality.fit.sentences import FoundPhrase, list_activities, list_phrases
from tests.reading_text import make_lines
from worker.pipeline import read_resume
from worker.settings import Settings

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Booleans = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

# What a requirement can be met by, with the requirement's index.
Piece = tuple[int, str]


class Resume(NamedTuple):
    """A judged résumé: what is evidence for which requirement, its phrases, and by sentence what people marked."""

    worths: Mapping[Piece, float]
    phrases: list[FoundPhrase]
    activities: Mapping[int, frozenset[str]] | None
    label: Label


@dataclass(frozen=True, slots=True)
class Sample:
    """The judged résumés, and what their evidence is for.

    `pieces` are the columns of evidence, `examples` what each requirement's own example shows; `masks` says which
    requirement belongs to which role, of shape (roles, requirements).
    """

    requirements: list[Requirement]
    masks: Floats
    pieces: list[Piece]
    examples: list[Mapping[Piece, float]]
    resumes: list[Resume]

    def take(self, chosen: Booleans) -> "Sample":
        """Return the résumés that are chosen."""
        kept = [resume for resume, taken in zip(self.resumes, chosen, strict=True) if taken]
        return replace(self, resumes=kept)

    @property
    def scores(self) -> Floats:
        """The panel's scores, of shape (résumés, roles)."""
        return np.array([resume.label.scores for resume in self.resumes])

    @property
    def better(self) -> list[str]:
        """Which role the panel found to fit better."""
        return [resume.label.better for resume in self.resumes]

    @property
    def corpora(self) -> list[str]:
        """Which collection each résumé comes from."""
        return [resume.label.corpus for resume in self.resumes]

    @property
    def kept_back(self) -> Booleans:
        """Which résumés are kept back."""
        return np.array([resume.label.kept_back for resume in self.resumes])

    def list_evidence(self) -> csr_array:
        """Return what each piece is worth in each résumé before any weight, of shape (résumés, pieces)."""
        return tabulate([resume.worths for resume in self.resumes], self.pieces)


def tabulate(rows: Iterable[Mapping[Piece, float]], pieces: list[Piece]) -> csr_array:
    """Return a sparse table of what each piece is worth in each row; pieces that are not asked for are left out."""
    columns, listed = {piece: index for index, piece in enumerate(pieces)}, list(rows)
    cells = [
        (row, columns[key], value)
        for row, worths in enumerate(listed)
        for key, value in worths.items()
        if key in columns
    ]
    values = np.array([value for _, _, value in cells], dtype=float)
    places = [row for row, _, _ in cells], [column for _, column, _ in cells]
    return csr_array((values, places), shape=(len(listed), len(pieces)))


def list_requirements(profiles: tuple[RoleProfile, ...]) -> list[Requirement]:
    """Return the requirements of all profiles, each once."""
    return list({item.id: item for profile in profiles for item in profile.requirements}.values())


def mask_roles(requirements: list[Requirement], profiles: tuple[RoleProfile, ...]) -> Floats:
    """Return which requirement belongs to which role, of shape (roles, requirements)."""
    own = [{item.id for item in profile.requirements} for profile in profiles]
    return np.array([[float(item.id in ids) for item in requirements] for ids in own])


def _weigh(mentions: Iterable[Mention], requirements: list[Requirement], knowledge: Knowledge) -> dict[Piece, float]:
    """Return what skills and duties are worth before anything is learned; a duty on several objects counts for each."""
    best, worths = choose_best(mentions), dict[Piece, float]()
    for index, item in enumerate(requirements):
        if not item.together:
            concepts = knowledge.evidence_ids[item.id].difference(item.phrases)
            plain = replace(item, weights={})
            for (concept, _), worth in weigh_mentions(plain, gather_evidence(best, concepts)).items():
                worths[index, concept] = worths.get((index, concept), 0.0) + worth
    return worths


def _measure(label: Label, requirements: list[Requirement], knowledge: Knowledge, settings: Settings) -> Resume:
    document = read_resume(label.path.read_bytes(), name=label.path.name, settings=settings)
    doc = knowledge.nlp(document.text)
    activities = None
    if label.sentences is not None:
        original = (label.path.parents[1] / "texts" / f"{label.path.stem}.txt").read_text(encoding="utf-8")
        activities = list_activities(doc, original, label.sentences)
    worths = _weigh(collect_mentions(doc, document.lines), requirements, knowledge)
    return Resume(worths, list_phrases(doc), activities, label)


def measure_sample(labels: list[Label], knowledge: Knowledge) -> Sample:
    """Read the judged résumés and return their evidence for each requirement of the built-in roles."""
    settings, requirements = Settings(), list_requirements(knowledge.profiles)
    resumes = [_measure(label, requirements, knowledge, settings) for label in labels]
    examples: list[Mapping[Piece, float]] = []
    for item in requirements:
        text = write_example(item)
        examples.append(_weigh(knowledge.find_mentions(text, make_lines(text)), requirements, knowledge))
    return Sample(
        requirements=requirements,
        masks=mask_roles(requirements, knowledge.profiles),
        pieces=sorted({piece for worths in [*(resume.worths for resume in resumes), *examples] for piece in worths}),
        examples=examples,
        resumes=resumes,
    )

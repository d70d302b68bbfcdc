"""Fit what each requirement is worth to a panel's scores: `python -m tests.quality.fit FOLDER [--write]`.

FOLDER holds `panel.json`, a list of {"id", "better", and per role the panel's mean score}, and `pdfs/ID.pdf`. The
points are the non-negative least squares solution (Lawson and Hanson 1974, as in scipy) of: each résumé's sum of points
is the panel's score, a résumé that meets everything scores 100, and what both roles share is worth the same to both.
Figures are of predictions for résumés that the fit has not seen, by ten-fold cross-validation.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import tomlkit
from scipy.optimize import nnls
from scipy.stats import spearmanr

from skills.judging.scoring import choose_best, gather_evidence, measure_requirement
from skills.knowledge import Knowledge, load_knowledge
from skills.roles.profiles import ALL_POINTS, FOLDER, Requirement, RoleProfile
from worker.reading import read_document
from worker.settings import Settings

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

FOLDS = 10
# How strongly “everything met is 100” binds, in résumés.
ANCHOR_WEIGHT = 3.0
# A requirement of the article stays worth something even where the panel's scores do not ask for it.
LEAST_POINTS = 1.0
# Where the panel's scores leave it open, requirements are worth the same (ridge regression); the pull is in résumés.
EVEN_POINTS = 5.0
EVEN_PULL = 4.0
PANEL_KEYS = {"machine-learning-engineer": "mle", "machine-learning-software-engineer": "mlse"}


@dataclass(frozen=True, slots=True)
class Sample:
    """The labelled résumés: `met` of shape (résumés, requirements), 0 to 1; `scores` of shape (résumés, roles)."""

    requirements: list[Requirement]
    met: Floats
    scores: Floats
    better: list[str]


def _list_requirements(profiles: tuple[RoleProfile, ...]) -> list[Requirement]:
    return list({item.id: item for profile in profiles for item in profile.requirements}.values())


def _measure(path: Path, requirements: list[Requirement], knowledge: Knowledge, settings: Settings) -> list[float]:
    document = read_document(
        path.read_bytes(), name=path.name, max_pages=settings.max_pages, max_characters=settings.max_characters
    )
    best = choose_best(knowledge.find_mentions(document.text, document.lines))
    return [measure_requirement(item, gather_evidence(best, knowledge.concepts[item.id])) for item in requirements]


def load_sample(folder: Path) -> Sample:
    """Return the labelled résumés of a folder with how far each meets each requirement."""
    knowledge, settings = load_knowledge(), Settings()
    requirements = _list_requirements(knowledge.profiles)
    panel = json.loads((folder / "panel.json").read_text(encoding="utf-8"))
    met = [_measure(folder / "pdfs" / f"{row['id']}.pdf", requirements, knowledge, settings) for row in panel]
    scores = [[row[PANEL_KEYS[profile.id]] for profile in knowledge.profiles] for row in panel]
    return Sample(requirements, np.array(met), np.array(scores, dtype=float), [row["better"] for row in panel])


def _role_masks(requirements: list[Requirement], profiles: tuple[RoleProfile, ...]) -> Floats:
    """Return which requirement belongs to which role, of shape (roles, requirements)."""
    own = [{item.id for item in profile.requirements} for profile in profiles]
    return np.array([[float(item.id in ids) for item in requirements] for ids in own])


def fit_points(met: Floats, scores: Floats, masks: Floats) -> Floats:
    """Return the points of each requirement, none below LEAST_POINTS."""
    count = met.shape[1]
    anchors = [ANCHOR_WEIGHT * mask[None, :] for mask in masks]
    matrix = np.vstack([*(met * mask for mask in masks), *anchors, np.sqrt(EVEN_PULL) * np.eye(count)])
    everything = np.full(len(masks), ANCHOR_WEIGHT * ALL_POINTS)
    goal = np.concatenate([*scores.T, everything, np.full(count, np.sqrt(EVEN_PULL) * EVEN_POINTS)])
    points, _ = nnls(matrix, goal - matrix @ np.full(count, LEAST_POINTS))
    return np.asarray(points + LEAST_POINTS)


def predict_unseen(sample: Sample, masks: Floats) -> Floats:
    """Return the scores of each résumé by points fitted without its fold, of shape (résumés, roles)."""
    folds = np.arange(len(sample.met)) % FOLDS
    predicted = np.zeros_like(sample.scores)
    for fold in range(FOLDS):
        points = fit_points(sample.met[folds != fold], sample.scores[folds != fold], masks)
        predicted[folds == fold] = sample.met[folds == fold] @ (masks * points).T
    return predicted


def _find_neither_bound(best: Floats, better: list[str]) -> float:
    """Return the bound on the better score that parts the résumés that fit neither role from the others best."""
    neither = np.array([name == "neither" for name in better])
    bounds = np.arange(10.0, 50.0, 1.0)
    return float(max(bounds, key=lambda bound: ((best < bound) == neither).mean()))


def describe_agreement(predicted: Floats, sample: Sample) -> dict[str, float]:
    """Return Spearman's rho of scores and difference, the mean absolute error, and how often the better fit agrees."""
    scores = sample.scores
    difference = predicted[:, 0] - predicted[:, 1]
    decided = [(d > 0) == (b == "mle") for d, b in zip(difference, sample.better, strict=True) if b in {"mle", "mlse"}]
    return {
        "rho_mle": float(spearmanr(predicted[:, 0], scores[:, 0]).statistic),
        "rho_mlse": float(spearmanr(predicted[:, 1], scores[:, 1]).statistic),
        "rho_difference": float(spearmanr(difference, scores[:, 0] - scores[:, 1]).statistic),
        "mae": float(np.abs(predicted - scores).mean()),
        "better_fit": float(np.mean(decided)),
        "median_error_of_difference": float(np.median(np.abs(difference - (scores[:, 0] - scores[:, 1])))),
        "neither_below": _find_neither_bound(predicted.max(axis=1), sample.better),
    }


def round_points(
    points: Floats, profiles: tuple[RoleProfile, ...], requirements: list[Requirement]
) -> dict[str, float]:
    """Return the points with one decimal so that each role's add up to 100; a role's own largest takes the rest."""
    rounded = {item.id: round(float(value), 1) for item, value in zip(requirements, points, strict=True)}
    for profile in profiles:
        own = [item.id for item in profile.requirements if not item.shared]
        largest = max(own, key=lambda name: rounded[name])
        rest = ALL_POINTS - sum(rounded[item.id] for item in profile.requirements)
        rounded[largest] = round(rounded[largest] + rest, 1)
    return rounded


def write_points(points: dict[str, float]) -> None:
    """Write the points into the profiles' files, leaving all else as it stands."""
    for path in FOLDER.glob("*.toml"):
        content = tomlkit.parse(path.read_text(encoding="utf-8"))
        for requirement in content["requirements"]:
            requirement["possible"] = points[str(requirement["id"])]
        path.write_text(tomlkit.dumps(content), encoding="utf-8")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Write the fitted points into the profiles.")
def main(folder: Path, *, write: bool) -> None:
    """Fit the points to the labelled FOLDER and show how well they foretell résumés that they have not seen."""
    sample, profiles = load_sample(folder), load_knowledge().profiles
    masks = _role_masks(sample.requirements, profiles)
    agreement = describe_agreement(predict_unseen(sample, masks), sample)
    points = round_points(fit_points(sample.met, sample.scores, masks), profiles, sample.requirements)
    click.echo(
        json.dumps({"cross_validated": {k: round(v, 3) for k, v in agreement.items()}, "points": points}, indent=1)
    )
    if write:
        write_points(points)


if __name__ == "__main__":
    main()

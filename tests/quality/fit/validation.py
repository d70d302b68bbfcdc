"""Scores of résumés that a fit has not seen: in folds, by corpora, and for those that are kept back."""

from collections.abc import Callable, Iterable

import numpy as np

from tests.quality.fit.sample import Booleans, Floats, Sample

# Fits a sample; what it returns scores another, by role.
Fit = Callable[[Sample], Callable[[Sample], Floats]]

FOLDS = 10
SEED = 5


def draw_folds(corpora: list[str]) -> list[Booleans]:
    """Return the folds, of which each holds as much of every corpus as the others."""
    random = np.random.default_rng(SEED)
    numbers = np.zeros(len(corpora), dtype=int)
    for corpus in sorted(set(corpora)):
        members = np.flatnonzero(np.array(corpora) == corpus)
        numbers[random.permutation(members)] = np.arange(len(members)) % FOLDS
    return [numbers == number for number in range(FOLDS)]


def _predict_unseen(sample: Sample, fit: Fit, parts: Iterable[Booleans]) -> Floats:
    """Return the scores of each part by a fit to all others, of shape (résumés, roles)."""
    predicted = np.zeros_like(sample.scores)
    for part in parts:
        predicted[part] = fit(sample.take(~part))(sample.take(part))
    return predicted


def predict_folds(sample: Sample, fit: Fit) -> Floats:
    """Return the scores of each résumé by a fit without its fold."""
    return _predict_unseen(sample, fit, draw_folds(sample.corpora))


def predict_corpora(sample: Sample, fit: Fit) -> Floats:
    """Return the scores of each résumé by a fit without its corpus."""
    return _predict_unseen(sample, fit, [np.array(sample.corpora) == name for name in sorted(set(sample.corpora))])

"""How well scores agree with a panel's, with confidence intervals by the bootstrap."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.stats import bootstrap, rankdata

from tests.quality.fit.sample import Floats, Sample

RESAMPLES = 1000
CONFIDENCE = 0.95
SEED = 5
DECIDED = ("mle", "mlse")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with the bounds of its confidence interval."""

    name: str
    value: float
    low: float
    high: float


def _rho(left: Floats, right: Floats, axis: int = -1) -> Floats:
    """Return Spearman's rho, with ties at their mean rank, along an axis; 0 where one side is all the same."""
    first, second = (rankdata(side, axis=axis) for side in (left, right))
    first, second = (side - side.mean(axis=axis, keepdims=True) for side in (first, second))
    spread = np.sqrt((first**2).sum(axis=axis) * (second**2).sum(axis=axis))
    return np.asarray((first * second).sum(axis=axis) / np.where(spread == 0, 1, spread))


def _error(left: Floats, right: Floats, axis: int = -1) -> Floats:
    return np.asarray(np.abs(left - right).mean(axis=axis))


def _share(hits: Floats, axis: int = -1) -> Floats:
    return np.asarray(hits.mean(axis=axis))


def _estimate(name: str, statistic: Callable[..., Floats], *samples: Floats) -> Figure:
    """Return a figure of paired samples; where resampling tells nothing, as of equal values, its bounds are itself."""
    value = float(statistic(*samples))
    if len(samples[0]) < len(DECIDED) or all(np.ptp(part) == 0 for part in samples):
        return Figure(name, value, value, value)
    bounds = bootstrap(
        samples,
        statistic,
        paired=True,
        vectorized=True,
        n_resamples=RESAMPLES,
        confidence_level=CONFIDENCE,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return Figure(name, value, float(bounds.low), float(bounds.high))


def decide(predicted: Floats, sample: Sample) -> Floats:
    """Return for each résumé for which the panel decided whether the better score is the same role's: 1 or 0."""
    first = predicted[:, 0] > predicted[:, 1]
    pairs = zip(first, sample.better, strict=True)
    return np.array([float(bool(role) == (better == DECIDED[0])) for role, better in pairs if better in DECIDED])


def measure_agreement(predicted: Floats, sample: Sample) -> Iterator[Figure]:
    """Yield rho of each score and of their difference, the mean absolute error, and how often the better fit agrees."""
    scores, difference = sample.scores, predicted[:, 0] - predicted[:, 1]
    yield _estimate("rho MLE", _rho, predicted[:, 0], scores[:, 0])
    yield _estimate("rho MLSE", _rho, predicted[:, 1], scores[:, 1])
    yield _estimate("rho difference", _rho, difference, scores[:, 0] - scores[:, 1])
    yield _estimate("error", _error, predicted.ravel(), scores.ravel())
    hits = decide(predicted, sample)
    if len(hits):
        yield _estimate("better fit", _share, hits)

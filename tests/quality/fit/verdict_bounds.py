"""Where a verdict should abstain: scores too near to call, and scores too low for either role."""

import numpy as np

from tests.quality.fit.sample import Floats, Sample

NEITHER_BOUNDS = np.arange(10.0, 50.0, 1.0)


def find_close_bound(predicted: Floats, sample: Sample) -> float:
    """Return the median error of the difference: of two scores that differ by less, nobody knows which is better."""
    differences = (scores[:, 0] - scores[:, 1] for scores in (predicted, sample.scores))
    return float(np.median(np.abs(np.subtract(*differences))))


def find_neither_bound(predicted: Floats, sample: Sample) -> float:
    """Return the bound on the better score that parts the résumés that fit neither role from the others best."""
    best = predicted.max(axis=1)
    neither = np.array([name == "neither" for name in sample.better])
    return float(max(NEITHER_BOUNDS, key=lambda bound: ((best < bound) == neither).mean()))

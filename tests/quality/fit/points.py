"""What each requirement is worth: the points behind a panel's scores.

They are the least squares solution (SLSQP, Kraft 1988, as in scipy) of: each résumé's sum of points is the panel's
score, and its difference between the roles the panel's. A résumé that meets everything scores 100; what both roles
share is worth the same to both; no requirement is worth less than MIN_POINTS; the first piece of evidence for one
earns no more than MAX_POINTS, nor does a title or a degree by all that it says.
"""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, minimize, nnls

from skills.roles.profiles import ALL_POINTS, Requirement, RoleProfile
from tests.quality.fit.sample import Floats

# How strongly “everything met is 100” binds, in résumés.
ANCHOR_WEIGHT = 3.0
# A requirement of the article stays worth something even where the panel's scores do not ask for it.
MIN_POINTS = 0.5
MAX_POINTS = 5.0
# The points of a line's requirements are each rounded to 0.1, and its other words show a little too.
MARGIN = 0.6
# Where the panel's scores leave it open, requirements are worth the same (ridge regression); the pull is in résumés.
EVEN_POINTS = 5.0
EVEN_PULL = 4.0
SLSQP = {"maxiter": 300, "ftol": 1e-9}


def _set_up(met: Floats, scores: Floats, masks: Floats) -> tuple[Floats, Floats]:
    """Return the matrix and the goal of the least squares."""
    count = met.shape[1]
    difference = met * (masks[0] - masks[1])
    anchors = [ANCHOR_WEIGHT * mask[None, :] for mask in masks]
    matrix = np.vstack([*(met * mask for mask in masks), difference, *anchors, np.sqrt(EVEN_PULL) * np.eye(count)])
    everything = np.full(len(masks), ANCHOR_WEIGHT * ALL_POINTS)
    even = np.full(count, np.sqrt(EVEN_PULL) * EVEN_POINTS)
    return matrix, np.concatenate([*scores.T, scores[:, 0] - scores[:, 1], everything, even])


def fit_points(met: Floats, scores: Floats, masks: Floats, shares: Floats | None = None) -> Floats:
    """Return the points of each requirement.

    `shares` holds a row for each line of a résumé that is looked at: how far it alone meets each requirement.
    """
    matrix, goal = _set_up(met, scores, masks)
    square, slope = matrix.T @ matrix, matrix.T @ goal

    def measure_loss(points: Floats) -> tuple[float, Floats]:
        return float(0.5 * points @ square @ points - slope @ points), np.asarray(square @ points - slope)

    limits = [LinearConstraint(masks, lb=ALL_POINTS, ub=ALL_POINTS)]
    if shares is not None:
        limits.append(LinearConstraint(shares, ub=MAX_POINTS - MARGIN))
    start = np.full(met.shape[1], MIN_POINTS)
    found = minimize(  # type: ignore[call-overload] # the stubs know arrays of one dimension only
        measure_loss,
        start,
        jac=True,
        method="SLSQP",
        bounds=Bounds(lb=MIN_POINTS),
        constraints=limits,
        options=SLSQP,
    )
    return np.asarray(np.maximum(found.x, MIN_POINTS))


def fit_freely(met: Floats, scores: Floats, masks: Floats) -> Floats:
    """Return the points without a bound on single pieces of evidence, in a hundredth of the time."""
    matrix, goal = _set_up(met, scores, masks)
    root = np.linalg.cholesky(matrix.T @ matrix)
    rest = goal - matrix @ np.full(met.shape[1], MIN_POINTS)
    points, _ = nnls(root.T, np.linalg.solve(root, matrix.T @ rest))
    return np.asarray(points + MIN_POINTS)


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

"""What each requirement is worth: the points behind a panel's scores.

They are the bounded least squares solution (Stark and Parker 1995, as in scipy) of: each résumé's sum of points is the
panel's score, a résumé that meets everything scores 100, and what both roles share is worth the same to both.
"""

from math import log1p

import numpy as np
import tomlkit
from scipy.optimize import lsq_linear

from skills.finding.duties import load_duties
from skills.roles.profiles import ALL_POINTS, FOLDER, Requirement, RoleProfile
from tests.quality.fit.sample import Floats

# How strongly “everything met is 100” binds, in résumés.
ANCHOR_WEIGHT = 3.0
# A requirement of the article stays worth something even where the panel's scores do not ask for it.
LEAST_POINTS = 1.0
# Where the panel's scores leave it open, requirements are worth the same (ridge regression); the pull is in résumés.
EVEN_POINTS = 5.0
EVEN_PULL = 4.0
# No single mention decides over more than this, so that no line does whose meaning may be doubted. A job title earns
# twice: in the requirement that both roles share, or the broader one, and in the role's own.
MOST_BY_ONE_MENTION = 5.0
REQUIREMENTS_OF_A_TITLE = 2


def limit_points(requirements: list[Requirement]) -> Floats:
    """Return the most points that each requirement may be worth."""
    posts = {duty.id for duty in load_duties().duties if duty.fields}
    shares = [1 if posts.isdisjoint(item.duties) else REQUIREMENTS_OF_A_TITLE for item in requirements]
    rises = [log1p(item.enough) / log1p(1.0) for item in requirements]
    return np.array([MOST_BY_ONE_MENTION / share * rise for share, rise in zip(shares, rises, strict=True)])


def fit_points(met: Floats, scores: Floats, masks: Floats, most: Floats) -> Floats:
    """Return the points of each requirement, none below LEAST_POINTS or above `most`."""
    count = met.shape[1]
    anchors = [ANCHOR_WEIGHT * mask[None, :] for mask in masks]
    matrix = np.vstack([*(met * mask for mask in masks), *anchors, np.sqrt(EVEN_PULL) * np.eye(count)])
    everything = np.full(len(masks), ANCHOR_WEIGHT * ALL_POINTS)
    goal = np.concatenate([*scores.T, everything, np.full(count, np.sqrt(EVEN_PULL) * EVEN_POINTS)])
    return np.asarray(lsq_linear(matrix, goal, bounds=(np.full(count, LEAST_POINTS), most)).x)


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

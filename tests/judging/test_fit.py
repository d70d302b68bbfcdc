"""The fit finds the points behind scores, keeps its bounds, and leaves the profiles' sums whole."""

import numpy as np

from skills.roles.profiles import ALL_POINTS, load_profiles
from tests.quality.fit import LEAST_POINTS, Sample, describe_agreement, fit_points, predict_unseen, round_points

MASKS = np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0]])
POINTS = np.array([60.0, 40.0, 60.0])


def make_sample() -> Sample:
    met = np.random.default_rng(7).random((400, 3))
    scores = met @ (MASKS * POINTS).T
    return Sample([], met, scores, ["mle" if first > second else "mlse" for first, second in scores])


def test_points_behind_the_scores_are_found_again() -> None:
    sample = make_sample()
    assert np.abs(fit_points(sample.met, sample.scores, MASKS) - POINTS).max() < 4


def test_no_requirement_is_worth_nothing() -> None:
    sample = make_sample()
    idle = np.column_stack([sample.met, 1 - sample.met[:, 0]])
    points = fit_points(idle, sample.scores, np.column_stack([MASKS, [1.0, 0.0]]))
    assert points.min() >= LEAST_POINTS


def test_scores_of_unseen_resumes_are_foretold_where_points_explain_them() -> None:
    sample = make_sample()
    agreement = describe_agreement(predict_unseen(sample, MASKS), sample)
    assert min(agreement["rho_mle"], agreement["rho_mlse"], agreement["rho_difference"]) > 0.99
    assert agreement["better_fit"] > 0.95


def test_rounded_points_add_up_for_every_role() -> None:
    profiles = load_profiles()
    requirements = list({item.id: item for profile in profiles for item in profile.requirements}.values())
    points = round_points(np.full(len(requirements), 4.567), profiles, requirements)
    for profile in profiles:
        assert round(sum(points[item.id] for item in profile.requirements), 1) == ALL_POINTS

"""The fit finds the points behind scores, keeps its bounds and sums, and never sees what it is measured on."""

import json
from pathlib import Path

import numpy as np
import pytest

from skills.roles.profiles import ALL_POINTS, load_profiles
from tests.quality.fit.agreement import measure_agreement
from tests.quality.fit.labels import read_labels
from tests.quality.fit.points import LEAST_POINTS, fit_points, round_points
from tests.quality.fit.sample import Floats, Sample, list_requirements
from tests.quality.fit.validation import draw_folds, predict_corpora, predict_folds
from tests.quality.fit.verdict_bounds import find_close_bound, find_neither_bound

MASKS = np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0]])
POINTS = np.array([60.0, 40.0, 60.0])
MOST = np.full(3, 100.0)


def make_sample(scores: Floats | None = None) -> Sample:
    met = np.random.default_rng(7).random((400, 3))
    judged = met @ (MASKS * POINTS).T if scores is None else scores
    better = ["mle" if first > second else "mlse" for first, second in judged]
    corpora = ["one"] * 250 + ["two"] * 150
    return Sample(met[: len(judged)], judged, better, corpora[: len(judged)], np.zeros(len(judged), dtype=bool))


def test_points_behind_the_scores_are_found_again() -> None:
    sample = make_sample()
    assert np.abs(fit_points(sample.met, sample.scores, MASKS, MOST) - POINTS).max() < 4


def test_no_requirement_is_worth_nothing() -> None:
    sample = make_sample()
    idle = np.column_stack([sample.met, 1 - sample.met[:, 0]])
    points = fit_points(idle, sample.scores, np.column_stack([MASKS, [1.0, 0.0]]), np.append(MOST, 100.0))
    assert points.min() >= LEAST_POINTS


def test_no_requirement_is_worth_more_than_it_may() -> None:
    sample = make_sample()
    assert fit_points(sample.met, sample.scores, MASKS, np.full(3, 30.0)).max() <= 30


@pytest.mark.parametrize("predict", [predict_folds, predict_corpora])
def test_scores_are_foretold_by_a_fit_that_has_not_seen_them(predict: object) -> None:
    seen: list[set[float]] = []

    def fit(known: Sample) -> object:
        seen.append(set(known.met[:, 0]))
        return lambda unseen: [[float(value in seen[-1])] * 2 for value in unseen.met[:, 0]]

    assert callable(predict)
    assert not predict(make_sample(), fit).any()
    assert len(seen) > 1


def test_a_fold_holds_as_much_of_every_corpus_as_the_others() -> None:
    corpora = make_sample().corpora
    for fold in draw_folds(corpora):
        assert sorted(np.array(corpora)[fold]) == ["one"] * 25 + ["two"] * 15


def test_agreement_is_full_with_the_panel_itself_and_none_with_its_reverse() -> None:
    sample = make_sample()
    same = {figure.name: figure for figure in measure_agreement(sample.scores, sample)}
    assert [figure.value for figure in same.values()] == pytest.approx([1, 1, 1, 0, 1])
    against = {figure.name: figure for figure in measure_agreement(-sample.scores, sample)}
    assert [figure.value for figure in against.values()][:3] == pytest.approx([-1, -1, -1])
    assert against["better fit"].value == 0


def test_a_figure_lies_within_its_interval_and_few_resumes_make_it_wide() -> None:
    sample = make_sample()
    noisy = sample.scores + np.random.default_rng(3).normal(0, 20, sample.scores.shape)
    few = np.arange(400) < 30
    wide = list(measure_agreement(noisy[few], sample.take(few)))
    narrow = list(measure_agreement(noisy, sample))
    assert all(figure.low < figure.value < figure.high for figure in wide + narrow)
    assert all(left.high - left.low > right.high - right.low for left, right in zip(wide, narrow, strict=True))


def test_the_bounds_of_the_verdict_come_from_the_errors_of_scores() -> None:
    sample = make_sample(np.array([[60.0, 50.0], [30.0, 40.0], [12.0, 11.0], [50.0, 50.0]]))
    sample.better[2] = "neither"
    predicted = sample.scores + np.array([[4.0, 0.0]])
    assert find_close_bound(predicted, sample) == pytest.approx(4)
    assert 16 < find_neither_bound(predicted, sample) <= 40


def test_rounded_points_add_up_for_every_role() -> None:
    profiles = load_profiles()
    requirements = list_requirements(profiles)
    points = round_points(np.full(len(requirements), 4.567), profiles, requirements)
    for profile in profiles:
        assert round(sum(points[item.id] for item in profile.requirements), 1) == ALL_POINTS


def test_labels_name_the_drawn_page_where_there_is_one_and_tell_who_is_kept_back(tmp_path: Path) -> None:
    rows = [{"id": name, "corpus": "one", "mle": 50, "mlse": 40.5, "better": "mle"} for name in ("a", "b")]
    (tmp_path / "panel.json").write_text(json.dumps(rows))
    (tmp_path / "check.txt").write_text("b\n")
    (tmp_path / "pdfs").mkdir()
    (tmp_path / "pdfs" / "a.pdf").write_bytes(b"")
    first, second = read_labels(tmp_path)
    assert (first.path.name, second.path.name) == ("a.pdf", "b.txt")
    assert (first.kept_back, second.kept_back) == (False, True)
    assert second.scores == (50.0, 40.5)

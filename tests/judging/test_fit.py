"""The fit finds the points behind scores, keeps its bounds and sums, and never sees what it is measured on."""

import json
from pathlib import Path

import numpy as np
import pytest

from skills.judging.scoring import measure_worths
from skills.knowledge import load_knowledge
from skills.roles.profiles import ALL_POINTS, Requirement, load_profiles
from tests.quality.fit.agreement import measure_agreement
from tests.quality.fit.candidates import choose_candidates
from tests.quality.fit.labels import Label, read_labels
from tests.quality.fit.model import LINES, asks_for, fit_model
from tests.quality.fit.points import MAX_POINTS, MIN_POINTS, fit_freely, fit_points, round_points
from tests.quality.fit.sample import Floats, Resume, Sample, list_requirements
from tests.quality.fit.sentences import FoundPhrase, list_activities, list_phrases
from tests.quality.fit.validation import draw_folds, predict_corpora, predict_folds
from tests.quality.fit.verdict_bounds import find_close_bound, find_neither_bound

MASKS = np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0]])
POINTS = np.array([60.0, 40.0, 60.0])
ENOUGH = 1e6  # so that one piece of evidence alone is worth little
MET = np.random.default_rng(7).random((400, 3))
SCORES = MET @ (MASKS * POINTS).T


def make_requirement(name: str) -> Requirement:
    return Requirement(name, name, "skills", 50.0, "Learn it.", "Did it.", skills=(name,), enough=ENOUGH)


def make_resume(scores: Floats, number: int, **worths: float) -> Resume:
    better = "mle" if scores[0] > scores[1] else "mlse"
    corpus = "one" if number < 250 else "two"
    label = Label(Path(f"{number}.txt"), corpus, tuple(map(float, scores)), better, kept_back=False)
    return Resume({(index, name): worth for index, (name, worth) in enumerate(worths.items())}, [], None, label)


def make_sample(scores: Floats = SCORES, met: Floats = MET) -> Sample:
    """Return résumés whose three requirements are each met by one skill, as far as `met` says."""
    names = ["a", "b", "c"]
    worths = np.expm1(met * np.log1p(ENOUGH))  # what the curve of a requirement makes `met` of
    resumes = [
        make_resume(row, number, **dict(zip(names, map(float, worths[number]), strict=True)))
        for number, row in enumerate(scores)
    ]
    pieces = list(enumerate(names))
    return Sample(
        [make_requirement(name) for name in names], MASKS, pieces, [{piece: 1.0} for piece in pieces], resumes
    )


@pytest.mark.parametrize("fit", [fit_points, fit_freely])
def test_points_behind_the_scores_are_found_again(fit: type) -> None:
    assert np.abs(fit(MET, SCORES, MASKS) - POINTS).max() < 4


def test_no_requirement_is_worth_nothing() -> None:
    idle = np.column_stack([MET, 1 - MET[:, 0]])
    points = fit_points(idle, SCORES, np.column_stack([MASKS, [1.0, 0.0]]))
    assert points.min() >= MIN_POINTS


def test_no_single_line_is_worth_more_than_its_bound() -> None:
    lines = np.array([[0.1, 0.0, 0.0], [0.0, 0.05, 0.01]])
    points = fit_points(MET, SCORES, MASKS, lines)
    assert (lines @ points).max() <= MAX_POINTS + 1e-6
    assert points.sum() > 100


def test_a_model_foretells_scores_that_it_explains() -> None:
    sample = make_sample()
    model = fit_model(sample)
    assert np.abs(model.predict(sample) - sample.scores).mean() < 1
    assert np.abs(model.points - POINTS).max() < 4


def count_first_points(item: Requirement) -> float:
    """Return the points that a first piece of evidence earns, worth 1."""
    return 0.0 if item.together else item.possible * float(measure_worths(item, [1.0]))


def test_no_first_piece_of_evidence_nor_a_title_or_degree_decides_over_more_than_the_bound() -> None:
    rounding = 0.2
    for profile in load_profiles():
        assert max(map(count_first_points, profile.requirements)) <= MAX_POINTS + rounding
        for line in LINES:
            told = (item for item in profile.requirements if asks_for(item, line))
            assert sum(map(count_first_points, told)) <= MAX_POINTS + rounding


@pytest.mark.parametrize("predict", [predict_folds, predict_corpora])
def test_scores_are_foretold_by_a_fit_that_has_not_seen_them(predict: type) -> None:
    seen: list[set[Path]] = []

    def fit(known: Sample) -> object:
        seen.append({resume.label.path for resume in known.resumes})
        return lambda unseen: [[float(resume.label.path in seen[-1])] * 2 for resume in unseen.resumes]

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
    scores = np.array([[60.0, 50.0], [30.0, 40.0], [12.0, 11.0], [50.0, 50.0]])
    sample = make_sample(scores)
    low = sample.resumes[2]
    neither = low._replace(label=Label(low.label.path, "one", low.label.scores, "neither", kept_back=False))
    sample.resumes[2] = neither
    predicted = scores + np.array([[4.0, 0.0]])
    assert find_close_bound(predicted, sample) == pytest.approx(4)
    assert 16 < find_neither_bound(predicted, sample) <= 40


def test_rounded_points_add_up_for_every_role() -> None:
    profiles = load_profiles()
    requirements = list_requirements(profiles)
    points = round_points(np.full(len(requirements), 2.567), profiles, requirements)
    for profile in profiles:
        assert round(sum(points[item.id] for item in profile.requirements), 1) == ALL_POINTS


def test_labels_name_the_drawn_page_where_there_is_one_and_tell_who_is_kept_back(tmp_path: Path) -> None:
    rows = [{"id": name, "corpus": "one", "mle": 50, "mlse": 40.5, "better": "mle"} for name in ("a", "b")]
    (tmp_path / "panel.json").write_text(json.dumps(rows))
    (tmp_path / "check.txt").write_text("b\n")
    (tmp_path / "duties.json").write_text(json.dumps({"a": [[0, 9, "Mw"]]}))
    (tmp_path / "pdfs").mkdir()
    (tmp_path / "pdfs" / "a.pdf").write_bytes(b"")
    first, second = read_labels(tmp_path)
    assert (first.path.name, second.path.name) == ("a.pdf", "b.txt")
    assert (first.kept_back, second.kept_back) == (False, True)
    assert (first.sentences, second.sentences) == ([(0, 9, "Mw")], None)
    assert second.scores == (50.0, 40.5)


TEXT = "EXPERIENCE\n• Forecasted heat demand of Hamburg.\n• Answered letters by Summer Field."


def test_phrases_are_words_in_small_letters_that_no_skill_is_named_by() -> None:
    phrases = {found.phrase for found in list_phrases(load_knowledge().nlp(TEXT))}
    assert phrases >= {"forecasted heat", "heat demand", "letters", "answered letters"}
    assert not any({"hamburg", "summer", "field", "experience"} & set(phrase.split()) for phrase in phrases)


def test_marks_are_found_in_what_was_read_though_empty_lines_are_left_out() -> None:
    original = TEXT.replace("\n", "\n\n")
    start = original.index("Forecasted")
    found = list_activities(load_knowledge().nlp(TEXT), original, [(start, start + 30, "Mw Cw Tmw")])
    assert sorted(map(sorted, found.values())) == [[], [], ["C", "M"]] or ["C", "M"] in map(sorted, found.values())
    assert sum(map(len, found.values())) == 2


def test_a_candidate_holds_an_act_in_marked_sentences_of_several_resumes_and_is_the_shortest() -> None:
    sample = make_sample()
    requirements = [make_requirement("prepare-data"), *sample.requirements[1:]]
    phrases = [
        FoundPhrase(1, "predicted heat", 1.0),
        FoundPhrase(1, "predicted heat demand", 1.0),
        FoundPhrase(1, "heat demand", 1.0),
        FoundPhrase(2, "brewed tea", 1.0),
    ]
    marked = [item._replace(phrases=phrases, activities={1: frozenset("D")}) for item in sample.resumes[:9]]
    known = Sample(requirements, MASKS, sample.pieces, sample.examples, marked)
    assert choose_candidates(known) == [(0, "predicted heat")]
    unmarked = [item._replace(activities=None) for item in marked]
    assert choose_candidates(Sample(requirements, MASKS, sample.pieces, sample.examples, unmarked)) == []

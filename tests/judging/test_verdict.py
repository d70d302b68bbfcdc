"""The verdict rests on what differs between the roles, and abstains when they are close or neither fits."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from skills.judging.report import write_report
from skills.judging.report_types import LimitedVerdict, Verdict
from skills.judging.scoring import RoleScore
from skills.judging.scoring_figures import load_scoring
from skills.judging.verdict import reach_built_in_verdict, reach_verdict
from skills.knowledge import load_knowledge
from tests.judging.test_scoring import score_both
from tests.reading_text import make_document

MODELER = """EXPERIENCE
Data Scientist, May 2017 - June 2019
• Trained and tuned machine learning models: logistic regression, random forest, SVM, k-means clustering, naive Bayes
• Cleaned data, tested hypotheses by statistical analysis, deployed predictive models; used Keras, R and Python

EDUCATION
Master of Science in Statistics"""

BUILDER = """EXPERIENCE
Software Engineer, May 2017 - June 2019
• Designed, developed and maintained web applications in Java and C++ by Agile and Scrum
• Unit testing, code review, continuous integration, design patterns; integrated machine learning models

EDUCATION
Bachelor of Science in Computer Science"""

BOUNDS = load_scoring().verdict
WELL_FIT = BOUNDS.neither_below + 20
STEP = 0.1  # the least that two scores can be apart


def earn(score: RoleScore, points: Mapping[str, float]) -> RoleScore:
    """Return a role's score in which the named requirements earned these points, and all others none."""
    return replace(
        score,
        requirements=tuple(
            replace(item, points=points.get(item.requirement.id, 0.0), evidence=()) for item in score.requirements
        ),
    )


def list_own(score: RoleScore) -> list[str]:
    """Return the ids of what this role alone asks for."""
    return [item.requirement.id for item in score.requirements if not item.requirement.shared]


def reach_verdict_on(first: float, second: float) -> Verdict:
    """Return the verdict on two scores, each earned by one requirement that the other role does not ask for."""
    ours, theirs = score_both([])
    return reach_verdict(earn(ours, {list_own(ours)[0]: first}), earn(theirs, {list_own(theirs)[0]: second}))


def judge(text: str) -> Verdict:
    return write_report(make_document(text), load_knowledge()).verdict


def test_who_builds_models_fits_the_engineer_and_who_builds_software_its_twin() -> None:
    assert judge(MODELER).best_fit == "machine-learning-engineer"
    assert judge(BUILDER).best_fit == "machine-learning-software-engineer"


def test_who_shows_nothing_fits_neither() -> None:
    first, second = score_both([])
    assert reach_verdict(first, second).best_fit is None


def test_shared_requirements_are_never_a_reason() -> None:
    shared = {item.id for profile in load_knowledge().profiles for item in profile.requirements if item.shared}
    reasons = write_report(make_document(MODELER), load_knowledge()).verdict.reasons
    assert reasons
    assert shared.isdisjoint(reason.requirement for reason in reasons)


def test_the_reasons_add_up_to_the_margin() -> None:
    report = write_report(make_document(BUILDER), load_knowledge())
    best = report.verdict.best_fit
    signed = [r.points if r.towards == best else -r.points for r in report.verdict.reasons]
    assert round(sum(signed), 1) == report.verdict.margin


def test_who_fits_neither_is_not_called_close() -> None:
    assert not judge("hello world").close


@pytest.mark.parametrize("lead", [0.0, STEP, BOUNDS.close_within - STEP])
def test_scores_that_lie_within_the_bound_are_too_close_to_call(lead: float) -> None:
    verdict = reach_verdict_on(WELL_FIT + lead, WELL_FIT)
    assert verdict.close
    assert verdict.best_fit is None
    assert verdict.margin == pytest.approx(lead)


def test_scores_that_lie_as_far_apart_as_the_bound_name_the_better_role() -> None:
    first, second = score_both([])
    ahead, behind = WELL_FIT + BOUNDS.close_within, WELL_FIT
    for verdict, best in (
        (reach_verdict_on(ahead, behind), first),
        (reach_verdict_on(behind, ahead), second),
    ):
        assert not verdict.close
        assert verdict.best_fit == best.profile.id
        assert verdict.margin == pytest.approx(BOUNDS.close_within)


def test_a_better_score_at_the_lower_bound_fits_and_one_below_it_fits_neither() -> None:
    assert reach_verdict_on(BOUNDS.neither_below, 0).best_fit is not None
    below = reach_verdict_on(BOUNDS.neither_below - STEP, 0)
    assert below.best_fit is None
    assert not below.close


def test_reasons_come_with_the_better_role_first_and_the_most_points_first() -> None:
    first, second = score_both([])
    (one, two, *_), (three, four, *_) = list_own(first), sorted(list_own(second))  # the points are not in this order
    verdict = reach_verdict(earn(first, {one: 4, two: 4, three: 0}), earn(second, {three: 20, four: 30}))
    assert [(reason.requirement, reason.points, reason.towards) for reason in verdict.reasons] == [
        (four, 30, second.profile.id),
        (three, 20, second.profile.id),
        *((requirement, 4, first.profile.id) for requirement in sorted((one, two))),
    ]


def test_the_order_in_which_the_roles_are_given_does_not_change_the_verdict() -> None:
    first, second = score_both([])
    scores = earn(first, {list_own(first)[0]: WELL_FIT}), earn(second, {list_own(second)[0]: WELL_FIT})
    assert reach_verdict(*scores) == reach_verdict(*reversed(scores))


def test_a_verdict_names_its_roles_only_where_there_are_others() -> None:
    first, second = score_both([])
    assert not isinstance(reach_built_in_verdict([first, second]), LimitedVerdict)
    limited = reach_built_in_verdict([earn(first, {list_own(first)[0]: WELL_FIT}), second, first])
    assert limited == LimitedVerdict(
        first.profile.id,
        WELL_FIT,
        False,  # noqa: FBT003 - the fields of a verdict
        limited.reasons,
        (first.profile.id, second.profile.id),
    )
    assert limited.reasons

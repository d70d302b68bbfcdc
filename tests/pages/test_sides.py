"""The two roles side by side: what is drawn adds up to what is scored."""

from dataclasses import replace

import pytest

from service.presentation.role_comparison import compare_dimensions, group_requirements, list_sides
from skills.judging.report import write_report
from skills.judging.report_types import LimitedVerdict, Report
from skills.knowledge import load_knowledge
from tests.reading_text import make_document
from tests.resumes import LONG_RESUME_TEXT


@pytest.fixture(scope="module")
def report() -> Report:
    return write_report(make_document(LONG_RESUME_TEXT), load_knowledge())


def test_own_and_shared_points_make_the_score_and_own_ones_the_margin(report: Report) -> None:
    sides = list_sides(report)
    assert [round(side.own + side.shared, 1) for side in sides] == [role.score for role in report.roles]
    assert round(abs(sides[0].own - sides[1].own), 1) == report.verdict.margin
    assert [round(sum(reason.points for reason in side.reasons), 1) for side in sides] == [side.own for side in sides]


def test_every_requirement_stands_in_one_group(report: Report) -> None:
    shown = [requirement.id for group in group_requirements(report) for requirement in group.requirements]
    asked = report.requirements
    assert sorted(shown) == sorted(asked)


def test_every_dimension_has_the_reach_of_each_role(report: Report) -> None:
    rows = compare_dimensions(report)
    assert [row.title for row in rows][:2] == ["Responsibilities", "Required Skills"]
    assert [[reach.score for reach in row.reaches] for row in rows] == [
        [role.dimensions[index].score for role in report.roles] for index in range(len(rows))
    ]


def test_a_role_outside_the_verdict_is_told_apart_and_has_a_group_of_its_own(report: Report) -> None:
    twins, verdict = report.roles, report.verdict
    dimension = twins[0].dimensions[0]
    requirement = replace(dimension.requirements[0], id="own.line", shared=False)
    own = replace(twins[0], id="own", title="Own", dimensions=(replace(dimension, requirements=(requirement,)),))
    between = tuple(role.id for role in twins)
    limited = LimitedVerdict(verdict.best_fit, verdict.margin, verdict.close, verdict.reasons, between)
    wider = replace(report, roles=(*twins, own), verdict=limited)
    assert [(side.compared, side.tone) for side in list_sides(wider)] == [
        (True, "first"),
        (True, "second"),
        (False, "further"),
    ]
    assert [group.title for group in group_requirements(wider)] == [
        *(role.title for role in twins),
        "Own",
        "Both roles",
    ]

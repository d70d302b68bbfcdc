"""The two roles side by side: what is drawn adds up to what is scored."""

from typing import Any

import pytest

from service.presentation.role_comparison import compare_dimensions, group_requirements, list_sides
from skills.judging.report import write_report
from skills.knowledge import load_knowledge
from tests.reading_text import make_document
from tests.resumes import LONG_RESUME_TEXT


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    return write_report(make_document(LONG_RESUME_TEXT), load_knowledge())


def test_own_and_shared_points_make_the_score_and_own_ones_the_margin(report: dict[str, Any]) -> None:
    sides = list_sides(report)
    assert [round(side.own + side.shared, 1) for side in sides] == [role["score"] for role in report["roles"]]
    assert round(abs(sides[0].own - sides[1].own), 1) == report["verdict"]["margin"]
    assert [round(sum(reason.points for reason in side.reasons), 1) for side in sides] == [side.own for side in sides]


def test_every_requirement_stands_in_one_group(report: dict[str, Any]) -> None:
    shown = [requirement["id"] for group in group_requirements(report) for requirement in group.requirements]
    asked = {item["id"] for role in report["roles"] for part in role["dimensions"] for item in part["requirements"]}
    assert sorted(shown) == sorted(asked)


def test_every_dimension_has_the_reach_of_each_role(report: dict[str, Any]) -> None:
    rows = compare_dimensions(report)
    assert [row.title for row in rows][:2] == ["Responsibilities", "Required Skills"]
    assert [[reach.score for reach in row.reaches] for row in rows] == [
        [role["dimensions"][index]["score"] for role in report["roles"]] for index in range(len(rows))
    ]


def test_a_role_outside_the_verdict_is_told_apart_and_has_a_group_of_its_own(report: dict[str, Any]) -> None:
    twins = report["roles"]
    requirement = twins[0]["dimensions"][0]["requirements"][0] | {"id": "own.line", "shared": False}
    own = twins[0] | {
        "id": "own",
        "title": "Own",
        "dimensions": [twins[0]["dimensions"][0] | {"requirements": [requirement]}],
    }
    between = report["verdict"] | {"between": [role["id"] for role in twins]}
    wider = report | {"roles": [*twins, own], "verdict": between}
    assert [(side.compared, side.tone) for side in list_sides(wider)] == [
        (True, "first"),
        (True, "second"),
        (False, "further"),
    ]
    assert [group.title for group in group_requirements(wider)] == [
        *(role["title"] for role in twins),
        "Own",
        "Both roles",
    ]

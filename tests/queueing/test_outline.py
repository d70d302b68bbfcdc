"""The outline of a report says in little what the report says at length."""

from typing import Any

import pytest

from service.results.batch_table import describe_row
from service.results.role_legend import describe_catalog
from skills.roles.profiles import load_profiles
from tests.resumes import vary_resume
from worker.pipeline import score_document
from worker.store.report_outline import outline_report


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    return score_document(vary_resume(45).encode(), name="cv.txt")


def test_the_points_of_an_outline_add_up_to_each_score(report: dict[str, Any]) -> None:
    outline, asked = outline_report(report), describe_catalog(load_profiles())["requirements"]
    for role in outline["roles"]:
        points = outline["details"]["points"].items()
        assert (
            round(sum(value for key, value in points if asked[key]["role"] in {None, role["id"]}), 1) == role["score"]
        )


def test_a_dimension_that_the_resume_does_not_speak_of_is_not_a_zero(report: dict[str, Any]) -> None:
    for role in report["roles"]:
        dimensions = outline_report(report)["details"]["dimensions"][role["id"]]
        assert dimensions == {part["id"]: part["score"] if part["found"] else None for part in role["dimensions"]}
        assert None in dimensions.values()


def test_the_largest_gaps_come_first(report: dict[str, Any]) -> None:
    for role in report["roles"]:
        gaps = outline_report(report)["details"]["gaps"][role["id"]]
        assert list(gaps.items()) == [(gap["requirement"], gap["points"]) for gap in role["gaps"][:3]]


def test_an_outline_that_an_earlier_version_stored_is_a_row_without_details(report: dict[str, Any]) -> None:
    stored = {key: value for key, value in outline_report(report).items() if key != "details"}
    row = describe_row(stored, state="done")
    assert row["scores"] == {role["id"]: role["score"] for role in report["roles"]}
    assert row["details"] is None


def test_no_word_of_the_document_but_its_name_is_in_an_outline(report: dict[str, Any]) -> None:
    assert "Fernmark" in report["text"]
    assert "Fernmark" not in str(outline_report(report))

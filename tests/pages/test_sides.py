"""The two roles side by side: what is drawn adds up to what is scored."""

from dataclasses import replace

import pytest

from service.presentation.first_impressions import list_first_impressions
from service.presentation.role_comparison import (
    choose_tone,
    compare_dimensions,
    group_requirements,
    list_gap_groups,
    list_sides,
)
from service.presentation.sentences import describe_verdict, name_fit, name_verdict
from skills.judging.report import write_report
from skills.judging.report_types import Report
from skills.judging.scoring_figures import load_scoring
from skills.knowledge import load_knowledge
from tests.own_roles import add_own_role
from tests.reading_text import make_document
from tests.resumes import LONG_RESUME_TEXT


@pytest.fixture(scope="module")
def report() -> Report:
    return write_report(make_document(LONG_RESUME_TEXT), load_knowledge())


def test_own_and_shared_points_make_the_score_and_own_ones_the_margin(report: Report) -> None:
    sides = list_sides(report)
    assert [round(side.unshared + side.shared, 1) for side in sides] == [role.score for role in report.roles]
    assert round(abs(sides[0].unshared - sides[1].unshared), 1) == report.verdict.margin
    assert [round(sum(reason.points for reason in side.reasons), 1) for side in sides] == [
        side.unshared for side in sides
    ]


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


def test_every_gap_stands_in_one_group_and_with_the_score_they_make_100(report: Report) -> None:
    groups = list_gap_groups(report, list_sides(report))
    shown = [gap.requirement for group in groups for gap in group.gaps]
    assert sorted(shown) == sorted({gap.requirement for role in report.roles for gap in role.gaps})
    shared = next(group.points for group in groups if group.tone == "both")
    for role, tone in zip(report.roles, ("first", "second"), strict=True):
        own = next(group.points for group in groups if group.tone == tone)
        assert role.score + shared + own == pytest.approx(100)


def test_what_was_earned_is_rounded_alike_wherever_it_is_below_one(report: Report) -> None:
    """Half a point of 8 and half a point of 6 are neither 1 nor 0."""
    reach = compare_dimensions(report)[0].reaches[0]
    assert [replace(reach, points=points, score=100 * 0.5 / points).earned for points in (8.0, 6.0)] == ["0.5", "0.5"]


def name_nobody(report: Report, *, close: bool) -> Report:
    """Return a report whose verdict names no role."""
    return replace(report, verdict=replace(report.verdict, best_fit=None, close=close))


def test_the_first_look_is_at_the_role_that_fits_better(report: Report) -> None:
    (impression,) = list_first_impressions(list_sides(report), most=3)
    better = next(role for role in report.roles if role.id == report.verdict.best_fit)
    assert (impression.title, impression.of_two) == (better.title, False)
    assert [line.id for line in impression.reasons] == [reason.requirement for reason in report.verdict.reasons[:3]]
    reasons = {line.id for line in impression.reasons}
    gaps = [(gap.requirement, gap.points) for gap in better.gaps if gap.requirement not in reasons]
    assert [(line.id, line.points) for line in impression.gaps] == gaps[:3]


def test_a_role_that_is_barely_not_refused_is_not_said_to_fit(report: Report) -> None:
    """A person with 25 of 100 points reads nowhere that they fit."""
    bounds = load_scoring().verdict
    better = next(role for role in report.roles if role.id == report.verdict.best_fit)
    for more, fits in ((0.1, False), (bounds.close_within + 0.1, True)):
        low = replace(better, score=round(bounds.neither_below + more, 1))
        roles = tuple(low if role is better else role for role in report.roles)
        sentence = describe_verdict(replace(report, roles=roles))
        assert sentence.startswith(f"Fits the role {better.title} better" if fits else "Fits neither role well. Closer")
        assert name_fit(low.score) == ("better fit" if fits else "closer")
        assert name_verdict("MLE", low.score) == ("MLE fits better" if fits else "Closer to MLE")


@pytest.mark.parametrize("fit", ["close", "neither"])
def test_where_no_role_fits_better_the_first_look_is_at_both_alike(report: Report, fit: str) -> None:
    """A report that names no role must not speak for one of them, whichever has the higher score."""
    open_report = name_nobody(report, close=fit == "close")
    (impression,) = list_first_impressions(list_sides(open_report), most=3)
    assert impression.of_two
    for lines in (impression.reasons, impression.gaps):
        for tone in ("first", "second"):
            assert sum(line.tone in {tone, "both"} for line in lines) >= 2
        assert [line.points for line in lines] == sorted((line.points for line in lines), reverse=True)
    assert impression.first
    assert impression.first.requirement == impression.gaps[0].id  # its advice is shown
    tones = [group.tone for group in list_gap_groups(open_report, list_sides(open_report))]
    assert tones == ["both", "first", "second"]
    mirrored = replace(open_report, roles=open_report.roles[::-1])
    (mirror,) = list_first_impressions(list_sides(mirrored), most=3)
    assert [line.id for line in mirror.reasons] == [line.id for line in impression.reasons]


def test_a_part_is_drawn_as_long_as_it_weighs(report: Report) -> None:
    reaches = [reach for row in compare_dimensions(report) for reach in row.reaches]
    assert max(reach.share for reach in reaches) == 100
    heaviest = max(reach.points for reach in reaches)
    for reach in reaches:
        assert reach.share == pytest.approx(100 * reach.points / heaviest, abs=0.2)


def test_a_role_outside_the_verdict_is_told_apart_and_has_a_group_of_its_own(report: Report) -> None:
    wider = add_own_role(report)
    assert [(side.compared, side.tone) for side in list_sides(wider)] == [
        (True, "first"),
        (True, "second"),
        (False, "third"),
    ]
    twins = [role.title for role in report.roles]
    assert [group.title for group in group_requirements(wider)] == [*twins, "Own", " and ".join(twins)]


def test_a_role_outside_the_verdict_has_its_own_first_look_and_gaps(report: Report) -> None:
    wider = add_own_role(report)
    sides = list_sides(wider)
    better, own = list_first_impressions(sides, most=3)
    assert better.title in {role.title for role in report.roles}
    assert [(own.title, line.id) for line in own.reasons] == [("Own", "own.line")]
    assert own.gaps == ()  # its one line is the reason already
    assert [group.gaps for group in list_gap_groups(wider, sides) if group.title == "Own"] == [wider.roles[2].gaps]


def test_what_to_do_begins_with_the_largest_gap_of_the_role_that_fits_better(report: Report) -> None:
    begins = set()
    for better, other in zip(report.roles, reversed(("first", "second")), strict=True):
        turned = replace(report, verdict=replace(report.verdict, best_fit=better.id))
        groups = list_gap_groups(turned, list_sides(turned))
        assert groups[-1].tone == other
        assert groups[0].gaps[0].points == max(gap.points for gap in better.gaps)
        begins.add(groups[0].tone)
    assert len(begins) == 2


def test_roles_of_ones_own_have_colours_of_their_own() -> None:
    tones = [choose_tone(index) for index in range(5)]
    assert len({*tones, choose_tone(0, shared=True)}) == 6
    assert choose_tone(5) == choose_tone(2)


def test_a_part_worth_less_than_a_point_is_not_said_to_be_worth_nothing(report: Report) -> None:
    reaches = [reach for row in compare_dimensions(report) for reach in row.reaches]
    assert any(reach.points < 1 for reach in reaches)
    assert all(float(reach.worth) > 0 for reach in reaches if reach.points)

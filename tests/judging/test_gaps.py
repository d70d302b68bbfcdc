"""Gaps add up: each is what its line has left, and its example moves the score by what the gap states."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills.judging.report import write_report
from skills.judging.report_types import Gap, RoleReport
from skills.judging.scoring import choose_best, score_profiles, weigh_mentions
from skills.knowledge import load_knowledge, write_example
from skills.roles.profiles import ALL_POINTS, load_profiles
from tests.people import PEOPLE, read_person, read_resume
from tests.reading_text import make_document

TEXT = """Ada Example

EXPERIENCE
Data Scientist, May 2017 - June 2019
• Trained neural networks with Keras and cleaned raw data
• Developed web applications in Java

SKILLS
Python, SQL, Git, linear regression

EDUCATION
Bachelor of Science in Mathematics"""

REQUIREMENTS = {item.id: item for profile in load_profiles() for item in profile.requirements}


def total(gap: Gap) -> float:
    """Return how far the example of a gap moves the score of its role."""
    return gap.points + sum(gain.points for gain in gap.elsewhere)


def score_with_example(text: str, role: RoleReport, gap: Gap) -> RoleReport:
    """Return the role's report once the example of a gap stands at the end of the text."""
    report = write_report(make_document(text + write_example(REQUIREMENTS[gap.requirement])), load_knowledge())
    (after,) = (other for other in report.roles if other.id == role.id)
    return after


@pytest.mark.parametrize("role", [0, 1])
def test_the_example_of_a_gap_moves_each_line_and_the_score_by_what_the_gap_states(role: int) -> None:
    before = write_report(make_document(TEXT), load_knowledge()).roles[role]
    assert before.gaps
    for gap in before.gaps:
        after = score_with_example(TEXT, before, gap)
        assert after.score == pytest.approx(before.score + total(gap)), gap.requirement
        points = {item.id: item.points for item in before.requirements}
        moved = {
            item.id: round(item.points - points[item.id], 1)
            for item in after.requirements
            if item.points != points[item.id]
        }
        assert moved == {gap.requirement: gap.points} | {gain.requirement: gain.points for gain in gap.elsewhere}


def test_gaps_come_with_the_most_points_first() -> None:
    for role in write_report(make_document(TEXT), load_knowledge()).roles:
        points = [gap.points for gap in role.gaps]
        assert points == sorted(points, reverse=True)
        assert min(points) > 0


def test_an_example_lowers_nothing_that_the_resume_shows_better() -> None:
    knowledge, document = load_knowledge(), make_document(TEXT)
    best = choose_best(knowledge.find_mentions(document.text, document.lines))
    scores = score_profiles(best, knowledge.profiles, knowledge.evidence_ids)
    part = next(item for score in scores for item in score.requirements if 0 < item.met < 1 and item.evidence)
    name, shown = part.requirement.id, weigh_mentions(part.requirement, part.evidence)
    points = []
    for weaker in ({}, dict.fromkeys(shown, 0.01)):
        example = {name: {("something new", ""): 0.2, **weaker}}
        changed = replace(knowledge, example_worths={**knowledge.example_worths, name: example})
        gaps = [gap for role in write_report(document, changed).roles for gap in role.gaps if gap.requirement == name]
        points.append([gap.points for gap in gaps])
    assert points[0] == points[1] != []


def check_sums(role: RoleReport) -> None:
    """Check that a role's gaps are what its lines have left, and lead from its score to 100."""
    left = {item.id: round(item.possible - item.points, 1) for item in role.requirements if item.points < item.possible}
    assert {gap.requirement: gap.points for gap in role.gaps} == left
    assert role.score + sum(gap.points for gap in role.gaps) == pytest.approx(ALL_POINTS)


@pytest.mark.parametrize("person", PEOPLE)
def test_a_gap_is_what_its_line_has_left_and_all_gaps_lead_to_100(person: str) -> None:
    for role in write_report(read_person(person), load_knowledge()).roles:
        check_sums(role)


LINES = sorted({line for person in PEOPLE for line in read_resume(person).splitlines() if line.strip()})


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_gaps_lead_to_100_whatever_lines_a_resume_consists_of(lines: list[str]) -> None:
    for role in write_report(make_document("\n".join(lines)), load_knowledge()).roles:
        check_sums(role)


def test_a_gap_is_exact_where_the_text_ends_in_words_that_its_example_could_touch() -> None:
    text = TEXT + "\n\nEXPERIENCE\nReported to a software engineer and a data scientist"
    for role in write_report(make_document(text), load_knowledge()).roles:
        for gap in role.gaps:
            after = score_with_example(text, role, gap)
            assert after.score == pytest.approx(role.score + total(gap)), gap.requirement

"""Gaps are exact: adding what a gap names moves the score by what it states."""

import pytest

from skills.judging.report import write_report
from skills.knowledge import load_knowledge, write_example
from skills.roles.profiles import load_profiles
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


@pytest.mark.parametrize("role", [0, 1])
def test_the_example_of_a_gap_moves_the_score_by_its_points(role: int) -> None:
    before = write_report(make_document(TEXT), load_knowledge()).roles[role]
    assert before.gaps
    for gap in before.gaps:
        more = TEXT + write_example(REQUIREMENTS[gap.requirement])
        after = write_report(make_document(more), load_knowledge()).roles[role]
        assert after.score == pytest.approx(before.score + gap.points), gap.requirement


def test_gaps_come_with_the_most_points_first() -> None:
    for role in write_report(make_document(TEXT), load_knowledge()).roles:
        points = [gap.points for gap in role.gaps]
        assert points == sorted(points, reverse=True)
        assert min(points) > 0


def test_a_gap_is_exact_where_the_text_ends_in_words_that_its_example_could_touch() -> None:
    text = TEXT + "\n\nEXPERIENCE\nReported to a software engineer and a data scientist"
    for role in write_report(make_document(text), load_knowledge()).roles:
        for gap in role.gaps:
            report = write_report(make_document(text + write_example(REQUIREMENTS[gap.requirement])), load_knowledge())
            (after,) = (other for other in report.roles if other.id == role.id)
            assert after.score == pytest.approx(role.score + gap.points), gap.requirement

"""The report has the contract's form and is the same for the same bytes."""

import subprocess
import sys
from dataclasses import replace

import orjson
import pytest

from skills.judging.report import write_report
from skills.judging.report_types import DutyEvidence, PageStart, SkillEvidence, read_report
from skills.knowledge import load_knowledge
from tests.judging.test_gaps import TEXT
from tests.reading_text import make_document


def test_every_span_of_a_report_is_exact() -> None:
    report = write_report(make_document(TEXT), load_knowledge())
    places = [mention for skill in report.skills for mention in skill.mentions]
    evidence = [place for item in report.requirements.values() for place in item.evidence]
    assert places
    assert evidence
    assert all(report.text[place.start : place.end] == place.text for place in [*places, *evidence])


def test_a_role_is_the_sum_of_all_its_points() -> None:
    for role in write_report(make_document(TEXT), load_knowledge()).roles:
        assert role.score == round(sum(item.points for item in role.requirements), 1)


def test_a_dimension_the_resume_does_not_speak_of_says_so() -> None:
    (role, _) = write_report(make_document("SKILLS\nPython"), load_knowledge()).roles
    found = {dimension.id: dimension.found for dimension in role.dimensions}
    assert found == {
        "responsibilities": False, "skills": True, "education": False, "tools": False, "industries": False,
    }  # fmt: skip


def test_a_degree_is_evidence_but_no_skill() -> None:
    report = write_report(make_document(TEXT), load_knowledge())
    assert {"degree", "field", "industry"}.isdisjoint(skill.kind for skill in report.skills)
    assert any(
        item.evidence
        for role in report.roles
        for dimension in role.dimensions
        if dimension.id == "education"
        for item in dimension.requirements
    )


@pytest.mark.process
def test_the_same_text_gives_the_same_bytes_in_another_process() -> None:
    program = (
        "import orjson; from tests.judging.test_gaps import TEXT; from tests.reading_text import make_document;"
        "from skills.knowledge import load_knowledge; from skills.judging.report import write_report;"
        "print(orjson.dumps(write_report(make_document(TEXT), load_knowledge())).decode())"
    )
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == orjson.dumps(write_report(make_document(TEXT), load_knowledge())).decode()


def test_a_report_that_is_read_back_is_written_to_the_same_bytes() -> None:
    report = write_report(make_document(TEXT), load_knowledge())
    written = orjson.dumps(report)
    assert read_report(written) == report
    assert orjson.dumps(read_report(written)) == written


def test_a_dimension_has_its_share_of_the_role_and_says_how_far_it_is_met() -> None:
    for role in write_report(make_document(TEXT), load_knowledge()).roles:
        assert sum(dimension.weight for dimension in role.dimensions) == pytest.approx(1)
        for dimension in role.dimensions:
            possible = sum(item.possible for item in dimension.requirements)
            points = sum(item.points for item in dimension.requirements)
            assert dimension.weight == round(possible / 100, 3)
            assert dimension.score == (round(100 * points / possible, 1) if possible else 0.0)


def test_evidence_says_whether_it_is_a_skill_or_a_duty() -> None:
    report = write_report(make_document(TEXT), load_knowledge())
    evidence = [place for item in report.requirements.values() for place in item.evidence]
    skills = {place.skill for place in evidence if isinstance(place, SkillEvidence)}
    duties = {place.duty for place in evidence if isinstance(place, DutyEvidence)}
    assert skills
    assert duties
    assert skills <= set(load_knowledge().vocabulary.skills)
    assert duties.isdisjoint(load_knowledge().vocabulary.skills)


def test_a_report_says_where_each_page_begins() -> None:
    document = make_document(TEXT)
    first, second, *others = document.lines
    pages = (first, replace(second, page=2), *(replace(line, page=4) for line in others))
    report = write_report(replace(document, lines=pages, pages=4), load_knowledge())
    assert report.document.page_starts == (
        PageStart(1, first.start), PageStart(2, second.start), PageStart(4, others[0].start),
    )  # fmt: skip

"""The report has the contract's form and is the same for the same bytes."""

import json
import subprocess
import sys

from skills.judging.report import write_report
from skills.knowledge import load_knowledge
from tests.judging.test_gaps import TEXT
from tests.reading_text import make_document


def test_every_span_of_a_report_is_exact() -> None:
    report = write_report(make_document(TEXT), load_knowledge())
    places = [mention for skill in report["skills"] for mention in skill["mentions"]]
    for role in report["roles"]:
        for dimension in role["dimensions"]:
            places += [place for item in dimension["requirements"] for place in item["evidence"]]
    assert places
    assert all(report["text"][place["start"] : place["end"]] == place["text"] for place in places)


def test_a_role_is_the_sum_of_all_its_points() -> None:
    for role in write_report(make_document(TEXT), load_knowledge())["roles"]:
        points = [item["points"] for dimension in role["dimensions"] for item in dimension["requirements"]]
        assert role["score"] == round(sum(points), 1)


def test_a_dimension_the_resume_does_not_speak_of_says_so() -> None:
    (role, _) = write_report(make_document("SKILLS\nPython"), load_knowledge())["roles"]
    found = {dimension["id"]: dimension["found"] for dimension in role["dimensions"]}
    assert found == {
        "responsibilities": False, "skills": True, "education": False, "tools": False, "industries": False,
    }  # fmt: skip


def test_a_degree_is_evidence_but_no_skill() -> None:
    report = write_report(make_document(TEXT), load_knowledge())
    assert {"degree", "field", "industry"}.isdisjoint(skill["kind"] for skill in report["skills"])
    assert any(
        item["evidence"]
        for role in report["roles"]
        for d in role["dimensions"]
        if d["id"] == "education"
        for item in d["requirements"]
    )


def test_the_same_text_gives_the_same_bytes_in_another_process() -> None:
    program = (
        "import json; from tests.judging.test_gaps import TEXT; from tests.reading_text import make_document;"
        "from skills.knowledge import load_knowledge; from skills.judging.report import write_report;"
        "print(json.dumps(write_report(make_document(TEXT), load_knowledge())))"
    )
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == json.dumps(write_report(make_document(TEXT), load_knowledge()))

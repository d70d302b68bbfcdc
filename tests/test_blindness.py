"""Who somebody is never changes a score: name, pronouns, contact, school, year of birth."""

import pytest

from skills.knowledge import load_knowledge
from skills.report import write_report
from tests.reading_text import make_document

TEMPLATE = """{name}
{contact}

EXPERIENCE
Data Scientist, May 2017 - June 2019
\u2022 {pronoun} trained neural networks with Keras and cleaned raw data
\u2022 Developed web applications in Java

SKILLS
Python, SQL, Git, linear regression

EDUCATION
Bachelor of Science in Mathematics, {school}
{born}"""

PLAIN = {
    "name": "Ada Example",
    "contact": "ada@post.example, +44 20 7946 0958",
    "pronoun": "She",
    "school": "Example University",
    "born": "Born 4 May 1990",
}


def score(**changes: str) -> list[tuple[float, list[float]]]:
    report = write_report(make_document(TEMPLATE.format(**{**PLAIN, **changes})), load_knowledge())
    return [
        (role["score"], [item["points"] for dimension in role["dimensions"] for item in dimension["requirements"]])
        for role in report["roles"]
    ]


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("name", "Julia Jenkins"),
        ("name", "Ruby Perl"),
        ("name", "Jos\u00e9 Mar\u00eda O\u2019Scala"),
        ("name", "Nguy\u1ec5n Th\u1ecb Spark"),
        ("contact", "java.python@keras.example, https://github.com/tensorflow/docker, 1 Swift Street"),
        ("pronoun", "He"),
        ("pronoun", "They"),
        ("school", "Massachusetts Institute of Technology"),
        ("school", "Universit\u00e4t Ulm"),
        ("born", "Born 1 January 1961, married, two children"),
    ],
)
def test_a_change_of_who_somebody_is_changes_no_point(part: str, other: str) -> None:
    assert score(**{part: other}) == score()

"""The verdict rests on what differs between the roles, and abstains when they are close or neither fits."""

from skills.judging.report import write_report
from skills.judging.report_types import Verdict
from skills.judging.verdict import reach_verdict
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

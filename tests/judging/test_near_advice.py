"""Where nothing counts for a line, but the text comes near it, advice quotes these words: it does not deny them."""

import pytest

from skills.judging.advice.texts import load_advice
from skills.judging.report import write_report
from skills.judging.report_types import Gap
from skills.knowledge import load_knowledge
from tests.reading_text import make_document

RESUME = """Ottoline Farrow

EXPERIENCE
{title}, Fernwell Analytics
May 2019 - Present
• {work}
Software Engineer, Harrow Ltd
May 2015 - April 2019
• Developed web applications in Java

SKILLS
Python{skills}

EDUCATION
Bachelor of Arts in History, University of Exampleton, 2014
"""


def advise(requirement: str, work: str, title: str = "Data Scientist", skills: str = "") -> Gap:
    text = RESUME.format(work=work, title=title, skills=skills)
    roles = write_report(make_document(text), load_knowledge()).roles
    gaps = [gap for role in roles for gap in role.gaps if gap.requirement == requirement]
    return max(gaps, key=lambda gap: len(gap.quotes))


@pytest.mark.parametrize(
    ("requirement", "work"),
    [
        ("deploy-models", "Three banks rely on the network that my team took to production"),
        ("deploy-models", "Inference of the classifier at sub-100 ms behind an endpoint"),
        ("select-and-tune", "Saw that the approach was better, compared with two older methods"),
        ("build-models-into-software", "An assistant around a large language model, GPT"),
        ("software-engineering", "Learned on the job with pair programming"),
    ],
)
def test_words_that_come_near_a_line_are_quoted_and_not_asked_for_as_missing(requirement: str, work: str) -> None:
    gap = advise(requirement, work)
    assert [quote.text for quote in gap.quotes] == [work]
    assert gap.advice.startswith(f"We read “{work}” and did not count it here. If ")


@pytest.mark.parametrize(
    "work",
    [
        "Moved staff to production. Read about the model of the city",
        "Production, which began in May and was led by colleagues in the north, had no model",
    ],
)
def test_words_of_two_sentences_or_far_apart_do_not_come_near_a_line(work: str) -> None:
    assert not advise("deploy-models", work).quotes


@pytest.mark.parametrize(
    ("work", "clause"),
    [
        (
            f"For {'many ' * 20}years (and more), the network ran in production at {'north ' * 9}banks",
            f"the network ran in production at {'north ' * 9}banks",
        ),
        (
            f"Took a network to production in the harbours of the north, {'and ' * 20}in the south",
            "Took a network to production in the harbours of the north",
        ),
        (
            f"Took a network to production in the harbours of the north using {'many ' * 20}servers",
            "Took a network to production in the harbours of the north",
        ),
        (
            f"{'Many ' * 20}years (and more), and took a network to production in the harbours of the north",
            "took a network to production in the harbours of the north",
        ),
        ("\u2423 Took a network to production", "Took a network to production"),
        ("Harbour Lights\nTook a network to production in all the harbours of the north and the south",) * 2,
    ],
)
def test_a_quote_is_a_whole_clause(work: str, clause: str) -> None:
    (quote,) = advise("deploy-models", work).quotes
    assert quote.text == clause.rpartition("\n")[2]


def test_a_sentence_is_not_quoted_of_which_no_whole_clause_is_short_enough() -> None:
    assert not advise("deploy-models", f"Took a network to production at {'north ' * 30}banks").quotes


WORK = "Trained random forest for churn with scikit-learn\n• Trained an LSTM in PyTorch on texts"


def test_a_post_whose_work_comes_near_is_quoted_by_its_title() -> None:
    gap = advise("modeling-post", WORK, title="Workflow Specialist")
    assert [quote.text for quote in gap.quotes] == ["Workflow Specialist"]
    assert "“Workflow Specialist” and did not count it" in gap.advice


def test_a_post_of_another_trade_is_not_taken_for_one() -> None:
    assert not advise("modeling-post", WORK, title="Software Engineer").quotes


def test_a_post_is_named_for_a_skill_only_if_its_own_words_show_the_field() -> None:
    shown = advise("machine-learning-frameworks", "Trained random forest for churn", skills=", PyTorch")
    unshown = advise("machine-learning-frameworks", "Kept the archive in order", skills=", PyTorch")
    assert "in work, such as “Data Scientist”, or" in shown.advice
    assert "in work or in a project" in unshown.advice


@pytest.mark.parametrize(
    ("line", "listed", "work"),
    [
        ("machine-learning-in-depth", "Transformers", "Compared four transformer variants"),
        ("machine-learning", "Model optimization", "Optimizing the VGG model for cameras"),
    ],
)
def test_no_skill_is_said_to_stand_in_a_list_alone_of_which_other_forms_stand_in_the_work(
    line: str, listed: str, work: str
) -> None:
    said, unsaid = (advise(line, each, skills=f", {listed}") for each in ("Kept the archive", work))
    assert listed in said.advice
    assert listed not in unsaid.advice


def test_what_was_studied_or_certified_is_not_itself_said_to_be_used() -> None:
    work = "Kept the archive in order\n\nCERTIFICATIONS\nDeep Learning with PyTorch, 2021"
    assert "If you used what you learned in work" in advise("machine-learning-frameworks", work).advice


def test_nobody_is_sent_to_a_first_project_who_may_have_one() -> None:
    fields = load_advice().fields.values()
    assert not [text for field in fields for text in (field.nothing, field.little) if "first" in text]


@pytest.mark.parametrize("line", ["quantitative-field", "software-field"])
def test_a_degree_of_a_field_close_by_is_quoted_and_no_other(line: str) -> None:
    text = RESUME.format(work="Kept the archive", title="Data Scientist", skills="")
    for degree, quoted in (("Bachelor of Technology (IT)", True), ("Bachelor of Arts in History", False)):
        roles = write_report(make_document(text.replace("Bachelor of Arts in History", degree)), load_knowledge()).roles
        (gap,) = (gap for role in roles for gap in role.gaps if gap.requirement == line)
        assert (f"We read “{degree}" in gap.advice) == quoted
        assert gap.advice.endswith("otherwise nothing has to change.")


def test_what_is_powered_by_a_skill_is_not_said_to_be_listed_alone_where_the_skill_stands_in_the_work() -> None:
    for work, case in (("Kept the archive", "listed"), ("Kept the LLM inference of the archive", "few")):
        assert advise("deep-learning", work, skills=", LLM-powered").case == case


def test_a_label_alone_is_not_said_to_be_a_skill_in_a_list() -> None:
    gap = advise("production", "Kept the archive in order", skills="\nCloud and MLOps: spreadsheets")
    assert gap.case == "few"
    assert "MLOps" not in gap.advice


def test_a_paper_is_not_called_a_study() -> None:
    work = "Kept the archive in order\n\nCERTIFICATIONS\n{}: Random Forest on Medical Records (2024)"
    assert advise("machine-learning", work.format("Course")).case == "studied"
    assert advise("machine-learning", work.format("Publication")).case == "named"


def test_to_name_methods_is_asked_once_of_two_lines_on_algorithms() -> None:
    text = RESUME.format(work="Used machine learning for the archive", title="Data Scientist", skills="")
    gaps = {gap.requirement: gap for gap in write_report(make_document(text), load_knowledge()).roles[0].gaps}
    assert gaps["machine-learning"].case == "broad"
    assert gaps["machine-learning-in-depth"].case == "missing"
    assert gaps["machine-learning-in-depth"].same_as == "machine-learning"


def test_the_same_words_of_a_list_are_sent_to_the_work_once() -> None:
    text = RESUME.format(work="Kept the archive", title="Data Scientist", skills=", C++, SQL").replace(" in Java", "")
    gaps = {gap.requirement: gap for gap in write_report(make_document(text), load_knowledge()).roles[1].gaps}
    assert {"C++", "SQL"} <= {quote.text for quote in gaps["software-breadth"].quotes}
    assert gaps["software-languages"].same_as == "software-breadth"

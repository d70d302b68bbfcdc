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
    assert gap.advice.startswith(f"We read “{work}”, which may belong here, and did not count it. If it does, ")


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
            f"Took a network to production in the harbours of the north, {'and ' * 30}in the south",
            "Took a network to production in the harbours of the north",
        ),
        (
            f"Took a network to production in the harbours of the north using {'many ' * 30}servers",
            "Took a network to production in the harbours of the north",
        ),
        (
            f"{'Many ' * 30}years (and more), and took a network to production in the harbours of the north",
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
        ("machine-learning", "Sentiment analysis", "Analysed the sentiment of guests"),
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
    for label in ("Cloud and MLOps", "MLOps & Cloud"):
        gap = advise("production", "Kept the archive in order", skills=f"\n{label}: spreadsheets")
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


def test_a_sentence_that_is_not_counted_is_quoted_beside_one_that_is() -> None:
    counted, near = "Trained a random forest to predict churn", "The neural side of the harbour was built"
    assert advise("apply-models", f"{counted}\n• {near}").quotes[0].text == near
    assert not advise("apply-models", counted).quotes


def test_nothing_is_asked_for_that_may_stand_there_in_other_words() -> None:
    for name, texts in load_advice().requirements.items():
        if texts.group == "duties" and texts.near:
            assert "in other words" in texts.cases["few"].one, name
            assert "which may belong here" in texts.near.text.one, name


@pytest.mark.parametrize(
    ("requirement", "work"),
    [
        ("develop-models", "Read about pre-trained models"),
        ("develop-software", "Gave support for the platform to developers"),
        ("build-models-into-software", "Wrote recommendations for the web application"),
    ],
)
def test_a_word_that_only_begins_or_ends_like_one_does_not_come_near(requirement: str, work: str) -> None:
    assert not advise(requirement, work).quotes


def test_what_was_done_is_quoted_before_a_title() -> None:
    deed = "Built a plain and reliable system for the harbour office around a network"
    assert [
        quote.text for quote in advise("build-models-into-software", f"The network system of ours\n• {deed}").quotes
    ] == [deed]


def test_a_quote_does_not_begin_within_an_enumeration() -> None:
    work = f"Reads eyes, nose and mouth with a network in production, {'and ' * 40}more"
    assert advise("deploy-models", work).quotes[0].text == "Reads eyes, nose and mouth with a network in production"


def test_no_paper_and_no_head_of_several_parts_is_quoted_as_work() -> None:
    for work in (
        "Kept the archive\n\nPUBLICATIONS\nThe network in production, Journal of Examples, 2020",
        "Classifier in production | Numpy, Pandas",
    ):
        assert not advise("deploy-models", work).quotes


def test_a_framework_that_no_list_has_is_quoted() -> None:
    (quote,) = advise("software-frameworks", "Built the booking desk with the Lantern web framework").quotes
    assert quote.text == "Built the booking desk with the Lantern web framework"


def test_nothing_is_suggested_that_stands_there_in_another_form() -> None:
    said, unsaid = (
        advise("production", work).advice for work in ("Kept the archive", "Changes go in continuously integrated")
    )
    assert "continuous integration" in said
    assert "continuous integration" not in unsaid


def test_an_abbreviation_in_the_plural_is_spoken_of_in_the_plural() -> None:
    assert "If you used them" in advise("machine-learning", "Kept the archive", skills=", CNNs").advice
    assert "If you used it" in advise("machine-learning", "Kept the archive", skills=", CNN").advice


def test_of_two_lines_that_hold_back_a_third_the_weaker_is_named_or_both() -> None:
    text = RESUME.format(work="Kept the archive", title="Clerk", skills="").replace("Python", "Filing")
    unshown = text.replace("Software Engineer", "Porter").replace("Developed web applications in Java", "Kept the door")
    for each, named in ((text, "Machine learning algorithms\u2019 holds it back"), (unshown, "what adds to both")):
        gaps = {gap.requirement: gap for gap in write_report(make_document(each), load_knowledge()).roles[1].gaps}
        assert named in gaps["software-with-machine-learning"].advice
        assert "see the advice" not in gaps["software-with-machine-learning"].advice


def test_skills_below_a_heading_of_studies_and_skills_are_not_called_studied() -> None:
    text = RESUME.format(work="Kept the archive", title="Clerk", skills="").replace("SKILLS\nPython\n\n", "")
    for heading, case in (("EDUCATION", "studied"), ("EDUCATION & TECHNICAL SKILLS", "named")):
        each = text.replace("EDUCATION", heading).replace(", 2014", ", 2014\nPython, Excel")
        gaps = {gap.requirement: gap for gap in write_report(make_document(each), load_knowledge()).roles[0].gaps}
        assert gaps["python"].case == case

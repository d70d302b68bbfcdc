"""Advice rests on the résumé: it quotes its words, and contradicts nothing that stands there."""

import re
from functools import cache

import pytest

from skills.finding.mentions import Mention
from skills.judging.advice.texts import load_advice
from skills.judging.report import write_report
from skills.judging.report_types import Gap, Report
from skills.knowledge import load_knowledge
from skills.roles.profiles import load_profiles
from tests.people import PEOPLE, read_person
from tests.reading_text import make_document

QUOTED = re.compile("“([^”]*)”")
REQUIREMENTS = {item.id: item for profile in load_profiles() for item in profile.requirements}

RESUME = """Ottoline Farrow
ottoline@post.example

SUMMARY
Engineer who works with PyTorch.

EXPERIENCE
Data Scientist, Fernwell Analytics, Leeds
May 2019 - Present
• Trained random forest for churn
Software Engineer, Harrow Ltd
May 2015 - April 2019
• Developed web applications in Java

SKILLS
Python, scikit-learn

EDUCATION
Bachelor of Arts in History, University of Exampleton, 2014
"""


@cache
def read_report(person: str) -> Report:
    return write_report(read_person(person), load_knowledge())


@cache
def find_mentions(person: str) -> tuple[Mention, ...]:
    return load_knowledge().find_mentions(read_person(person).text, read_person(person).lines)


def list_gaps(report: Report) -> dict[str, Gap]:
    """Return the gaps of all roles by requirement, with the fullest advice of those that both roles have."""
    gaps = sorted((gap for role in report.roles for gap in role.gaps), key=lambda gap: len(gap.quotes))
    return {gap.requirement: gap for gap in gaps}


def advise(text: str, requirement: str) -> Gap:
    return list_gaps(write_report(make_document(text), load_knowledge()))[requirement]


def test_what_is_only_listed_is_told_with_the_post_to_name_it_in() -> None:
    gap = advise(RESUME, "python")
    assert gap.case == "listed"
    assert gap.advice.startswith("We read “Python” only in a list of skills.")
    assert "in work, such as “Data Scientist”, or in a project" in gap.advice
    assert gap.step == gap.points


def test_what_is_only_in_the_summary_is_told_as_such() -> None:
    gap = advise(RESUME.replace(", scikit-learn", ""), "machine-learning-frameworks")
    assert (gap.case, gap.quotes[0].text) == ("claimed", "PyTorch")


def test_what_was_only_studied_is_told_as_such() -> None:
    gap = advise(
        RESUME.replace("Python, scikit-learn", "Git").replace(", 2014", ", 2014\nCoursework in Python"), "python"
    )
    assert (gap.case, gap.quotes[0].text) == ("studied", "Python")


def test_a_degree_that_is_held_is_never_advised() -> None:
    assert "degree" not in list_gaps(write_report(make_document(RESUME), load_knowledge()))


@pytest.mark.parametrize(
    "post",
    [
        "Driver",
        "Writing Coach",
        "Data Science Manager",
        "Data Science Intern",
        "Developer, Fernwell",
        "Teaching Assistant for Data Science",
        "Incoming Data Scientist",
        "Data Scientist (Volunteer)",
        "Cosmic Tale, a Play",
    ],
)
def test_no_post_is_named_for_a_skill_that_has_not_begun_or_is_no_work_of_its_trade(post: str) -> None:
    text = re.sub("Software Engineer, Harrow Ltd\n.*\n.*\n", "", RESUME.replace("Data Scientist, Fernwell", post))
    assert "in work or in a project" in advise(text, "python").advice


def test_a_skill_of_one_trade_is_not_sent_to_a_post_of_another() -> None:
    text = re.sub("Software Engineer, Harrow Ltd\n.*\n.*\n", "", RESUME.replace("Python", "Unit testing"))
    assert "in work or in a project" in advise(text, "software-engineering").advice


def test_a_post_is_named_with_its_employer_where_another_has_its_title() -> None:
    text = RESUME.replace("Software Engineer", "Data Scientist")
    assert "“Data Scientist” at “Fernwell Analytics”" in advise(text, "python").advice


@pytest.mark.parametrize(
    ("listed", "elsewhere"),
    [
        ("SQL", "\nEXPERIENCE\nEngineer, Harrow Ltd\nMay 2010 - April 2012\n• Read SQL commands\n"),
        ("Kotlin", "\nEXPERIENCE\nEngineer, Harrow Ltd\nMay 2010 - April 2012\n• Read Kotlin commands\n"),
        ("Kotlin", "\nPUBLICATIONS\nThe history of Kotlin, 2019\n"),
        ("We moved the device that many hands hold to Rust", ""),
    ],
)
def test_nothing_is_said_to_stand_in_a_list_alone_that_stands_elsewhere_or_in_a_sentence(
    listed: str, elsewhere: str
) -> None:
    text = RESUME.replace("Python, scikit-learn", f"{listed}\n{elsewhere}").replace("Java", "teams")
    assert "only in a list" not in advise(text, "software-breadth").advice
    alone = RESUME.replace("Python, scikit-learn", listed.rsplit(maxsplit=1)[-1]).replace("Java", "teams")
    assert "only in a list" in advise(alone, "software-breadth").advice


@pytest.mark.parametrize(
    "name",
    ["Kotlin Women’s College", "Kotlin Consulting GmbH", "github.com/ottoline/kotlin", "ottoline@kotlin.example"],
)
def test_a_name_that_is_spelt_like_a_skill_does_not_change_what_is_said_of_the_skill(name: str) -> None:
    text = RESUME.replace("Python, scikit-learn", "Kotlin").replace("in Java", f"for {name}")
    named, unnamed = (advise(each, "software-breadth") for each in (text, text.replace(name, "customers")))
    assert (named.case, named.step) == (unnamed.case, unnamed.step)
    assert named.case == "listed"


def test_a_method_is_not_said_to_stand_in_a_list_alone_whose_words_but_the_last_stand_in_the_work() -> None:
    text = RESUME.replace("Python, scikit-learn", "Reinforcement Learning algorithms")
    alone = text.replace("Trained random forest for churn", "Learned the main concepts")
    assert advise(alone, "machine-learning").case == "listed"
    told = text.replace("Trained random forest for churn", "Learned the main concepts of Reinforcement Learning")
    assert advise(told, "machine-learning").case == "few"


def test_a_language_of_one_letter_that_stands_in_the_work_is_not_said_to_stand_in_a_list_alone() -> None:
    text = RESUME.replace("Python, scikit-learn", "C, SQL, Docker").replace("in Java", "in Java; wrote plain C")
    assert "“C”" not in advise(text, "software-breadth").advice


def test_a_letter_is_not_quoted_that_may_be_the_initial_of_an_author() -> None:
    text = (
        RESUME.replace("Python, scikit-learn", "Excel")
        .replace("Java", "teams")
        .replace(", 2014", ", 2014\nThesis with Lindqvist, C., on the language C")
    )
    assert "“C”" not in advise(text, "software-breadth").advice


def test_the_label_of_a_list_is_not_quoted_as_one_of_its_skills() -> None:
    text = RESUME.replace("Python, scikit-learn", "Version control: Git")
    assert [quote.text for quote in advise(text, "software-engineering").quotes][:1] == ["Git"]
    assert "“Version control”" in advise(text.replace(": Git", ""), "software-engineering").advice


def test_the_name_of_all_frameworks_is_none() -> None:
    text = RESUME.replace("with PyTorch", "with data").replace("Python, scikit-learn", "Machine Learning Frameworks")
    gap = advise(text, "machine-learning-frameworks")
    assert (gap.case, gap.quotes) == ("broad", ())


def test_of_python_no_others_are_asked_for() -> None:
    text = RESUME.replace("for churn", "for churn; learned the main concepts of Python")
    assert advise(text, "python").advice == "Python counts in full where a post or project says what you used it for."


def test_no_text_denies_what_may_stand_in_the_resume() -> None:
    texts = load_advice()
    cases = [text for group in (texts.cases, *texts.groups.values()) for text in group.values()]
    fields = [text for field in texts.fields.values() for text in (field.nothing, field.little)]
    own = [text for item in texts.requirements.values() for text in (item.tip, item.missing)]
    own += [text.one for item in texts.requirements.values() for text in item.cases.values()]
    for text in (*fields, *own, *(text.one for text in cases)):
        assert not re.search(r"\b(No|None|Neither|Not)\b|found|is named|is missing", text), text


def test_what_counts_already_is_not_quoted_again() -> None:
    gap = advise(RESUME, "machine-learning")
    assert (gap.case, gap.quotes) == ("few", ())
    assert gap.advice.startswith("If you used algorithms that are not counted here, such as ")


def test_a_title_that_was_cut_in_a_bracket_is_not_named() -> None:
    text = RESUME.replace("Data Scientist, Fernwell Analytics", "Data Scientist (Java, Fernwell Analytics")
    assert "(Java" not in advise(text, "python").advice


def test_an_employer_that_stands_at_another_entry_is_not_named() -> None:
    text = RESUME.replace("Data Scientist, Fernwell Analytics, Leeds", "Software Engineer")
    assert "such as “Software Engineer”, or" in advise(text, "python").advice


def test_a_skill_is_sent_to_the_latest_post_of_its_trade() -> None:
    text = RESUME.replace("Python, scikit-learn", "Unit testing, Python").replace("Harrow Ltd", "Harrow Ltd, York")
    assert "such as “Software Engineer”, or" in advise(text, "software-engineering").advice
    assert "such as “Data Scientist”, or" in advise(text, "python").advice


@pytest.mark.parametrize("person", PEOPLE)
def test_lines_with_less_than_a_point_left_have_one_piece_of_advice_and_each_its_gain(person: str) -> None:
    fields = [text.same.split("{")[0] for text in load_advice().fields.values()]
    for role in read_report(person).roles:
        told = [gap for gap in role.gaps if gap.advice == load_advice().little.text]
        little = [
            gap
            for gap in role.gaps
            if gap.points < 1 and not any(gap.advice.startswith(text) for text in fields) and gap not in told
        ]
        assert len(told) <= 1
        assert {gap.same_as for gap in little} <= {gap.requirement for gap in told}
        assert role.score + sum(gap.points for gap in role.gaps) == pytest.approx(100)


def test_no_skill_is_suggested_whose_words_stand_apart_on_a_line() -> None:
    text = RESUME.replace("churn", "churn; wrote unit and regression testing")
    assert "unit testing" not in advise(text, "software-engineering").advice


def test_a_whole_field_is_asked_for_its_methods() -> None:
    for field, line in {"Machine learning": "machine-learning", "Deep learning": "deep-learning"}.items():
        gap = advise(RESUME.replace("Trained random forest for churn", f"{field} for churn"), line)
        assert gap.case == "broad"
        assert gap.advice.startswith("What is counted names the field alone.")


def test_people_with_posts_are_sent_to_no_internship_and_no_course() -> None:
    for gap in list_gaps(write_report(make_document(RESUME), load_knowledge())).values():
        tip = load_advice().requirements[gap.requirement].tip
        assert gap.advice != tip, gap.requirement
    without_titles = re.sub("Data Scientist, |Software Engineer, ", "", RESUME)
    for gap in list_gaps(write_report(make_document(without_titles), load_knowledge())).values():
        assert "internship" not in gap.advice


def test_who_took_part_in_kaggle_is_not_sent_there() -> None:
    text = "Ottoline Farrow\n\nEDUCATION\nB.Sc. Physics\n\nSKILLS\nTensorFlow, Keras, random forest, SVM, LSTM{}\n"
    assert "Kaggle" in advise(text.format(""), "select-and-tune").advice
    assert "Kaggle" not in advise(text.format("\n\nAWARDS\nKaggle competitions expert"), "select-and-tune").advice


@pytest.mark.parametrize("person", PEOPLE)
def test_every_quote_stands_in_the_resume(person: str) -> None:
    report = read_report(person)
    for role in report.roles:
        for gap in role.gaps:
            assert [quote.text for quote in gap.quotes] == [
                report.text[quote.start : quote.end] for quote in gap.quotes
            ]
            assert QUOTED.findall(gap.advice) == [" ".join(quote.text.split()) for quote in gap.quotes]
            assert "{" not in gap.advice


@pytest.mark.parametrize("person", PEOPLE)
def test_nothing_is_missing_that_was_found_nor_only_listed_that_was_shown(person: str) -> None:
    report, mentions = read_report(person), find_mentions(person)
    for gap in list_gaps(report).values():
        evidence = report.requirements[gap.requirement].evidence
        if gap.case != "together":
            assert (gap.case == "missing") == (not evidence), gap.requirement
        quoted = {(quote.start, quote.end) for quote in gap.quotes} & {(item.start, item.end) for item in evidence}
        concepts = {item.concept for item in mentions if (item.start, item.end) in quoted}
        sections = {item.section for item in mentions if item.concept in concepts}
        if gap.case == "listed" and REQUIREMENTS[gap.requirement].skills and concepts:
            assert sections == {"skills"}, gap.advice


@pytest.mark.parametrize("person", PEOPLE)
def test_no_skill_is_suggested_that_the_resume_names(person: str) -> None:
    report, knowledge = read_report(person), load_knowledge()
    for gap in list_gaps(report).values():
        plain = re.sub("“[^”]*”|\u2018.*\u2019", "", gap.advice)
        for _, words in knowledge.suggestions[gap.requirement]:
            said = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", report.text, re.IGNORECASE)
            suggested = re.search(rf"such as {re.escape(words)}(?!\w)", plain)
            assert not (len(words) > 1 and suggested and said), gap.advice


@pytest.mark.parametrize("person", PEOPLE)
def test_no_advice_is_told_twice_in_a_list(person: str) -> None:
    for role in read_report(person).roles:
        advice = [gap.advice for gap in role.gaps if not gap.same_as]
        assert len(set(advice)) == len(advice)


@pytest.mark.parametrize("person", PEOPLE)
def test_advice_that_holds_for_several_lines_is_told_in_full_at_the_first_of_them(person: str) -> None:
    for role in read_report(person).roles:
        told = {gap.requirement: gap for gap in role.gaps if not gap.same_as}
        for gap in (gap for gap in role.gaps if gap.same_as):
            assert told[gap.same_as].title in gap.advice


WAITER = """Ottoline Farrow

EXPERIENCE
Waiter, Harrow Inn, Leeds
May 2015 - April 2019
• Served guests{}
"""


@pytest.mark.parametrize(
    ("field", "lines"), [(name, texts.requirements) for name, texts in load_advice().fields.items()]
)
def test_a_field_without_a_trace_gets_one_piece_of_advice_and_each_line_its_gain(
    field: str, lines: frozenset[str]
) -> None:
    gaps = list_gaps(write_report(make_document(WAITER.format("")), load_knowledge()))
    assert lines <= gaps.keys()
    (told,) = (gap for name, gap in gaps.items() if name in lines and not gap.same_as)
    assert told.advice == load_advice().fields[field].nothing
    assert {gaps[name].same_as for name in lines} == {"", told.requirement}
    assert {name: gaps[name].points for name in lines} == {name: REQUIREMENTS[name].possible for name in lines}


def test_of_a_field_that_a_resume_shows_little_of_is_not_said_that_nothing_counts() -> None:
    gaps = list_gaps(write_report(make_document(WAITER.format(" and wrote a JavaScript page")), load_knowledge()))
    (told,) = (gap for gap in gaps.values() if gap.advice.startswith("Little of software development is counted"))
    assert gaps["software-post"].same_as in {"", told.requirement}


def test_who_held_a_post_in_a_field_gets_advice_on_each_of_its_lines() -> None:
    text = WAITER.format("").replace("Waiter", "Machine Learning Engineer")
    gaps = list_gaps(write_report(make_document(text), load_knowledge()))
    assert "If you used a neural network" in gaps["deep-learning"].advice


def test_where_a_field_is_shown_each_line_has_its_own_advice() -> None:
    gaps = list_gaps(write_report(make_document(RESUME), load_knowledge()))
    fields = [text for texts in load_advice().fields.values() for text in (texts.nothing, texts.little)]
    assert not [gap for gap in gaps.values() if any(gap.advice.startswith(text) for text in fields)]


@pytest.mark.parametrize("person", PEOPLE)
def test_what_both_roles_ask_for_has_the_same_advice_in_both(person: str) -> None:
    one, other = ({gap.requirement: gap.advice for gap in role.gaps} for role in read_report(person).roles)
    assert one.keys() & other.keys()
    assert all(one[name] == other[name] for name in one.keys() & other.keys())


@pytest.mark.parametrize("person", PEOPLE)
def test_a_step_earns_no_more_than_its_line_has_left(person: str) -> None:
    for gap in list_gaps(read_report(person)).values():
        assert gap.step is None or 0 <= gap.step <= gap.points


def test_to_show_what_is_listed_earns_what_the_advice_states() -> None:
    text = RESUME.replace("PyTorch", "data")
    before = advise(text, "machine-learning-frameworks")
    shown = text.replace("random forest for churn", "random forest for churn with scikit-learn")
    assert before.case == "listed"
    assert before.points - advise(shown, "machine-learning-frameworks").points == pytest.approx(before.step)


def test_every_requirement_of_the_two_roles_has_texts_and_a_section() -> None:
    assert load_advice().requirements.keys() == REQUIREMENTS.keys()


WAYS = re.compile("(?:in this form|such as)[: ] ?\u2018([^\u2019]*)\u2019")


@pytest.mark.parametrize(
    ("requirement", "way"),
    [
        (name, way)
        for name, texts in load_advice().requirements.items()
        for text in (texts.missing, *(case.one for case in texts.cases.values()))
        for way in WAYS.findall(text)
    ],
)
def test_a_sentence_that_advice_shows_as_one_that_counts_does(requirement: str, way: str) -> None:
    text = WAITER.format("").replace("Served guests", way)
    assert write_report(make_document(text), load_knowledge()).requirements[requirement].evidence


def test_work_that_may_be_told_in_other_words_is_asked_for_in_words_that_count() -> None:
    for name, texts in load_advice().requirements.items():
        if texts.group == "duties" and texts.near:
            assert WAYS.search(texts.missing), name
            assert "in other words" in texts.missing, name
            assert (
                WAYS.findall(texts.cases["few"].one) == WAYS.findall(texts.near.text.one) == WAYS.findall(texts.missing)
            ), name


@pytest.mark.parametrize("line", ["machine-learning-frameworks", "python"])
def test_what_stands_only_in_a_list_or_at_the_top_is_to_be_named_where_it_was_used(line: str) -> None:
    gap = advise(RESUME.replace(", scikit-learn", ""), line)
    assert gap.case in {"listed", "claimed"}
    assert "name it there" in gap.advice


def test_of_a_field_with_little_nobody_is_asked_for_a_further_project() -> None:
    assert not [field for field in load_advice().fields.values() if "further" in field.little]

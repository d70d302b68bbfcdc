"""A name is nobody's skill: the person's own, and those of schools, firms, streets and groups."""

from time import process_time

import pytest

from skills.anatomy.names.proper_names import find_name
from tests.reading_text import find_duties, find_skills

CONTACT = "ada@post.example\n\nSKILLS\nPython"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Ada Example", "Ada Example"),
        ("Özgür Şahin", "Özgür Şahin"),
        ("Ludwig van der Berg", "Ludwig van der Berg"),
        ("Mohammed bin Rashid al Farsi", "Mohammed bin Rashid al Farsi"),
        ("J. R. R. Whitfield", "J. R. R. Whitfield"),
        ("Anne-Sophie O’Connell-d’Arcy", "Anne-Sophie O’Connell-d’Arcy"),
        ("王 小明", "王 小明"),
        ("Suharto", "Suharto"),
        ("Chen, Wei", "Chen, Wei"),
        ("Dr. Ada Example, PhD", "Ada Example"),
        ("ADA EXAMPLE (she/her)", "ADA EXAMPLE"),
        ("Name: Ada Example", "Ada Example"),
        ("Resume of Ada Example", "Ada Example"),
        ("Curriculum Vitae\n\nAda Example", "Ada Example"),
        ("Last Updated\nAda Example", "Ada Example"),
        ("Ada Example | Data Engineer | Leeds", "Ada Example"),
        ("Ada Example   Leeds", "Ada Example"),
    ],
)
def test_a_name_is_known_in_its_many_forms(line: str, name: str) -> None:
    assert find_name(f"{line}\n{CONTACT}") == name


@pytest.mark.parametrize("degree", ["B.Tech (Information Technology), Acme University, 2021 - 2025", "Ph.D. M.Sc."])
def test_a_degree_alone_is_no_name(degree: str) -> None:
    assert find_name(f"{degree}\nDeployed a network on a controller") == ""


@pytest.mark.parametrize(
    "line",
    [
        "Data Scientist",
        "Professional Summary",
        "SKILLS",
        "Python, Java, SQL",
        "Python | Java | SQL",
        "12 Mill Lane",
        "Job Seeker Ohio",
        "Data Analysis - Research Assistant",
        "Freelance Freelance Freelance Hammond",
    ],
)
def test_what_is_no_name_is_none(line: str) -> None:
    assert find_name(f"{line}\nGit, Docker\nLinux") == ""


def test_a_word_joined_to_a_post_is_no_name() -> None:
    assert find_name("Python / Developer Python / Developer Oakland, CA\nGit, Docker\nLinux") == ""
    assert find_name("Ada Lima / Developer\nGit, Docker\nLinux") == "Ada Lima"


@pytest.mark.parametrize(
    "name", ["Julia Jenkins", "Özlem Scala", "Kubernetes Keras", "Spark, Julia", "JAVA VAN SCALA", "Dr. Ruby Perl"]
)
def test_a_name_that_is_spelt_like_a_skill_is_none_wherever_it_stands(name: str) -> None:
    assert find_skills(f"{name}\nData engineer, ada@post.example\n\nI, {name}, declare this.") == set()


def test_a_name_of_one_word_is_none_where_it_first_stands() -> None:
    assert find_skills("Perl\nData engineer\nperl@post.example") == set()


@pytest.mark.parametrize("name", ["Mr. Jenkins", "Mrs Scala", "Ms. Perl", "Dr. Keras"])
def test_a_family_name_behind_a_title_is_no_skill(name: str) -> None:
    assert find_skills(f"EXPERIENCE\n{name} led the team and spoke with {name}'s clients.") == set()


def test_a_program_behind_what_could_be_a_title_is_a_skill() -> None:
    assert "microsoft-excel" in find_skills("SKILLS\nMs Excel")


def test_a_skill_that_shares_a_word_with_the_name_is_found() -> None:
    assert find_skills("Julia Jenkins\nada@post.example\n\nSKILLS\nJulia, Jenkins") == {"julia", "jenkins"}


@pytest.mark.parametrize(
    "text",
    [
        "BSc, Scala College, 2010",
        "Kubernetes Institute of Technology",
        "University of Perl",
        "Worked at Scala Consulting LLC",
        "PyTorch, Inc.",
        "4 Kotlin Street, Leeds",
    ],
)
def test_schools_firms_and_streets_show_no_skill(text: str) -> None:
    assert find_skills(text) <= {"bachelors-degree"}


def test_a_field_of_study_right_before_a_school_is_one() -> None:
    assert "computer-science" in find_skills("Master of Science in Computer Science University at Buffalo")


@pytest.mark.parametrize(
    "group", ["Women in Machine Learning", "Black in AI", "Girls Who Code", "Veterans in Data Science"]
)
def test_a_group_that_somebody_belongs_to_shows_neither_skill_nor_duty(group: str) -> None:
    text = f"EXPERIENCE\nDeveloped and mentored for {group}"
    assert (find_skills(text), find_duties(text)) == (set(), set())


@pytest.mark.parametrize("text", ["Roberta and Luis joined us", "An office in Palo Alto", "CI in Jenkins, Istanbul"])
def test_people_and_cities_are_no_products(text: str) -> None:
    assert find_skills(text) <= {"jenkins", "continuous-integration"}


def test_levels_of_a_language_are_no_programming_language() -> None:
    assert find_skills("Languages: German (C1), English (C2)") == set()


def test_a_long_first_line_is_told_from_a_name_at_once() -> None:
    """It was divided into words in all ways before it was found to be no name: minutes for a thousand letters."""
    start = process_time()
    assert find_name(f"{'A' * 60} {'B' * 60} {'C' * 60}1\nJava") == ""
    assert find_name(f"{'A-' * 90}1\nJava") == ""
    assert process_time() - start < 1


@pytest.mark.parametrize("school", ["Indiana University", "MIT", "ETH Zurich"])
def test_a_field_is_told_by_the_education_and_not_by_how_a_school_is_called(school: str) -> None:
    assert "information-systems" in find_skills(f"EDUCATION\nInformatics, {school}")
    assert "information-systems" not in find_skills(f"EXPERIENCE\nTaught Informatics, {school}")


def test_a_trade_beside_a_doubtful_name_does_not_make_it_a_skill() -> None:
    assert "eagle" not in find_skills("EXPERIENCE\nTelecom, Eagle - 2018")


def test_the_subject_in_a_school_s_name_is_no_field_of_a_degree() -> None:
    assert "statistics-field" not in find_skills("EDUCATION\nBachelor of Science, Institute of Statistics, 2014")
    assert "statistics-field" in find_skills("EDUCATION\nBachelor of Science in Statistics, 2014")

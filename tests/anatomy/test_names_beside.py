"""Whether words are a degree or a title does not depend on what the school or place beside them is called."""

import pytest

from skills.anatomy.anatomy import read_anatomy
from skills.anatomy.studies.degrees import find_degrees
from skills.anatomy.titles.job_titles import find_titles
from skills.finding.skill.unit_names import find_unit_places
from tests.reading_text import find_skills

# A school in many forms: with and without a word of schools, one that is a subject's, an abbreviation.
SCHOOLS = ["Acme University", "Acme", "MIT", "Acme Vidyapeeth", "University of Acme", "Institute of Statistics"]


def list_levels(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(degree.skill, tuple(field.skill for field in degree.fields)) for degree in find_degrees(text)]


@pytest.mark.parametrize("school", SCHOOLS)
@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("Springfield B.S. in\nEnvironmental Sciences {}", "bachelors-degree"),
    ],
)
def test_whether_an_abbreviation_is_a_degree_does_not_depend_on_the_name_of_the_school(
    line: str, level: str, school: str
) -> None:
    assert list_levels(line.format(school)) == [(level, ())]


@pytest.mark.parametrize("school", SCHOOLS)
def test_a_state_behind_a_school_is_no_degree_in_what_the_school_is_named_after(school: str) -> None:
    assert list_levels(f"EXPERIENCE\nDeveloper, {school}, MS\n2015") == []


@pytest.mark.parametrize("school", [*SCHOOLS, "Acme Institute of Technology"])
def test_a_subject_before_a_school_is_no_part_of_the_name_of_a_lab(school: str) -> None:
    assert list(find_unit_places(f"Minor in Mathematics {school} 1990")) == []


@pytest.mark.parametrize("place", ["USA", "Springfield", "Ho Chi Minh City", "Port Ludlow"])
def test_a_place_that_a_hyphen_joins_to_a_title_is_no_part_of_it(place: str) -> None:
    text = f"Built pages for shops, {place}-Programmer Analyst Acme"
    assert [text[title.start : title.end] for title in find_titles(text)] == ["Programmer Analyst"]


@pytest.mark.parametrize("word", ["Drone-developer", "Web-Developer", "Cloud-Engineer"])
def test_a_word_that_a_hyphen_joins_to_a_title_says_what_it_is_about(word: str) -> None:
    assert [word[title.start : title.end] for title in find_titles(word)] == [word]


@pytest.mark.parametrize("firm", ["HCL Oracle Corporation", "HCL Scala Consulting LLC", "HCL Fern & Daughters Ltd"])
def test_the_first_word_of_a_firm_of_several_names_no_skill(firm: str) -> None:
    assert find_skills(f"EXPERIENCE\n{firm}\nJune 2018 to May 2019\nSold shoes.") == set()


@pytest.mark.parametrize("school", ["Python Women’s College", "Jenkins State University", "Fernwell College"])
def test_the_name_of_a_school_is_no_company_for_a_word_of_two_meanings(school: str) -> None:
    assert find_skills(f"EXPERIENCE\nTaught on the Hudson and in scraping at {school} for a year.") == set()


@pytest.mark.parametrize("school", ["Stanford", "Fernwell University", "Bharati Vidyapeeth"])
def test_a_degree_below_the_heading_of_education_needs_no_word_of_a_school(school: str) -> None:
    text = f"Ann Lee\nEXPERIENCE\nEngineer\nEDUCATION\nM.S {school} - Ann Arbor, MI\n"
    assert [degree.skill for degree in read_anatomy(text).degrees] == ["masters-degree"]

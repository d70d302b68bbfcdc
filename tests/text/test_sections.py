"""Sections are told by headings and dates."""

import pytest

from skills.anatomy.headings import find_heading
from skills.finding.finds import get_table, list_sections
from skills.knowledge import load_knowledge


def sections_of(text: str) -> dict[str, str]:
    """Return the section of each word of a text."""
    doc = load_knowledge().nlp(text)
    return dict(zip(get_table(doc).words, list_sections(doc), strict=True))


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("WORK EXPERIENCE", "experience"),
        ("Education & Training", "education"),
        ("• Technical Skills:", "skills"),
        ("Skills: Python and R", "skills"),
        ("PROGRAMMING PROJECTS", "projects"),
        ("Hobbies", "interests"),
        ("Extracurricular Activities", "activities"),
    ],
)
def test_a_heading_is_known_in_its_many_forms(line: str, section: str) -> None:
    assert find_heading(line) == section


@pytest.mark.parametrize("line", ["Skilled in Python", "Education is what I believe in.", "Technologies: Java, C++"])
def test_a_line_that_only_begins_like_a_heading_is_none(line: str) -> None:
    assert find_heading(line) is None


def test_each_section_reaches_to_the_next_heading() -> None:
    sections = sections_of("Leeds\n\nEXPERIENCE\nTuned things\n\nEDUCATION\nBachelor")
    assert (sections["Leeds"], sections["Tuned"], sections["Bachelor"]) == ("top", "experience", "education")


def test_a_dated_entry_opens_experience_where_no_heading_does() -> None:
    assert sections_of("Ada Example\nEngineer, May 2019 - Present\nWrote compilers")["compilers"] == "experience"


def test_an_empty_text_has_no_words_in_any_section() -> None:
    assert sections_of("") == {}


def test_a_heading_before_a_colon_within_an_entry_covers_its_line_alone() -> None:
    sections = sections_of("EXPERIENCE\nShipped code\nTechnical skills: Java\nWrote compilers")
    assert (sections["Java"], sections["compilers"]) == ("skills", "experience")


def test_an_address_hides_nothing_but_itself() -> None:
    sections = sections_of("Ada\nAddress: Main Street\nAcme 2015 - 2019\nWrote compilers")
    assert (sections["Street"], sections["compilers"]) == ("identity", "experience")


@pytest.mark.parametrize(
    "dates", ["Jan \u201918 \u2013 Present", "2019 \u2010 2020", "2019-06 \u2212 Today", "05/2018 to 06/2019"]
)
def test_date_ranges_are_known_in_their_many_forms(dates: str) -> None:
    assert sections_of(f"Ada\nEngineer, {dates}\nWrote compilers")["compilers"] == "experience"


@pytest.mark.parametrize("telephone", ["555-2010-2015", "(555) 1998-2012", "020 1998-2012"])
def test_a_telephone_number_is_no_range_of_years(telephone: str) -> None:
    assert sections_of(f"Leeds\n{telephone}\nWrote compilers")["compilers"] == "top"


def test_a_range_of_years_behind_a_postal_code_is_one() -> None:
    assert sections_of("Leeds\nEngineer, Chicago, IL 60601 2015 - 2019\nWrote compilers")["compilers"] == "experience"


@pytest.mark.parametrize("label", ["Date of birth", "Military service", "Nationality", "Father’s name", "D.O.B."])
def test_a_personal_detail_is_no_skill_and_covers_its_own_line_alone(label: str) -> None:
    sections = sections_of(f"Leeds\n\nSKILLS\nJava\n{label}: Python\nScala")
    assert (sections["Python"], sections["Scala"]) == ("identity", "skills")

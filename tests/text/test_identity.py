"""What says who somebody is can be found, so that a reader may hide it; what was done stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills.anatomy.names.personal_data import find_personal
from tests.resumes import RESUME_TEXT


def hide(text: str) -> str:
    """Return a text with a sign in place of what is personal."""
    for span in reversed(find_personal(text)):
        text = f"{text[: span.start]}▮{text[span.end :]}"
    return text


def test_a_resume_keeps_its_work_and_loses_name_address_schools_and_dates() -> None:
    shown = hide(RESUME_TEXT)
    for word in ("Quilla", "Brandvold", "@", "Example University", "2018", "2024"):
        assert word not in shown
    for word in ("Machine Learning Engineer", "Fernmark Analytics", "PyTorch", "M.Sc. Computer Science", "120 ms"):
        assert word in shown


@pytest.mark.parametrize(
    "personal",
    [
        "ilse.oda@post.example",
        "+44 20 7946 0958",
        "(030) 123456-78",
        "https://code.example/ilse",
        "https:/code.example/ilse",
        "work.sketches.net/ilse",
        "linkedin.com/in/ilse-oda",
        "12 Harbour View Road",
        "Born: somewhere warm",
        "Contact: the door with the blue lamp",
        "Technical University of Exampleton",
        "St. Xavier's College",
        "May 2019",
        "4 May 1990",
        "2019-05-04",
        "05/2019",
        "Jun '18",
    ],
)
def test_it_is_found_wherever_it_stands(personal: str) -> None:
    assert hide(f"Experience\nwrote Java\n{personal}\nwrote Rust") == "Experience\nwrote Java\n▮\nwrote Rust"


@pytest.mark.parametrize(
    "line",
    [
        "Cut latency from 120 ms to 35 ms for 2,500,000 users",
        "Decreased 25 % of costs with version 2.2.0.0.1",
        "Node.js, ASP.NET and C++ on school buses",
        "GPA 3.97/4.00",
        "Put 20 teams in place with 5 tests that drive change",
        "Web: React, Mobile: Swift",
    ],
)
def test_figures_and_skills_are_not_personal(line: str) -> None:
    assert hide(f"Experience\n{line}") == f"Experience\n{line}"


def test_every_place_of_a_name_is_found_but_not_the_verb_that_is_spelt_like_it() -> None:
    text = "Will Marsh\n\nExperience\nI will test it.\nAsk Marsh.\nWILL MARSH, page 2"
    assert hide(text) == "▮\n\nExperience\nI will test it.\nAsk ▮.\n▮, page 2"


def test_a_name_is_found_as_it_is_written_and_by_the_half_of_a_double_one() -> None:
    text = "Ada McDonald-Oda\n\nExperience\nMcDonald led it with Oda."
    assert hide(text) == "▮\n\nExperience\n▮ led it with ▮."


def test_a_name_beside_the_sections_is_known_by_the_address() -> None:
    text = "Skills\nPython\nIlse Oda\nExperience\nWork by Oda\nContact\ni.oda@post.example"
    assert hide(text) == "Skills\nPython\n▮\nExperience\nWork by ▮\nContact\n▮"


@given(st.text(alphabet=st.sampled_from("AaUniversity of2019-./@:|,\n •"), max_size=200))
def test_spans_stand_in_text_order_and_never_overlap(text: str) -> None:
    places = [offset for span in find_personal(text) for offset in (span.start, span.end)]
    assert places == sorted(set(places))
    assert all(0 <= place <= len(text) for place in places)

"""What a report says of the person and of the entries: with its places, apart from all that is judged."""

import re

import orjson
import pytest

from service.presentation.blind_view import hide_identity
from skills.anatomy.anatomy import find_openings
from skills.anatomy.person import find_person
from skills.judging.person_types import EntryReport, Experience
from skills.judging.report import write_report
from skills.judging.report_types import Report, read_report
from skills.knowledge import load_knowledge
from tests.people import PEOPLE, read_person
from tests.reading_text import make_document
from tests.reports import as_json
from tests.resumes import LISTED_RESUME_TEXT

TEXT = """Ottoline Farrow
Machine Learning Engineer
Leeds, United Kingdom | ottoline@farrow.example | +44 20 7946 0958
github.com/ofarrow | https://farrow.example.org/home.

EXPERIENCE
Machine Learning Engineer, Fernmark Health Ltd, Seattle, WA
Jan 2020 - Dec 2021
- Trained models
Software Engineer, Ostrava Retail Lab, London
July 2019 - June 2020
- Wrote services
Sales Assistant, Larchmont Stores
2016 - 2017
- Sold shoes

EDUCATION
BSc in Computer Science, Oregon Valley University, 2012 - 2016
"""


def report_on(text: str) -> Report:
    return write_report(make_document(text), load_knowledge())


@pytest.mark.parametrize("person", PEOPLE)
def test_what_is_said_of_person_and_entries_stands_where_it_is_said_to_stand(person: str) -> None:
    report = as_json(write_report(read_person(person), load_knowledge()))
    text = report["text"]
    for part in (report["person"], *report["entries"]):
        for name, span in part["spans"].items():
            assert " ".join(text[span["start"] : span["end"]].split()) == part[name]
    for profile in report["person"]["profiles"]:
        assert text[profile["start"] : profile["end"]] == profile["url"]


def test_a_person_is_known_by_name_contact_and_place() -> None:
    person = report_on(TEXT).person
    assert person
    assert (person.name, person.email, person.phone) == (
        "Ottoline Farrow",
        "ottoline@farrow.example",
        "+44 20 7946 0958",
    )
    assert person.location == "Leeds, United Kingdom"
    assert [(profile.network, profile.url) for profile in person.profiles] == [
        ("GitHub", "github.com/ofarrow"),
        ("", "https://farrow.example.org/home"),
    ]


def test_months_at_the_same_time_are_counted_once_and_by_what_the_post_is() -> None:
    person = report_on(TEXT).person
    assert person
    months = person.months
    assert (months.total, months.machine_learning, months.software) == (30 + 12, 24, 12)


def test_a_post_whose_title_nobody_knows_counts_in_all_experience_alone() -> None:
    person = report_on(TEXT.replace("Machine Learning Engineer, Fernmark", "Bard, Fernmark")).person
    assert person
    assert (person.months.total, person.months.machine_learning, person.months.software) == (30 + 12, 0, 12)


def test_what_goes_on_is_counted_up_to_a_month_that_the_version_says() -> None:
    person = report_on(TEXT.replace("Dec 2021", "Present")).person
    assert person
    assert isinstance(person.months, Experience)
    year, month = map(int, person.months.until.split("-"))
    assert person.months.machine_learning == (year - 2020) * 12 + month


def summarize(entry: EntryReport) -> tuple[object, ...]:
    return entry["kind"], entry["title"], entry["organisation"], entry["place"], entry["from"], entry["to"]


def test_entries_say_what_was_held_where_and_when() -> None:
    report = report_on(TEXT)
    assert [summarize(entry) for entry in report.entries] == [
        ("post", "Machine Learning Engineer", "Fernmark Health Ltd", "Seattle, WA", "2020-01", "2021-12"),
        ("post", "Software Engineer", "Ostrava Retail Lab", "London", "2019-07", "2020-06"),
        ("post", "Sales Assistant", "Larchmont Stores", None, "2016", "2017"),
        ("degree", "BSc in Computer Science", "Oregon Valley University", None, "2012", "2016"),
    ]
    assert [(entry["present"], entry["page"]) for entry in report.entries] == [(False, 1)] * 4


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Lima\nBaker", "Ada Lima"),
        ("Ada Lima, M.Sc.\nada@lima.example", "Ada Lima"),
        ("+44 20 7946 0958\nada.lima@post.example\nEDUCATION\nBSc in Physics\nADA LIMA\nSKILLS", "ADA LIMA"),
        ("Crumb Street, Leeds\nAda Maria Lima\nada@post.example", "Ada Maria Lima"),
        ("ADA\nLIMA\nada.lima@post.example", "ADA LIMA"),
        ("Ada Lima ada.lima@post.example ada.example.org", "Ada Lima"),
        ("Ada Lima \u2225 Leeds \u2225 lima@post.example", "Ada Lima"),
        ("PROFILE INFO\nBakes.\nAda Lima\nalima@post.example", "Ada Lima"),
        ("Ada Lima GitHub: alima\nalima@post.example", "Ada Lima"),
        ("Ada Lima\nlima@post.example\nPAPERS\nA Lima, B Rye. On Ovens. 2020", "Ada Lima"),
        ("Python Developer\nWORK\nCrumb, 2020 - 2021", None),
        ("Senior Java / J2EE Developer\nBakes bread.", None),
        ("Ruby Swift\nBaker", "Ruby Swift"),
        ("Lima, Ada\nBaker", "Lima, Ada"),
        ("Lima, Ada\nada.lima@post.example", "Lima, Ada"),
        ("ada lima\na.lima@post.example", "ada lima"),
        ("Riyadh, Saudi\nAda Lima\nada@lima.example", "Ada Lima"),
    ],
)
def test_a_name_is_found_by_its_form_its_place_and_its_address(text: str, name: str | None) -> None:
    found = find_person(text, find_openings(text)).name
    assert (" ".join(text[found.start : found.end].split()) if found else None) == name


@pytest.mark.parametrize(
    ("line", "phone"),
    [
        ("Phone: 555-0188", "555-0188"),
        ("(404) 555-0188 | Atlanta", "(404) 555-0188"),
        ("+49 (0)30 1234567", "+49 (0)30 1234567"),
        ("404.555.0188", "404.555.0188"),
        ("+00 00 555 01 88 1003 Example Town", "+00 00 555 01 88"),
        ("+00 151 2345 6789 Example Town", "+00 151 2345 6789"),
        ("2016 - 2020", None),
        ("Account 12345", None),
    ],
)
def test_a_telephone_number_is_told_from_years_and_other_figures(line: str, phone: str | None) -> None:
    text = f"Ada Lima\n{line}\nSummary\nBaker"
    found = find_person(text, find_openings(text)).phone
    assert (text[found.start : found.end] if found else None) == phone


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Istanbul, Turkey", "Istanbul, Turkey"),
        ("ada@lima.example London, UK github.com/alima", "London, UK"),
        ("Montreal, QC \u2013 Canada", "Montreal, QC \u2013 Canada"),
        ("Boston, MA, 02100 | ada@lima.example", "Boston, MA, 02100"),
        ("Irvine, California Phone: +1 404 555 0188", "Irvine, California"),
        ("New York, NY \u2225 ada@lima.example", "New York, NY"),
        ("FLUTIST, PICCOLOIST", None),
        ("EDUCATION\nLarch College Syracuse, NY", None),
    ],
)
def test_where_somebody_lives_is_read_at_the_top_and_not_from_what_they_did(line: str, place: str | None) -> None:
    text = f"Ada Lima\n{line}\nSUMMARY\nBaker"
    found = find_person(text, find_openings(text)).place
    assert (text[found.start : found.end] if found else None) == place


def test_a_reference_who_is_named_below_is_not_the_person() -> None:
    text = "Ada Lima\nada@lima.example\nWORK\nBaker, Crumb, 2020 - 2021\nREFERENCES\nBo, bo@rye.example, 404-555-0188"
    person = report_on(text).person
    assert person
    assert (person.name, person.email, person.phone) == ("Ada Lima", "ada@lima.example", None)


def test_no_figure_of_a_report_follows_from_who_somebody_is() -> None:
    """The person is left out of what is judged, so that another name, place or telephone moves nothing else."""
    report = as_json(report_on(TEXT))
    other = as_json(report_on(TEXT.replace("Ottoline Farrow", "Bo Rye").replace("Leeds", "Lagos")))
    assert report["person"] != other["person"]
    places = re.compile(rb'"(?:start|end|page)":\d+,?')
    for part in ("roles", "verdict", "skills"):
        assert places.sub(b"", orjson.dumps(report[part])) == places.sub(b"", orjson.dumps(other[part]))


def test_nothing_of_a_person_is_printed_with_a_report() -> None:
    shown = repr(report_on(TEXT))
    for word in ("Ottoline", "farrow", "7946", "Leeds", "Fernmark", "Ostrava"):
        assert word not in shown


def test_a_report_that_an_earlier_version_stored_has_neither_and_can_be_shown() -> None:
    parts = as_json(report_on(TEXT))
    del parts["person"], parts["entries"]
    stored = read_report(orjson.dumps(parts))
    assert (stored.person, stored.entries) == (None, ())
    hide_identity(parts)
    assert (parts["person"], parts["entries"]) == (None, [])


@pytest.mark.parametrize("employer", ["Fernmark Health Ltd", "Ostmark “Fernmark” Health Ltd"])
def test_advice_names_no_employer_in_a_blind_view(employer: str) -> None:
    report = report_on(LISTED_RESUME_TEXT.replace("Fernmark Health", employer))
    parts = as_json(report)
    assert "Health Ltd" in str(parts["roles"])
    hide_identity(parts)
    assert not re.search("Fernmark|Ostmark|Health Ltd", str(parts["roles"]))


def test_the_title_of_a_publication_is_hidden_with_its_author() -> None:
    entry = {
        "kind": "publication",
        "title": "On Ovens",
        "organisation": None,
        "place": None,
        "from": None,
        "to": "2020",
        "spans": {"title": {"start": 0, "end": 8}},
    }
    report = {"person": {}, "document": {"name": "a", "warnings": []}, "entries": [entry]}
    hide_identity(report)
    assert (entry["title"], entry["to"], entry["spans"]) == (None, None, {})

"""A report on paper: as PDF, and as a page that is one file."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from service.presentation.pdf_report import write_pdf
from service.presentation.report_page import write_html
from service.presentation.sentences import LIMITS, NOTHING_MISSING, describe_verdict
from skills.judging.report import write_report
from skills.judging.report_types import Report
from skills.knowledge import load_knowledge
from tests.browser import list_violations
from tests.own_roles import add_own_role
from tests.people import read_person
from tests.reading_text import make_document
from tests.resumes import LONG_RESUME_TEXT

HEADINGS = {"Where every point comes from", "What to do", "The résumé"}


def write_report_on(text: str) -> Report:
    return write_report(make_document(text), load_knowledge())


def read_pages(report: Report) -> list[str]:
    """Return the text of each page of a report as PDF, without the ends of its lines."""
    return [page.extract_text() for page in PdfReader(BytesIO(write_pdf(report))).pages]


def squeeze(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def report() -> Report:
    return write_report_on(LONG_RESUME_TEXT)


def test_the_first_page_of_the_pdf_is_a_summary(report: Report) -> None:
    first, *others = read_pages(report)
    for words in (describe_verdict(report), "Missing most, in points", "How far each part is met", *LIMITS):
        assert squeeze(words) in squeeze(first)
    assert HEADINGS.isdisjoint(first.splitlines())
    assert {line for page in others for line in page.splitlines()} >= HEADINGS


def test_the_pdf_has_every_line_of_the_roles_and_of_the_resume_and_all_advice(report: Report) -> None:
    text = squeeze("".join(read_pages(report)[1:]))
    for requirement in report.requirements.values():
        assert squeeze(requirement.title) in text
    for gap in (gap for role in report.roles for gap in role.gaps):
        assert gap.same_as or squeeze(gap.advice) in text
    for line in report.text.splitlines():
        assert squeeze(line) in text


def test_a_role_that_nothing_is_missing_of_is_told_as_such(report: Report) -> None:
    whole = replace(report, roles=tuple(replace(role, gaps=()) for role in report.roles))
    assert NOTHING_MISSING in read_pages(whole)[0]
    assert NOTHING_MISSING in write_html(whole)


@pytest.mark.parametrize("person", ["executive-chicago", "graduate-atlanta", "mlops-toronto"])
def test_no_heading_stands_alone_at_the_foot_of_a_page_of_the_pdf(person: str) -> None:
    report = write_report(read_person(person), load_knowledge())
    titles = (*HEADINGS, "Both roles", *(role.title for role in report.roles))
    for page in read_pages(report):
        last = page.strip().splitlines()[-1]
        assert not last.startswith(titles)


def test_the_same_report_is_the_same_pdf(report: Report) -> None:
    assert write_pdf(report) == write_pdf(report)


def test_a_name_in_letters_of_europe_is_written_and_no_sign_stops_the_pdf() -> None:
    name = "Łucja Đorđević Ζωή Юлія"
    report = write_report_on(f"{name} 王 <b>&\n{LONG_RESUME_TEXT}")
    assert squeeze(f"{name} ? <b>&") in squeeze("".join(read_pages(report)))


def test_a_report_is_one_file_that_asks_nobody_and_leads_from_quotes_to_words(
    page: Page, tmp_path: Path, report: Report
) -> None:
    file = tmp_path / "report.html"
    file.write_text(write_html(report), encoding="utf-8")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    expect(page.locator("#verdict")).to_have_text(describe_verdict(report))
    page.locator(".glance a").first.click()
    page.locator(".requirement.shown .quote").first.click()
    expect(page.locator(".mark.shown").first).to_be_in_viewport()
    assert page.locator("#delete, #delete-dialog, a[download]").count() == 0
    assert list_violations(page) == []
    page.get_by_role("switch", name="Blind view").click()
    assert "Ottoline" not in page.locator("body").inner_text()
    assert asked == [file.as_uri()]


def test_a_printed_summary_has_one_page_with_a_role_of_ones_own_too(page: Page, tmp_path: Path, report: Report) -> None:
    file = tmp_path / "report.html"
    for shown in (report, add_own_role(report)):
        file.write_text(write_html(shown), encoding="utf-8")
        page.goto(file.as_uri())
        page.evaluate("document.documentElement.dataset.print = 'summary'")
        assert len(PdfReader(BytesIO(page.pdf(format="A4"))).pages) == 1
        assert HEADINGS.isdisjoint(read_pages(shown)[0].splitlines())

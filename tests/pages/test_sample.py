"""The sample: a report on a fictional person, to look at before anything is sent."""

from playwright.sync_api import Page, expect

from service.pages.views import SAMPLE
from skills.judging.report_types import read_report
from tests.browser import list_violations
from tests.people import read_person


def test_the_sample_is_a_report_of_today_on_a_fictional_person() -> None:
    report = read_report(SAMPLE.read_bytes())
    assert report.text.split() == read_person("mlops-toronto").text.split()
    assert all(gap.case for role in report.roles for gap in role.gaps)


def test_the_start_page_leads_to_a_sample_that_works_and_cannot_be_deleted(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Look at a sample").click()
    expect(page.locator("#verdict")).to_contain_text("better, by")
    expect(page.locator("h1")).to_have_text("HERNANDO CRUZ")
    expect(page.get_by_text("this person is fictional")).to_be_visible()
    assert page.locator("#delete, #delete-dialog, a[download]").count() == 0
    page.locator(".glance a").first.click()
    expect(page.locator(".requirement.shown")).to_be_in_viewport()
    assert list_violations(page) == []

"""What a person sees and does on the pages, in a real browser."""

from playwright.sync_api import Page, expect

from tests.browser import list_violations, shoot


def test_the_start_page_is_usable_by_everyone(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    shoot(page, "start")
    assert list_violations(page) == []

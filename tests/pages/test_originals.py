"""The pages of a résumé beside its text: boxed where the words stand, in step with them, and absent when blind."""

from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, ViewportSize, expect

from tests.browser import DESKTOP, list_violations, shoot
from tests.resumes import LONG_RESUME_TEXT, RESUME_TEXT, build_pdf
from tests.waiting import wait_until

PHONE = ViewportSize(width=390, height=844)
PATIENCE_SECONDS = 60
PICTURES = ".original img"


def send_pdf(page: Page, text: str) -> str:
    """Send a PDF and return the address of its report's page, once it is there."""
    part = FilePayload(name="cv.pdf", mimeType="application/pdf", buffer=build_pdf(text))
    location = page.request.post("/v1/matches", multipart={"file": part}).headers["location"]
    wait_until(lambda: page.request.get(location).json()["state"] == "done", PATIENCE_SECONDS)
    return location.removeprefix("/v1")


@pytest.fixture
def drawn(page: Page) -> Page:
    """The page of the report on a PDF of two pages."""
    page.goto(send_pdf(page, LONG_RESUME_TEXT))
    return page


def read_tops(page: Page, *selectors: str) -> list[float]:
    """Return how far down the window the first element of each kind begins."""
    boxes: list[Any] = [page.locator(selector).first.bounding_box() for selector in selectors]
    return [box["y"] for box in boxes]


def test_the_words_of_a_quote_are_lit_in_the_text_and_boxed_on_the_page(drawn: Page) -> None:
    expect(drawn.locator(PICTURES)).to_have_count(2)
    drawn.locator(".group > summary").first.click()
    drawn.locator(".quote:visible").first.click()
    for lit in (".mark.shown", ".box.shown"):
        expect(drawn.locator(lit).first).to_be_in_viewport()
    shoot(drawn, "original-place")


def test_a_box_leads_to_what_its_words_earned(drawn: Page) -> None:
    number = drawn.locator(".mark", has_text="BERT").first.get_attribute("data-marks")
    drawn.locator(f'.box[data-mark="{str(number).split()[-1]}"]').first.click()
    expect(drawn.locator("#earnings")).to_contain_text("Neural networks and deep learning")
    expect(drawn.locator(".mark.shown").first).to_be_in_viewport()


@pytest.mark.parametrize(("leading", "following"), [(".sheets", ".originals"), (".originals", ".sheets")])
def test_a_pane_that_is_scrolled_takes_the_other_along(drawn: Page, leading: str, following: str) -> None:
    drawn.locator(".readings").scroll_into_view_if_needed()
    drawn.locator(leading).hover()
    drawn.mouse.wheel(0, 3_000)
    wait_until(lambda: drawn.locator(following).evaluate("pane => pane.scrollTop > 300"))


def test_the_switch_puts_the_pages_away_and_is_remembered(drawn: Page) -> None:
    control = drawn.get_by_role("switch", name="Original pages")
    expect(control).to_be_checked()
    control.click()
    expect(drawn.locator(PICTURES)).to_have_count(0)
    drawn.reload()
    expect(control).not_to_be_checked()
    expect(drawn.locator(PICTURES)).to_have_count(0)


def test_nothing_of_a_page_is_fetched_or_shown_when_blind(drawn: Page) -> None:
    drawn.get_by_role("switch", name="Blind view").click()
    expect(drawn.locator(PICTURES)).to_have_count(0)
    expect(drawn.locator(".originals")).to_be_hidden()
    expect(drawn.locator("#original")).to_be_hidden()
    expect(drawn.locator(".sheets")).to_be_visible()
    fetched: list[str] = []
    drawn.on("request", lambda request: fetched.append(request.url))
    drawn.reload()
    expect(drawn.locator(".sheets")).to_be_visible()
    assert fetched
    assert not [address for address in fetched if "/pages/" in address]


def test_on_a_phone_the_pages_stand_in_place_of_the_text_if_asked(drawn: Page) -> None:
    drawn.set_viewport_size(PHONE)
    expect(drawn.locator(PICTURES)).to_have_count(0)
    drawn.get_by_role("switch", name="Original pages").click()
    expect(drawn.locator(PICTURES)).to_have_count(2)
    expect(drawn.locator(".sheets")).to_be_hidden()
    assert list_violations(drawn, within=".panes") == []
    shoot(drawn, "original-390-light")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_panes_stand_beside_each_other_and_are_usable_by_everyone(drawn: Page, scheme: Any) -> None:  # noqa: ANN401
    drawn.set_viewport_size(DESKTOP)
    drawn.emulate_media(color_scheme=scheme)
    assert read_tops(drawn, ".originals") == read_tops(drawn, ".sheets")
    drawn.locator(".mark", has_text="BERT").first.click()
    assert list_violations(drawn, within=".panes") == []
    assert drawn.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shoot(drawn, f"original-1440-{scheme}")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_pages_of_a_short_resume_leave_it_on_few_screens(page: Page, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.goto(send_pdf(page, RESUME_TEXT))
    assert page.evaluate("document.documentElement.scrollHeight") <= 3 * size["height"]

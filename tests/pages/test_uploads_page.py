"""The page of what somebody has sent: found again, opened, deleted."""

import re
import urllib.error

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import DESKTOP, list_violations, shoot
from tests.pages.sending import fetch, read_batch, send, send_one
from tests.resumes import RESUME_TEXT, build_unseen_pdf
from tests.waiting import wait_until

NARROW = ViewportSize(width=390, height=844)


@pytest.fixture(scope="module")
def sent(site: str) -> tuple[str, str]:
    """The paths, in the API, of a document and of a batch that are over."""
    match = send_one(site, "Quilla Brandvold.pdf", build_unseen_pdf())
    batch = send(site, [("a.txt", RESUME_TEXT.encode()), ("empty.pdf", b"")])
    for path in (match, batch):
        wait_until(lambda path=path: read_batch(site, path)["state"] == "done")  # type: ignore[misc]
    return match, batch


def test_what_was_sent_leads_to_its_report_and_its_batch(page: Page, sent: tuple[str, str]) -> None:
    match, batch = (path.removeprefix("/v1") for path in sent)
    page.goto("/")
    page.get_by_role("link", name="Uploads").click()
    first, second = (page.locator("#uploads li").nth(number) for number in (0, 1))
    expect(first).to_contain_text("2 résumés")
    expect(second).to_contain_text("Quilla Brandvold.pdf")
    expect(second).to_contain_text(
        re.compile(r"MLE \d+\.\d, MLSE \d+\.\d (MLS?E fits better|Closer to MLS?E|Too close|Neither)")
    )
    expect(second).to_contain_text(re.compile(r"Sent \d+ \w+ \d{4}, .*Kept until \d+ \w+ \d{4}, "))
    first.get_by_role("link").click()
    expect(page).to_have_url(re.compile(f"{batch}$"))
    page.go_back()
    second.get_by_role("link").click()
    expect(page).to_have_url(re.compile(f"{match}$"))


def test_what_is_chosen_is_deleted_and_nothing_else(page: Page, site: str, sent: tuple[str, str]) -> None:
    ours = send_one(site, "one.pdf", build_unseen_pdf()), send(site, [("two.txt", RESUME_TEXT.encode())])
    page.goto("/uploads")
    button = page.locator("#delete")
    expect(button).to_be_disabled()
    for path in ours:
        page.locator(f"[value='{path.rpartition('/')[2]}']").press("Space")
    expect(button).to_have_text("Delete 2 uploads")
    button.press("Enter")
    page.get_by_role("dialog", name="Delete what you chose?").get_by_role("button", name="Delete them").click()
    expect(page.locator(f"[value='{ours[0].rpartition('/')[2]}']")).to_have_count(0)
    for path in ours:
        with pytest.raises(urllib.error.HTTPError, match="404"):
            fetch(site, path)
    for path in sent:
        assert fetch(site, path)


def test_the_blind_view_shows_no_name(page: Page, sent: tuple[str, str]) -> None:
    page.goto("/uploads")
    assert sent
    name = page.get_by_text("Quilla Brandvold.pdf").first
    first_of_batch = page.get_by_text("a.txt first").first
    expect(name).to_be_visible()
    expect(first_of_batch).to_be_visible()
    page.get_by_role("switch", name="Blind view").click()
    expect(name).to_be_hidden()
    expect(first_of_batch).to_be_hidden()


def test_older_uploads_are_a_page_further(page: Page, site: str) -> None:
    oldest = send_one(site, "oldest.txt", RESUME_TEXT.encode()).rpartition("/")[2]
    for number in range(50):
        send_one(site, f"{number}.txt", RESUME_TEXT.encode())
    page.goto("/uploads")
    expect(page.locator("#uploads li")).to_have_count(50)
    expect(page.locator(f"[value='{oldest}']")).to_have_count(0)
    page.get_by_role("link", name="Older").click()
    expect(page.locator("#uploads input").first).to_have_value(oldest)
    page.get_by_role("link", name="Newest").click()
    expect(page.locator("#uploads .name").first).to_contain_text("49.txt")


@pytest.mark.parametrize(("size", "scheme"), [(NARROW, "dark"), (DESKTOP, "light")], ids=["phone", "desktop"])
def test_the_page_fits_every_screen_and_everyone(
    page: Page, sent: tuple[str, str], size: ViewportSize, scheme: str
) -> None:
    assert sent
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto("/uploads")
    page.locator("#uploads input").first.check()
    name = page.locator("#uploads .name").first
    name.evaluate("name => name.textContent = 'Curriculum_vitae_of_Quilla_Brandvold-'.repeat(6)")
    assert name.evaluate("name => name.clientHeight / parseFloat(getComputedStyle(name).lineHeight)") < 2.5
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert list_violations(page) == []
    shoot(page, f"uploads-{size['width']}-{scheme}")

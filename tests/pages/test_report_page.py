"""The page of a report in a real browser: what is seen, reached by keyboard, printed, and hidden when blind."""

import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Literal

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, ViewportSize, expect
from pypdf import PdfReader

from skills.errors import RolefitError
from skills.roles.profiles import load_profiles
from tests.browser import DESKTOP, PHONE, list_violations, shoot
from tests.drawn import draw_pages, write
from tests.people import FOLDER
from tests.resumes import LISTED_RESUME_TEXT, LONG_RESUME_TEXT, RESUME_TEXT, build_pdf
from tests.waiting import wait_until
from worker.errors.documents import NoTextError
from worker.errors.store import UnknownJobError
from worker.outcomes.results import StoredResult
from worker.queue.lease_holder import name_lease_holder
from worker.store.jobs.job import Job
from worker.store.jobs.job_store import JobStore

NAME = "Ottoline Farrow.pdf"
PERSONAL = [
    "Ottoline",
    "Farrow",
    "post.example",
    "7946",
    "linkedin",
    "Harbour View",
    "University of Exampleton",
    "Northmoor",
    "Imre Sandor",
    "2021",
    "2014",
]
PATIENCE_SECONDS = 60

Open = Callable[..., str]
ColorScheme = Literal["light", "dark"]


@pytest.fixture
def send(page: Page) -> Open:
    """Send a document and return the address of its report's page, once it is there."""

    def send(content: bytes = build_pdf(LONG_RESUME_TEXT), name: str = NAME) -> str:
        part = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
        location = page.request.post("/v1/matches", multipart={"file": part}).headers["location"]
        wait_until(lambda: page.request.get(location).json()["state"] == "done", PATIENCE_SECONDS)
        return location.removeprefix("/v1")

    return send


@pytest.fixture
def report(page: Page, send: Open) -> Page:
    """The page of the report on a fictional résumé of two pages."""
    page.goto(send())
    open_details(page)
    return page


def open_details(page: Page) -> None:
    """Open whatever is closed, as a reader does who wants to see all of it."""
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")


def find_quote(page: Page, title: str) -> Locator:
    """Return the first quote of a requirement."""
    return page.locator(".requirement", has_text=title).locator(".quote").first


def hold_job(store: JobStore) -> Job:
    """Return a job that this process has taken up, so that no worker does."""

    def take() -> Job | None:
        job = store.submit(b"nobody reads this", name=NAME)
        work = store.open_attempts().begin_next(job.id, holder=name_lease_holder(), lease_seconds=600)
        return job if work and work.job_id == job.id else None

    job = wait_until(take)
    assert job
    return job


def measure_overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return width


def list_personal(page: Page) -> list[str]:
    """Return the words of the person that a page shows or a screen reader is told."""
    seen = read_seen(page)
    return [word for word in PERSONAL if word in seen]


def read_seen(page: Page) -> str:
    """Return what a person sees and what a screen reader is told."""
    return f"{page.title()}\n{page.locator('body').inner_text()}\n{page.locator('body').aria_snapshot()}"


def test_a_quote_leads_to_its_words_in_the_resume(report: Page) -> None:
    quote = find_quote(report, "Collects, cleans and prepares")
    words = quote.locator(".words").inner_text()
    quote.click()
    shown = report.locator(".mark.shown")
    expect(shown.first).to_be_in_viewport()
    assert "".join(shown.all_inner_texts()) == words
    expect(report).to_have_url(re.compile(r"#m\d+$"))
    shoot(report, "report-place")


def test_a_marked_word_says_what_it_earned_and_leads_there(report: Page) -> None:
    report.locator(".mark", has_text="BERT").first.click()
    earned = report.locator("#earnings")
    expect(earned).to_contain_text("Neural networks and deep learning")
    possible = next(item.possible for item in load_profiles()[0].requirements if item.id == "deep-learning")
    expect(earned).to_contain_text(re.compile(rf"\d\.\d of {possible}"))
    expect(earned).to_contain_text("Machine Learning Engineer · demonstrated")
    earned.get_by_role("link", name="Neural networks and deep learning").click()
    requirement = report.locator(".requirement.shown", has_text="Neural networks")
    expect(requirement).to_be_in_viewport()
    assert report.locator(".mark.shown").count() > 1


def test_the_address_of_a_place_shows_it(report: Page) -> None:
    find_quote(report, "Programming in Python").click()
    report.reload()
    expect(report.locator(".mark.shown")).to_have_text("Python")
    expect(report.locator("#earnings")).to_contain_text("Programming in Python")
    report.go_back()
    expect(report.locator(".mark.shown")).to_have_count(0)


def test_every_quote_leads_to_a_place_that_spells_it(report: Page) -> None:
    pairs = report.evaluate(
        """() => {
          const spell = (elements) => [...elements].map((element) => element.textContent).join("");
          const place = (quote) => document.querySelectorAll(`.mark[data-marks~="${quote.hash.slice(2)}"]`);
          const quotes = [...document.querySelectorAll(".quote")];
          return quotes.map((quote) => [quote.querySelector(".words").textContent, spell(place(quote))]);
        }"""
    )
    assert len(pairs) > 50
    assert [quote.replace("\n", "") for quote, _ in pairs] == [place for _, place in pairs]


def test_the_keyboard_alone_goes_to_the_words_and_back(report: Page) -> None:
    quote = find_quote(report, "Works closely with")
    quote.focus()
    report.keyboard.press("Enter")
    expect(report.locator(".mark:focus")).to_contain_text("Worked with data scientists")
    report.keyboard.press("Escape")
    expect(quote).to_be_focused()
    expect(report.locator("#earnings")).to_be_empty()


def test_the_blind_view_hides_who_it_is_everywhere(report: Page) -> None:
    switch = report.get_by_role("switch", name="Blind view")
    before = read_seen(report)
    assert list_personal(report) == PERSONAL
    switch.focus()
    report.keyboard.press("Space")
    expect(switch).to_be_checked()
    assert list_personal(report) == []
    shoot(report, "report-blind")
    report.reload()
    open_details(report)
    expect(switch).to_be_checked()
    assert list_personal(report) == []
    report.emulate_media(media="print")
    assert list_personal(report) == []
    report.emulate_media(media="screen")
    switch.click()
    assert read_seen(report) == before


def test_the_blind_view_keeps_the_work_without_its_employers(report: Page) -> None:
    report.get_by_role("switch", name="Blind view").click()
    seen = report.locator(".sheets").inner_text()
    assert "Fernmark Health" not in seen
    kept = ("Senior Machine Learning Engineer", "Fine-tuned BERT and T5", "M.Sc. Computer Science", "62 % to 91 %")
    assert [words for words in kept if words not in seen] == []


@pytest.mark.parametrize(
    ("size", "scheme"),
    [(PHONE, "dark"), (DESKTOP, "light"), (DESKTOP, "dark")],
    ids=["phone", "desktop-light", "desktop-dark"],
)
def test_it_fits_every_screen_and_is_usable_by_everyone(report: Page, size: ViewportSize, scheme: ColorScheme) -> None:
    report.set_viewport_size(size)
    report.emulate_media(color_scheme=scheme)
    assert measure_overflow(report) == 0
    assert list_violations(report) == []
    report.locator(".mark", has_text="BERT").first.click()
    expect(report.locator("#earnings")).to_be_visible()
    assert measure_overflow(report) == 0
    assert list_violations(report, within="#earnings, .shown") == []  # nothing else has changed
    shoot(report, f"report-{size['width']}-{scheme}")


@pytest.mark.parametrize("size", [ViewportSize(width=390, height=844), DESKTOP], ids=["phone", "desktop"])
def test_the_first_screen_says_which_role_why_what_is_missing_and_what_to_do(
    page: Page, send: Open, size: ViewportSize
) -> None:
    page.set_viewport_size(size)
    page.goto(send())
    glance = page.locator(".glance").bounding_box()
    assert glance
    assert glance["y"] + glance["height"] <= size["height"]
    assert page.locator(".glance li").count() == 6
    expect(page.locator(".glance li p")).to_be_in_viewport(ratio=1)  # what to do first
    for reason in page.locator(".glance section").first.locator("li").all():
        words = reason.locator("q").first
        expect(words).to_be_visible()
        assert words.inner_text().removesuffix("…") in page.locator(".sheets").inner_text()
    for score in page.locator(".score data").all():
        expect(score).to_be_in_viewport()


@pytest.mark.parametrize(
    ("size", "screens"), [(DESKTOP, 3), (ViewportSize(width=390, height=844), 3)], ids=["desktop", "phone"]
)
def test_a_resume_of_a_page_is_told_on_few_screens(page: Page, send: Open, size: ViewportSize, screens: int) -> None:
    page.set_viewport_size(size)
    page.goto(send(RESUME_TEXT.encode(), "short.txt"))
    assert page.evaluate("document.documentElement.scrollHeight") <= screens * size["height"]


def test_a_resume_that_fits_neither_role_is_told_on_three_screens_too(page: Page, send: Open) -> None:
    """Its page was the longest: each line has much left, and nothing speaks for a role."""
    page.goto(send((FOLDER / "accountant-lisbon.txt").read_bytes(), "accountant.txt"))
    assert page.evaluate("document.documentElement.scrollHeight") <= 3 * DESKTOP["height"]


def test_only_the_first_group_of_what_to_do_is_open(page: Page, send: Open) -> None:
    page.goto(send())
    groups = page.locator(".gap-group").all()
    assert len(groups) == 3
    assert [group.locator(".gaps").first.is_visible() for group in groups] == [True, False, False]
    groups[1].locator("summary").first.click()
    expect(groups[1].locator(".gaps").first).to_be_visible()


def test_what_a_machine_reads_is_shown_and_absent_when_blind(page: Page, send: Open) -> None:
    page.goto(send())
    panel = page.locator(".reading")
    expect(panel.locator("dl")).to_be_hidden()
    panel.locator("summary").click()
    read = panel.inner_text()
    for words in (
        "Ottoline Farrow",
        "ottoline.farrow@post.example",
        "Senior Machine Learning Engineer, Fernmark Health, 2021-01 – present",
        "Machine Learning Engineer, Ostrava Retail Lab, 2018-03 – 2020-12",
        "M.Sc. Computer Science, University of Exampleton",
        "Summary · Experience",
    ):
        assert words in read
    assert re.search(r"Warnings\s+none", read)
    page.get_by_role("switch", name="Blind view").click()
    expect(panel).to_be_hidden()


@pytest.mark.parametrize("content", [build_pdf(LISTED_RESUME_TEXT), LISTED_RESUME_TEXT.encode()], ids=["PDF", "text"])
def test_advice_leads_to_the_words_that_it_quotes(content: bytes, page: Page, send: Open) -> None:
    page.goto(send(content))
    open_details(page)
    said = page.locator(".gaps .said").first
    words = said.inner_text()
    said.click()
    expect(page.locator(".mark.shown").first).to_be_in_viewport()
    assert page.locator(".mark.shown").first.inner_text() in words


def test_a_link_into_what_is_closed_opens_it(page: Page, send: Open) -> None:
    path = send()
    page.goto(f"{path}#r-python")
    expect(page.locator("#r-python")).to_be_in_viewport()
    page.goto(path)
    page.locator(".glance a").first.click()
    expect(page.locator(".requirement.shown")).to_be_in_viewport()


def test_the_first_screen_leads_to_the_advice_on_what_is_missing(page: Page, send: Open) -> None:
    path = send()
    for link in ("What to do", None):
        page.goto(path)
        missing = page.locator(".glance section").last
        (missing.get_by_role("link", name=link) if link else missing.locator("li a").first).click()
        expect(page.locator(page.evaluate("location.hash"))).to_be_in_viewport()


def test_a_printed_summary_has_one_page(report: Page) -> None:
    report.evaluate("document.documentElement.dataset.print = 'summary'")
    assert len(PdfReader(BytesIO(report.pdf(format="A4"))).pages) == 1
    report.evaluate("delete document.documentElement.dataset.print")
    assert len(PdfReader(BytesIO(report.pdf(format="A4"))).pages) > 1


def test_paper_shows_everything_and_no_buttons(report: Page) -> None:
    report.emulate_media(media="print", color_scheme="dark")
    assert report.evaluate("getComputedStyle(document.body).color") == "rgb(26, 31, 41)"
    report.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(report.locator("details:not([open])")).to_have_count(0)
    for button in report.locator("button, .actions a").all():
        expect(button).to_be_hidden()
    for bar in report.locator(".reach .bar").all():
        box = bar.bounding_box()
        assert box
        assert box["width"] > 0
    cut = "() => { const text = document.querySelector('.sheets'); return text.scrollHeight - text.clientHeight; }"
    assert report.evaluate(cut) == 0
    shoot(report, "report-print")


def test_without_a_script_the_page_reads_and_leads_as_well(chromium: Browser, site: str, send: Open) -> None:
    path = send()
    with chromium.new_context(base_url=site, java_script_enabled=False, viewport=DESKTOP) as context:
        page = context.new_page()
        page.goto(path)
        expect(page.get_by_role("heading", level=2).first).to_contain_text("better, by")
        for summary in page.locator(".group > summary").all():
            summary.click()
        assert page.get_by_role("switch").count() == 0
        quote = find_quote(page, "Programming in Python")
        quote.click()
        expect(page.locator(":target")).to_have_count(1)
        expect(page.locator(".mark:has(:target)")).to_be_in_viewport()
        page.locator(".mark:has(:target)").click()
        expect(page.locator(".requirement:target")).to_be_in_viewport()


def test_a_hostile_resume_is_only_text(page: Page, send: Open) -> None:
    evil = "<img src=x onerror=alert(1)> </script><script>alert(2)</script> {{ 7*7 }} <a href='javascript:alert(3)'>"
    text = LONG_RESUME_TEXT.replace("Summary\n", f"Summary\n{evil}\nPython \U0001d4d0 \u202e PyTorch\n")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(send(text.encode(), "<svg onload=alert(4)>.txt"))
    expect(page.locator(".sheets")).to_contain_text(evil)
    expect(page.get_by_role("heading", level=1)).to_have_text("<svg onload=alert(4)>.txt")
    assert page.locator("main img, main script, .sheets a:not(.mark)").count() == 0
    open_details(page)
    find_quote(page, "Programming in Python").click()
    expect(page.locator(".mark.shown")).to_have_text("Python")


def test_what_was_hidden_is_said_above_the_verdict(page: Page, send: Open) -> None:
    page.goto(send(draw_pages(write("Kubernetes Terraform Haskell", grey=1)), "hidden.pdf"))
    warning = page.get_by_role("region", name="Look at this first")
    expect(warning).to_contain_text("that nobody can see")
    expect(warning).to_contain_text("Kubernetes Terraform")
    tops = [box["y"] for part in (warning, page.locator(".verdict")) if (box := part.bounding_box())]
    assert tops == sorted(tops)
    shoot(page, "report-warning")


def test_the_download_is_the_reports_json(report: Page) -> None:
    with report.expect_download() as waiting:
        report.get_by_role("link", name="JSON").click()
    job = json.loads(waiting.value.path().read_text())
    assert job["report"]["text"].startswith("Ottoline Farrow")


def test_deleting_asks_first_and_leaves_nothing(report: Page) -> None:
    address = report.url
    report.get_by_role("button", name="Delete").click()
    shoot(report, "report-delete")
    report.get_by_role("button", name="Keep it").click()
    expect(report.get_by_role("dialog")).to_be_hidden()
    report.get_by_role("button", name="Delete").click()
    report.get_by_role("button", name="Delete it").click()
    expect(report.get_by_role("heading", level=1)).to_have_text("Deleted")
    assert report.request.get(address).status == 404


def test_the_waiting_page_becomes_the_report_by_itself(page: Page, store: JobStore, send: Open) -> None:
    scored = store.read_report(send().rpartition("/")[2])
    assert scored
    job = hold_job(store)
    page.goto(f"/matches/{job.id}")
    expect(page.get_by_role("status")).to_contain_text("being read")
    expect(page.locator("[aria-current=step]")).to_have_text("Reading")
    assert list_violations(page) == []
    shoot(page, "waiting")
    store.open_attempts().begin_scoring(job.id)
    expect(page.locator("[aria-current=step]")).to_have_text("Scoring")
    store.open_attempts().finish(job.id, StoredResult(scored))
    expect(page.locator("#verdict")).to_contain_text("better, by")


def test_what_is_waited_for_can_be_cancelled_and_is_deleted(page: Page, store: JobStore) -> None:
    job = hold_job(store)
    page.goto(f"/matches/{job.id}")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Deleted")
    with pytest.raises(UnknownJobError):
        store.find(job.id)


def test_a_failed_document_says_what_to_do(page: Page, store: JobStore) -> None:
    error: RolefitError = NoTextError()
    job = hold_job(store)
    store.open_attempts().fail(job.id, error)
    page.goto(f"/matches/{job.id}")
    expect(page.get_by_role("alert")).to_have_text(str(error))
    expect(page.get_by_role("link", name="Try another file")).to_be_visible()
    assert list_violations(page) == []
    shoot(page, "failed")
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Deleted")
    with pytest.raises(UnknownJobError):
        store.find(job.id)

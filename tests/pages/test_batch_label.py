"""On the page a batch is named and noted of, added to, and compared with an earlier one."""

import httpx
from playwright.sync_api import FilePayload, Page, expect
from pypdf import PdfReader

from tests.browser import list_violations
from tests.pages.sending import read_batch, send
from tests.resumes import RESUME_TEXT, vary_resume
from tests.waiting import wait_until

MORE = RESUME_TEXT + "\nTuned XGBoost models and served them with Kubernetes and Terraform in production.\n"


def send_done(site: str, text: str) -> str:
    path = send(site, [("quilla.txt", text.encode())])
    wait_until(lambda: read_batch(site, path)["state"] == "done")
    return path


def test_a_batch_is_named_added_to_and_compared(page: Page, site: str) -> None:
    earlier = send_done(site, RESUME_TEXT)
    page.goto(earlier.removeprefix("/v1"))
    page.get_by_text("Name and note").click()
    page.get_by_label("Name of this batch").fill("Berlin")
    page.locator("#label").get_by_label("Note").fill("Round one")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Berlin")
    httpx.patch(site + earlier, json={"note": "Round two"})  # another person
    page.get_by_label("Name of this batch").fill("Berlin ")
    with page.expect_response(lambda response: response.request.method == "PATCH"):
        page.get_by_role("button", name="Keep", exact=True).click()
    assert read_batch(site, earlier)["note"] == "Round two"
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download JSON").click()
    assert saved.value.suggested_filename.startswith("rolefit-Berlin-2")
    late = FilePayload(name="late.txt", mimeType="text/plain", buffer=MORE.replace("Quilla", "Ottoline").encode())
    page.locator("#add").set_input_files(late)
    expect(page.locator("#counts")).to_have_text("2 résumés: 2 scored.")
    expect(page.locator("#rows tr")).to_have_count(2)
    expect(page.locator("#rows .rank").first).to_have_text("#1")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Berlin")

    later = send_done(site, MORE)
    page.goto(later.removeprefix("/v1"))
    page.get_by_role("link", name="Compare with an earlier batch").click()
    page.get_by_label("Earlier batch").select_option(earlier.rpartition("/")[2])
    page.get_by_role("button", name="Compare").click()
    revision = page.locator(".revisions article")
    expect(revision).to_have_count(1)
    expect(revision).to_contain_text("HashiCorp Terraform")
    assert list_violations(page) == []
    page.goto("/uploads")
    expect(page.get_by_role("link", name="Berlin", exact=True)).to_be_visible()


def test_those_that_are_chosen_or_starred_become_a_shortlist(page: Page, site: str) -> None:
    path = send(site, [(f"{number}.txt", vary_resume(number).encode()) for number in range(3)])
    wait_until(lambda: read_batch(site, path)["state"] == "done")
    page.goto(path.removeprefix("/v1"))
    page.locator("#pick-2").press("Space")
    with page.expect_download() as chosen:
        page.locator("#chosen-pdf").press("Enter")
    assert len(PdfReader(chosen.value.path()).pages) == 2
    page.locator("#star-1").press("Enter")
    page.locator("#star-3").press("Enter")
    page.get_by_label("Starred").press("Space")
    expect(page.locator("#rows tr")).to_have_count(2)
    with page.expect_download() as starred:
        page.locator("#pdf").press("Enter")
    assert len(PdfReader(starred.value.path()).pages) == 3


def test_the_page_of_a_resume_keeps_what_its_row_keeps_and_leads_back(page: Page, site: str) -> None:
    path = send(site, [("kept.txt", vary_resume(4).encode()), ("failed.txt", b"%PDF-1.4 damaged")])
    wait_until(lambda: read_batch(site, path)["state"] == "done")
    for number, name in enumerate(("kept.txt", "failed.txt"), start=1):
        page.goto(path.removeprefix("/v1"))
        page.locator("[data-ask=q]").fill(name)
        expect(page.locator("#rows tr")).to_have_count(1)
        page.get_by_role("link", name=name).click()
        page.get_by_role("button", name="Star: this résumé").press("Enter")
        expect(page.get_by_role("button", name="Star: this résumé")).to_have_attribute("aria-pressed", "true")
        page.get_by_label("Status: this résumé").select_option("to-call")
        page.get_by_role("button", name="Note: this résumé").press("Enter")
        page.locator("#note-dialog textarea").fill("Ask Ottoline")
        page.get_by_role("button", name="Keep the note").click()
        expect(page.locator("#note-here")).to_have_text("Ask Ottoline")
        assert list_violations(page) == []
        page.reload()
        expect(page.locator("#note-here")).to_have_text("Ask Ottoline")
        page.evaluate("document.documentElement.toggleAttribute('data-blind')")
        expect(page.locator("#note-here")).to_have_text("Note hidden")
        page.get_by_role("link", name="Its batch").click()
        expect(page.locator("#rows tr")).to_have_count(1)  # what it was filtered to
        expect(page.locator("[data-ask=q]")).to_have_value(name)
        expect(page.locator(f"#star-{number}")).to_have_attribute("aria-pressed", "true")
        expect(page.locator(f"#status-{number}")).to_have_value("to-call")
        expect(page.locator(f"#note-{number}")).to_have_text("Ask Ottoline")

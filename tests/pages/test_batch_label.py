"""On the page a batch is named and noted of, added to, and compared with an earlier one."""

from playwright.sync_api import Page, expect

from tests.browser import list_violations
from tests.pages.sending import read_batch, send
from tests.resumes import RESUME_TEXT
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
    page.locator("#add").set_input_files(
        files=[{"name": "late.txt", "mimeType": "text/plain", "buffer": MORE.replace("Quilla", "Ottoline").encode()}]
    )
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
    expect(page.get_by_role("link", name="Berlin")).to_be_visible()

"""The start page: files are sent, what cannot be sent is said before, and a busy server is waited for."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route, ViewportSize, expect

from tests.archives import build_zip
from tests.browser import DESKTOP, PHONE, list_violations, shoot
from tests.resumes import build_pdf, build_unseen_pdf, vary_resume

REPORT = re.compile(r"/matches/[\w-]+$")
BATCH = re.compile(r"/batches/[\w-]+$")


def pack(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def write_folder(folder: Path, count: int) -> Path:
    """Fill a folder with résumés, one in a folder of its own, and with what else lies about on people's disks."""
    (folder / "more").mkdir(parents=True)
    for number in range(count):
        name = f"more/cv-{number}.pdf" if number == 0 else f"cv-{number}.pdf"
        (folder / name).write_bytes(build_pdf(vary_resume(number)))
    (folder / ".DS_Store").write_bytes(b"droppings")
    (folder / "song.mp3").write_bytes(b"a song")
    return folder


@pytest.fixture
def rough_page(chromium: Browser, site: str) -> Iterator[Page]:
    """A page whose server fails, of which the browser may complain."""
    with chromium.new_context(base_url=site, viewport=DESKTOP) as context:
        yield context.new_page()


def test_one_file_leads_to_its_report(page: Page) -> None:
    page.goto("/")
    page.set_input_files("#files", [pack("cv.pdf", build_unseen_pdf())])
    expect(page).to_have_url(REPORT)


def test_thirty_files_lead_to_a_page_on_which_all_of_them_are_scored(page: Page) -> None:
    page.goto("/")
    page.set_input_files("#files", [pack(f"cv-{n}.txt", vary_resume(n * 37).encode()) for n in range(1, 31)])
    expect(page).to_have_url(BATCH)
    expect(page.locator("#counts")).to_have_text("30 résumés: 30 scored.")
    expect(page.locator("#rows tr")).to_have_count(30)


def test_a_folder_is_sent_with_the_folders_in_it_but_not_what_programs_leave_there(page: Page, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "cvs", 3)
    page.goto("/")
    page.set_input_files("#folder", folder)
    expect(page.locator("#list li")).to_have_count(5)
    reasons = [r"song\.mp3.*it is not a PDF", r"\.DS_Store.*it is hidden"]
    expect(page.locator("#list .refused")).to_have_text([re.compile(reason) for reason in reasons])
    page.get_by_role("button", name="See the results of 3 files").click()
    expect(page.locator("#counts")).to_have_text("3 résumés: 3 scored.")


def test_a_dropped_folder_is_sent_like_a_chosen_one(page: Page, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "cvs", 2)
    (folder / "song.mp3").unlink()
    page.goto("/")
    box = page.locator(".drop").bounding_box()
    assert box
    cdp = page.context.new_cdp_session(page)
    dragged = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        place = {"x": box["x"] + 20, "y": box["y"] + 20}
        cdp.send("Input.dispatchDragEvent", {"type": kind, **place, "data": dragged})
    expect(page).to_have_url(BATCH)
    expect(page.locator("#counts")).to_have_text("2 résumés: 2 scored.")
    page.get_by_text("One file was left out").click()
    expect(page.get_by_text(".DS_Store")).to_be_visible()


def test_what_cannot_be_taken_is_said_before_it_is_sent_and_the_rest_goes(page: Page, tmp_path: Path) -> None:
    contents = {
        "cv.pdf": build_pdf(vary_resume(5)),
        "huge.pdf": bytes(5_000_001),
        "empty.pdf": b"",
        "<img src=x onerror=alert(1)>.mp3": b"a song",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    page.goto("/")
    page.set_input_files("#files", [tmp_path / name for name in contents])
    refused = page.locator("#list .refused")
    expect(refused).to_have_count(3)
    expect(refused.filter(has_text="huge.pdf")).to_contain_text("it is larger than 5 MB.")
    expect(refused.filter(has_text="empty.pdf")).to_contain_text("it is empty.")
    expect(refused.filter(has_text="<img src=x onerror=alert(1)>.mp3")).to_contain_text("it is not a PDF")
    expect(page.locator("#list li:not(.refused)")).to_have_text("cv.pdfsent")
    shoot(page, "upload-refused")
    page.get_by_role("button", name="See the report").click()
    expect(page).to_have_url(REPORT)


def test_nothing_is_sent_where_nothing_can_be(page: Page) -> None:
    page.goto("/")
    page.set_input_files("#files", [pack("song.mp3", b"a song")])
    expect(page.get_by_role("status")).to_have_text("None of these files can be sent.")


def test_files_beyond_the_limits_of_a_batch_are_named(page: Page) -> None:
    page.goto("/")
    sizes, limits = [5, 1, 5, 1, 1], {"maxBytes": "9000000", "maxBatchBytes": "8000000", "maxDocuments": "3"}
    limits |= {"formats": "a PDF", "suffixes": ".pdf", "passedOver": "."}
    refusals = page.evaluate(
        """async ([sizes, limits]) => {
          const { listFiles } = await import("/static/file_choice.js");
          const files = sizes.map((size, number) => new File([new Uint8Array(size * 1e6)], `${number}.pdf`));
          return listFiles(files, limits).map(({ refusal }) => refusal);
        }""",
        [sizes, limits],
    )
    too_large = "Not sent: at most 8 MB can be sent at once. Send this one afterwards."
    too_many = "Not sent: at most 3 files can be sent at once. Send this one afterwards."
    assert refusals == ["", "", too_large, "", too_many]


def test_a_zip_alone_is_sent_as_a_batch(page: Page) -> None:
    page.goto("/")
    archive = build_zip({"a/cv.pdf": build_pdf(vary_resume(1)), "b/cv.pdf": build_pdf(vary_resume(2))})
    page.set_input_files("#files", [pack("all.zip", archive)])
    expect(page.locator("#counts")).to_have_text("2 résumés: 2 scored.")


def test_a_busy_server_is_waited_for_as_long_as_it_says_under_the_same_key(rough_page: Page) -> None:
    keys: list[str] = []

    def refuse_once(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) > 1:
            return route.continue_()
        problem = json.dumps({"detail": "Too many jobs wait."})
        return route.fulfill(status=503, headers={"Retry-After": "600"}, body=problem)

    rough_page.clock.install()
    rough_page.route("**/v1/matches", refuse_once)
    rough_page.goto("/")
    rough_page.set_input_files("#files", [pack("cv.pdf", build_pdf(vary_resume(3)))])
    expect(rough_page.get_by_role("status")).to_have_text("Too many jobs wait. Trying again in 600 s.")
    assert len(keys) == 1
    rough_page.clock.fast_forward(600_000)
    expect(rough_page).to_have_url(REPORT)
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_a_server_that_cannot_be_reached_can_be_tried_again(rough_page: Page) -> None:
    rough_page.goto("/")
    rough_page.route("**/v1/matches", lambda route: route.abort())
    rough_page.set_input_files("#files", [pack("cv.pdf", build_pdf(vary_resume(3)))])
    expect(rough_page.get_by_role("status")).to_have_text("The server cannot be reached.")
    rough_page.unroute("**/v1/matches")
    rough_page.get_by_role("button", name="Try again").press("Enter")
    expect(rough_page).to_have_url(REPORT)


def test_sending_can_be_cancelled(rough_page: Page) -> None:
    rough_page.goto("/")
    rough_page.route("**/v1/matches", lambda _: None)  # never answered
    rough_page.set_input_files("#files", [pack("cv.pdf", build_pdf(vary_resume(3)))])
    rough_page.get_by_role("button", name="Cancel").click()
    expect(rough_page.get_by_role("status")).to_have_text("Cancelled.")


def test_files_are_chosen_by_keyboard(page: Page) -> None:
    with page.expect_file_chooser() as opened:  # before the page: a key pressed at once would come before who listens
        page.goto("/")
        page.get_by_label("Choose files").focus()
        page.keyboard.press("Space")
    opened.value.set_files([pack("cv.pdf", build_pdf(vary_resume(4)))])
    expect(page).to_have_url(REPORT)


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"])
def test_the_page_fits_every_screen_and_everyone(page: Page, size: ViewportSize, scheme: str) -> None:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto("/")
    shoot(page, f"upload-{size['width']}-{scheme}")
    page.set_input_files("#files", [pack("A rather long name of a song, by its maker.mp3", b"a song")])
    expect(page.locator("#list li")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert list_violations(page) == []

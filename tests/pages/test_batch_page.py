"""The page of a batch: what a recruiter sees, finds, compares and takes away."""

import csv
import json
import re
import urllib.error
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Locator, Page, Route, ViewportSize, expect

from tests.browser import DESKTOP, PHONE, list_violations, shoot
from tests.pages.sending import fetch, read_batch, send
from tests.resumes import RESUME_TEXT, build_encrypted_pdf, build_unseen_pdf, vary_resume
from tests.waiting import wait_until

MLE, MLSE = "machine-learning-engineer", "machine-learning-software-engineer"
HOSTILE = "<img src=x onerror=alert(1)>.pdf"


@pytest.fixture(scope="module")
def path(site: str) -> str:
    """Thirty-three documents that are over, three of which cannot be scored."""
    contents = [(f"cv-{number}.txt", vary_resume(number * 37).encode()) for number in range(30)]
    odd = [
        ("locked.pdf", build_encrypted_pdf(RESUME_TEXT, password="secret")),  # noqa: S106 - fictional
        (HOSTILE, b"%PDF-1.4 damaged"),
        ("empty.pdf", b""),
    ]
    path = send(site, [*odd, *contents])
    wait_until(lambda: read_batch(site, path)["state"] == "done", 60)
    return path


@pytest.fixture(scope="module")
def rows(site: str, path: str) -> list[dict[str, Any]]:
    batch = read_batch(site, path)
    found: list[dict[str, Any]] = batch["rows"]
    return found


@pytest.fixture
def batch_page(page: Page, path: str) -> Page:
    page.goto(path.removeprefix("/v1"))
    expect(page.locator("#counts")).to_have_text("33 résumés: 30 scored, 3 not scored.")
    return page


def names(page: Page) -> list[str]:
    return page.locator("#rows .name").all_text_contents()


def figures(locator: Locator) -> list[float]:
    return [float(text) for text in locator.all_text_contents()]


def test_rows_are_ranked_as_in_the_api_and_show_both_scores(batch_page: Page, rows: list[dict[str, Any]]) -> None:
    scored = [row for row in rows if row["scores"]]
    assert figures(batch_page.locator("#rows .score.first .points")) == [row["scores"][MLE] for row in scored]
    assert figures(batch_page.locator("#rows .score.second .points")) == [row["scores"][MLSE] for row in scored]
    ranks = batch_page.locator("#rows .score.first .rank").all_text_contents()
    assert ranks == [f"#{row['ranks'][MLE]}" for row in scored]
    assert names(batch_page) == [row["name"] for row in rows]


def test_a_row_gives_the_first_reasons_of_its_report(batch_page: Page, site: str, rows: list[dict[str, Any]]) -> None:
    best = rows[0]
    report = json.loads(fetch(site, f"/v1/matches/{best['job']}"))["report"]
    reasons = report["verdict"]["reasons"]
    shown = batch_page.locator("#rows tr").first.locator(".why .points").all_text_contents()
    assert shown == [f"+{reason['points']:.1f}" for reason in reasons[:2]]


def test_the_page_opens_the_report_of_a_row(batch_page: Page, rows: list[dict[str, Any]]) -> None:
    batch_page.get_by_role("link", name=rows[0]["name"]).click()
    expect(batch_page).to_have_url(re.compile(f"/matches/{rows[0]['job']}$"))


def test_a_document_that_failed_is_a_row_with_what_to_do_and_its_name_is_text(batch_page: Page) -> None:
    row = batch_page.locator("#rows tr", has_text=HOSTILE)
    expect(row).to_contain_text("The file is damaged.")
    expect(batch_page.locator("#rows tr", has_text="locked.pdf")).to_contain_text("Upload a copy without a password.")
    expect(batch_page.locator("#rows img")).to_have_count(0)


@pytest.mark.parametrize(("head", "column"), [("MLE", "first"), ("MLSE", "second")])
def test_a_head_orders_by_its_column_and_then_the_other_way_round(batch_page: Page, head: str, column: str) -> None:
    button = batch_page.locator(f"thead .{column} button")
    scores = batch_page.locator(f"#rows .score.{column} .points")
    expect(button).to_contain_text(head)
    for order in ("descending", "ascending"):
        button.click()
        expect(batch_page.locator(f"thead .{column}")).to_have_attribute("aria-sort", order)
        assert figures(scores) == sorted(figures(scores), reverse=order == "descending")
        assert "failed" in (batch_page.locator("#rows tr").last.get_attribute("class") or "")


def test_the_address_says_which_way_round_the_order_is_and_which_rows_are_ticked(batch_page: Page) -> None:
    for _ in range(2):
        batch_page.locator("thead .second button").click()
    for number in (4, 6):
        batch_page.locator(f"#pick-{number}").check()
    shared = batch_page.context.new_page()
    shared.goto(batch_page.url)
    expect(shared.locator("thead .second")).to_have_attribute("aria-sort", "ascending")
    assert names(shared) == names(batch_page)
    assert [shared.locator(f"#pick-{number}").is_checked() for number in (4, 5, 6)] == [True, False, True]
    expect(shared.locator("#chosen")).to_have_text("2 résumés chosen")
    with shared.expect_download():
        shared.get_by_role("button", name="Download CSV").click()
    shared.get_by_role("button", name="Clear").click()
    shared.get_by_role("button", name="Show all").click()
    expect(shared).to_have_url(re.compile(r"/[^?]*$"))


def test_names_are_ordered_as_people_count(batch_page: Page) -> None:
    batch_page.get_by_role("button", name="Résumé").press("Enter")
    numbers = [int(name[3:-4]) for name in names(batch_page) if name.startswith("cv-")]
    assert numbers == list(range(30))


def test_filters_leave_what_they_ask_for_in_table_and_plot(batch_page: Page, rows: list[dict[str, Any]]) -> None:
    form, points = batch_page.locator("#filters"), batch_page.locator("#points [role=option]")
    expected = {
        ("fit", MLSE): [row for row in rows if row["best_fit"] == MLSE],
        ("fit", "close"): [row for row in rows if row["close"]],
        ("state", "failed"): [row for row in rows if row["state"] == "failed"],
        ("least", "60"): [row for row in rows if max(row["scores"].values(), default=0) >= 60],
        ("text", "cv-7"): [row for row in rows if row["name"] == "cv-7.txt"],
        ("text", "password"): [row for row in rows if row["name"] == "locked.pdf"],
    }
    for (name, value), left in expected.items():
        field = form.locator(f"[name={name}]")
        if name in {"fit", "state"}:
            field.select_option(value)
        else:
            field.fill(value)
        assert left, f"{name} {value}: a filter that leaves nothing shows nothing"
        expect(batch_page.locator("#shown")).to_have_text(f"{len(left)} of 33 are shown.")
        assert sorted(names(batch_page)) == sorted(row["name"] for row in left)
        expect(points).to_have_count(sum(bool(row["scores"]) for row in left))
        batch_page.get_by_role("button", name="Show all").click()
        expect(batch_page.locator("#shown")).to_be_empty()


def test_an_address_that_asks_for_what_there_is_not_says_so_and_shows_all(batch_page: Page, path: str) -> None:
    batch_page.goto(f"{path.removeprefix('/v1')}?fit=foo")
    expect(batch_page.locator("#message")).to_contain_text("“foo”")
    expect(batch_page.get_by_label("Fits")).to_have_value("")
    expect(batch_page.locator("#rows tr")).to_have_count(33)


def test_a_skill_is_found_by_its_spelling_and_quoted_and_the_address_can_be_shared(
    batch_page: Page, site: str, path: str
) -> None:
    answer = read_batch(site, f"{path}?q=k8s&fit={MLSE}")
    batch_page.get_by_label("Find").fill("k8s")
    batch_page.get_by_label("Fits").select_option(MLSE)
    expect(batch_page.locator("#shown")).to_have_text(f"{answer['found']} of 33 are shown.")
    assert 0 < answer["found"] < 30
    assert names(batch_page) == [row["name"] for row in answer["rows"]]
    expect(batch_page.locator("#rows .found").first).to_have_text("Skill: Kubernetes")
    shared = batch_page.context.new_page()
    shared.goto(batch_page.url)
    expect(shared.get_by_label("Find")).to_have_value("k8s")
    expect(shared.locator("#shown")).to_have_text(f"{answer['found']} of 33 are shown.")
    batch_page.get_by_role("button", name="Show all").click()
    expect(batch_page.locator("#shown")).to_be_empty()
    expect(batch_page).to_have_url(re.compile(r"\?$|/[^?]*$"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("skill", "Scikit learn"),
        ("title", "engineer"),
        ("degree", "bachelor"),
        ("min_years", "5.5"),
        ("max_score", "50"),
    ],
)
def test_what_more_is_asked_for_is_found_as_over_the_api(batch_page: Page, name: str, value: str) -> None:
    address = re.sub(r"^(https?://[^/]+)", r"\1/v1", batch_page.url.partition("?")[0])
    answer = batch_page.request.get(address, params={name: value}).json()
    assert answer["found"]
    batch_page.get_by_text("More filters").click()
    batch_page.locator(f"[data-ask={name}]").fill(value)
    expect(batch_page.locator("#shown")).to_have_text(f"{answer['found']} of 33 are shown.")
    assert names(batch_page) == [row["name"] for row in answer["rows"]]


def test_the_blind_view_quotes_no_text_which_may_name_somebody(batch_page: Page) -> None:
    batch_page.get_by_label("Find").fill("fernmark")
    expect(batch_page.locator("#rows .found").first).to_contain_text("Fernmark Analytics")
    batch_page.get_by_role("switch", name="Blind view").click()
    expect(batch_page.locator("#shown")).to_have_text("30 of 33 are shown.")
    expect(batch_page.locator("#rows .found")).to_have_count(0)


def test_a_filter_that_leaves_nothing_says_so(batch_page: Page) -> None:
    batch_page.get_by_label("Find").fill("nobody at all")
    expect(batch_page.get_by_text("No résumé matches these filters.")).to_be_visible()


def test_a_click_on_a_point_says_why_it_lies_there(batch_page: Page, rows: list[dict[str, Any]]) -> None:
    row = max(rows, key=lambda row: row["scores"].get(MLSE, 0) - row["scores"].get(MLE, 0))
    batch_page.locator(f"#point-{row['number']}").click()
    dialog = batch_page.get_by_role("dialog", name="Why these scores")
    expect(dialog).to_contain_text(row["name"])
    expect(dialog).to_contain_text(f"{row['scores'][MLSE]:.1f}")


def test_the_plot_is_reached_by_keyboard(batch_page: Page) -> None:
    plot = batch_page.get_by_role("listbox", name="MLE and MLSE at a glance")
    plot.focus()
    first = plot.get_attribute("aria-activedescendant")
    batch_page.keyboard.press("ArrowRight")
    second = plot.get_attribute("aria-activedescendant")
    assert first != second
    label = batch_page.locator(f"#{second}").get_attribute("aria-label") or ""
    expect(batch_page.locator("#readout")).to_have_text(label)
    batch_page.keyboard.press("Enter")
    expect(batch_page.get_by_role("dialog")).to_contain_text(label.partition(":")[0])
    batch_page.keyboard.press("Escape")
    expect(plot).to_be_focused()


def test_two_are_compared_by_the_points_in_which_they_differ(batch_page: Page, rows: list[dict[str, Any]]) -> None:
    scored = [row for row in rows if row["scores"]]
    pair = [scored[0], scored[-1]]
    for row in pair:
        batch_page.get_by_role("checkbox", name=f"Compare {row['name']}", exact=True).focus()
        batch_page.keyboard.press("Space")
    batch_page.get_by_role("button", name="Compare", exact=True).press("Enter")
    dialog = batch_page.get_by_role("dialog", name="2 résumés side by side")
    expect(dialog.locator("thead th")).to_have_count(2)
    first, second = (row["details"]["points"] for row in pair)
    differing = {key for key in {*first, *second} if first.get(key, 0) != second.get(key, 0)}
    expect(dialog.locator("tbody", has_text="Where they differ").locator("tr:has(td)")).to_have_count(len(differing))
    assert list_violations(batch_page) == []
    shoot(batch_page, "batch-compare")


def test_a_fourth_is_not_taken_into_a_comparison(batch_page: Page) -> None:
    boxes = batch_page.locator("#rows input")
    for number in range(3):
        boxes.nth(number).check()
    boxes.nth(3).click()
    expect(boxes.nth(3)).not_to_be_checked()
    expect(batch_page.locator("#message")).to_have_text("You can compare at most 3. Deselect one first.")
    batch_page.get_by_role("button", name="Clear").click()
    expect(batch_page.locator("#rows input:checked")).to_have_count(0)


def test_the_closer_look_shows_the_figures_of_the_report(
    batch_page: Page, site: str, rows: list[dict[str, Any]]
) -> None:
    row = rows[0]
    report = json.loads(fetch(site, f"/v1/matches/{row['job']}"))["report"]
    batch_page.get_by_role("button", name=f"Why: {row['name']}", exact=True).click()
    board = batch_page.locator("#board")
    for role in report["roles"]:
        group = board.locator("tbody", has=batch_page.get_by_role("rowheader", name=role["title"], exact=True))
        shown = group.locator("td").all_text_contents()
        parts = [f"{part['score']:.1f}" if part["found"] else "nothing found" for part in role["dimensions"]]
        assert shown == [f"{role['score']:.1f}", *parts]
    gap = report["roles"][0]["gaps"][0]
    raise_most = board.locator("tbody", has_text="What would raise MLE most")
    expect(raise_most.locator("tr", has_text=gap["title"])).to_contain_text(f"+{gap['points']:.1f}")
    shoot(batch_page, "batch-closer")


def test_the_address_says_whose_reasons_are_open(batch_page: Page, rows: list[dict[str, Any]]) -> None:
    first, second = (row for row in rows[:2])
    for row in (first, second):
        batch_page.locator(f"#rows tr[data-number='{row['number']}'] .pick input").check()
    batch_page.get_by_role("button", name="Compare").click()
    expect(batch_page).to_have_url(
        re.compile(rf"#{first['number']},{second['number']}$|#{second['number']},{first['number']}$")
    )
    shared = batch_page.context.new_page()
    shared.goto(batch_page.url)
    expect(shared.get_by_role("dialog")).to_contain_text(second["name"])
    shared.get_by_role("button", name="Close").click()
    expect(shared).to_have_url(re.compile(r"/[^#]*$"))


def test_who_touches_is_told_of_no_keys(chromium: Browser, site: str, path: str) -> None:
    with chromium.new_context(base_url=site, has_touch=True, is_mobile=True, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(path.removeprefix("/v1"))
        expect(page.locator("#readout")).to_have_text("Touch a point to look closer.")


def test_the_blind_view_shows_no_name_and_keeps_its_own_whatever_the_order(
    batch_page: Page, rows: list[dict[str, Any]]
) -> None:
    batch_page.get_by_role("switch", name="Blind view").click()
    scored = [row for row in rows if row["scores"]]
    expect(batch_page.locator("#rows .name").first).to_have_text(f"Résumé {scored[0]['number']}")
    batch_page.locator("thead .second button").click()
    batch_page.locator(f"#look-{scored[0]['number']}").click()
    expect(batch_page.locator("#board thead")).to_contain_text(f"Résumé {scored[0]['number']}")
    html = batch_page.content()
    assert not [row["name"] for row in rows if row["name"].removeprefix("<") in html]
    batch_page.reload()
    expect(batch_page.locator("#rows .name").first).to_have_text(re.compile(r"Résumé \d+"))


def download(page: Page, button: str) -> str:
    with page.expect_download() as started:
        page.get_by_role("button", name=button).click()
    assert re.fullmatch(r"rolefit-\d{4}-\d\d-\d\d\.(csv|json)", started.value.suggested_filename)
    return Path(started.value.path()).read_text(encoding="utf-8")


def test_the_downloads_hold_what_the_api_answers(
    batch_page: Page, site: str, path: str, rows: list[dict[str, Any]]
) -> None:
    assert download(batch_page, "Download CSV") == fetch(site, f"{path}.csv").decode()
    for _ in range(2):
        batch_page.locator("thead [data-order=lead] button").click()
    shown = batch_page.locator("#rows tr .name").all_text_contents()
    table = csv.reader(StringIO(download(batch_page, "Download CSV").removeprefix("\ufeff")))
    assert [name for name, *_ in table][1:] == shown
    batch_page.get_by_role("button", name="Show all").click()
    assert json.loads(download(batch_page, "Download JSON")) == rows


def test_downloads_hold_only_what_is_shown_and_no_name_in_the_blind_view(batch_page: Page) -> None:
    batch_page.get_by_role("switch", name="Blind view").click()
    batch_page.get_by_label("Progress").select_option("failed")
    text = download(batch_page, "Download CSV")
    assert text.count("\n") == 4
    assert "locked" not in text
    assert "Résumé 1," in text


def test_the_workbook_holds_what_the_page_shows(batch_page: Page) -> None:
    batch_page.get_by_label("Find").fill("kubernetes")
    expect(batch_page.locator("#rows .found").first).to_be_visible()
    with batch_page.expect_download() as started:
        batch_page.get_by_role("button", name="Download XLSX").click()
    sheet = load_workbook(BytesIO(Path(started.value.path()).read_bytes())).active
    assert sheet is not None
    head, *lines = ([cell.value for cell in row] for row in sheet.iter_rows())
    columns = {title: [line[place] for line in lines] for place, title in enumerate(head)}
    assert columns["name"] == names(batch_page)
    for role, tone in ((MLE, "first"), (MLSE, "second")):
        shown = batch_page.locator(f"#rows .score.{tone}")
        assert columns[role] == figures(shown.locator(".points"))
        assert [f"#{rank}" for rank in columns[f"{role}_rank"]] == shown.locator(".rank").all_text_contents()


def test_rows_come_to_life_while_jobs_run_and_the_end_is_announced(page: Page, site: str, path: str) -> None:
    """The first answer is held back to what it was before any job had run."""
    answers: list[int] = []

    def turn_back(route: Route) -> None:
        answers.append(len(answers))
        if len(answers) > 1:
            return route.continue_()
        updates = read_batch(site, f"{path}/updates")
        for row in updates["rows"]:
            row.update(state="queued", scores={}, ranks={}, best_fit=None, close=None, error=None, details=None)
        return route.fulfill(json={**updates, "ranks": {}, "cursor": ""})

    page.route(f"**{path}/updates?*", turn_back)
    page.goto(path.removeprefix("/v1"))
    counts, points = page.locator("#counts"), page.locator("#points [role=option]")
    expect(page.get_by_role("status").first).to_have_text("All résumés are done. 33 résumés: 30 scored, 3 not scored.")
    expect(counts).to_have_text("33 résumés: 30 scored, 3 not scored.")
    expect(points).to_have_count(30)
    expect(page.locator("#progress")).to_be_hidden()
    assert len(answers) == 2


def test_a_batch_that_is_deleted_on_its_page_is_gone(page: Page, site: str) -> None:
    path = send(site, [("cv.pdf", build_unseen_pdf())])
    page.goto(path.removeprefix("/v1"))
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog", name="Delete this batch?").get_by_role("button", name="Delete it").click()
    expect(page).to_have_url(f"{site}/")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetch(site, path.removeprefix("/v1"))


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone", "desktop"])
def test_the_page_fits_every_screen_and_everyone(batch_page: Page, size: ViewportSize, scheme: str) -> None:
    batch_page.set_viewport_size(size)
    batch_page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    batch_page.reload()
    expect(batch_page.locator("#rows tr")).to_have_count(33)
    expect(batch_page.locator("#rows tr").first).to_be_in_viewport(ratio=0.6)  # without scrolling
    shoot(batch_page, f"batch-{size['width']}-{scheme}-filters")
    batch_page.get_by_text("More filters").click()
    assert batch_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert list_violations(batch_page) == []
    shoot(batch_page, f"batch-{size['width']}-{scheme}")


def test_a_star_a_status_and_a_note_are_kept_and_found_again(page: Page, site: str) -> None:
    path = send(site, [(f"{number}.txt", vary_resume(number).encode()) for number in (27, 36, 45)])
    wait_until(lambda: read_batch(site, path)["state"] == "done")
    page.goto(path.removeprefix("/v1"))
    row = page.locator("#rows tr", has_text="36.txt")
    row.get_by_role("button", name="Star: 36.txt").press("Enter")
    expect(row.get_by_role("button", name="Star: 36.txt")).to_have_attribute("aria-pressed", "true")
    row.get_by_role("combobox", name="Status: 36.txt").select_option("to-call")
    row.get_by_role("button", name="Note: 36.txt").click()
    page.get_by_role("dialog", name="Note").get_by_role("textbox").fill("Ask for <b>references</b>")
    page.get_by_role("button", name="Keep the note").click()
    expect(row.get_by_role("button", name="Note: 36.txt")).to_have_text("Ask for <b>references</b>")
    page.reload()
    page.locator("[data-ask=status]").select_option("to-call")
    expect(page.locator("#shown")).to_have_text("1 of 3 are shown.")
    expect(page.locator("#rows .star")).to_have_text("★")
    page.get_by_role("button", name="Show all").click()
    page.get_by_label("Starred").check()
    expect(page.locator("#rows tr")).to_have_count(1)
    assert list_violations(page) == []
    page.get_by_role("switch", name="Blind view").click()
    expect(page.locator("#rows .note")).to_have_text("Note hidden")
    (kept,) = read_batch(site, f"{path}?starred=1")["rows"]
    assert (kept["mark"]["status"], kept["mark"]["note"]) == ("to-call", "Ask for <b>references</b>")


def test_what_two_people_keep_at_once_overwrites_nothing(page: Page, site: str) -> None:
    path = send(site, [("cv.txt", vary_resume(45).encode())])
    wait_until(lambda: read_batch(site, path)["state"] == "done")
    other = page.context.new_page()  # without the check that nothing is refused
    for each, note in ((page, "Of Ada"), (other, "Of Ben")):
        each.goto(path.removeprefix("/v1"))
        each.get_by_role("button", name="Note: cv.txt").click()
        each.get_by_role("dialog", name="Note").get_by_role("textbox").fill(note)
    for each in (page, other):
        each.get_by_role("button", name="Keep the note").click()
    expect(other.locator("#message")).to_contain_text("Somebody has changed the note meanwhile.")
    expect(other.get_by_role("dialog", name="Note").get_by_role("textbox")).to_have_value("Of Ada\nOf Ben")
    other.get_by_role("button", name="Keep the note").click()
    expect(other.locator("#message")).to_have_text("")
    status = page.get_by_role("combobox", name="Status: cv.txt")
    assert status.locator("option").all_inner_texts() == ["New", "Looked at", "To call", "Not now"]
    status.select_option("to-call")
    wait_until(lambda: read_batch(site, path)["rows"][0]["mark"]["status"] == "to-call")
    for each in (page, other):
        each.evaluate("window.dispatchEvent(new Event('focus'))")
        expect(each.get_by_role("button", name="Note: cv.txt")).to_have_text("Of Ada Of Ben")
        expect(each.get_by_role("combobox", name="Status: cv.txt")).to_have_value("to-call")


def test_a_note_that_is_left_stays_as_it_was(page: Page, site: str) -> None:
    path = send(site, [("cv.txt", vary_resume(45).encode())])
    page.goto(path.removeprefix("/v1"))
    note = page.get_by_role("button", name="Note: cv.txt")
    for button in ("Escape", "Cancel"):
        note.click()
        page.get_by_role("dialog", name="Note").get_by_role("textbox").fill("A slip")
        if button == "Escape":
            page.keyboard.press("Escape")
        else:
            page.get_by_role("button", name=button).click()
        expect(note).to_have_text("Add a note")
    assert read_batch(site, path)["rows"][0]["mark"]["note"] == ""

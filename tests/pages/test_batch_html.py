"""`rolefit batch --format html`: one file that opens from the disk, is small, quick and harmless."""

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from service.results.columns import defuse
from service.results.row_file import open_rows
from service.results.row_formats import RowFormat, make_html
from service.results.rows import summarize_result
from skills.judging.report_types import Report
from skills.judging.scoring_figures import load_scoring
from skills.roles.profiles import load_profiles
from tests.browser import DESKTOP, PHONE, list_violations, measure_script, shoot
from tests.reports import rename
from tests.resumes import build_pdf, vary_resume
from worker.outcomes.failure import Failure, JobError
from worker.outcomes.results import Outcome
from worker.pipeline import score_document

THOUSAND = 1_000
MEGABYTE = 1_000_000
HOSTILE = "</script><img src=x onerror=alert(1)>\u202e<!--.pdf"

PAGE = make_html(load_profiles())


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    """Eight different reports."""
    return [score_document(vary_resume(number).encode(), name="cv.txt") for number in range(7, 64, 8)]


def write_page(path: Path, results: Iterable[Report | Failure], *, form: RowFormat = PAGE) -> str:
    """Write a page of results; return its address."""
    outcomes = [Outcome.of(result) for result in results]
    lines = "".join(map(form.write, outcomes))
    rows = [summarize_result(outcome.outline) for outcome in outcomes]
    path.write_text(form.header() + lines + form.footer(rows), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def address(tmp_path: Path, reports: list[Report]) -> str:
    """A page of eight documents and one of a hostile name that could not be scored."""
    named = [rename(report, f"person-{number}.pdf") for number, report in enumerate(reports)]
    failed = Failure({"name": HOSTILE}, JobError("unreadable", "The file is damaged."))
    return write_page(tmp_path / "page.html", [*named, failed])


def test_a_role_that_was_added_after_the_scoring_leaves_the_page_whole(
    page: Page, tmp_path: Path, reports: list[Report]
) -> None:
    third = replace(load_profiles()[0], id="added", title="Machine Learning Engineer (drafted)")
    page.goto(write_page(tmp_path / "page.html", reports, form=make_html((*load_profiles(), third))))
    expect(page.locator("#counts")).to_have_text("8 résumés: 8 scored.")
    expect(page.locator("thead")).to_contain_text("Machine Learning Engineer (drafted)")
    page.locator("#points [role=option]").last.click()
    expect(page.get_by_role("dialog", name="Why these scores")).to_contain_text("nothing found")


def test_a_low_score_is_told_as_on_the_report(page: Page, tmp_path: Path, reports: list[Report]) -> None:
    """Who is barely not refused reads in no table that they fit."""
    score = load_scoring().verdict.low_below
    verdict = replace(reports[0].verdict, best_fit=reports[0].roles[0].id, close=False)
    named = [replace(reports[0].roles[0], score=score - 0.1), replace(reports[0].roles[0], score=score)]
    both = [replace(reports[0], roles=(role, reports[0].roles[1]), verdict=verdict) for role in named]
    page.goto(write_page(tmp_path / "page.html", both))
    assert page.locator("#rows .tag").all_inner_texts() == ["Closer to MLE", "MLE"]


def test_the_file_does_what_the_served_page_does_and_asks_nobody(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    expect(page.locator("#counts")).to_have_text("9 résumés: 8 scored, 1 not scored.")
    page.get_by_label("Progress").select_option("done")
    expect(page.locator("#rows tr")).to_have_count(8)
    page.locator("thead .second button").click()
    expect(page.locator("thead .second")).to_have_attribute("aria-sort", "descending")
    page.locator("#points [role=option]").last.click()
    expect(page.get_by_role("dialog", name="Why these scores")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    for number in (0, 1, 2):
        page.locator("#rows input").nth(number).check()
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_role("dialog", name="3 résumés side by side")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    page.get_by_role("switch", name="Blind view").click()
    expect(page.locator("#rows .name").first).to_have_text(re.compile(r"^Résumé \d$"))
    with page.expect_download():
        page.get_by_role("button", name="Download CSV").click()
    assert {url for url in asked if not url.startswith("blob:")} == {address}


def test_the_table_of_the_file_holds_no_formula(page: Page, tmp_path: Path, reports: list[Report]) -> None:
    names = [
        "=1.pdf",
        "\uff1d1.pdf",
        "cv;=1.pdf",
        "cv, @SUM(1).pdf",
        "cv|+1;-1.pdf",
        '" =1.pdf',
        " =1.pdf",
        "a-b=c.pdf",
    ]
    page.goto(write_page(tmp_path / "page.html", map(rename, reports, names)))
    with page.expect_download() as started:
        page.get_by_role("button", name="Download CSV").click()
    with Path(started.value.path()).open(encoding="utf-8", newline="") as file:
        assert {row["name"] for row in csv.DictReader(file)} == set(map(defuse, names))


def test_the_file_holds_the_ranks_that_the_server_gives(page: Page, address: str, reports: list[Report]) -> None:
    page.goto(address)
    page.locator("thead .second button").click()
    scores = sorted((report.roles[1].score for report in reports), reverse=True)
    shown = page.locator("#rows .score.second")
    assert shown.locator(".points").all_text_contents() == [f"{score:.1f}" for score in scores]
    assert shown.locator(".rank").all_text_contents() == [f"#{rank}" for rank in range(1, len(reports) + 1)]


def test_a_hostile_name_is_text(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#rows tr", has_text="The file is damaged.")).to_contain_text(HOSTILE)
    expect(page.locator("img")).to_have_count(0)


def test_the_policy_of_the_file_lets_no_other_script_run(page: Page, tmp_path: Path, reports: list[Report]) -> None:
    """Of a script that somebody puts in, the browser complains; of ours, by any other test here, it does not."""
    foreign = PAGE.footer([summarize_result(Outcome.of(reports[0]).outline)]).replace(
        "</body>", "<script>document.title = 'taken over'</script></body>"
    )
    path = tmp_path / "page.html"
    path.write_text(PAGE.header() + PAGE.write(Outcome.of(reports[0])) + foreign, encoding="utf-8")
    refused: list[str] = []
    other = page.context.new_page()
    other.on("console", lambda message: refused.append(message.text))
    other.goto(path.as_uri())
    expect(other).to_have_title("Résumés – Rolefit")
    assert "Content Security Policy" in "".join(refused)


@pytest.mark.parametrize(("width", "scheme"), [(PHONE["width"], "light"), (DESKTOP["width"], "dark")])
def test_the_file_fits_every_screen_and_everyone(page: Page, address: str, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": DESKTOP["height"]})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(address)
    expect(page.locator("#rows tr")).to_have_count(9)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert list_violations(page) == []
    shoot(page, f"batch-file-{width}-{scheme}")


def test_a_thousand_documents_are_a_small_file_that_opens_and_answers_at_once(
    page: Page, tmp_path: Path, reports: list[Report]
) -> None:
    path = tmp_path / "page.html"
    results = (rename(reports[n % len(reports)], f"application-{n:04}.pdf") for n in range(THOUSAND))
    address = write_page(path, results)
    assert path.stat().st_size < 5 * MEGABYTE

    def open_page() -> None:
        page.goto(address)
        expect(page.locator("#counts")).to_have_text("1000 résumés: 1000 scored.")

    took = measure_script(page, open_page)
    assert took < 1

    def find() -> None:
        page.get_by_label("Find").fill("application-07")
        expect(page.locator("#shown")).to_have_text("100 of 1000 are shown.")

    took = measure_script(page, find)
    assert took < 0.5


def test_all_rows_of_a_thousand_come_as_one_scrolls(page: Page, tmp_path: Path, reports: list[Report]) -> None:
    results = (rename(reports[n % len(reports)], f"application-{n:04}.pdf") for n in range(350))
    page.goto(write_page(tmp_path / "page.html", results))
    lines, more = page.locator("#rows tr"), page.get_by_role("button", name="Show more")
    expect(lines).to_have_count(100)
    for count in (200, 300, 350):
        lines.last.scroll_into_view_if_needed()
        expect(lines).to_have_count(count)
    expect(more).to_be_hidden()


def test_a_page_that_is_broken_off_shows_the_rows_there_are(page: Page, tmp_path: Path, reports: list[Report]) -> None:
    path = tmp_path / "page.html"
    with suppress(KeyboardInterrupt), open_rows(path, PAGE, []) as file:
        file.add(Outcome.of(reports[0]))
        raise KeyboardInterrupt
    page.goto(path.as_uri())
    expect(page.locator("#counts")).to_have_text("1 résumé: 1 scored.")


@pytest.fixture
def run_batch(tmp_path: Path, redis_url: str) -> Callable[..., subprocess.CompletedProcess[str]]:
    environment = {**os.environ, "ROLEFIT_DATA": str(tmp_path / "data"), "ROLEFIT_REDIS_URL": redis_url}

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "service", "batch", *map(str, words), "--format", "html"]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)

    return run


@pytest.mark.usefixtures("running_workers")
def test_the_command_writes_the_page_of_a_folder(
    run_batch: Callable[..., subprocess.CompletedProcess[str]], page: Page, tmp_path: Path
) -> None:
    folder, out = tmp_path / "cvs", tmp_path / "page.html"
    folder.mkdir()
    (folder / "cv.pdf").write_bytes(build_pdf(vary_resume(9)))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing after it")
    done = run_batch(folder, "--out", out)
    assert (done.returncode, done.stdout) == (1, "")
    page.goto(out.as_uri())
    expect(page.locator("#counts")).to_have_text("2 résumés: 1 scored, 1 not scored.")
    kept = json.loads("[" + page.locator("#rows-embedded").inner_text().strip().replace("\n", ",") + "]")
    assert [row["name"] for row in kept] == ["broken.pdf", "cv.pdf"]


def test_a_page_cannot_be_continued_and_is_left_as_it_is(
    run_batch: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    out = tmp_path / "page.html"
    out.write_text("a page")
    done = run_batch(tmp_path, "--out", out, "--resume")
    assert (done.returncode, out.read_text()) == (2, "a page")
    assert "A page cannot be continued. Use --format jsonl or csv with --resume." in done.stderr

"""How long the page of a batch of a thousand takes to open and to search, in the scripts that it runs itself."""

from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Page, expect

from service.results.row_formats import make_html
from service.results.rows import summarize_result
from skills.roles.profiles import load_profiles
from tests.benchmarks.figures import MILLISECONDS, Figure
from tests.benchmarks.plan import Plan
from tests.browser import measure_script, open_chromium
from tests.reports import rename
from tests.resumes import vary_resume
from worker.outcomes.results import Outcome
from worker.pipeline import score_document

ROWS = 1_000
DIFFERENT = 8
REPEATS = 5
MAX_SECONDS_TO_OPEN = 1.0
MAX_MILLISECONDS_TO_SEARCH = 50


def _write_page() -> str:
    """Return the page of a batch of so many documents."""
    reports = [score_document(vary_resume(number).encode(), name="cv.txt") for number in range(DIFFERENT)]
    names = [f"application-{number:04}.pdf" for number in range(ROWS)]
    outcomes = [Outcome.of(rename(reports[number % DIFFERENT], name)) for number, name in enumerate(names)]
    row_format = make_html(load_profiles())
    rows = "".join(map(row_format.write, outcomes))
    return row_format.header() + rows + row_format.footer([summarize_result(outcome.outline) for outcome in outcomes])


def _measure_page(page: Page, address: str) -> tuple[float, float]:
    """Return the seconds of script that a page takes to open and to search."""

    def open_page() -> None:
        page.goto(address)
        expect(page.locator("#counts")).to_have_text(f"{ROWS} résumés: {ROWS} scored.")

    def search() -> None:
        page.get_by_label("Find").fill("application-07")
        expect(page.locator("#shown")).to_have_text(f"100 of {ROWS} are shown.")

    return measure_script(page, open_page), measure_script(page, search)


def measure(plan: Plan) -> Iterator[Figure]:
    """Yield what it takes to open the page and to search it."""
    path = plan.scratch / "batch.html"
    path.write_text(_write_page(), encoding="utf-8")
    with open_chromium() as browser:
        costs = [_measure_page(browser.new_page(), path.as_uri()) for _ in range(REPEATS)]
    opened, searched = (median(seconds) for seconds in zip(*costs, strict=True))
    yield Figure(f"saved page of {ROWS} rows opened, script", opened, "s", MAX_SECONDS_TO_OPEN)
    yield Figure(
        f"saved page of {ROWS} rows searched, script",
        searched * MILLISECONDS,
        "ms",
        MAX_MILLISECONDS_TO_SEARCH,
    )

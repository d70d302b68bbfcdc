"""A real Chromium that looks at the real service; whatever a page complains of in its console fails the test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, expect, sync_playwright

from tests.service_process import serving

PHONE = ViewportSize(width=375, height=812)
DESKTOP = ViewportSize(width=1440, height=900)
SCREENSHOTS = Path(__file__).parent.parent / "screenshots"
COMPLAINTS = {"warning", "error"}
HARMFUL = {"serious", "critical"}
# One process draws all pages: one for each takes a third of what it costs to open it.
ARGUMENTS = ["--disable-dev-shm-usage", "--renderer-process-limit=1"]
PATIENCE_MILLISECONDS = 60_000  # for a machine that has much else to do


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """Open the system's Chromium, which `make test` installs if there is none."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert path, "Chromium is missing: run `make browser`"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


@pytest.fixture(scope="session")
def chromium(no_child_stays: None) -> Iterator[Browser]:  # noqa: ARG001 - ends last
    """The system's Chromium, which the session's tests share."""
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with open_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def site(redis_url: str, running_workers: None) -> Iterator[str]:  # noqa: ARG001 - they score what is sent
    """The address of a served web process whose jobs the session's workers do."""
    with serving("--workers", "0", ROLEFIT_REDIS_URL=redis_url) as (_, port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def context(chromium: Browser, site: str) -> Iterator[BrowserContext]:
    """What pages share: scripts and styles, which the browser need not fetch and compile for each of them again."""
    with chromium.new_context(base_url=site, viewport=DESKTOP) as context:
        yield context


@pytest.fixture(scope="session")
def empty_page(context: BrowserContext) -> Page:
    """A page that stays open, and from which the browser is told what to forget."""
    return context.new_page()


@pytest.fixture(scope="session")
def forget_visits(context: BrowserContext, site: str, empty_page: Page) -> Callable[[], None]:
    """Close all other pages, and delete what they have stored, such as whether the blind view is on."""
    cdp = context.new_cdp_session(empty_page)

    def forget() -> None:
        for page in context.pages:
            if page != empty_page:
                page.close()
        for origin in (site, "file://"):
            cdp.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})

    return forget


@pytest.fixture
def page(context: BrowserContext, forget_visits: Callable[[], None]) -> Iterator[Page]:
    """A new page at desktop size, on which a path alone is enough of an address."""
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in COMPLAINTS:
            complaints.append(message.text)

    page = context.new_page()
    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    forget_visits()
    assert not complaints


def shoot(page: Page, name: str) -> None:
    """Keep a picture of the whole page for people to look at, where there is a folder for them: it takes seconds."""
    if SCREENSHOTS.is_dir():
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True, animations="disabled")


def list_violations(page: Page, within: str | None = None) -> list[str]:
    """Return what axe finds on a page, or in some of its elements, that keeps people from using it: `rule: elements`.

    A whole report takes it seconds.
    """
    found = Axe().run(page, within, {"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{violation['id']}: {[node['target'] for node in violation['nodes']]}"
        for violation in found
        if violation["impact"] in HARMFUL
    ]


def measure_script(page: Page, act: Callable[[], object]) -> float:
    """Return the seconds that the page's scripts take to do something, whatever else the machine is busy with."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable", {"timeDomain": "threadTicks"})

    def read() -> float:
        metrics = cdp.send("Performance.getMetrics")["metrics"]
        return float(next(metric["value"] for metric in metrics if metric["name"] == "ScriptDuration"))

    before = read()
    act()
    return read() - before

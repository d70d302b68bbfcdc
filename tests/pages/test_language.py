"""What people read comes from the messages: in another language every word of ours is another one."""

import io
import json
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from http import HTTPStatus
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po
from lxml import html
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from service import create_app, language
from service.audit.impact_ratios import AuditedPerson
from service.audit.report import DocumentPart, ErrorPart, Result, RolePart, audit, write_page
from service.pages.views import SAMPLE
from service.presentation.pdf_report import write_pdf
from service.presentation.report_page import write_html
from service.presentation.shortlists.candidates import Candidate
from service.presentation.shortlists.page import write_html as write_shortlist
from service.presentation.terminal_report import print_report
from service.results.row_formats import make_html
from service.results.rows import summarize_result
from skills.document import ReadingWarning, WarningCode
from skills.judging.report_types import Report, read_report
from skills.roles.article import load_article
from skills.roles.profiles import SOURCES, load_profiles
from tests.resumes import RESUME_TEXT
from tests.waiting import wait_until
from worker.files import ROOT
from worker.outcomes.failure import Failure, JobError
from worker.outcomes.results import Outcome
from worker.reading.formats import name_formats
from worker.settings import Settings
from worker.store.jobs.mark import UNMARKED

LISTED = ROOT / "service" / "languages" / "messages.pot"
MARKED = re.compile(r"«[^«»]*»")
# Names, and what is written by code for any language.
OURS_IN_EVERY_LANGUAGE = "Rolefit UTC MLE MLSE"
ATTRIBUTES = "//@title|//@aria-label|//@placeholder|//@alt|//@data-title|//@data-words|//@data-hint|//@data-touch"

POSTING = "Data Engineer\n\nRequirements\n- Python and Kafka\n- Not older than 35\n- Teamwork"


def _read_messages() -> Catalog:
    with LISTED.open("rb") as file:
        return read_po(file, locale="en")


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language in which each message is the English one in brackets."""
    catalogue = _read_messages()
    for entry in catalogue:
        if entry.id:
            entry.string = f"«{entry.id}»" if isinstance(entry.id, str) else tuple(f"«{form}»" for form in entry.id)
    monkeypatch.setattr(language, "current", language.make_language(catalogue))


def _strip_marked(text: str) -> str:
    shorter = MARKED.sub("\n", text)
    return shorter if shorter == text else _strip_marked(shorter)


def _list_strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (key, *_list_strings(item))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _list_strings(item)


def _find_unmarked(texts: str, known: str) -> list[str]:
    """Return the lines with letters that are neither marked nor words of the data."""
    words = " ".join([known, OURS_IN_EVERY_LANGUAGE, *SOURCES.values()])
    pieces = re.split(r"\n|, | – | · |: |\. | \(|[“”]", _strip_marked(texts))
    lines = (re.sub(r"^[\W\d_]+|[\W\d_]+$", "", " ".join(piece.split())) for piece in pieces)
    return sorted({line for line in lines if re.search(r"[^\W\d_]{2}", line) and line not in words})


def _read_page(page: str) -> str:
    """Return what a page shows: its texts, each on a line but for what stands in a message, and its attributes."""
    tree = html.fromstring(page)
    for element in tree.xpath("//script|//style"):
        element.drop_tree()
    return "\n".join(" ".join(str(text).split()) for text in (*tree.xpath("//text()"), *tree.xpath(ATTRIBUTES)))


@pytest.fixture(scope="module")
def report() -> Report:
    sample = read_report(SAMPLE.read_bytes())
    warnings = tuple(ReadingWarning(code, 2, 40, "first words", "tiny") for code in WarningCode)
    return replace(sample, document=replace(sample.document, read_with="ocr", warnings=warnings))


@pytest.fixture(scope="module")
def known() -> str:
    """The words of the sample's résumé and of the knowledge, which is kept in one place per language of its own."""
    return (
        " ".join(" ".join(text.split()) for text in _list_strings(json.loads(SAMPLE.read_bytes()))) + " first words ocr"
    )


@pytest.mark.usefixtures("marked")
def test_no_word_of_a_report_is_said_but_by_a_message(report: Report, known: str) -> None:
    printed, listed = io.StringIO(), write_shortlist([Candidate("first words", report, UNMARKED)], "")
    with redirect_stdout(printed):
        print_report(report)
    assert _find_unmarked(_read_page(write_html(report)), known) == []
    assert _find_unmarked(printed.getvalue(), known) == []
    assert _find_unmarked(_read_page(listed.decode()), known) == []
    pdf = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(write_pdf(report))).pages)
    assert _find_unmarked(pdf, known) == []


@pytest.mark.usefixtures("marked")
def test_no_word_of_a_page_is_said_but_by_a_message(settings: Settings) -> None:
    data = [asdict(load_article()), *(asdict(profile) for profile in load_profiles())]
    known = " ".join([*_list_strings(data), name_formats()])
    apart = settings.model_copy(update={"redis_url": f"{settings.redis_url}?db=5"})  # where nobody has uploads
    with create_app(apart).test_client() as client:
        for path in ("/", "/roles", "/roles/own", "/uploads", "/docs", "/deleted", "/nowhere"):
            page = client.get(path, headers={"Accept": "text/html"}).text
            assert _find_unmarked(_read_page(page), known) == [], path


@pytest.mark.usefixtures("marked")
def test_no_word_of_a_page_on_what_waits_is_said_but_by_a_message(settings: Settings) -> None:
    known = " ".join(_list_strings([asdict(profile) for profile in load_profiles()])) + " cv.txt"
    apart = settings.model_copy(update={"redis_url": f"{settings.redis_url}?db=6"})  # where no worker takes it up
    with create_app(apart).test_client() as client:
        sent = client.post("/v1/batches", data={"file": (io.BytesIO(b"Worked with Python"), "cv.txt")})
        batch = sent.headers["Location"].removeprefix("/v1")
        alone = client.post("/v1/matches", data={"file": (io.BytesIO(b"Worked with Python"), "cv.txt")})
        job = alone.headers["Location"].removeprefix("/v1")
        for path in (batch, f"{batch}/roles", job, f"{job}/roles", "/uploads"):
            answer = client.get(path, headers={"Accept": "text/html"})
            assert answer.status_code == HTTPStatus.OK, path
            assert _find_unmarked(_read_page(answer.text), known) == [], path


@pytest.mark.usefixtures("marked")
def test_no_word_of_an_audit_is_said_but_by_a_message() -> None:
    score = RolePart("a", load_profiles()[0].title, 50.0)
    results = [Result(DocumentPart(name), (score,)) for name in "abc"]
    results.append(Result(DocumentPart("d"), error=ErrorPart("encrypted")))
    people = {"a": AuditedPerson("Female", "Asian"), "b": AuditedPerson("Male", "White")}
    page = write_page(audit(results, people, on=date(2026, 12, 2)))
    assert _find_unmarked(_read_page(page), f"{score.title} Female Male Asian White Asian, Female encrypted") == []


@pytest.mark.usefixtures("marked", "running_workers")
def test_no_word_of_an_own_role_or_of_a_comparison_is_said_but_by_a_message(settings: Settings) -> None:
    with create_app(settings).test_client() as client:
        drafted = client.post("/v1/roles", json={"posting": POSTING})
        role = drafted.headers["Location"].removeprefix("/v1/roles/")
        old, new = (
            client.post("/v1/batches", data={"file": (io.BytesIO(text.encode()), "cv.txt"), "role": role})
            .headers["Location"]
            .removeprefix("/v1")
            for text in (RESUME_TEXT, f"{RESUME_TEXT}\nWorked with Kafka and Docker in production.\n")
        )
        for batch in (old, new):
            wait_until(lambda batch=batch: client.get(f"/v1{batch}").get_json()["state"] == "done")  # type: ignore[misc]
        rows = [client.get(f"/v1{batch}").get_json()["rows"] for batch in (old, new)]
        # The page of a role names the batches of its owner, also those that other tests left.
        batches = client.get("/v1/batches").get_json()
        said = [drafted.get_json(), rows, batches, *map(asdict, load_profiles())]
        known = " ".join([*_list_strings(said), RESUME_TEXT, "DE"])
        paths = (
            "/roles/own",
            f"/roles/own/{role}",
            f"{new}/roles",
            f"{new}/comparison?earlier={old.rpartition('/')[2]}",
        )
        for path in (*paths, f"/v1{new}.html"):
            page = client.get(path, headers={"Accept": "text/html"})
            assert page.status_code == HTTPStatus.OK, path
            assert _find_unmarked(_read_page(page.text), known) == [], path
        for path in (old, new):
            client.delete(f"/v1{path}")
        client.delete(f"/v1/roles/{role}")


@pytest.mark.usefixtures("marked")
def test_no_word_of_a_script_is_said_but_by_a_message(report: Report, known: str, page: Page, tmp_path: Path) -> None:
    """Scripts make nearly all of a batch's page."""
    failed = Failure({"name": "cv.pdf"}, JobError("unreadable", "The file is damaged."))
    outcomes, form = [Outcome.of(result) for result in (report, failed)], make_html(load_profiles())
    rows = [summarize_result(outcome.outline) for outcome in outcomes]
    file = tmp_path / "page.html"
    file.write_text(form.header() + "".join(map(form.write, outcomes)) + form.footer(rows), encoding="utf-8")
    page.goto(file.as_uri())
    page.locator("#points [role=option]").last.click()
    expect(page.locator("#board")).to_contain_text("«")
    pick = page.locator(".pick input").first
    page.keyboard.press("Escape")
    pick.check()
    expect(page.locator("#tray")).to_be_visible()
    words = f"{known} cv.pdf The file is damaged."
    assert _find_unmarked(_read_page(page.content()), words) == []


def test_dates_are_written_as_the_language_writes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2026, 12, 2, 19, 5, tzinfo=UTC)
    assert (language.format_day(moment), language.format_minute(moment)) == ("2 Dec 2026", "2 Dec 2026, 19:05")
    monkeypatch.setattr(language, "current", replace(language.current, code="fr"))
    assert language.format_day(moment) == "2 déc. 2026"


def test_the_list_of_messages_has_each_that_is_shown_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = re.search(r"pybabel (.*) --output \S+ (\w+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert rule
    new = tmp_path / "messages.pot"
    monkeypatch.chdir(ROOT)
    CommandLineInterface().run(["pybabel", *rule[1].split(), "--output", str(new), rule[2]])  # type: ignore[no-untyped-call]
    assert new.read_text(encoding="utf-8") == LISTED.read_text(encoding="utf-8"), "run `make messages`"


def test_no_sentence_stands_in_a_script_but_as_a_message() -> None:
    """Also where no other test leads: what is said while files are sent, or when a server is away."""
    scripts = sorted((ROOT / "service" / "pages" / "static").glob("*.js"))
    code = "\n".join(re.sub(r"//.*", "", file.read_text(encoding="utf-8")) for file in scripts)
    others, messages = re.subn(r'\b(_|ngettext)\(\s*"[^"]*"(,\s*"[^"]*")?', "", code)
    assert messages > len(scripts)
    assert re.findall(r'["`][A-ZÀ-Þ][a-zà-ÿ]+[ .:…][^"`\n]*["`]', others) == []

"""The web pages: self-contained, safe, and telling the same as the API."""

import re
from collections.abc import Iterator
from html import unescape

import orjson
import pytest
from flask.testing import FlaskClient

from service import create_app
from service.presentation.sentences import describe_verdict
from skills.judging.report_types import read_report
from tests.resumes import RESUME_TEXT, build_encrypted_pdf, build_pdf
from tests.web import upload, wait_for_end
from worker.settings import Settings

pytestmark = pytest.mark.usefixtures("running_workers")


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[FlaskClient]:
    with create_app(settings).test_client() as client:
        yield client


@pytest.fixture(scope="module")
def address(client: FlaskClient) -> str:
    """The API's address of a résumé that was scored; its page is at the same path without the version."""
    location = upload(client, build_pdf(RESUME_TEXT)).headers["Location"]
    wait_for_end(client, location)
    return location


@pytest.fixture(scope="module")
def page(client: FlaskClient, address: str) -> str:
    return client.get(address.removeprefix("/v1")).text


def test_the_page_shows_scores_verdict_reasons_evidence_and_gaps(client: FlaskClient, address: str, page: str) -> None:
    report = read_report(orjson.dumps(client.get(address).get_json()["report"]))
    for role in report.roles:
        assert f'<data value="{role.score}">' in page
    assert f'<h2 id="verdict">{describe_verdict(report)}</h2>' in unescape(page)
    assert ">PyTorch</q>" in page
    assert report.roles[0].gaps[0].title in unescape(page)


def test_pages_hold_no_inline_code_and_nothing_from_other_hosts(client: FlaskClient, page: str) -> None:
    for html in (page, *(client.get(path).text for path in ("/", "/roles", "/docs"))):
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|https?://", html)


def test_every_answer_forbids_code_of_others_and_caching(client: FlaskClient, address: str) -> None:
    for path in ("/", address, address.removeprefix("/v1"), "/v1/matches/unknown"):
        headers = client.get(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none';")
        assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "no-store")


def test_every_file_that_a_page_names_is_there(client: FlaskClient) -> None:
    for page in ("/", "/roles", "/docs"):
        for path in re.findall(r'(?:href|src|data-url)="([^"#]+)"', client.get(page).text):
            with client.get(path) as answer:
                assert answer.status_code == 200, path


def test_words_of_a_resume_are_never_markup(client: FlaskClient) -> None:
    evil = "<img src=x onerror=alert(1)>.pdf"
    location = upload(client, build_pdf(RESUME_TEXT), name=evil).headers["Location"]
    wait_for_end(client, location)
    page = client.get(location.removeprefix("/v1")).text
    assert "<img" not in page
    assert "&lt;img" in page


def test_a_failed_document_shows_what_to_do(client: FlaskClient) -> None:
    content = build_encrypted_pdf(RESUME_TEXT, password="secret")  # noqa: S106 - fictional
    location = upload(client, content).headers["Location"]
    wait_for_end(client, location)
    assert "Upload a copy without a password." in client.get(location.removeprefix("/v1")).text


def test_a_report_that_is_gone_is_a_page_that_says_so(client: FlaskClient) -> None:
    answer = client.get("/matches/unknown")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "There is no report here" in answer.text


def test_an_address_without_anything_is_a_page_to_a_browser_and_a_problem_to_a_program(client: FlaskClient) -> None:
    answer = client.get("/nowhere", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.content_type) == (404, "text/html; charset=utf-8")
    assert "There is no page here" in answer.text
    for path in ("/nowhere", "/v1/nowhere"):
        assert client.get(path).get_json(force=True)["code"] == "not-found"
    assert client.get("/guides/nowhere").status_code == 404


def test_every_page_leads_to_the_notice_contesting_limits_and_the_guide_of_the_api(client: FlaskClient) -> None:
    for page in ("/", "/roles", "/docs", "/deleted"):
        for name in ("notice", "contesting", "limits", "api"):
            assert f'href="/guides/{name}"' in client.get(page).text
    for name in ("notice", "contesting", "limits", "api"):
        guide = client.get(f"/guides/{name}")
        assert guide.status_code == 200
        assert "<h1>" in guide.text


def test_search_engines_stay_away_and_old_browsers_find_the_icon(client: FlaskClient) -> None:
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    with client.get("/favicon.ico", follow_redirects=True) as icon:
        assert icon.content_type.startswith("image/svg+xml")

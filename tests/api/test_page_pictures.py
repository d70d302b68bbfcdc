"""The pages of a résumé as pictures: for its owner alone, as long as its report, and never in a blind answer."""

from io import BytesIO
from typing import Any, cast

import pytest
from flask.testing import FlaskClient
from redis import Redis

from service import create_app
from service.http.access import make_token
from tests.archives import build_zip
from tests.described import assert_described
from tests.resumes import RESUME_TEXT, build_pdf
from tests.web import assert_problem, upload, wait_for_end
from worker.settings import Settings

pytestmark = pytest.mark.usefixtures("running_workers")
DOCUMENT = build_pdf(f"{RESUME_TEXT}\nRead for its pages")


def list_pages(client: FlaskClient, address: str, **options: str) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", client.get(f"{address}/pages", query_string=options).get_json()["pages"])


@pytest.fixture
def address(client: FlaskClient) -> str:
    """Where the report on a PDF is."""
    address = upload(client, DOCUMENT).headers["Location"]
    wait_for_end(client, address)
    return address


def test_each_word_of_the_text_is_found_on_its_page(client: FlaskClient, address: str) -> None:
    [page] = list_pages(client, address)
    text = client.get(address, query_string={"include": "text"}).get_json()["report"]["text"]
    assert {text[word["start"] : word["end"]] for word in page["words"]} >= {"Quilla", "PyTorch", "pages"}
    picture = client.get(page["picture"])
    assert (picture.status_code, picture.content_type) == (200, "image/webp")
    assert 1_000 < len(picture.data) <= 120_000
    assert picture.headers["Cache-Control"] == "no-store"
    assert_described({"pages": [page]}, "DrawnPages")


def test_the_same_document_sent_again_has_its_pages_at_once(client: FlaskClient, address: str) -> None:
    again = upload(client, DOCUMENT).headers["Location"]
    assert again != address
    client.delete(address)
    [page] = list_pages(client, again)
    assert client.get(page["picture"]).status_code == 200


def test_deleting_the_report_deletes_its_pages(client: FlaskClient, address: str, redis_url: str) -> None:
    [page] = list_pages(client, address)
    job_id = address.rpartition("/")[2]
    with Redis.from_url(redis_url) as redis:
        assert redis.exists(f"rolefit:pages:{job_id}")
        client.delete(address)
        assert not redis.exists(f"rolefit:pages:{job_id}")
    assert_problem(client.get(page["picture"]), 404, "unknown-job")


def test_a_blind_answer_has_no_pages(client: FlaskClient, address: str) -> None:
    [page] = list_pages(client, address)
    assert list_pages(client, address, blind="1") == []
    assert_problem(client.get(page["picture"], query_string={"blind": "1"}), 404, "unknown-page")


def test_a_page_that_is_not_there_is_a_problem(client: FlaskClient, address: str) -> None:
    assert_problem(client.get(f"{address}/pages/2"), 404, "unknown-page")
    text = upload(client, RESUME_TEXT.encode()).headers["Location"]
    wait_for_end(client, text)
    assert list_pages(client, text) == []
    assert_problem(client.get(f"{text}/pages/1"), 404, "unknown-page")


def test_nobody_sees_the_pages_of_another(settings: Settings) -> None:
    secrets, entries = zip(*map(make_token, ("anna", "ben")), strict=True)
    client = create_app(settings.model_copy(update={"tokens": ",".join(entries)})).test_client()
    anna, ben = ({"Authorization": f"Bearer {secret}"} for secret in secrets)
    sent = client.post("/v1/matches", data=DOCUMENT, content_type="application/pdf", headers=anna)
    for path in ("/pages", "/pages/1"):
        assert_problem(client.get(sent.headers["Location"] + path, headers=ben), 404, "unknown-job")


def test_documents_of_a_batch_are_not_drawn(client: FlaskClient) -> None:
    archive = build_zip({"cv.pdf": build_pdf(f"{RESUME_TEXT}\nRead in a batch")})
    batch = client.post("/v1/batches", data={"file": (BytesIO(archive), "all.zip")}).get_json()
    address = f"/v1/matches/{batch['rows'][0]['job']}"
    wait_for_end(client, address)
    assert list_pages(client, address) == []

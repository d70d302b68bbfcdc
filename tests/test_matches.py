"""Sending a résumé, polling for its report, erasing it: through the real application, Redis and workers."""

import hashlib
from collections.abc import Iterator
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from redis import Redis

from service import create_app
from service.names import clean_name
from tests.resumes import RESUME_TEXT, build_encrypted_pdf, build_pdf
from tests.waiting import wait_until
from tests.web import assert_problem, upload, wait_for_end
from tests.word import build_docx
from worker.settings import Settings

MULTIPART = "multipart/form-data; boundary=x"

pytestmark = pytest.mark.usefixtures("running_workers")


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[FlaskClient]:
    with create_app(settings).test_client() as client:
        yield client


def test_a_resume_that_is_sent_is_scored_and_its_report_can_be_polled(client: FlaskClient) -> None:
    content = build_pdf(RESUME_TEXT)
    accepted = upload(client, content)
    assert accepted.status_code == 202
    assert accepted.headers["Retry-After"] == "1"
    assert accepted.get_json()["state"] in {"queued", "running"}

    job = wait_for_end(client, accepted.headers["Location"])
    assert (job["state"], job["error"], job["attempts"]) == ("done", None, 1)
    assert job["submitted_at"] <= job["started_at"] <= job["finished_at"]
    document = job["report"]["document"]
    assert (document["name"], document["sha256"]) == ("cv.pdf", hashlib.sha256(content).hexdigest())
    assert {role["id"] for role in job["report"]["roles"]} == {
        "machine-learning-engineer",
        "machine-learning-software-engineer",
    }


def test_the_text_is_left_out_unless_it_is_asked_for(client: FlaskClient) -> None:
    address = upload(client, build_pdf(RESUME_TEXT)).headers["Location"]
    assert "text" not in wait_for_end(client, address)["report"]
    report = client.get(f"{address}?include=text").get_json()["report"]
    evidence = [
        item
        for role in report["roles"]
        for dimension in role["dimensions"]
        for requirement in dimension["requirements"]
        for item in requirement["evidence"]
    ]
    assert evidence
    assert all(report["text"][item["start"] : item["end"]] == item["text"] for item in evidence)


def test_include_takes_nothing_but_text(client: FlaskClient) -> None:
    assert_problem(client.get("/v1/matches/any?include=everything"), 400, "invalid-request")


def test_a_document_that_cannot_be_scored_ends_failed_with_code_and_advice(client: FlaskClient) -> None:
    content = build_encrypted_pdf(RESUME_TEXT, password="secret")  # noqa: S106 - fictional
    job = wait_for_end(client, upload(client, content).headers["Location"])
    assert (job["state"], job["report"], job["error"]["code"]) == ("failed", None, "encrypted")
    assert "without a password" in job["error"]["message"]


def test_an_erased_job_leaves_nothing_in_the_store(client: FlaskClient, redis_url: str) -> None:
    address = upload(client, build_pdf(RESUME_TEXT)).headers["Location"]
    wait_for_end(client, address)
    assert client.delete(address).status_code == 204
    assert_problem(client.get(address), 404, "unknown-job")
    assert_problem(client.delete(address), 404, "unknown-job")
    job_id = address.rsplit("/", 1)[1]
    with Redis.from_url(redis_url) as redis:
        assert redis.keys(f"*{job_id}*") == []


def test_an_unknown_job_is_a_problem(client: FlaskClient) -> None:
    assert_problem(client.get("/v1/matches/no-such-job"), 404, "unknown-job")


def test_what_no_reader_takes_is_refused_whatever_its_name_says(client: FlaskClient) -> None:
    assert_problem(upload(client, b"\x89PNG\r\n\x1a\n" + bytes(64), name="cv.pdf"), 415, "unsupported-type")


@pytest.mark.parametrize("content", [build_docx(RESUME_TEXT), RESUME_TEXT.encode()], ids=["Word", "text"])
def test_word_and_text_are_scored_as_a_pdf_is(client: FlaskClient, content: bytes) -> None:
    job = wait_for_end(client, upload(client, content, name="cv").headers["Location"])
    assert job["state"] == "done"
    twin = wait_for_end(client, upload(client, build_pdf(RESUME_TEXT)).headers["Location"])
    assert job["report"]["verdict"] == twin["report"]["verdict"]


def test_a_pdf_is_taken_whatever_its_name_says(client: FlaskClient) -> None:
    assert upload(client, build_pdf(RESUME_TEXT), name="cv.txt").status_code == 202


def test_an_empty_file_is_refused(client: FlaskClient) -> None:
    assert_problem(upload(client, b""), 400, "empty-file")


def test_a_document_may_have_exactly_the_allowed_size(settings: Settings) -> None:
    content = build_pdf(RESUME_TEXT)
    exact = settings.model_copy(update={"max_upload_bytes": len(content)})
    client = create_app(exact).test_client()
    assert upload(client, content).status_code == 202
    assert_problem(upload(client, content + b"\n"), 413, "too-large")


def test_a_body_far_over_the_limit_is_refused_before_it_is_parsed(client: FlaskClient, settings: Settings) -> None:
    body = bytes(2 * settings.max_upload_bytes)
    assert_problem(client.post("/v1/matches", data=body, content_type=MULTIPART), 413, "too-large")


def test_a_form_without_a_file_is_refused(client: FlaskClient) -> None:
    assert_problem(client.post("/v1/matches"), 400, "invalid-request")
    assert_problem(client.post("/v1/matches", data={"file": "just text"}), 400, "invalid-request")


def test_two_files_in_one_form_are_refused(client: FlaskClient) -> None:
    content = build_pdf(RESUME_TEXT)
    both = {"file": [(BytesIO(content), "a.pdf"), (BytesIO(content), "b.pdf")]}
    assert_problem(client.post("/v1/matches", data=both), 400, "invalid-request")


def test_a_form_of_very_many_parts_is_refused(client: FlaskClient) -> None:
    parts = {f"field{number}": "x" for number in range(50)}
    form = {**parts, "file": (BytesIO(build_pdf(RESUME_TEXT)), "cv.pdf")}
    assert_problem(client.post("/v1/matches", data=form), 413, "too-large")


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/cv.pdf", "cv.pdf"),
        ("a\u202eb\x07.pdf", "ab.pdf"),
        ("n" * 300, "n" * 255),
    ],
)
def test_a_file_name_is_a_label_and_never_a_path(client: FlaskClient, sent: str, shown: str) -> None:
    job = wait_for_end(client, upload(client, build_pdf(RESUME_TEXT), name=sent).headers["Location"])
    assert job["report"]["document"]["name"] == shown


def test_a_windows_path_is_no_part_of_a_name() -> None:
    assert clean_name(r"C:\me\cv.pdf") == "cv.pdf"


def test_the_same_document_gives_the_same_report(client: FlaskClient) -> None:
    content = build_pdf(RESUME_TEXT)
    first, second = (upload(client, content).headers["Location"] for _ in range(2))
    assert first != second
    wait_until(lambda: wait_for_end(client, first)["report"] == wait_for_end(client, second)["report"])

"""Sending a résumé, polling for its report, deleting it: through the real application, Redis and workers."""

import hashlib
import secrets
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from redis import Redis
from werkzeug.test import TestResponse

from service import create_app
from service.backend import MAX_WAITING, find_backend
from service.intake.file_names import clean_name
from tests.resumes import RESUME_TEXT, build_encrypted_pdf, build_pdf, build_unseen_pdf
from tests.waiting import wait_until
from tests.web import assert_problem, upload, wait_for_end
from tests.word import build_docx
from worker.settings import Settings

MULTIPART = "multipart/form-data; boundary=x"

pytestmark = pytest.mark.usefixtures("running_workers")


def test_a_resume_that_is_sent_is_scored_and_its_report_can_be_polled(client: FlaskClient) -> None:
    content = build_unseen_pdf()
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


def test_a_blind_answer_says_nothing_of_who_the_person_is_and_scores_the_same(client: FlaskClient) -> None:
    address = upload(client, build_pdf(RESUME_TEXT)).headers["Location"]
    seen = wait_for_end(client, address)["report"]
    answer = client.get(f"{address}?blind=1&include=text")
    blind = answer.get_json()["report"]
    assert seen["person"]["name"] == "Quilla Brandvold"
    assert {entry["organisation"] for entry in seen["entries"]} >= {"Fernmark Analytics", "Example University"}
    for word in ("Quilla", "Brandvold", "Fernmark", "Ostrava", "Example University", "cv.pdf", "2018"):
        assert word not in answer.text
    assert [entry["title"] for entry in blind["entries"]] == [entry["title"] for entry in seen["entries"]]
    assert [blind[part] for part in ("verdict", "skills")] == [seen[part] for part in ("verdict", "skills")]
    for shown, whole in zip(blind["roles"], seen["roles"], strict=True):
        assert (shown["score"], shown["dimensions"]) == (whole["score"], whole["dimensions"])
        assert [gap["points"] for gap in shown["gaps"]] == [gap["points"] for gap in whole["gaps"]]
    assert answer.headers["ETag"] != client.get(address).headers["ETag"]


def test_include_takes_nothing_but_text(client: FlaskClient) -> None:
    assert_problem(client.get("/v1/matches/any?include=everything"), 400, "invalid-request")


def test_a_document_that_cannot_be_scored_ends_failed_with_code_and_advice(client: FlaskClient) -> None:
    content = build_encrypted_pdf(RESUME_TEXT, password="secret")  # noqa: S106 - fictional
    job = wait_for_end(client, upload(client, content).headers["Location"])
    assert (job["state"], job["report"], job["error"]["code"]) == ("failed", None, "encrypted")
    assert "without a password" in job["error"]["message"]


def test_a_deleted_job_leaves_nothing_in_the_store(client: FlaskClient, redis_url: str) -> None:
    address = upload(client, build_unseen_pdf()).headers["Location"]
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
    assert_problem(upload(client, b"GIF89a" + bytes(64), name="cv.pdf"), 415, "unsupported-type")


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


@pytest.mark.parametrize("kind", ["application/pdf", "application/octet-stream", "text/plain; charset=utf-8"])
def test_the_body_of_an_upload_may_be_the_document_itself(client: FlaskClient, kind: str) -> None:
    head = {"Content-Type": kind, "Content-Disposition": 'attachment; filename="../cv.pdf"'}
    sent = client.post("/v1/matches", data=build_unseen_pdf(), headers=head)
    assert sent.status_code == 202
    document = wait_for_end(client, sent.headers["Location"])["report"]["document"]
    assert (document["name"], document["media_type"]) == ("cv.pdf", "application/pdf")


def test_a_body_without_a_name_is_called_document(client: FlaskClient) -> None:
    sent = client.post("/v1/matches", data=build_unseen_pdf(), content_type="application/pdf")
    assert wait_for_end(client, sent.headers["Location"])["report"]["document"]["name"] == "document"


def test_a_body_that_is_no_document_is_refused_as_in_a_form(client: FlaskClient, settings: Settings) -> None:
    for content, status, code in (
        (b"", 400, "empty-file"),
        (b"\x00\x01 no document", 415, "unsupported-type"),
        (b"x" * (settings.max_upload_bytes + 1), 413, "too-large"),
    ):
        assert_problem(client.post("/v1/matches", data=content, content_type="application/pdf"), status, code)
    assert_problem(client.post("/v1/matches", data=b"a film", content_type="video/mp4"), 400, "invalid-request")


def test_a_page_of_another_site_sends_no_body_either(client: FlaskClient) -> None:
    head = {"Content-Type": "text/plain", "Sec-Fetch-Site": "cross-site"}
    assert_problem(client.post("/v1/matches", data=RESUME_TEXT.encode(), headers=head), 403, "cross-site")


def test_head_answers_as_get_without_a_body(client: FlaskClient) -> None:
    address = upload(client, build_unseen_pdf()).headers["Location"]
    wait_for_end(client, address)
    shown, asked = client.get(address), client.head(address)
    assert (asked.status_code, asked.data, asked.headers["ETag"]) == (200, b"", shown.headers["ETag"])


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
    content = build_unseen_pdf()
    first, second = (upload(client, content).headers["Location"] for _ in range(2))
    assert first != second
    wait_until(lambda: wait_for_end(client, first)["report"] == wait_for_end(client, second)["report"])


def test_a_document_that_was_scored_before_is_answered_at_once_under_its_new_name(client: FlaskClient) -> None:
    content = build_unseen_pdf()
    first = wait_for_end(client, upload(client, content).headers["Location"])
    accepted = upload(client, content, name="again.pdf")
    job = accepted.get_json()
    assert (accepted.status_code, job["state"], job["attempts"]) == (202, "done", 0)
    assert job["id"] != first["id"]
    assert job["report"].pop("document") == {**first["report"].pop("document"), "name": "again.pdf"}
    assert job["report"] == first["report"]


def post_with_key(client: FlaskClient, content: bytes, key: str) -> TestResponse:
    return client.post("/v1/matches", data={"file": (BytesIO(content), "cv.pdf")}, headers={"Idempotency-Key": key})


def test_a_repeated_request_is_the_same_job_and_its_key_takes_no_other_document(client: FlaskClient) -> None:
    content, key = build_unseen_pdf(), secrets.token_hex()
    first = post_with_key(client, content, key)
    again = post_with_key(client, content, key)
    assert (again.status_code, again.headers["Location"]) == (202, first.headers["Location"])
    assert_problem(post_with_key(client, build_unseen_pdf(), key), 409, "key-reused")


@pytest.mark.parametrize("key", ["k" * 256, "schlüssel", "tab\t"])
def test_a_key_that_is_too_long_or_not_printable_is_refused(client: FlaskClient, key: str) -> None:
    assert_problem(post_with_key(client, build_pdf(RESUME_TEXT), key), 400, "invalid-request")


def test_an_answer_is_held_until_the_job_is_over(client: FlaskClient) -> None:
    address = upload(client, build_unseen_pdf()).headers["Location"]
    answer = client.get(address, headers={"Prefer": "wait=20"})
    assert answer.get_json()["state"] == "done"
    assert answer.headers["Preference-Applied"] == "wait=20"
    assert "Preference-Applied" not in client.get(address, headers={"Prefer": "wait=20"}).headers


def test_an_upload_can_wait_for_its_report(client: FlaskClient) -> None:
    content = build_unseen_pdf()
    form = {"file": (BytesIO(content), "cv.pdf")}
    answer = client.post("/v1/matches", data=form, headers={"Prefer": "wait=600"})
    assert (answer.status_code, answer.get_json()["state"]) == (200, "done")
    assert answer.get_json()["report"]["roles"]
    assert answer.headers["Preference-Applied"] == "wait=20"
    assert client.get(answer.headers["Location"]).get_json() == answer.get_json()
    assert upload(client, content).status_code == 202  # is done at once, too, but its client does not wait


def test_an_upload_is_answered_at_once_where_that_is_preferred(client: FlaskClient) -> None:
    form = {"file": (BytesIO(build_unseen_pdf()), "cv.pdf")}
    answer = client.post("/v1/matches", data=form, headers={"Prefer": "respond-async, wait=20"})
    assert (answer.status_code, answer.headers["Preference-Applied"]) == (202, "respond-async")


@pytest.mark.parametrize(
    "preference", ["wait", "wait=soon", "wait=-1", "wait=0", f"wait={'0' * 5000}", "respond-async"]
)
def test_a_preference_that_is_not_understood_holds_nothing(settings: Settings, preference: str) -> None:
    app = create_app(settings)
    job = find_backend(app).jobs.submit(b"bytes that nobody was told of", name="cv")
    answer = app.test_client().get(f"/v1/matches/{job.id}", headers={"Prefer": preference})
    assert answer.status_code == 200
    assert "Preference-Applied" not in answer.headers


def test_waiting_clients_leave_the_others_room(settings: Settings) -> None:
    app = create_app(settings)
    job = find_backend(app).jobs.submit(b"bytes that nobody was told of", name="cv")
    address, headers = f"/v1/matches/{job.id}", {"Prefer": "wait=1"}
    with ThreadPoolExecutor(3 * MAX_WAITING) as pool:
        answers = list(pool.map(lambda _: app.test_client().get(address, headers=headers), range(3 * MAX_WAITING)))
    assert {answer.status_code for answer in answers} == {200}
    assert sum("Preference-Applied" in answer.headers for answer in answers) == MAX_WAITING - 1  # one is for others


def test_what_a_client_has_already_is_not_sent_again(client: FlaskClient) -> None:
    address = upload(client, build_unseen_pdf()).headers["Location"]
    queued = client.get(address).headers["ETag"]
    wait_for_end(client, address)
    done = client.get(address, headers={"If-None-Match": queued})
    assert (done.status_code, done.get_json()["state"]) == (200, "done")
    again = client.get(address, headers={"If-None-Match": done.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    with_text = client.get(f"{address}?include=text", headers={"If-None-Match": done.headers["ETag"]})
    assert with_text.status_code == 200

"""Many résumés sent at once: ranked, a bad one a row; and every documented refusal."""

import json
import secrets
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from io import BytesIO
from logging import LogRecord
from typing import Any
from unittest.mock import ANY

import orjson
import pytest
from flask.testing import FlaskClient
from redis import Redis
from structlog.contextvars import get_contextvars
from werkzeug.test import TestResponse

from service import create_app
from service.backend import MAX_BATCHES, find_backend
from skills.judging.report_types import read_report
from tests.archives import break_member, build_zip
from tests.described import assert_described
from tests.reports import as_json
from tests.resumes import RESUME_TEXT, build_encrypted_pdf, build_pdf, build_slow_pdf, build_unseen_pdf
from tests.waiting import wait_until
from tests.web import assert_problem
from tests.word import build_docx
from worker.errors.store import QueueFullError
from worker.outcomes.outline import outline_report
from worker.settings import Settings
from worker.store.jobs.job import Job

SHORT_TEXT = RESUME_TEXT.partition("Skills")[0]
MAX_DOCUMENTS = 20
MAX_BYTES = 60_000
MULTIPART = "multipart/form-data; boundary=x"
MAX_TOTAL_BYTES = 300_000
MAX_OUTLINE_BYTES = 2_500

pytestmark = pytest.mark.usefixtures("running_workers")


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[FlaskClient]:
    limits = {"max_batch_documents": MAX_DOCUMENTS, "max_upload_bytes": MAX_BYTES, "max_batch_bytes": MAX_TOTAL_BYTES}
    with create_app(settings.model_copy(update=limits)).test_client() as client:
        yield client


def send(client: FlaskClient, contents: Sequence[tuple[str, bytes]], **headers: str) -> TestResponse:
    files = [(BytesIO(content), name) for name, content in contents]
    return client.post(
        "/v1/batches", data={"file": files}, headers={name.replace("_", "-"): text for name, text in headers.items()}
    )


def wait_for_end(client: FlaskClient, address: str) -> dict[str, Any]:
    def ended() -> dict[str, Any]:
        batch: dict[str, Any] = client.get(address).get_json()
        return batch if batch["state"] == "done" else {}

    return wait_until(ended)


def codes(batch: dict[str, Any]) -> dict[str, str]:
    return {row["name"]: row["error"]["code"] if row["error"] else row["state"] for row in batch["rows"]}


def test_a_batch_is_scored_and_ranked_and_a_bad_document_is_a_row(client: FlaskClient) -> None:
    contents = [
        ("short.pdf", build_pdf(SHORT_TEXT)),
        ("encrypted.pdf", build_encrypted_pdf(RESUME_TEXT, password="secret")),  # noqa: S106 - fictional
        ("../../etc/full.docx", build_docx(RESUME_TEXT)),
        ("picture.pdf", b"GIF89a" + bytes(64)),
        ("empty.pdf", b""),
        ("large.txt", b"x" * (MAX_BYTES + 1)),
    ]
    accepted = send(client, contents)
    assert accepted.status_code == 202
    batch = wait_for_end(client, accepted.headers["Location"])
    assert codes(batch) == {
        "full.docx": "done",
        "short.pdf": "done",
        "encrypted.pdf": "encrypted",
        "picture.pdf": "unsupported-type",
        "empty.pdf": "empty-file",
        "large.txt": "too-large",
    }
    assert [row["name"] for row in batch["rows"]][:2] == ["full.docx", "short.pdf"]
    assert [set(row["ranks"].values()) for row in batch["rows"]] == [{1}, {2}, set(), set(), set(), set()]
    assert batch["counts"] == {"queued": 0, "running": 0, "done": 2, "failed": 4}
    assert_described(batch, "BatchAnswer")


def test_each_row_agrees_with_the_report_of_its_job(client: FlaskClient) -> None:
    batch = wait_for_end(client, send(client, [("cv.pdf", build_unseen_pdf())]).headers["Location"])
    (row,) = batch["rows"]
    answer = client.get(f"/v1/matches/{row['job']}?include=text").get_json()
    assert_described(answer, "JobAnswer")
    report = answer["report"]
    assert row["scores"] == {role["id"]: role["score"] for role in report["roles"]}
    assert {key: row[key] for key in ("best_fit", "margin", "close")} == {
        key: report["verdict"][key] for key in ("best_fit", "margin", "close")
    }
    assert row["details"] == as_json(outline_report(read_report(orjson.dumps(report))))["details"]


def test_what_systems_put_beside_documents_is_passed_over_as_in_a_folder_and_a_zip(client: FlaskClient) -> None:
    left = [("._cv.txt", b"left by a system"), (".DS_Store", b"likewise"), ("~$cv.docx", b"left by a program")]
    accepted = send(client, [("cv.txt", RESUME_TEXT.encode()), *left])
    assert [row["name"] for row in accepted.get_json()["rows"]] == ["cv.txt"]
    assert accepted.get_json()["passed_over"] == [name for name, _ in left]
    assert_problem(send(client, left), 400, "invalid-request")


def test_what_was_passed_over_in_a_zip_is_named_and_what_is_added_later_too(client: FlaskClient) -> None:
    zipped = {"more/cv.txt": RESUME_TEXT.encode(), "__MACOSX/more/._cv.txt": b"left", "more/.DS_Store": b"left"}
    form = {"file": [(BytesIO(build_zip(zipped)), "all.zip")], "passed_over": "../cvs/.git\n\nThumbs.db"}
    address = client.post("/v1/batches", data=form).headers["Location"]
    late = {"file": [(BytesIO(b"late"), "late.txt"), (BytesIO(b"left"), "desktop.ini")]}
    assert client.post(address, data=late).status_code == 202
    in_zip, by_sender = ["__MACOSX/more/._cv.txt", "more/.DS_Store"], ["cvs/.git", "Thumbs.db"]
    assert client.get(address).get_json()["passed_over"] == [*in_zip, *by_sender, "desktop.ini"]


def test_documents_in_the_folders_of_a_zip_are_rows_under_harmless_labels(client: FlaskClient) -> None:
    contents = {
        "a/cv.pdf": build_pdf(SHORT_TEXT),
        "b/deep/cv.pdf": build_pdf(RESUME_TEXT),
        "../../etc/passwd": b"root:x:0:0",
        "C:\\me\\..\\notes.txt": b"Bread and butter.",
        "__MACOSX/a/._cv.pdf": b"droppings",
        ".DS_Store": b"droppings",
        "nothing.pdf": b"",
        "inner.zip": build_zip({"cv.pdf": build_pdf(RESUME_TEXT)}),
    }
    accepted = send(client, [("all.zip", build_zip(contents))])
    found = codes(wait_for_end(client, accepted.headers["Location"]))
    assert found == {
        "b/deep/cv.pdf": "done",
        "a/cv.pdf": "done",
        "etc/passwd": ANY,
        "me/notes.txt": ANY,
        "nothing.pdf": "empty-file",
        "inner.zip": "unsupported-type",
    }
    assert {found["etc/passwd"], found["me/notes.txt"]} <= {"no-text", "unsupported-language", "not-a-resume"}


def test_word_documents_in_a_zip_are_not_taken_for_the_zip_nor_a_word_document_for_one(client: FlaskClient) -> None:
    word = build_docx(RESUME_TEXT)
    stored = build_zip({"a.docx": word, "b.docx": word}, method=zipfile.ZIP_STORED)
    for upload, names in ((stored, {"a.docx", "b.docx"}), (word, {"all"})):
        batch = wait_for_end(client, send(client, [("all", upload)]).headers["Location"])
        assert codes(batch) == dict.fromkeys(names, "done")


def test_a_bad_member_of_a_zip_is_a_row_and_the_others_are_scored(client: FlaskClient) -> None:
    archive = break_member(build_zip({"good.pdf": build_pdf(RESUME_TEXT), "bad.pdf": build_pdf(RESUME_TEXT)}))
    batch = wait_for_end(client, send(client, [("all.zip", archive)]).headers["Location"])
    assert codes(batch) == {"good.pdf": "done", "bad.pdf": "unreadable"}


REFUSALS: dict[str, tuple[Callable[[], list[tuple[str, bytes]]], int, str]] = {
    "no document": (list, 400, "invalid-request"),
    "an empty zip": (lambda: [("all.zip", build_zip({}))], 400, "invalid-request"),
    "a zip of folders": (lambda: [("all.zip", build_zip({"a/": b"", ".DS_Store": b""}))], 400, "invalid-request"),
    "a damaged zip": (lambda: [("all.zip", build_zip({"cv.pdf": b"x"})[:-10])], 400, "broken-archive"),
    "a part too many": (lambda: [("cv.pdf", b"x")] * (MAX_DOCUMENTS + 1), 413, "too-many-documents"),
    "a member too many": (
        lambda: [("all.zip", build_zip({f"{number}.pdf": b"x" for number in range(MAX_DOCUMENTS + 1)}))],
        413,
        "too-many-documents",
    ),
    "a bomb of many members": (
        lambda: [("all.zip", build_zip({f"{number}.pdf": bytes(MAX_BYTES) for number in range(MAX_DOCUMENTS)}))],
        413,
        "too-large",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_every_refusal_has_its_code_and_leaves_nothing_behind(client: FlaskClient, redis_url: str, case: str) -> None:
    make, status, code = REFUSALS[case]
    with Redis.from_url(redis_url) as redis:
        before = set(redis.scan_iter("rolefit:[jb]*"))
        assert_problem(send(client, make()), status, code)
        assert set(redis.scan_iter("rolefit:[jb]*")) == before


@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")  # Werkzeug drops the parts that it has read
def test_ten_thousand_parts_are_refused(client: FlaskClient) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="cv.pdf"\r\n\r\nx\r\n'
    body = part * 10_000 + b"--x--\r\n"
    assert_problem(client.post("/v1/batches", data=body, content_type=MULTIPART), 413, "too-large")


def test_a_batch_more_than_can_be_taken_in_at_once_is_put_off_and_nobody_fills_the_room_alone(
    client: FlaskClient,
) -> None:
    limit = find_backend(client.application).batch_limit
    contents = [("cv.pdf", build_pdf(RESUME_TEXT))]
    senders = {"of the same owner": [""] * (MAX_BATCHES - 1), "of all": [*["anna"] * (MAX_BATCHES - 1), "ben"]}
    for whose, owners in senders.items():
        with ExitStack() as stack:
            for owner in owners:
                stack.enter_context(limit.enter(owner))
            answer = send(client, contents)
            assert_problem(answer, 503, "busy")
            assert "Retry-After" in answer.headers, whose
    with ExitStack() as stack:
        for _ in range(MAX_BATCHES - 1):
            stack.enter_context(limit.enter("anna"))
        assert send(client, contents).status_code == 202
    for _ in range(2 * MAX_BATCHES):
        assert_problem(send(client, []), 400, "invalid-request")
        assert send(client, contents).status_code == 202


def test_a_body_over_the_limit_is_refused_before_it_is_parsed(client: FlaskClient) -> None:
    body = bytes(MAX_TOTAL_BYTES + 1_100_000)
    assert_problem(client.post("/v1/batches", data=body, content_type=MULTIPART), 413, "too-large")


@pytest.mark.parametrize("path", ["", ".csv", ".xlsx", "/found", "/deliveries"])
def test_an_unknown_batch_is_a_problem(client: FlaskClient, path: str) -> None:
    assert_problem(client.get(f"/v1/batches/no-such-batch{path}"), 404, "unknown-batch")
    assert_problem(client.delete("/v1/batches/no-such-batch"), 404, "unknown-batch")


def test_the_batch_of_another_is_as_unknown_as_one_that_never_was(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = send(client, [("cv.pdf", build_pdf(RESUME_TEXT))]).headers["Location"]
    for module in ("service.api.batches", "service.api.batch_results", "service.pages.views"):
        monkeypatch.setattr(f"{module}.get_owner", lambda: "a stranger")
    for path in ("", ".csv", ".xlsx", "/found", "/deliveries"):
        assert_problem(client.get(f"{address}{path}"), 404, "unknown-batch")
    assert_problem(client.delete(address), 404, "unknown-batch")
    page = client.get(address.removeprefix("/v1"))
    assert (page.status_code, page.mimetype) == (404, "text/html")


def test_a_deleted_batch_leaves_nothing_of_its_documents(client: FlaskClient, redis_url: str) -> None:
    address = send(client, [("a.pdf", build_unseen_pdf()), ("b.pdf", build_unseen_pdf())]).headers["Location"]
    jobs = [row["job"] for row in wait_for_end(client, address)["rows"]]
    assert client.delete(address).status_code == 204
    assert_problem(client.get(address), 404, "unknown-batch")
    with Redis.from_url(redis_url) as redis:
        for record in (*jobs, address.rpartition("/")[2]):
            assert redis.keys(f"*{record}*") == []


def test_a_document_that_is_deleted_by_itself_stays_a_row(client: FlaskClient) -> None:
    address = send(client, [("a.pdf", build_unseen_pdf()), ("b.pdf", build_unseen_pdf())]).headers["Location"]
    batch = wait_for_end(client, address)
    client.delete(f"/v1/matches/{batch['rows'][0]['job']}")
    after = client.get(address).get_json()
    assert sorted(row["state"] for row in after["rows"]) == ["done", "erased"]
    assert (after["state"], after["counts"]["done"]) == ("done", 1)


def test_a_repeated_batch_is_the_same_one_and_its_key_takes_no_other(client: FlaskClient, redis_url: str) -> None:
    contents, key = [("a.pdf", build_unseen_pdf())], secrets.token_hex()
    first = send(client, contents, Idempotency_Key=key)
    wait_for_end(client, first.headers["Location"])
    with Redis.from_url(redis_url) as redis:
        before = set(redis.scan_iter("rolefit:[jb]*"))
        assert send(client, contents, Idempotency_Key=key).headers["Location"] == first.headers["Location"]
        assert_problem(send(client, [("a.pdf", build_unseen_pdf())], Idempotency_Key=key), 409, "key-reused")
        assert set(redis.scan_iter("rolefit:[jb]*")) == before


def test_documents_keep_their_order_and_their_request_though_some_are_stored_at_once(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[object] = []

    def note_request(_: LogRecord) -> bool:
        seen.append(get_contextvars().get("request"))
        return True

    caplog.set_level("INFO", "service.submission")
    caplog.handler.addFilter(note_request)
    names = [f"{number}.txt" for number in range(MAX_DOCUMENTS)]
    answer = send(client, [(name, b"x" if name == "1.txt" else build_unseen_pdf()) for name in names])
    rows = sorted(answer.get_json()["rows"], key=lambda row: row["number"])
    assert [row["name"] for row in rows] == names
    accepted = [record for record in caplog.records if record.message == "job accepted"]
    assert len(accepted) == len([row for row in rows if row["job"]])
    assert set(seen) == {answer.headers["X-Request-Id"]}


def test_documents_stored_beside_one_that_is_refused_are_deleted_again(
    client: FlaskClient, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = find_backend(client.application).jobs
    submit = jobs.submit

    def refuse_one(content: bytes, *, name: str, **further: Any) -> Job:  # noqa: ANN401 - as they are given
        if name == "1.pdf":
            raise QueueFullError
        return submit(content, name=name, **further)

    monkeypatch.setattr(jobs, "submit", refuse_one)
    with Redis.from_url(redis_url) as redis:
        before = set(redis.scan_iter("rolefit:[jb]*"))
        assert_problem(send(client, [(f"{n}.pdf", build_unseen_pdf()) for n in range(3)]), 503, "queue-full")
        assert set(redis.scan_iter("rolefit:[jb]*")) == before


def test_who_waits_for_a_batch_has_its_rows_in_the_answer(client: FlaskClient) -> None:
    answer = send(client, [("a.pdf", build_unseen_pdf())], Prefer="wait=20")
    assert (answer.status_code, answer.get_json()["state"]) == (200, "done")
    more = client.post(
        answer.headers["Location"],
        data={"file": (BytesIO(build_unseen_pdf()), "b.pdf")},
        headers={"Prefer": "respond-async"},
    )
    assert more.status_code == 202


def test_an_answer_is_held_until_the_batch_is_over_and_is_not_sent_twice(client: FlaskClient) -> None:
    slow = build_slow_pdf(f"{RESUME_TEXT}\nHeld", words=600)  # is not over when it is asked for
    address = send(client, [("a.pdf", build_unseen_pdf()), ("b.pdf", slow)]).headers["Location"]
    answer = client.get(address, headers={"Prefer": "wait=20"})
    assert (answer.get_json()["state"], answer.headers["Preference-Applied"]) == ("done", "wait=20")
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_batch_without_callback_has_no_deliveries(client: FlaskClient) -> None:
    address = send(client, [("cv.pdf", build_pdf(RESUME_TEXT))]).headers["Location"]
    answer = client.get(f"{address}/deliveries").get_json()
    assert answer == {"deliveries": []}


def test_what_is_stored_of_a_batch_is_small(client: FlaskClient, redis_url: str) -> None:
    """A row is shown without the report being read: a thousand rows are a thousand short hashes."""
    batch = wait_for_end(client, send(client, [("a.pdf", build_unseen_pdf())]).headers["Location"])
    with Redis.from_url(redis_url) as redis:
        stored = redis.hget(f"rolefit:job:{batch['rows'][0]['job']}", "outline")
    assert isinstance(stored, bytes)
    assert len(stored) < MAX_OUTLINE_BYTES
    assert json.loads(stored)["roles"][0].keys() == {"id", "score"}

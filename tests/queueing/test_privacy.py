"""What was deleted is gone, also from the disk; nothing is kept for ever; no log quotes a résumé."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import cast

import pytest
from redis import Redis

from service import create_app
from service.http.access import make_token
from tests.hostile import build_endless, build_nest, build_stream_bomb
from tests.resumes import RESUME_TEXT, build_encrypted_pdf, build_pdf
from tests.service_process import ask, send, serving
from tests.waiting import wait_until
from tests.web import upload, wait_for_end
from worker.outcomes.page_pictures import encode_pages
from worker.outcomes.results import StoredResult
from worker.pipeline import read_resume
from worker.processes.private_redis import run_private_redis
from worker.reading import draw_document
from worker.settings import Settings
from worker.store.append_only_file import AppendOnlyFile, RewriteRefusedError
from worker.store.jobs.job_store import JobStore
from worker.store.jobs.mark import MarkChange
from worker.store.keys import CLEAN, DUE, METRICS, REWRITTEN
from worker.store.retention import Retention

NAME = "Quilla-Brandvold-CV.txt"
WORDS = (b"Brandvold", b"Fernmark", b"Ostrava")
# About no single document; besides, Celery keeps the names of its queues.
LASTING = {METRICS.encode(), CLEAN.encode(), DUE.encode()}  # counts, a note, and ids that go when they are claimed


def read_if_there(file: Path) -> bytes:
    """Return what a file holds, nothing of one that Redis has meanwhile taken away or that is none."""
    with suppress(FileNotFoundError):
        return file.read_bytes() if file.is_file() else b""
    return b""


def grep(folder: Path) -> set[bytes]:
    """Return the words of the résumé that stand in any file of a folder."""
    content = b"".join(map(read_if_there, folder.rglob("*")))
    return {word for word in WORDS if word in content}


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    """A private Redis of the test's own, in its folder."""
    with run_private_redis(Settings(data=tmp_path)) as url, Redis.from_url(url) as redis:
        yield redis


def test_a_note_and_what_rows_and_questions_need_leave_the_disk_with_the_report(
    redis: Redis, jobs: JobStore, tmp_path: Path
) -> None:
    job = jobs.submit(b"bytes", name="cv")
    jobs.open_attempts().finish(job.id, StoredResult(b"{}", details="Ostrava", search_facts=b"Fernmark"))
    jobs.mark(job.id, MarkChange(note="Ask Brandvold"))
    assert grep(tmp_path) == set(WORDS)
    jobs.mark(job.id, MarkChange(note=""))
    AppendOnlyFile(redis).rewrite_soon()
    wait_until(lambda: grep(tmp_path) == {b"Fernmark", b"Ostrava"})
    jobs.delete(job.id)
    redis.delete(REWRITTEN)  # a minute has passed
    AppendOnlyFile(redis).rewrite_soon()
    wait_until(lambda: not grep(tmp_path))


def test_pictures_of_pages_leave_the_disk_with_the_report(redis: Redis, jobs: JobStore, tmp_path: Path) -> None:
    document = read_resume(build_pdf(RESUME_TEXT), name="cv", settings=Settings(), with_places=True)
    [picture] = draw_document(build_pdf(RESUME_TEXT), [page.turn for page in document.places])

    def is_on_disk() -> bool:
        middle = picture[5_000:5_100]
        return any(middle in read_if_there(file) for file in tmp_path.rglob("*"))

    job = jobs.submit(b"bytes", name="cv")
    jobs.open_attempts().finish(job.id, StoredResult(b"{}", page_pictures=encode_pages(document.places, [picture])))
    assert is_on_disk()
    jobs.delete(job.id)
    AppendOnlyFile(redis).rewrite_soon()
    wait_until(lambda: not is_on_disk())


@pytest.mark.parametrize("moment", ["queued", "done"])
def test_what_was_deleted_is_not_on_the_disk_any_more(
    redis: Redis, jobs: JobStore, tmp_path: Path, moment: str
) -> None:
    job = jobs.submit(RESUME_TEXT.encode(), name=NAME)
    if moment == "done":
        jobs.open_attempts().finish(job.id, StoredResult(json.dumps({"text": RESUME_TEXT}).encode()))
    assert grep(tmp_path) == set(WORDS)
    jobs.delete(job.id)
    AppendOnlyFile(redis).rewrite_soon()
    wait_until(lambda: not grep(tmp_path))


def test_the_document_of_a_job_that_ended_is_not_on_the_disk_any_more(
    redis: Redis, jobs: JobStore, tmp_path: Path
) -> None:
    jobs.open_attempts().finish(jobs.submit(RESUME_TEXT.encode(), name="cv").id, StoredResult(b"{}"))
    AppendOnlyFile(redis).rewrite_soon()
    wait_until(lambda: not grep(tmp_path))


def test_what_expired_is_not_on_the_disk_any_more(redis: Redis, tmp_path: Path) -> None:
    file = AppendOnlyFile(redis)
    job = JobStore(redis, retention=Retention(1, 1)).submit(RESUME_TEXT.encode(), name="cv")
    wait_until(lambda: not redis.exists(f"rolefit:document:{job.id}"))
    file.note_expiry()
    file.rewrite_soon()
    wait_until(lambda: not grep(tmp_path))


def test_the_file_is_rewritten_at_most_once_a_minute_and_only_for_a_reason(redis: Redis, jobs: JobStore) -> None:
    file = AppendOnlyFile(redis)
    redis.set(CLEAN, 1)
    file.rewrite_soon()
    assert not redis.exists(REWRITTEN)
    for _ in range(2):
        jobs.delete(jobs.submit(b"bytes", name="cv").id)
        file.rewrite_soon()
    assert not redis.exists(CLEAN)  # the second deletion waits for the next minute
    assert 0 < int(str(redis.ttl(REWRITTEN))) <= 60


def test_the_mark_of_a_rewriting_is_no_reason_for_the_next(redis: Redis, jobs: JobStore) -> None:
    file = AppendOnlyFile(redis)
    jobs.delete(jobs.submit(b"bytes", name="cv").id)
    file.rewrite_soon()
    file.note_expiry()
    redis.pexpire(REWRITTEN, 1)
    wait_until(lambda: not redis.exists(REWRITTEN))
    file.note_expiry()
    assert redis.exists(CLEAN)
    redis.set("other", 1, px=1)
    wait_until(lambda: not redis.exists("other"))
    file.note_expiry()
    assert not redis.exists(CLEAN)


def test_a_server_that_does_not_let_us_is_told_and_asked_again(redis: Redis, jobs: JobStore) -> None:
    redis.acl_setuser("default", enabled=True, nopass=True, commands=["+@all", "-bgrewriteaof"], keys=["*"])
    jobs.delete(jobs.submit(b"bytes", name="cv").id)
    with pytest.raises(RewriteRefusedError, match="BGREWRITEAOF"):
        AppendOnlyFile(redis).rewrite_soon()
    assert not redis.exists(CLEAN)
    redis.acl_setuser("default", commands=["+@all"])


@pytest.mark.usefixtures("running_workers")
def test_the_workers_have_deleted_things_rewritten(settings: Settings, redis_url: str) -> None:
    client = create_app(settings).test_client()
    with Redis.from_url(redis_url) as redis:
        client.delete(upload(client, build_pdf(RESUME_TEXT)).headers["Location"])
        redis.delete(REWRITTEN)  # a minute has passed
        wait_until(lambda: redis.exists(CLEAN))
        wait_until(lambda: not redis.info("persistence")["aof_rewrite_in_progress"])


def test_a_clean_stop_leaves_nothing_deleted_on_the_disk(tmp_path: Path) -> None:
    with serving("--workers", "1", ROLEFIT_DATA=str(tmp_path)) as (server, port):
        location = send(port, RESUME_TEXT.encode())
        wait_until(lambda: json.loads(ask(port, "GET", location)[1])["state"] == "done")
        with Redis(unix_socket_path=str(tmp_path / "redis.sock")) as redis:
            redis.set(REWRITTEN, 1, ex=60)  # the workers have just done it
        assert grep(tmp_path)
        assert ask(port, "DELETE", location)[0].status == 204
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=20)
    assert not grep(tmp_path)


@pytest.mark.usefixtures("running_workers")
def test_everything_expires(settings: Settings, redis_url: str) -> None:
    _, entry = make_token("anna")
    guarded = settings.model_copy(update={"tokens": entry})
    create_app(guarded).test_client().get("/")
    client = create_app(settings).test_client()
    wait_for_end(client, upload(client, build_pdf(RESUME_TEXT)).headers["Location"])
    upload(client, build_pdf(RESUME_TEXT))
    with Redis.from_url(redis_url) as redis:
        lasting = {key for key in cast("list[bytes]", redis.keys("*")) if redis.ttl(key) == -1}
    lasting -= {key for key in lasting if key.startswith(b"_kombu.binding")}
    queues = {
        b"rolefit",
        b"rolefit-ping",
        b"rolefit-roles",
        b"unacked",
        b"unacked_index",
    }  # messages on their way, which hold ids alone
    assert lasting <= LASTING | queues


def test_a_day_of_work_leaves_no_word_of_a_resume_in_any_log(tmp_path: Path) -> None:
    secret, entry = make_token("anna")
    key = {"authorization": f"Bearer {secret}"}
    documents = [
        RESUME_TEXT.encode(),
        build_pdf(RESUME_TEXT),
        build_encrypted_pdf(RESUME_TEXT, password="secret"),  # noqa: S106 - fictional
        build_pdf(RESUME_TEXT)[:700],
        RESUME_TEXT.encode() + b"\xff\xfe\x00",
        b"Invoice of Brandvold and Fernmark",
        build_nest(3000),
        build_stream_bomb(),
        build_endless(),
    ]
    variables = {
        "ROLEFIT_DATA": str(tmp_path / "data"),
        "ROLEFIT_TOKENS": entry,
        "ROLEFIT_SOFT_LIMIT_SECONDS": "2",
        "ROLEFIT_HARD_LIMIT_SECONDS": "9",
        "ROLEFIT_HEARTBEAT_SECONDS": "1",
    }
    with serving("--workers", "1", **variables) as (server, port):
        sent = [post(port, document, **key) for document in documents]
        assert post(port, RESUME_TEXT.encode(), authorization="Bearer Brandvold")[0] == 401
        accepted = [location for status, location in sent if status == 202]
        assert len(accepted) >= 7
        states = {wait_for_state(port, location, **key) for location in accepted}
        assert states == {"done", "failed"}
        note = json.dumps({"note": "Ask Brandvold of Fernmark"}).encode()
        for location in accepted:
            assert ask(port, "PATCH", location, note, content_type="application/json", **key)[0].status == 200
        assert (
            ask(port, "PATCH", accepted[0], b'{"note": "Ostrava', content_type="application/json", **key)[0].status
            == 400
        )
        assert b"Ask Brandvold" in ask(port, "GET", "/v1/matches", b"", **key)[1]
        assert ask(port, "GET", "/v1/batches/Brandvold?q=Fernmark", b"", **key)[0].status == 404
        for location in accepted:
            assert ask(port, "DELETE", location, b"", **key)[0].status == 204
        server.send_signal(signal.SIGTERM)
        said = "".join(server.communicate(timeout=20))
    logs = said.encode() + (tmp_path / "data" / "redis.log").read_bytes()
    assert logs.count(b'event="job ended"') == len(accepted)
    assert not [word for word in (*WORDS, NAME.encode(), b"PyTorch", b"Invoice", secret.encode()) if word in logs]
    assert all(
        re.match(r"time=\S+Z level=\w+ event=|Rolefit|rolefit:|reading broke", line) for line in said.splitlines()
    )


def post(port: int, content: bytes, **headers: str) -> tuple[int, str]:
    """Upload a document under a telling name; return the answer's status and where the job is."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="%b"\r\n\r\n' % NAME.encode()
    body = head + content + b"\r\n--x--\r\n"
    answer, _ = ask(port, "POST", "/v1/matches", body, content_type="multipart/form-data; boundary=x", **headers)
    return answer.status, answer.headers.get("Location", "")


def wait_for_state(port: int, location: str, **headers: str) -> str:
    """Return the state in which a job ended."""

    def ended() -> str:
        state: str = json.loads(ask(port, "GET", location, b"", **headers)[1])["state"]
        return state if state in {"done", "failed"} else ""

    return wait_until(ended)


PROGRAM = """
import logging
from worker.logs import set_up_logging
set_up_logging()
try:
    int("Brandvold")
except ValueError:
    logging.getLogger("worker").exception("job broke", extra={"job": "id", "name_of_file": "Fernmark"})
logging.getLogger("celery").error("it failed\\nValueError: Ostrava")
logging.getLogger("celery.app.trace").error("raised Ostrava")
logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
logging.getLogger("library").info("Ostrava")
"""


def test_a_log_line_shows_an_error_by_type_and_place_and_only_fields_that_are_known() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    first, second = done.stderr.splitlines()
    assert re.fullmatch(r'time=\S+Z level=error event="job broke" job=id error=ValueError at=<string>:6', first)
    assert re.fullmatch(r'time=\S+Z level=error event="it failed"', second)


def test_answers_over_plain_http_promise_no_https(settings: Settings) -> None:
    headers = create_app(settings).test_client().get("/").headers
    assert "Strict-Transport-Security" not in headers
    assert "camera=()" in headers["Permissions-Policy"]

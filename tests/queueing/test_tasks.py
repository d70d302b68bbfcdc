"""Whatever dies or gets lost, an accepted job ends, and once. Real workers, real signals."""

import json
import os
import signal
from collections.abc import Callable

import psutil
import pytest
from celery import Celery
from redis import Redis

from tests.resumes import RESUME_TEXT, build_encrypted_pdf, build_pdf, build_slow_pdf
from tests.waiting import wait_until
from worker.outcomes.results import encode_result
from worker.pipeline import score_document
from worker.queue.app import create_celery
from worker.queue.messages import announce_job
from worker.settings import Settings
from worker.store.jobs.job import Job, JobState
from worker.store.jobs.job_store import JobStore

ABOUT_HALF_A_SECOND = build_slow_pdf(RESUME_TEXT, words=600)
ABOUT_HALF_A_MINUTE = build_slow_pdf(RESUME_TEXT, words=30_000)

pytestmark = pytest.mark.usefixtures("running_workers")


@pytest.fixture(scope="module")
def celery(settings: Settings) -> Celery:
    return create_celery(settings)


@pytest.fixture
def submit(store: JobStore, celery: Celery) -> Callable[[bytes], str]:
    """Submit a document as the web process does."""

    def submit_content(content: bytes) -> str:
        job = store.submit(content, name="cv.pdf")
        announce_job(celery, job.id)
        return job.id

    return submit_content


def wait_for_end(store: JobStore, job_id: str) -> Job:
    def find_ended() -> Job | None:
        job = store.find(job_id)
        return job if job.state in {JobState.DONE, JobState.FAILED} else None

    ended = wait_until(find_ended)
    assert ended
    return ended


def wait_for_holder(redis_url: str, job_id: str, *, after: int = 0) -> int:
    """Return the id of the process that holds the job, once that is another than `after`."""

    def find_holder() -> int:
        with Redis.from_url(redis_url) as redis:
            lease = redis.get(f"rolefit:lease:{job_id}")
        assert lease is None or isinstance(lease, bytes)
        holder = int(lease.partition(b"#")[0].rpartition(b":")[2]) if lease else 0
        return 0 if holder == after else holder

    return wait_until(find_holder)


def test_a_document_becomes_a_stored_report(store: JobStore, submit: Callable[[bytes], str]) -> None:
    job_id = submit(build_pdf(RESUME_TEXT))
    assert wait_for_end(store, job_id).state == JobState.DONE
    report = json.loads(store.read_report(job_id) or b"")
    assert (report["schema"], report["document"]["name"]) == ("rolefit/report/1", "cv.pdf")


def test_a_worker_stores_the_bytes_that_scoring_here_gives(store: JobStore, submit: Callable[[bytes], str]) -> None:
    content = build_pdf(RESUME_TEXT)
    job_id = submit(content)
    here = encode_result(score_document(content, name="cv.pdf"))
    assert wait_for_end(store, job_id).state == JobState.DONE
    assert store.read_report(job_id) == here.encode()


def test_a_document_that_cannot_be_scored_ends_failed_with_its_code(
    store: JobStore, submit: Callable[[bytes], str]
) -> None:
    job = wait_for_end(store, submit(build_encrypted_pdf(RESUME_TEXT, password="secret")))  # noqa: S106 - fictional
    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    assert job.error is not None
    assert job.error.code == "encrypted"


def test_a_job_announced_often_runs_once(store: JobStore, celery: Celery, submit: Callable[[bytes], str]) -> None:
    job_id = submit(ABOUT_HALF_A_SECOND)
    for _ in range(5):
        announce_job(celery, job_id)
    assert wait_for_end(store, job_id).attempts == 1
    announce_job(celery, job_id)
    wait_for_end(store, submit(build_pdf(RESUME_TEXT)))
    assert store.find(job_id).attempts == 1


def test_a_lost_message_is_sent_again(store: JobStore) -> None:
    job = store.submit(build_pdf(RESUME_TEXT), name="cv.pdf")
    assert wait_for_end(store, job.id).state == JobState.DONE


def test_a_message_for_a_deleted_job_is_harmless(
    store: JobStore, celery: Celery, submit: Callable[[bytes], str]
) -> None:
    announce_job(celery, "never")
    assert wait_for_end(store, submit(build_pdf(RESUME_TEXT))).state == JobState.DONE


def test_a_job_survives_the_death_of_its_process(
    store: JobStore, redis_url: str, submit: Callable[[bytes], str]
) -> None:
    job_id = submit(ABOUT_HALF_A_SECOND)
    os.kill(wait_for_holder(redis_url, job_id), signal.SIGKILL)
    job = wait_for_end(store, job_id)
    assert (job.state, job.attempts) == (JobState.DONE, 2)


def test_a_document_that_kills_every_process_is_given_up_after_three(
    store: JobStore, redis_url: str, submit: Callable[[bytes], str]
) -> None:
    job_id = submit(ABOUT_HALF_A_SECOND)
    holder = 0
    for _ in range(3):
        holder = wait_for_holder(redis_url, job_id, after=holder)
        os.kill(holder, signal.SIGKILL)
    job = wait_for_end(store, job_id)
    assert (job.state, job.attempts) == (JobState.FAILED, 3)
    assert job.error is not None
    assert job.error.code == "gave-up"


def test_a_job_survives_the_death_of_the_whole_worker(
    store: JobStore, redis_url: str, submit: Callable[[bytes], str]
) -> None:
    job_id = submit(ABOUT_HALF_A_SECOND)
    worker = psutil.Process(wait_for_holder(redis_url, job_id)).parent()
    assert worker is not None
    worker.kill()
    job = wait_for_end(store, job_id)
    assert (job.state, job.attempts) == (JobState.DONE, 2)


def test_a_document_that_takes_too_long_has_timed_out(store: JobStore, submit: Callable[[bytes], str]) -> None:
    job = wait_for_end(store, submit(ABOUT_HALF_A_MINUTE))
    assert job.error is not None
    assert (job.error.code, job.attempts) == ("timed-out", 1)


def test_a_process_that_cannot_even_be_interrupted_is_killed_and_its_job_has_timed_out(
    store: JobStore, redis_url: str, submit: Callable[[bytes], str]
) -> None:
    job_id = submit(ABOUT_HALF_A_SECOND)
    os.kill(wait_for_holder(redis_url, job_id), signal.SIGSTOP)
    job = wait_for_end(store, job_id)
    assert job.error is not None
    assert (job.error.code, job.attempts) == ("timed-out", 1)

"""The job record: whole or not at all, ended once, erased completely."""

import time
from collections.abc import Iterator
from typing import cast

import pytest
from redis import Redis

from worker.app import create_celery
from worker.append_only import CLEAN
from worker.errors import EncryptedDocumentError, NoStoreNamedError, StoreUnavailableError, UnknownJobError
from worker.job import JobState
from worker.jobs import PENDING, JobStore, open_store
from worker.metrics import METRICS
from worker.settings import Settings

LEASE_SECONDS = 60


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    """Database 1 of the session's Redis, where no worker looks."""
    client = Redis.from_url(f"{redis_url}?db=1")
    yield client
    client.flushdb()
    client.close()


@pytest.fixture
def store(redis: Redis) -> JobStore:
    return JobStore(redis, retention_seconds=100)


def begin(store: JobStore, job_id: str, holder: str = "one") -> str:
    work = store.begin(job_id, holder=holder, lease_seconds=LEASE_SECONDS)
    return "nothing" if work is None else "exhausted" if work.exhausted else work.content.decode()


def list_keys(redis: Redis) -> set[bytes]:
    """Return the keys that are about a document; the rest is a note and the counts of all jobs together."""
    keys = cast("list[bytes]", redis.keys("*"))
    return set(keys) - {CLEAN.encode(), METRICS.encode()}


def test_a_submitted_job_is_queued_and_found_by_an_id_that_cannot_be_guessed(store: JobStore) -> None:
    job = store.submit(b"bytes", name="Lebenslauf ü.pdf")
    assert store.find(job.id) == job
    assert (job.state, job.attempts, job.error) == (JobState.QUEUED, 0, None)
    assert len(job.id) == 24
    assert store.submit(b"bytes", name="same").id != job.id


def test_a_job_that_never_was_is_unknown(store: JobStore) -> None:
    with pytest.raises(UnknownJobError):
        store.find("never")


def test_a_file_name_does_not_show_in_a_log(store: JobStore) -> None:
    assert "secret" not in repr(store.submit(b"secret bytes", name="secret name"))


def test_one_worker_at_a_time_holds_a_job(store: JobStore) -> None:
    job = store.submit(b"bytes", name="cv")
    assert begin(store, job.id) == "bytes"
    assert begin(store, job.id, "two") == "nothing"
    store.release(job.id, holder="two")
    assert store.find_holder(job.id) == "one"
    store.release(job.id, holder="one")
    assert begin(store, job.id, "two") == "bytes"
    assert (store.find(job.id).state, store.find(job.id).attempts) == (JobState.RUNNING, 2)


def test_a_fourth_attempt_finds_the_job_exhausted(store: JobStore) -> None:
    job = store.submit(b"bytes", name="cv")
    attempts = []
    for _ in range(4):
        attempts.append(begin(store, job.id))
        store.release(job.id, holder="one")
    assert attempts == ["bytes", "bytes", "bytes", "exhausted"]


def test_the_first_result_stays(store: JobStore) -> None:
    job = store.submit(b"bytes", name="cv")
    begin(store, job.id)
    assert store.finish(job.id, b'{"first": 1}')
    assert not store.finish(job.id, b'{"second": 2}')
    assert not store.fail(job.id, EncryptedDocumentError())
    assert store.read_report(job.id) == b'{"first": 1}'
    ended = store.find(job.id)
    assert (ended.state, ended.error) == (JobState.DONE, None)
    assert ended.finished_at is not None
    assert ended.started_at is not None


def test_a_failed_job_keeps_code_and_sentence(store: JobStore) -> None:
    job = store.submit(b"bytes", name="cv")
    store.fail(job.id, EncryptedDocumentError())
    error = store.find(job.id).error
    assert error is not None
    assert (error.code, error.message) == ("encrypted", str(EncryptedDocumentError()))
    assert begin(store, job.id) == "nothing"


def test_when_a_job_ends_its_document_is_deleted_and_the_rest_expires(store: JobStore, redis: Redis) -> None:
    job = store.submit(b"bytes", name="cv")
    begin(store, job.id)
    store.finish(job.id, b"{}")
    kept = list_keys(redis)
    assert kept == {f"rolefit:job:{job.id}".encode(), f"rolefit:report:{job.id}".encode()}
    assert all(0 < redis.ttl(key) <= 100 for key in kept)


@pytest.mark.parametrize("moment", ["queued", "running", "done"])
def test_erasing_leaves_nothing_and_nothing_comes_back(store: JobStore, redis: Redis, moment: str) -> None:
    job = store.submit(b"bytes", name="cv")
    if moment != "queued":
        begin(store, job.id)
    if moment == "done":
        store.finish(job.id, b"{}")
    store.erase(job.id)
    assert not store.finish(job.id, b"{}")
    assert begin(store, job.id) == "nothing"
    assert not list_keys(redis)


def test_a_job_without_message_is_lost_until_rung_for(store: JobStore) -> None:
    job = store.submit(b"bytes", name="cv")
    assert store.list_lost(queue="bell", older_than_seconds=60) == []
    assert store.list_lost(queue="bell", older_than_seconds=0) == [job.id]
    assert store.list_lost(queue="bell", older_than_seconds=60) == []


def test_a_job_rung_for_by_a_clock_that_was_then_set_back_is_lost(store: JobStore, redis: Redis) -> None:
    job = store.submit(b"bytes", name="cv")
    redis.zadd(PENDING, {job.id: time.time() + 3600})
    assert store.list_lost(queue="bell", older_than_seconds=60) == [job.id]
    assert store.list_lost(queue="bell", older_than_seconds=60) == []


def test_a_job_that_is_held_or_waits_its_turn_is_not_lost(store: JobStore, redis: Redis) -> None:
    held, waiting = store.submit(b"bytes", name="held"), store.submit(b"bytes", name="waiting")
    begin(store, held.id)
    redis.lpush("bell", "message")
    assert store.list_lost(queue="bell", older_than_seconds=0) == []
    redis.delete("bell")
    assert store.list_lost(queue="bell", older_than_seconds=0) == [waiting.id]


def test_many_jobs_are_peeked_at_together(store: JobStore) -> None:
    done, queued = store.submit(b"a", name="a"), store.submit(b"b", name="b")
    store.finish(done.id, b"{}")
    (first, report), (second, nothing), missing = store.peek([done.id, queued.id, "never"])
    assert first is not None
    assert second == queued
    assert (first.state, report, nothing, missing) == (JobState.DONE, b"{}", None, (None, None))


def test_a_redis_that_is_away_has_its_own_error() -> None:
    away = open_store(Settings(redis_url="unix:///nowhere/redis.sock"))
    with pytest.raises(StoreUnavailableError):
        away.submit(b"bytes", name="cv")
    with pytest.raises(StoreUnavailableError):
        away.workers_answer()


def test_no_address_of_a_store_is_an_error_that_names_the_variable() -> None:
    for use in (open_store, create_celery):
        with pytest.raises(NoStoreNamedError, match="ROLEFIT_REDIS_URL"):
            use(Settings(redis_url=None))

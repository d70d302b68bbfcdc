"""The job record: whole or not at all, ended once, deleted completely."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import pytest
from redis import Redis

from skills.errors import RolefitError
from skills.judging.report_types import read_report
from tests.reports import make_report, rename
from worker.errors import (
    EncryptedDocumentError,
    GaveUpError,
    InternalError,
    KeyReusedError,
    NoStoreNamedError,
    NotRetryableError,
    OutOfMemoryError,
    StoreUnavailableError,
    TimedOutError,
    UnknownJobError,
)
from worker.queue.app import create_celery
from worker.settings import Settings
from worker.store.jobs.job import JobState, Terms, Waiting, encode_result
from worker.store.jobs.job_store import JobStore, open_store
from worker.store.jobs.lease_store import LeaseStore
from worker.store.keys import ALIVE, BYTES, CLEAN, CLOCK, METRICS, PARTS, PENDING, TURNS, Kind, name_key
from worker.store.metrics import name_outcome, name_sum
from worker.store.retention import Retention

LEASE_SECONDS = 60
REPORT = encode_result(make_report("Python", [(0, 6)])).encode()


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    """Database 1 of the session's Redis, where no worker looks."""
    client = Redis.from_url(f"{redis_url}?db=1")
    yield client
    client.flushdb()
    client.close()


@pytest.fixture
def store(redis: Redis) -> JobStore:
    return JobStore(redis, retention=Retention(100, 100, 1000))


@pytest.fixture
def leases(redis: Redis) -> LeaseStore:
    return LeaseStore(redis, retention=Retention(100, 100, 1000))


def begin(store: JobStore, job_id: str, holder: str = "one") -> str:
    work = store.begin_next(job_id, holder=holder, lease_seconds=LEASE_SECONDS)
    return "nothing" if work is None else "exhausted" if work.exhausted else work.content.decode()


def list_keys(redis: Redis) -> set[bytes]:
    """Return the keys that are about a document; the rest is a note and the counts of all jobs together."""
    keys = cast("list[bytes]", redis.keys("*"))
    return set(keys) - {name.encode() for name in (CLEAN, METRICS, TURNS, CLOCK, BYTES, PARTS)}


def test_a_submitted_job_is_queued_and_found_by_an_id_that_cannot_be_guessed(store: JobStore) -> None:
    job = store.submit(b"bytes", name="Lebenslauf ü.pdf")
    assert store.find(job.id) == job
    assert (job.state, job.attempts, job.error) == (JobState.QUEUED, 0, None)
    assert len(job.id) == 24
    assert store.submit(b"bytes", name="same").id != job.id


def test_a_job_that_never_was_is_unknown(store: JobStore) -> None:
    with pytest.raises(UnknownJobError):
        store.find("never")


def test_a_job_of_another_owner_is_unknown(store: JobStore) -> None:
    job = store.submit(b"bytes", name="cv", owner="anna")
    assert store.find(job.id, owner="anna") == job
    for owner in ("", "ben"):
        with pytest.raises(UnknownJobError):
            store.find(job.id, owner=owner)


def test_a_file_name_does_not_show_in_a_log(store: JobStore) -> None:
    assert "secret" not in repr(store.submit(b"secret bytes", name="secret name"))


def test_one_worker_at_a_time_holds_a_job(store: JobStore, leases: LeaseStore) -> None:
    job = store.submit(b"bytes", name="cv")
    assert begin(store, job.id) == "bytes"
    assert begin(store, job.id, "two") == "nothing"
    leases.release(job.id, holder="two")
    assert leases.find_holder(job.id) == "one"
    leases.release(job.id, holder="one")
    assert leases.find_holder(job.id) is None
    assert begin(store, job.id, "two") == "bytes"
    assert (store.find(job.id).state, store.find(job.id).attempts) == (JobState.RUNNING, 2)


def test_the_holders_are_those_of_the_jobs_that_somebody_works_on(store: JobStore, leases: LeaseStore) -> None:
    held, _ = (store.submit(b"bytes", name="cv") for _ in range(2))
    assert begin(store, held.id) == "bytes"
    assert leases.list_holders() == {held.id: "one"}


def test_a_fourth_attempt_finds_the_job_exhausted(store: JobStore, leases: LeaseStore) -> None:
    job = store.submit(b"bytes", name="cv")
    attempts = []
    for _ in range(4):
        attempts.append(begin(store, job.id))
        leases.release(job.id, holder="one")
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


def test_everything_about_a_job_that_waits_expires(store: JobStore, redis: Redis) -> None:
    store.submit(b"bytes", name="cv", terms=Terms(key="monday"))
    assert all(0 < redis.ttl(key) <= 200 for key in cast("list[bytes]", redis.keys("*")))


def test_a_job_and_its_key_are_kept_for_the_whole_period_from_its_end(store: JobStore, redis: Redis) -> None:
    job = store.submit(b"bytes", name="cv", terms=Terms(key="monday"))
    kept = [key for key in list_keys(redis) if key.startswith((b"rolefit:job:", b"rolefit:request:"))]
    assert len(kept) == 2
    for key in kept:
        redis.expire(key, 5)
    store.finish(job.id, b"{}")
    assert all(redis.ttl(key) > 5 for key in kept)


def test_the_outline_of_a_report_is_found_with_its_job(store: JobStore) -> None:
    job = store.submit(b"bytes", name="cv")
    store.finish(job.id, b"{}", outline='{"a": 1}')
    assert store.find(job.id).outline == '{"a": 1}'


@pytest.mark.parametrize("failed", [False, True])
def test_a_job_that_has_ended_is_not_taken_again_though_it_is_still_pending(
    store: JobStore, redis: Redis, *, failed: bool
) -> None:
    job = store.submit(b"bytes", name="cv")
    begin(store, job.id)
    if failed:
        store.fail(job.id, InternalError())
    else:
        store.finish(job.id, b"{}")
    redis.zadd(PENDING, {job.id: time.time()})
    assert begin(store, job.id) == "nothing"
    assert not redis.zcard(PENDING)


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
    assert sorted(key.decode().split(":")[1] for key in kept) == ["job", "matches", "report", "result"]
    assert all(0 < redis.ttl(key) <= 100 for key in kept)


@pytest.mark.parametrize("moment", ["queued", "running", "done"])
def test_deleting_leaves_nothing_and_nothing_comes_back(store: JobStore, redis: Redis, moment: str) -> None:
    job = store.submit(b"bytes", name="cv")
    if moment != "queued":
        begin(store, job.id)
    if moment == "done":
        store.finish(job.id, b"{}")
    store.delete(job.id)
    assert not store.finish(job.id, b"{}")
    assert begin(store, job.id) == "nothing"
    assert not list_keys(redis)


def test_deleting_takes_the_log_of_webhooks_and_what_is_searched_along(store: JobStore, redis: Redis) -> None:
    job = store.submit(b"bytes", name="cv")
    keys = [name_key(Kind.DELIVERIES, f"job:{job.id}"), name_key(Kind.CONTENTS, job.id)]
    redis.rpush(keys[0], b"sent")
    store.finish(job.id, REPORT, contents=b"words")
    assert redis.exists(*keys) == 2
    store.delete(job.id)
    assert redis.exists(*keys) == 0
    assert store.read_contents([]) == []


def test_a_job_without_message_is_lost_until_it_is_announced(store: JobStore, leases: LeaseStore) -> None:
    job = store.submit(b"bytes", name="cv")
    assert leases.take_lost(queue="queue", older_than_seconds=60) == []
    assert leases.take_lost(queue="queue", older_than_seconds=0) == [job.id]
    assert leases.take_lost(queue="queue", older_than_seconds=60) == []


def test_a_job_announced_by_a_clock_that_was_then_set_back_is_lost(
    store: JobStore, leases: LeaseStore, redis: Redis
) -> None:
    job = store.submit(b"bytes", name="cv")
    redis.zadd(PENDING, {job.id: time.time() + 3600})
    assert leases.take_lost(queue="queue", older_than_seconds=60) == [job.id]
    assert leases.take_lost(queue="queue", older_than_seconds=60) == []


def test_a_job_announced_a_little_in_the_future_is_not_lost(store: JobStore, leases: LeaseStore, redis: Redis) -> None:
    job = store.submit(b"bytes", name="cv")
    redis.zadd(PENDING, {job.id: time.time() + 30})  # by a machine whose clock is ahead
    assert leases.take_lost(older_than_seconds=600) == []


def test_a_job_that_is_held_or_waits_its_turn_is_not_lost(store: JobStore, leases: LeaseStore, redis: Redis) -> None:
    held, waiting = store.submit(b"bytes", name="held"), store.submit(b"bytes", name="waiting")
    begin(store, held.id)
    redis.lpush("queue", "message")
    assert leases.take_lost(queue="queue", older_than_seconds=0) == []
    redis.delete("queue")
    assert leases.take_lost(queue="queue", older_than_seconds=0) == [waiting.id]


def test_many_jobs_are_read_together(store: JobStore) -> None:
    done, queued = store.submit(b"a", name="a"), store.submit(b"b", name="b")
    store.finish(done.id, b"{}")
    (first, report), (second, nothing), missing = store.read_many([done.id, queued.id, "never"])
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


def test_the_same_key_and_bytes_are_the_same_job_and_other_bytes_are_refused(store: JobStore) -> None:
    terms = Terms(key="monday")
    job = store.submit(b"bytes", name="cv", owner="ann", terms=terms)
    assert store.submit(b"bytes", name="other name", owner="ann", terms=terms) == job
    with pytest.raises(KeyReusedError):
        store.submit(b"other", name="cv", owner="ann", terms=terms)
    assert store.submit(b"other", name="cv", owner="bob", terms=terms).id != job.id


def test_a_key_is_free_again_once_its_job_is_deleted(store: JobStore, redis: Redis) -> None:
    terms = Terms(key="monday")
    job = store.submit(b"bytes", name="cv", terms=terms)
    assert redis.keys("*monday*") == []
    store.delete(job.id)
    assert not list_keys(redis)
    assert store.submit(b"other", name="cv", terms=terms).id != job.id


def test_many_requests_at_once_with_one_key_make_one_job(store: JobStore) -> None:
    def submit(_: int) -> str:
        return store.submit(b"bytes", name="cv", terms=Terms(key="monday")).id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(submit, range(40)))) == 1


def finish_with_report(store: JobStore, content: bytes, *, owner: str = "") -> str:
    job = store.submit(content, name="cv", owner=owner)
    store.finish(job.id, REPORT)
    return job.id


def test_the_same_bytes_of_an_owner_are_answered_from_the_store_under_the_new_name(
    store: JobStore, redis: Redis
) -> None:
    first = finish_with_report(store, b"bytes", owner="ann")
    again = store.submit(b"bytes", name="new name", owner="ann", reuse=True)
    assert (again.state, again.id != first) == (JobState.DONE, True)
    report = store.read_report(again.id) or b""
    assert read_report(report) == rename(read_report(REPORT), "new name")
    assert int(cast("bytes", redis.hget(BYTES, "all"))) >= len(REPORT) + len(report)
    for content, owner in ((b"other", "ann"), (b"bytes", "bob")):
        assert store.submit(content, name="cv", owner=owner, reuse=True).state == JobState.QUEUED


def test_deleting_one_of_two_jobs_on_the_same_bytes_leaves_the_other(store: JobStore, redis: Redis) -> None:
    first = finish_with_report(store, b"bytes")
    again = store.submit(b"bytes", name="cv", reuse=True).id
    store.delete(first)
    assert store.read_report(again) is not None
    assert store.submit(b"bytes", name="cv", reuse=True).state == JobState.QUEUED
    store.delete(again)
    assert redis.keys(f"*{again}*") == []


def test_a_report_of_other_versions_is_not_reused(store: JobStore, redis: Redis) -> None:
    job_id = finish_with_report(store, b"bytes")
    (key,) = redis.keys("rolefit:result:*")
    redis.set(key, f"older-versions {job_id}")
    assert store.submit(b"bytes", name="cv", reuse=True).state == JobState.QUEUED


def test_a_report_is_reused_only_where_that_is_asked_for(store: JobStore) -> None:
    finish_with_report(store, b"bytes")
    assert store.submit(b"bytes", name="cv").state == JobState.QUEUED


def test_a_worker_learns_how_long_a_job_has_waited(store: JobStore, redis: Redis) -> None:
    job = store.submit(b"bytes", name="cv")
    redis.hset(f"rolefit:job:{job.id}", "submitted_at", "2026-01-01T00:00:00+00:00")
    work = store.begin_next(job.id, holder="one", lease_seconds=LEASE_SECONDS)
    assert work
    assert work.queued_seconds > 1000


def test_a_job_sent_before_the_clock_was_set_back_has_waited_for_no_time(store: JobStore, redis: Redis) -> None:
    job = store.submit(b"bytes", name="cv")
    redis.hset(f"rolefit:job:{job.id}", "submitted_at", "2999-01-01T00:00:00+00:00")
    assert store.read_figures().oldest_seconds == 0
    work = store.begin_next(job.id, holder="one", lease_seconds=LEASE_SECONDS)
    assert work
    assert work.queued_seconds == 0


def test_a_job_that_expired_while_it_waited_is_of_no_age(store: JobStore, redis: Redis) -> None:
    redis.zadd(PENDING, {"expired": time.time()})
    assert store.read_figures().oldest_seconds == 0
    assert store.look_up(["expired"]) == [None]


def test_a_worker_counts_as_alive_for_as_long_as_it_says(store: JobStore, redis: Redis) -> None:
    assert not store.workers_answer()
    store.mark_alive(seconds=90)
    assert store.workers_answer()
    assert 30 < redis.ttl(ALIVE) <= 90
    store.forget_workers()
    assert not store.workers_answer()


def test_a_queued_job_knows_how_many_are_before_it_and_whether_anybody_works(store: JobStore) -> None:
    first, second = (store.submit(b"bytes", name="cv") for _ in range(2))
    alone, behind = (Waiting(ahead, workers_answer=False) for ahead in (0, 1))
    assert [store.look_at_queue(job) for job in (first, second)] == [alone, behind]
    store.mark_alive(seconds=90)
    store.finish(first.id, REPORT)
    assert [store.look_at_queue(job) for job in (first, second)] == [None, Waiting(0, workers_answer=True)]


def test_a_job_that_ended_is_counted_by_its_outcome_and_the_seconds_of_its_stages(store: JobStore) -> None:
    scored, failed = (store.submit(b"bytes", name="cv") for _ in range(2))
    store.finish(scored.id, REPORT, seconds={"reading": 0.5})
    store.fail(failed.id, EncryptedDocumentError(), seconds={"reading": 1.0})
    counts = store.read_figures().counts
    assert [counts[name] for name in map(name_outcome, ("done", "encrypted"))] == [1, 1]
    assert counts[name_sum("reading")] == 1.5


def test_the_oldest_of_the_jobs_that_wait_is_told(store: JobStore, redis: Redis) -> None:
    old, _ = (store.submit(b"bytes", name="cv") for _ in range(2))
    redis.hset(f"rolefit:job:{old.id}", "submitted_at", "2026-01-01T00:00:00+00:00")
    assert store.read_figures().oldest_seconds > 1000


def test_a_failure_is_not_reused(store: JobStore) -> None:
    store.fail(store.submit(b"bytes", name="cv").id, EncryptedDocumentError())
    assert store.submit(b"bytes", name="cv", reuse=True).state == JobState.QUEUED


@pytest.mark.parametrize("error", [GaveUpError(), TimedOutError(), InternalError(), OutOfMemoryError()])
def test_a_job_that_failed_for_our_reasons_can_be_retried(
    store: JobStore, leases: LeaseStore, redis: Redis, error: RolefitError
) -> None:
    job = store.submit(b"bytes", name="cv")
    begin(store, job.id)
    store.fail(job.id, error)
    assert 0 < redis.ttl(f"rolefit:document:{job.id}") <= 100
    redis.persist("rolefit:pending")
    redis.expire(f"rolefit:job:{job.id}", 5)
    store.retry(job.id)
    assert all(5 < redis.ttl(key) <= 100 for key in ("rolefit:pending", f"rolefit:job:{job.id}"))
    assert store.find(job.id) == job
    assert leases.take_lost(older_than_seconds=60) == []
    assert begin(store, job.id) == "bytes"


def test_what_has_not_failed_or_has_no_document_any_more_cannot_be_retried(store: JobStore, redis: Redis) -> None:
    refused, queued = store.submit(b"bytes", name="cv"), store.submit(b"bytes", name="cv")
    store.fail(refused.id, EncryptedDocumentError())
    assert not redis.exists(f"rolefit:document:{refused.id}")
    for job_id in (refused.id, queued.id, "never"):
        with pytest.raises(NotRetryableError):
            store.retry(job_id)


def test_every_job_is_listed_the_oldest_first(store: JobStore) -> None:
    jobs = [store.submit(b"bytes", name="cv") for _ in range(9)]
    assert store.list_jobs() == jobs

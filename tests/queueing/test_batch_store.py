"""A batch is over once each of its jobs has ended, and is then told of once."""

import pytest
from redis import Redis

from worker.outcomes.results import StoredResult
from worker.store.batch_store import Addition, BatchEntry, BatchStore, make_batch
from worker.store.jobs.job import Terms
from worker.store.jobs.job_store import JobStore
from worker.store.keys import DUE
from worker.store.retention import Retention

RETENTION = Retention(100, 100)
URL = "https://receiver.example/"


@pytest.fixture
def jobs(redis: Redis) -> JobStore:
    return JobStore(redis, retention=RETENTION, max_failed_bytes=1000)


def create(redis: Redis, jobs: JobStore, *, callback_url: str) -> list[str]:
    """Store a batch of two documents and return the ids of their jobs."""
    terms = Terms(batch="its batch", callback_url=callback_url)
    ids = [jobs.submit(name.encode(), name=name, terms=Terms(batch="its batch")).id for name in ("one", "two")]
    batch = make_batch([BatchEntry("cv", job_id) for job_id in ids], owner="", terms=terms)
    BatchStore(redis, jobs, retention=RETENTION).create(batch, key="", digest="")
    return ids


def test_a_batch_is_due_to_be_told_of_once_all_its_jobs_have_ended_and_only_once(redis: Redis, jobs: JobStore) -> None:
    first, second = create(redis, jobs, callback_url=URL)
    jobs.open_attempts().finish(first, StoredResult(b"{}"))
    assert not redis.zcard(DUE)
    jobs.open_attempts().finish(second, StoredResult(b"{}"))
    assert redis.zrange(DUE, 0, -1) == [b"batch:its batch"]
    redis.delete(DUE)
    jobs.delete(first)
    assert not redis.zcard(DUE)


def test_a_batch_that_nobody_asked_to_be_told_of_is_never_due(redis: Redis, jobs: JobStore) -> None:
    for job_id in create(redis, jobs, callback_url=""):
        jobs.open_attempts().finish(job_id, StoredResult(b"{}"))
    assert not redis.zcard(DUE)


def test_a_job_that_is_still_joining_a_batch_does_not_end_it(redis: Redis, jobs: JobStore) -> None:
    """While documents are added, one of them may end before the batch knows of it."""
    first, second = create(redis, jobs, callback_url=URL)
    jobs.open_attempts().finish(first, StoredResult(b"{}"))
    early, late = (jobs.submit(name.encode(), name=name, terms=Terms(batch="its batch")).id for name in ("3", "4"))
    jobs.open_attempts().finish(early, StoredResult(b"{}"))
    assert not redis.zcard(DUE)
    jobs.open_attempts().finish(second, StoredResult(b"{}"))
    redis.delete(DUE)  # the first two are over: that is told
    batches = BatchStore(redis, jobs, retention=RETENTION)
    entries = [BatchEntry("cv", job_id) for job_id in (early, late)]
    assert batches.extend(batches.look_up("its batch"), Addition(entries), key="", digest="", most=10)
    assert not redis.zcard(DUE)
    jobs.open_attempts().finish(late, StoredResult(b"{}"))
    assert redis.zrange(DUE, 0, -1) == [b"batch:its batch"]

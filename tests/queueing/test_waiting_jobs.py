"""Jobs that wait: for how long, behind how many, whether anybody works, and when their message counts as lost."""

import time
from functools import partial

import pytest
from celery.signals import task_prerun
from redis import Redis

from worker.outcomes.results import StoredResult
from worker.store.health_store import HealthStore
from worker.store.jobs.job import Waiting
from worker.store.jobs.job_store import JobStore
from worker.store.jobs.lease_store import LeaseStore
from worker.store.keys import ALIVE, PENDING, QUEUE

LEASE_SECONDS = 60


def test_a_job_without_message_is_lost_until_it_is_announced(jobs: JobStore, leases: LeaseStore) -> None:
    job = jobs.submit(b"bytes", name="cv")
    assert leases.mark_reannounced(older_than_seconds=60) == []
    assert leases.mark_reannounced(older_than_seconds=0) == [job.id]
    assert leases.mark_reannounced(older_than_seconds=60) == []


def test_a_job_announced_by_a_clock_that_was_then_set_back_is_lost(
    jobs: JobStore, leases: LeaseStore, redis: Redis
) -> None:
    job = jobs.submit(b"bytes", name="cv")
    redis.zadd(PENDING, {job.id: time.time() + 3600})
    assert leases.mark_reannounced(older_than_seconds=60) == [job.id]
    assert leases.mark_reannounced(older_than_seconds=60) == []


def test_a_job_announced_a_little_in_the_future_is_not_lost(jobs: JobStore, leases: LeaseStore, redis: Redis) -> None:
    job = jobs.submit(b"bytes", name="cv")
    redis.zadd(PENDING, {job.id: time.time() + 30})  # by a machine whose clock is ahead
    assert leases.mark_reannounced(older_than_seconds=600) == []


def test_a_job_that_is_held_or_waits_its_turn_is_not_lost(jobs: JobStore, leases: LeaseStore, redis: Redis) -> None:
    held, waiting = jobs.submit(b"bytes", name="held"), jobs.submit(b"bytes", name="waiting")
    jobs.open_attempts().begin_next(held.id, holder="one", lease_seconds=LEASE_SECONDS)
    redis.lpush(QUEUE, "message")
    assert leases.mark_reannounced(older_than_seconds=0) == []
    redis.delete(QUEUE)
    assert leases.mark_reannounced(older_than_seconds=0) == [waiting.id]


def test_a_job_that_ends_while_lost_ones_are_looked_for_is_not_pending_again(
    jobs: JobStore, leases: LeaseStore, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = jobs.submit(b"bytes", name="cv")
    count = redis.llen

    def end_meanwhile(queue: str) -> int:
        jobs.open_attempts().finish(job.id, StoredResult(b"{}"))
        return count(queue)

    monkeypatch.setattr(redis, "llen", end_meanwhile)  # what is looked at last
    leases.mark_reannounced(older_than_seconds=0)
    assert redis.zcard(PENDING) == 0


def test_a_job_that_expires_while_jobs_are_listed_is_left_out(jobs: JobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    job, look_up = jobs.submit(b"bytes", name="cv"), jobs.look_up
    monkeypatch.setattr(jobs, "look_up", lambda ids: [*look_up(ids), None])
    assert [each.id for each in jobs.list_jobs()] == [job.id]


def test_a_worker_learns_how_long_a_job_has_waited(jobs: JobStore, redis: Redis) -> None:
    job = jobs.submit(b"bytes", name="cv")
    redis.hset(f"rolefit:job:{job.id}", "submitted_at", "2026-01-01T00:00:00+00:00")
    work = jobs.open_attempts().begin_next(job.id, holder="one", lease_seconds=LEASE_SECONDS)
    assert work
    assert work.queued_seconds > 1000


def test_a_job_sent_before_the_clock_was_set_back_has_waited_for_no_time(
    jobs: JobStore, health: HealthStore, redis: Redis
) -> None:
    job = jobs.submit(b"bytes", name="cv")
    redis.hset(f"rolefit:job:{job.id}", "submitted_at", "2999-01-01T00:00:00+00:00")
    assert health.read_figures().oldest_seconds == 0
    work = jobs.open_attempts().begin_next(job.id, holder="one", lease_seconds=LEASE_SECONDS)
    assert work
    assert work.queued_seconds == 0


def test_a_job_that_expired_while_it_waited_is_of_no_age(jobs: JobStore, health: HealthStore, redis: Redis) -> None:
    redis.zadd(PENDING, {"expired": time.time()})
    assert health.read_figures().oldest_seconds == 0
    assert jobs.look_up(["expired"]) == [None]


def test_a_worker_counts_as_alive_for_as_long_as_it_says(health: HealthStore, redis: Redis) -> None:
    assert not health.workers_answer()
    health.mark_alive(seconds=90)
    assert health.workers_answer()
    assert 30 < redis.ttl(ALIVE) <= 90
    health.forget_workers()
    assert not health.workers_answer()


def test_a_worker_that_begins_any_task_is_alive(health: HealthStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a restart, a ping waits until the documents before it are scored, which may take minutes."""
    monkeypatch.setattr("worker.queue.upkeep._prepare_alive_mark", lambda: partial(health.mark_alive, seconds=90))
    assert not health.workers_answer()
    task_prerun.send(sender=None)
    assert health.workers_answer()


def test_a_queued_job_knows_how_many_are_before_it_and_whether_anybody_works(
    jobs: JobStore, health: HealthStore
) -> None:
    first, second = (jobs.submit(b"bytes", name="cv") for _ in range(2))
    alone, behind = (Waiting(ahead, workers_answer=False) for ahead in (0, 1))
    assert [jobs.look_at_queue(job) for job in (first, second)] == [alone, behind]
    health.mark_alive(seconds=90)
    jobs.open_attempts().finish(first.id, StoredResult(b"{}"))
    assert [jobs.look_at_queue(job) for job in (first, second)] == [None, Waiting(0, workers_answer=True)]


def test_the_oldest_of_the_jobs_that_wait_is_told(jobs: JobStore, health: HealthStore, redis: Redis) -> None:
    old, _ = (jobs.submit(b"bytes", name="cv") for _ in range(2))
    redis.hset(f"rolefit:job:{old.id}", "submitted_at", "2026-01-01T00:00:00+00:00")
    assert health.read_figures().oldest_seconds > 1000

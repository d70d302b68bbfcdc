"""What the web process keeps of a batch in memory is what the store has, and not for long."""

import gc
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import orjson
import pytest
from redis import Redis

from service.results.scored_roles import ScoredRoles
from service.search.batch_cache import BatchCache
from skills.garbage_collection import paused_collector
from skills.roles.profiles import load_profiles
from tests.resumes import vary_resume
from tests.waiting import wait_until
from worker.errors.documents import TimedOutError
from worker.errors.store import UnknownBatchError
from worker.outcomes.results import StoredResult
from worker.pipeline import score_document
from worker.store.batch_store import Batch, BatchEntry, BatchStore, make_batch
from worker.store.jobs.job import Job, Terms, make_id
from worker.store.jobs.job_store import JobStore
from worker.store.jobs.mark import MarkChange
from worker.store.retention import Retention

MANY = 8
KEEP = Retention(600_000, 1_000)


@pytest.fixture
def jobs(redis: Redis) -> JobStore:
    return JobStore(redis, retention=KEEP, max_failed_bytes=1_000_000)


@pytest.fixture
def batches(redis: Redis, jobs: JobStore) -> BatchStore:
    return BatchStore(redis, jobs, retention=KEEP)


@pytest.fixture
def batch(jobs: JobStore, batches: BatchStore) -> Batch:
    terms = Terms(batch=make_id())
    ids = [jobs.submit(b"bytes", name=f"{number}.pdf", terms=terms).id for number in range(3)]
    entries = [BatchEntry(f"{number}.pdf", job) for number, job in enumerate(ids)]
    return batches.create(make_batch(entries, owner="", terms=terms), key="", digest="")


CHANGES: dict[str, Callable[[JobStore, str], object]] = {
    "begun": lambda jobs, _: jobs.open_attempts().begin_next("", holder="me", lease_seconds=100),
    "done": lambda jobs, job: jobs.open_attempts().finish(job, StoredResult(b"{}")),
    "failed": lambda jobs, job: jobs.open_attempts().fail(job, TimedOutError()),
    "deleted": lambda jobs, job: jobs.delete(job),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_batch_is_read_again_after_every_change_of_a_document(
    jobs: JobStore, batches: BatchStore, batch: Batch, change: str
) -> None:
    cache = BatchCache(batches, jobs)
    before = cache.find(batch.id, owner="", roles=ScoredRoles(()))
    assert cache.find(batch.id, owner="", roles=ScoredRoles(())) is before
    CHANGES[change](jobs, batch.job_ids[1])
    after = cache.find(batch.id, owner="", roles=ScoredRoles(()))
    assert [row.state for row in after.answer.rows] != [row.state for row in before.answer.rows]


def test_rows_that_are_used_again_are_as_if_all_were_read(jobs: JobStore, batches: BatchStore, batch: Batch) -> None:
    roles = ScoredRoles(load_profiles())
    cache = BatchCache(batches, jobs)
    reports = [score_document(vary_resume(number).encode(), name=f"{number}.txt") for number in (3, 12, 40)]
    for job, report in zip(batch.job_ids, reports, strict=True):
        jobs.open_attempts().finish(job, StoredResult.of(report))
        jobs.mark(batch.job_ids[0], MarkChange(note=job))
        kept = cache.find(batch.id, owner="", roles=roles).answer
        anew = BatchCache(batches, jobs).find(batch.id, owner="", roles=roles).answer
        assert orjson.dumps(kept) == orjson.dumps(anew)
    assert [row.ranks for row in kept.rows] != [row.ranks for row in reversed(kept.rows)]


def test_a_failed_document_that_is_tried_again_is_a_change(jobs: JobStore, batches: BatchStore, batch: Batch) -> None:
    cache = BatchCache(batches, jobs)
    jobs.open_attempts().fail(batch.job_ids[0], TimedOutError())
    before = cache.find(batch.id, owner="", roles=ScoredRoles(()))
    jobs.retry(batch.job_ids[0])
    assert cache.find(batch.id, owner="", roles=ScoredRoles(())).answer.counts != before.answer.counts


def test_a_document_that_is_set_aside_waits_again(jobs: JobStore, batches: BatchStore, batch: Batch) -> None:
    cache = BatchCache(batches, jobs)
    work = jobs.open_attempts().begin_next("", holder="me", lease_seconds=100)
    assert work is not None
    before = cache.find(batch.id, owner="", roles=ScoredRoles(()))
    jobs.open_attempts().set_aside(work.job_id, holder="me")
    after = cache.find(batch.id, owner="", roles=ScoredRoles(()))
    assert (before.answer.counts.running, after.answer.counts.running) == (1, 0)


def test_a_batch_that_is_kept_is_nobody_elses_and_gone_when_it_is_deleted(
    jobs: JobStore, batches: BatchStore, batch: Batch
) -> None:
    cache = BatchCache(batches, jobs)
    cache.find(batch.id, owner="", roles=ScoredRoles(()))
    with pytest.raises(UnknownBatchError):
        cache.find(batch.id, owner="a stranger", roles=ScoredRoles(()))
    batches.delete(batch.id, batch.job_ids)
    with pytest.raises(UnknownBatchError):
        cache.find(batch.id, owner="", roles=ScoredRoles(()))


def test_a_batch_is_forgotten_by_itself(
    jobs: JobStore, batches: BatchStore, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.search.batch_cache.KEPT_SECONDS", 0.05)
    cache = BatchCache(batches, jobs)
    cache.find(batch.id, owner="", roles=ScoredRoles(()))
    wait_until(lambda: not cache._slots)  # noqa: SLF001 - what it must not hold


def test_only_the_last_batches_are_kept(
    jobs: JobStore, batches: BatchStore, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.search.batch_cache.MAX_SLOTS", 1)
    other = batches.create(make_batch([], owner="", terms=Terms(batch=make_id())), key="", digest="")
    cache = BatchCache(batches, jobs)
    for each in (batch, other):
        cache.find(each.id, owner="", roles=ScoredRoles(()))
    assert [*cache._slots] == [other.id]  # noqa: SLF001 - what it holds


def test_a_batch_stays_open_while_it_is_asked_for(
    jobs: JobStore, batches: BatchStore, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = 0.0
    monkeypatch.setattr("service.search.batch_cache.time.monotonic", lambda: moment)
    waits: list[float] = []
    cache = BatchCache(batches, jobs)
    monkeypatch.setattr(cache, "_forget_after", lambda seconds, _: waits.append(seconds))
    first = cache.find(batch.id, owner="", roles=ScoredRoles(()))
    moment = 40.0
    assert cache.find(batch.id, owner="", roles=ScoredRoles(())) is first
    [kept] = cache._slots.values()  # noqa: SLF001 - what the timer is about
    moment = 60.0
    cache._forget_unless_used(kept)  # noqa: SLF001 - what the timer does
    assert waits == [60, 40]
    moment = 100.0
    cache._forget_unless_used(kept)  # noqa: SLF001 - likewise
    assert cache.find(batch.id, owner="", roles=ScoredRoles(())) is not first


def test_a_batch_that_many_ask_for_at_once_is_read_once(
    jobs: JobStore, batches: BatchStore, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, together = BatchCache(batches, jobs), Barrier(MANY)
    reads: list[Sequence[str]] = []

    def look_up(job_ids: Sequence[str]) -> list[Job | None]:
        reads.append(job_ids)
        return JobStore.look_up(jobs, job_ids)

    monkeypatch.setattr(jobs, "look_up", look_up)

    def ask(_: int) -> object:
        together.wait()
        return cache.find(batch.id, owner="", roles=ScoredRoles(()))

    with ThreadPoolExecutor(MANY) as pool:
        answers = [*pool.map(ask, range(MANY))]
    assert answers == [answers[0]] * MANY
    assert len(reads) == 1


def test_a_batch_that_is_deleted_while_it_is_read_is_not_kept(
    jobs: JobStore, batches: BatchStore, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = BatchCache(batches, jobs)
    with ThreadPoolExecutor(1) as apart:

        def delete_meanwhile(job_ids: Sequence[str]) -> list[Job | None]:
            found = JobStore.look_up(jobs, job_ids)
            batches.delete(batch.id, batch.job_ids)
            apart.submit(cache.forget, batch.id)
            return found

        monkeypatch.setattr(jobs, "look_up", delete_meanwhile)
        cache.find(batch.id, owner="", roles=ScoredRoles(()))
    assert not cache._slots  # noqa: SLF001 - what it must not hold


def test_a_batch_that_changes_all_the_time_has_one_timer(
    jobs: JobStore, batches: BatchStore, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = BatchCache(batches, jobs)
    waits: list[float] = []
    monkeypatch.setattr(cache, "_forget_after", lambda seconds, _: waits.append(seconds))
    for job_id in batch.job_ids:
        cache.find(batch.id, owner="", roles=ScoredRoles(()))
        jobs.open_attempts().fail(job_id, TimedOutError())
    assert waits == [60]


def test_jobs_that_end_before_their_batch_is_stored_leave_nothing_that_lasts(jobs: JobStore, redis: Redis) -> None:
    terms = Terms(batch=make_id())
    jobs.open_attempts().finish(jobs.submit(b"bytes", name="cv", terms=terms).id, StoredResult(b"{}"))
    assert redis.exists(f"rolefit:batch:{terms.batch}") == 0


def test_the_garbage_collector_is_on_again_after_a_batch_was_read_or_could_not_be(
    jobs: JobStore, batches: BatchStore, batch: Batch
) -> None:
    cache = BatchCache(batches, jobs)
    cache.find(batch.id, owner="", roles=ScoredRoles(()))
    assert gc.isenabled()
    with paused_collector(), pytest.raises(UnknownBatchError), paused_collector():
        raise UnknownBatchError
    assert gc.isenabled()

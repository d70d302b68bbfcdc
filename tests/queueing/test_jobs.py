"""The job record: whole or not at all, ended once, deleted completely."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import pytest
from redis import Redis
from redis.exceptions import ResponseError

from skills.document import PagePlaces
from skills.errors import RolefitError
from tests.reports import make_report
from worker.errors.documents import EncryptedDocumentError, GaveUpError, InternalError, OutOfMemoryError, TimedOutError
from worker.errors.installation import NoStoreNamedError
from worker.errors.store import (
    KeyReusedError,
    NotRetryableError,
    StoreFullError,
    StoreUnavailableError,
    UnknownJobError,
)
from worker.outcomes.page_pictures import encode_pages, read_picture, read_places
from worker.outcomes.results import StoredResult, encode_result
from worker.queue.app import create_celery
from worker.settings import Settings
from worker.store.health_store import HealthStore
from worker.store.jobs.job import JobState, Terms
from worker.store.jobs.job_store import JobStore, open_store
from worker.store.jobs.lease_store import LeaseStore
from worker.store.jobs.mark import MarkChange
from worker.store.keys import BYTES, CLEAN, CLOCK, METRICS, PARTS, PENDING, TURNS, Prefix, name_key
from worker.store.metrics import name_outcome, name_sum
from worker.store.retention import Retention
from worker.store.scripts import StoreScript

LEASE_SECONDS = 60
REPORT = encode_result(make_report("Python", [(0, 6)])).encode()


def begin(jobs: JobStore, job_id: str, holder: str = "one") -> str:
    work = jobs.open_attempts().begin_next(job_id, holder=holder, lease_seconds=LEASE_SECONDS)
    return "nothing" if work is None else "exhausted" if work.exhausted else work.content.decode()


def list_keys(redis: Redis) -> set[bytes]:
    """Return the keys that are about a document; the rest is a note and the counts of all jobs together."""
    keys = cast("list[bytes]", redis.keys("*"))
    return set(keys) - {name.encode() for name in (CLEAN, METRICS, TURNS, CLOCK, BYTES, PARTS)}


def test_a_submitted_job_is_queued_and_found_by_an_id_that_cannot_be_guessed(jobs: JobStore) -> None:
    job = jobs.submit(b"bytes", name="Lebenslauf ü.pdf")
    assert jobs.find(job.id) == job
    assert (job.state, job.attempts, job.error) == (JobState.QUEUED, 0, None)
    assert len(job.id) == 24
    assert jobs.submit(b"bytes", name="same").id != job.id


def test_a_job_that_never_was_is_unknown(jobs: JobStore) -> None:
    with pytest.raises(UnknownJobError):
        jobs.find("never")


def test_a_job_of_another_owner_is_unknown(jobs: JobStore) -> None:
    job = jobs.submit(b"bytes", name="cv", owner="anna")
    assert jobs.find(job.id, owner="anna") == job
    for owner in ("", "ben"):
        with pytest.raises(UnknownJobError):
            jobs.find(job.id, owner=owner)


def test_a_file_name_does_not_show_in_a_log(jobs: JobStore) -> None:
    assert "secret" not in repr(jobs.submit(b"secret bytes", name="secret name"))


def test_one_worker_at_a_time_holds_a_job(jobs: JobStore, leases: LeaseStore) -> None:
    job = jobs.submit(b"bytes", name="cv")
    assert begin(jobs, job.id) == "bytes"
    assert begin(jobs, job.id, "two") == "nothing"
    leases.release(job.id, holder="two")
    assert leases.list_holders() == {job.id: "one"}
    leases.release(job.id, holder="one")
    assert leases.list_holders() == {}
    assert begin(jobs, job.id, "two") == "bytes"
    assert (jobs.find(job.id).state, jobs.find(job.id).attempts) == (JobState.RUNNING, 2)


def test_the_holders_are_those_of_the_jobs_that_somebody_works_on(jobs: JobStore, leases: LeaseStore) -> None:
    held, _ = (jobs.submit(b"bytes", name="cv") for _ in range(2))
    assert begin(jobs, held.id) == "bytes"
    assert leases.list_holders() == {held.id: "one"}


def test_a_fourth_attempt_finds_the_job_exhausted(jobs: JobStore, leases: LeaseStore) -> None:
    job = jobs.submit(b"bytes", name="cv")
    attempts = []
    for _ in range(4):
        attempts.append(begin(jobs, job.id))
        leases.release(job.id, holder="one")
    assert attempts == ["bytes", "bytes", "bytes", "exhausted"]


def test_the_first_result_stays(jobs: JobStore) -> None:
    job = jobs.submit(b"bytes", name="cv")
    begin(jobs, job.id)
    assert jobs.open_attempts().finish(job.id, StoredResult(b'{"first": 1}'))
    assert not jobs.open_attempts().finish(job.id, StoredResult(b'{"second": 2}'))
    assert not jobs.open_attempts().fail(job.id, EncryptedDocumentError())
    assert jobs.read_report(job.id) == b'{"first": 1}'
    ended = jobs.find(job.id)
    assert (ended.state, ended.error) == (JobState.DONE, None)
    assert ended.finished_at is not None
    assert ended.started_at is not None


def test_everything_about_a_job_that_waits_expires(jobs: JobStore, redis: Redis) -> None:
    jobs.submit(b"bytes", name="cv", terms=Terms(key="monday"))
    assert all(0 < redis.ttl(key) <= 200 for key in cast("list[bytes]", redis.keys("*")))


def test_a_job_and_its_key_are_kept_for_the_whole_period_from_its_end(jobs: JobStore, redis: Redis) -> None:
    job = jobs.submit(b"bytes", name="cv", terms=Terms(key="monday"))
    kept = [key for key in list_keys(redis) if key.startswith((b"rolefit:job:", b"rolefit:request:"))]
    assert len(kept) == 2
    for key in kept:
        redis.expire(key, 5)
    jobs.open_attempts().finish(job.id, StoredResult(b"{}"))
    assert all(redis.ttl(key) > 5 for key in kept)


def test_the_outline_of_a_report_is_found_with_its_job(jobs: JobStore) -> None:
    job = jobs.submit(b"bytes", name="cv")
    jobs.open_attempts().finish(job.id, StoredResult(b"{}", outline='{"a": 1}'))
    assert jobs.find(job.id).outline == '{"a": 1}'


@pytest.mark.parametrize("failed", [False, True])
def test_a_job_that_has_ended_is_not_taken_again_though_it_is_still_pending(
    jobs: JobStore, redis: Redis, *, failed: bool
) -> None:
    job = jobs.submit(b"bytes", name="cv")
    begin(jobs, job.id)
    if failed:
        jobs.open_attempts().fail(job.id, InternalError())
    else:
        jobs.open_attempts().finish(job.id, StoredResult(b"{}"))
    redis.zadd(PENDING, {job.id: time.time()})
    assert begin(jobs, job.id) == "nothing"
    assert not redis.zcard(PENDING)


def test_a_failed_job_keeps_code_and_sentence(jobs: JobStore) -> None:
    job = jobs.submit(b"bytes", name="cv")
    jobs.open_attempts().fail(job.id, EncryptedDocumentError())
    error = jobs.find(job.id).error
    assert error is not None
    assert (error.code, error.message) == ("encrypted", str(EncryptedDocumentError()))
    assert begin(jobs, job.id) == "nothing"


def test_when_a_job_ends_its_document_is_deleted_and_the_rest_expires(jobs: JobStore, redis: Redis) -> None:
    job = jobs.submit(b"bytes", name="cv")
    begin(jobs, job.id)
    jobs.open_attempts().finish(job.id, StoredResult(b"{}"))
    kept = list_keys(redis)
    assert sorted(key.decode().split(":")[1] for key in kept) == ["job", "matches", "report", "result"]
    assert all(0 < redis.ttl(key) <= 100 for key in kept)


@pytest.mark.parametrize("moment", ["queued", "running", "done"])
def test_deleting_leaves_nothing_and_nothing_comes_back(jobs: JobStore, redis: Redis, moment: str) -> None:
    job = jobs.submit(b"bytes", name="cv")
    if moment != "queued":
        begin(jobs, job.id)
    if moment == "done":
        jobs.open_attempts().finish(job.id, StoredResult(b"{}"))
    jobs.delete(job.id)
    assert not jobs.open_attempts().finish(job.id, StoredResult(b"{}"))
    assert begin(jobs, job.id) == "nothing"
    assert not list_keys(redis)


def test_deleting_takes_the_log_of_webhooks_and_what_is_searched_along(jobs: JobStore, redis: Redis) -> None:
    job = jobs.submit(b"bytes", name="cv")
    keys = [name_key(Prefix.DELIVERIES, f"job:{job.id}"), name_key(Prefix.SEARCH_FACTS, job.id)]
    redis.rpush(keys[0], b"sent")
    jobs.open_attempts().finish(job.id, StoredResult(REPORT, search_facts=b"words"))
    assert redis.exists(*keys) == 2
    jobs.delete(job.id)
    assert redis.exists(*keys) == 0
    assert jobs.read_search_facts([]) == []


def test_many_jobs_are_read_together(jobs: JobStore) -> None:
    done, queued = jobs.submit(b"a", name="a"), jobs.submit(b"b", name="b")
    jobs.open_attempts().finish(done.id, StoredResult(b"{}"))
    (first, report), (second, nothing), missing = jobs.read_many([done.id, queued.id, "never"])
    assert first is not None
    assert second == queued
    assert (first.state, report, nothing, missing) == (JobState.DONE, b"{}", None, (None, None))


def test_a_redis_that_is_away_has_its_own_error() -> None:
    away = open_store(Settings(redis_url="unix:///nowhere/redis.sock"))
    with pytest.raises(StoreUnavailableError):
        away.submit(b"bytes", name="cv")
    with pytest.raises(StoreUnavailableError):
        away.look_up(["id"])


def test_no_address_of_a_store_is_an_error_that_names_the_variable() -> None:
    for use in (open_store, create_celery):
        with pytest.raises(NoStoreNamedError, match="ROLEFIT_REDIS_URL"):
            use(Settings(redis_url=None))


def test_the_same_key_and_bytes_are_the_same_job_and_other_bytes_are_refused(jobs: JobStore) -> None:
    terms = Terms(key="monday")
    job = jobs.submit(b"bytes", name="cv", owner="ann", terms=terms)
    assert jobs.submit(b"bytes", name="other name", owner="ann", terms=terms) == job
    with pytest.raises(KeyReusedError):
        jobs.submit(b"other", name="cv", owner="ann", terms=terms)
    assert jobs.submit(b"other", name="cv", owner="bob", terms=terms).id != job.id


def test_a_key_is_free_again_once_its_job_is_deleted(jobs: JobStore, redis: Redis) -> None:
    terms = Terms(key="monday")
    job = jobs.submit(b"bytes", name="cv", terms=terms)
    assert redis.keys("*monday*") == []
    jobs.delete(job.id)
    assert not list_keys(redis)
    assert jobs.submit(b"other", name="cv", terms=terms).id != job.id


def test_many_requests_at_once_with_one_key_make_one_job(jobs: JobStore) -> None:
    def submit(_: int) -> str:
        return jobs.submit(b"bytes", name="cv", terms=Terms(key="monday")).id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(submit, range(40)))) == 1


def test_a_job_that_ended_is_counted_by_its_outcome_and_the_seconds_of_its_stages(
    jobs: JobStore, health: HealthStore
) -> None:
    scored, failed = (jobs.submit(b"bytes", name="cv") for _ in range(2))
    jobs.open_attempts().finish(scored.id, StoredResult(REPORT), seconds={"reading": 0.5})
    jobs.open_attempts().fail(failed.id, EncryptedDocumentError(), seconds={"reading": 1.0})
    counts = health.read_figures().counts
    assert [counts[name] for name in map(name_outcome, ("done", "encrypted"))] == [1, 1]
    assert counts[name_sum("reading")] == 1.5


@pytest.mark.parametrize("error", [GaveUpError(), TimedOutError(), InternalError(), OutOfMemoryError()])
def test_a_job_that_failed_for_our_reasons_can_be_retried(
    jobs: JobStore, leases: LeaseStore, redis: Redis, error: RolefitError
) -> None:
    job = jobs.submit(b"bytes", name="cv")
    begin(jobs, job.id)
    jobs.open_attempts().fail(job.id, error)
    assert 0 < redis.ttl(f"rolefit:document:{job.id}") <= 100
    redis.persist("rolefit:pending")
    redis.expire(f"rolefit:job:{job.id}", 5)
    jobs.retry(job.id)
    assert all(5 < redis.ttl(key) <= 100 for key in ("rolefit:pending", f"rolefit:job:{job.id}"))
    assert jobs.find(job.id) == job
    assert leases.mark_reannounced(older_than_seconds=60) == []
    assert begin(jobs, job.id) == "bytes"


def test_what_has_not_failed_or_has_no_document_any_more_cannot_be_retried(jobs: JobStore, redis: Redis) -> None:
    refused, queued = jobs.submit(b"bytes", name="cv"), jobs.submit(b"bytes", name="cv")
    jobs.open_attempts().fail(refused.id, EncryptedDocumentError())
    assert not redis.exists(f"rolefit:document:{refused.id}")
    for job_id in (refused.id, queued.id, "never"):
        with pytest.raises(NotRetryableError):
            jobs.retry(job_id)


def test_a_store_that_refuses_documents_takes_them_again_once_it_is_told_to(
    jobs: JobStore, health: HealthStore
) -> None:
    health.refuse_documents(refuses=True)
    with pytest.raises(StoreFullError):
        jobs.submit(b"bytes", name="cv")
    health.refuse_documents(refuses=False)
    assert jobs.submit(b"bytes", name="cv").state == JobState.QUEUED


def test_a_mark_says_when_it_was_made(jobs: JobStore) -> None:
    job = jobs.submit(b"bytes", name="cv")
    jobs.mark(job.id, MarkChange(star=True))
    marked_at = jobs.find(job.id).mark.changed_at
    assert marked_at
    assert marked_at >= job.submitted_at


def test_every_job_is_listed_the_oldest_first(jobs: JobStore) -> None:
    sent = [jobs.submit(b"bytes", name="cv") for _ in range(9)]
    assert jobs.list_jobs() == sent


def test_one_picture_is_fetched_without_the_others(jobs: JobStore, redis: Redis) -> None:
    pages = [PagePlaces(number, 595, 842, 0, ()) for number in range(1, 6)]
    pictures = [bytes([number]) * 100_000 for number in range(5)]
    redis.set("rolefit:pages:its job", encode_pages(pages, pictures))

    def count_sent_bytes() -> int:
        return int(redis.info("stats")["total_net_output_bytes"])

    before = count_sent_bytes()
    assert read_places(jobs.open_page_pictures("its job")) == tuple(pages)
    assert count_sent_bytes() - before < 100_000
    before = count_sent_bytes()
    assert read_picture(jobs.open_page_pictures("its job"), 4) == pictures[3]
    assert 100_000 < count_sent_bytes() - before < 200_000
    assert read_picture(jobs.open_page_pictures("its job"), 6) is None
    assert jobs.open_page_pictures("no job") is None


def test_a_script_that_lacks_an_argument_says_which_and_changes_nothing(redis: Redis) -> None:
    redis.set(name_key(Prefix.LEASE, "some"), "one")
    release = StoreScript(redis, "release", Retention(100, 100))
    with pytest.raises(ResponseError, match="there is no argument holder"):
        release(job_id="some", lost_seconds=1)
    assert redis.get(name_key(Prefix.LEASE, "some")) == b"one"

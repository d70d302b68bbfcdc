"""A report is copied for the same bytes of the same owner, under the same versions, where that is asked for."""

from typing import cast

from redis import Redis

from skills.judging.report_types import read_report
from tests.reports import make_report, rename
from worker.errors.documents import EncryptedDocumentError
from worker.outcomes.results import StoredResult, encode_result
from worker.store.jobs.job import JobState
from worker.store.jobs.job_store import JobStore
from worker.store.keys import BYTES

REPORT = encode_result(make_report("Python", [(0, 6)])).encode()


def finish_with_report(jobs: JobStore, content: bytes, *, owner: str = "") -> str:
    job = jobs.submit(content, name="cv", owner=owner)
    jobs.open_attempts().finish(job.id, StoredResult(REPORT))
    return job.id


def test_the_same_bytes_of_an_owner_are_answered_from_the_store_under_the_new_name(
    jobs: JobStore, redis: Redis
) -> None:
    first = finish_with_report(jobs, b"bytes", owner="ann")
    again = jobs.submit(b"bytes", name="new name", owner="ann", copy_earlier_report=True)
    assert (again.state, again.id != first) == (JobState.DONE, True)
    report = jobs.read_report(again.id) or b""
    assert read_report(report) == rename(read_report(REPORT), "new name")
    assert int(cast("bytes", redis.hget(BYTES, "all"))) >= len(REPORT) + len(report)
    for content, owner in ((b"other", "ann"), (b"bytes", "bob")):
        assert jobs.submit(content, name="cv", owner=owner, copy_earlier_report=True).state == JobState.QUEUED


def test_deleting_one_of_two_jobs_on_the_same_bytes_leaves_the_other(jobs: JobStore, redis: Redis) -> None:
    first = finish_with_report(jobs, b"bytes")
    again = jobs.submit(b"bytes", name="cv", copy_earlier_report=True).id
    jobs.delete(first)
    assert jobs.read_report(again) is not None
    assert jobs.submit(b"bytes", name="cv", copy_earlier_report=True).state == JobState.QUEUED
    jobs.delete(again)
    assert redis.keys(f"*{again}*") == []


def test_a_report_of_other_versions_is_not_copied(jobs: JobStore, redis: Redis) -> None:
    job_id = finish_with_report(jobs, b"bytes")
    (key,) = redis.keys("rolefit:result:*")
    redis.set(key, f"older-versions {job_id}")
    assert jobs.submit(b"bytes", name="cv", copy_earlier_report=True).state == JobState.QUEUED


def test_a_report_is_copied_only_where_that_is_asked_for(jobs: JobStore) -> None:
    finish_with_report(jobs, b"bytes")
    assert jobs.submit(b"bytes", name="cv").state == JobState.QUEUED


def test_a_failure_is_not_copied(jobs: JobStore) -> None:
    jobs.open_attempts().fail(jobs.submit(b"bytes", name="cv").id, EncryptedDocumentError())
    assert jobs.submit(b"bytes", name="cv", copy_earlier_report=True).state == JobState.QUEUED

"""A job that is scored again comes from its report alone, and never loses the report that it has."""

import pytest
from redis import Redis

from skills.document import Document
from tests.queueing.test_expiry import RETENTION
from tests.resumes import RESUME_TEXT, build_pdf
from tests.word import build_docx
from worker.errors.documents import GaveUpError
from worker.errors.store import QueueFullError, UnfinishedError
from worker.outcomes.kept_document import restore_document
from worker.outcomes.results import StoredResult
from worker.pipeline import read_resume, score_resume
from worker.settings import Settings
from worker.store.batch_store import BatchEntry, BatchStore, make_batch
from worker.store.jobs.bounds import Bounds
from worker.store.jobs.job import JobState, Terms
from worker.store.jobs.job_store import JobStore

ROLES = ('{"id":"a"}', '{"id":"b"}')
BATCH = "its batch"


def read(content: bytes) -> Document:
    return read_resume(content, name="cv", settings=Settings())


def store_result(document: Document) -> StoredResult:
    return StoredResult.of(score_resume(document, settings=Settings()), lines=document.lines)


@pytest.mark.parametrize("content", [RESUME_TEXT.encode(), build_pdf(RESUME_TEXT * 3), build_docx(RESUME_TEXT)])
def test_what_is_kept_of_a_document_is_the_document(content: bytes) -> None:
    document = read(content)
    result = store_result(document)
    assert restore_document(result) == document


def test_a_report_of_an_earlier_version_gives_back_the_text_without_its_looks() -> None:
    document = read(build_docx(RESUME_TEXT))
    restored = restore_document(StoredResult(store_result(document).report))
    assert restored.text == document.text
    assert [(line.start, line.end) for line in restored.lines] == [(line.start, line.end) for line in document.lines]


@pytest.fixture
def jobs(redis: Redis) -> JobStore:
    return JobStore(redis, retention=RETENTION, max_failed_bytes=1000)


@pytest.fixture
def job_id(redis: Redis, jobs: JobStore) -> str:
    """A job of a batch that is done."""
    job = jobs.submit(b"bytes", name="cv", owner="anna", terms=Terms(batch=BATCH))
    batch = make_batch([BatchEntry("cv", job.id)], owner="anna", terms=Terms(batch=BATCH))
    BatchStore(redis, jobs, retention=RETENTION).create(batch, key="", digest="")
    begin(jobs, job.id)
    assert jobs.open_attempts().finish(job.id, StoredResult(b"the report", outline="{}", search_facts=b"its facts"))
    return job.id


def begin(jobs: JobStore, job_id: str) -> tuple[StoredResult | None, tuple[str, ...]]:
    work = jobs.open_attempts().begin_next(job_id, holder="one", lease_seconds=1)
    assert work is not None
    return work.earlier_result, work.role_texts


def test_a_lost_job_gets_the_same_report_and_the_same_roles_again(redis: Redis, jobs: JobStore, job_id: str) -> None:
    assert jobs.score_again(BATCH, [job_id], role_texts=ROLES) == [job_id]
    first = begin(jobs, job_id)
    redis.delete(f"rolefit:lease:{job_id}")
    assert begin(jobs, job_id) == first == (StoredResult(b"the report", search_facts=b"its facts"), ROLES)


def test_a_job_that_is_scored_again_keeps_its_pages(redis: Redis, jobs: JobStore, job_id: str) -> None:
    redis.set(f"rolefit:pages:{job_id}", b"its pages", ex=1)
    jobs.score_again(BATCH, [job_id], role_texts=ROLES)
    assert begin(jobs, job_id)[0]
    jobs.open_attempts().finish(job_id, StoredResult(b"the new report", outline="{}", search_facts=b"its facts"))
    pages = jobs.open_page_pictures(job_id)
    assert pages is not None
    assert (jobs.read_report(job_id), pages.read()) == (b"the new report", b"its pages")
    assert redis.ttl(f"rolefit:pages:{job_id}") == redis.ttl(f"rolefit:report:{job_id}") > 1


def test_a_job_keeps_its_report_until_there_is_the_new_one(jobs: JobStore, job_id: str) -> None:
    jobs.score_again(BATCH, [job_id], role_texts=ROLES)
    assert jobs.find(job_id, owner="anna").state == JobState.QUEUED
    assert jobs.read_report(job_id) == b"the report"
    begin(jobs, job_id)
    jobs.open_attempts().finish(job_id, StoredResult(b"the new one", outline="{}", search_facts=b"new facts"))
    assert jobs.read_report(job_id) == b"the new one"


def test_a_job_that_cannot_be_scored_again_is_done_with_the_report_it_had(jobs: JobStore, job_id: str) -> None:
    jobs.score_again(BATCH, [job_id], role_texts=ROLES)
    begin(jobs, job_id)
    assert jobs.open_attempts().fail(job_id, GaveUpError())
    job = jobs.find(job_id, owner="anna")
    assert (job.state, job.error, jobs.read_report(job_id)) == (JobState.DONE, None, b"the report")


def test_a_batch_that_is_still_scored_is_not_scored_again(jobs: JobStore, job_id: str) -> None:
    jobs.score_again(BATCH, [job_id], role_texts=ROLES)
    with pytest.raises(UnfinishedError):
        jobs.score_again(BATCH, [job_id], role_texts=())


def test_no_more_is_queued_again_than_may_wait(jobs: JobStore, job_id: str) -> None:
    with pytest.raises(QueueFullError):
        jobs.score_again(BATCH, [job_id], role_texts=ROLES, bounds=Bounds(max_jobs=0))
    assert jobs.find(job_id, owner="anna").state == JobState.DONE


def test_the_bytes_of_a_job_are_counted_once_however_often_it_is_scored(
    redis: Redis, jobs: JobStore, job_id: str
) -> None:
    counted = redis.hget("rolefit:bytes", "all")
    for _ in range(2):
        jobs.score_again(BATCH, [job_id], role_texts=ROLES)
        begin(jobs, job_id)
        jobs.open_attempts().finish(job_id, StoredResult(b"the report", outline="{}", search_facts=b"its facts"))
    assert redis.hget("rolefit:bytes", "all") == counted
    jobs.delete(job_id)
    assert redis.hget("rolefit:bytes", "all") == b"0"

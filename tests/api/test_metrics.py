"""Figures for whoever runs the service: true, exact across processes, and about nobody."""

import re

import pytest
from prometheus_client.parser import text_string_to_metric_families
from redis import Redis

from service import create_app
from tests.resumes import RESUME_TEXT, build_encrypted_pdf, build_pdf
from tests.web import assert_problem, upload, wait_for_end
from worker.errors.documents import EncryptedDocumentError
from worker.outcomes.results import StoredResult
from worker.settings import Settings
from worker.store.jobs.job_store import JobStore
from worker.store.jobs.lease_store import LeaseStore
from worker.store.retention import Retention

Samples = dict[tuple[str, str], float]


def read_metrics(settings: Settings) -> Samples:
    """Return each sample of `/metrics` by its name and its one label's value, that of a bucket's bound left out."""
    answer = create_app(settings).test_client().get("/metrics")
    assert answer.status_code == 200
    return {
        (sample.name, next((value for name, value in sample.labels.items() if name != "le"), "")): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


@pytest.fixture
def alone(settings: Settings) -> Settings:
    """Settings of an empty database of the session's Redis where no worker looks."""
    url = f"{settings.redis_url}?db=4"
    with Redis.from_url(url) as redis:
        redis.flushdb()
    return settings.model_copy(update={"redis_url": url})


@pytest.fixture
def jobs(alone: Settings) -> JobStore:
    return JobStore(Redis.from_url(str(alone.redis_url)), retention=Retention(100, 100), max_failed_bytes=1000)


def test_an_idle_service_has_figures_too(alone: Settings) -> None:
    samples = read_metrics(alone)
    assert samples["rolefit_jobs_pending", ""] == samples["rolefit_oldest_job_seconds", ""] == 0
    assert samples["rolefit_workers_answer", ""] == 0


def test_the_queue_is_told_by_its_depth_and_the_age_of_its_oldest_job(alone: Settings, jobs: JobStore) -> None:
    first, second = (jobs.submit(b"bytes", name="cv") for _ in range(2))
    with Redis.from_url(str(alone.redis_url)) as redis:
        redis.hset(f"rolefit:job:{first.id}", "submitted_at", "2026-01-01T00:00:00+00:00")
        leases = LeaseStore(redis, retention=Retention(100, 100))
        leases.mark_reannounced(older_than_seconds=0)  # to announce a job again makes it no younger
    samples = read_metrics(alone)
    assert samples["rolefit_jobs_pending", ""] == 2
    assert samples["rolefit_oldest_job_seconds", ""] > 1000
    jobs.delete(first.id)
    assert read_metrics(alone)["rolefit_oldest_job_seconds", ""] < 100
    jobs.delete(second.id)


def test_a_job_that_is_ended_twice_is_counted_once(alone: Settings, jobs: JobStore) -> None:
    job = jobs.submit(b"bytes", name="cv")
    jobs.open_attempts().begin_next(job.id, holder="one", lease_seconds=9)
    for _ in range(2):
        jobs.open_attempts().finish(job.id, StoredResult(b"{}"), seconds={"reading": 0.3, "scoring": 99.0})
    jobs.open_attempts().fail(job.id, EncryptedDocumentError(), seconds={"reading": 1.0})
    samples = read_metrics(alone)
    assert samples["rolefit_jobs_ended_total", "done"] == samples["rolefit_attempts_total", ""] == 1
    assert ("rolefit_jobs_ended_total", "encrypted") not in samples
    assert samples["rolefit_stage_seconds_count", "reading"] == 1
    assert samples["rolefit_stage_seconds_sum", "scoring"] == 99.0


def test_a_bucket_counts_all_that_took_no_longer(alone: Settings, jobs: JobStore) -> None:
    for seconds in (0.05, 0.3, 99.0):
        jobs.open_attempts().finish(
            jobs.submit(b"bytes", name="cv").id, StoredResult(b"{}"), seconds={"reading": seconds}
        )
    text = create_app(alone).test_client().get("/metrics").text
    buckets = dict(re.findall(r'rolefit_stage_seconds_bucket{le="([^"]+)",stage="reading"} (\S+)', text))
    assert (buckets["0.05"], buckets["0.25"], buckets["0.5"], buckets["60.0"], buckets["+Inf"]) == (
        "1.0",
        "1.0",
        "2.0",
        "2.0",
        "3.0",
    )


@pytest.mark.usefixtures("running_workers")
def test_workers_count_what_they_do(settings: Settings) -> None:
    client, before = create_app(settings).test_client(), read_metrics(settings)
    new = build_pdf(f"{RESUME_TEXT}\nCounted")  # what was scored before is answered without a worker
    wait_for_end(client, upload(client, new).headers["Location"])
    locked = build_encrypted_pdf(RESUME_TEXT, password="secret")  # noqa: S106 - fictional
    wait_for_end(client, upload(client, locked).headers["Location"])
    after = read_metrics(settings)

    def added(*key: str) -> float:
        return after[key[0], key[1]] - before.get((key[0], key[1]), 0)

    assert added("rolefit_jobs_ended_total", "done") == added("rolefit_jobs_ended_total", "encrypted") == 1
    assert added("rolefit_attempts_total", "") == 2
    assert [added("rolefit_stage_seconds_count", stage) for stage in ("queued", "reading", "scoring")] == [2, 2, 1]
    assert 0 < added("rolefit_stage_seconds_sum", "reading") < 10
    assert after["rolefit_workers_answer", ""] == 1


def test_without_a_store_there_are_no_figures() -> None:
    client = create_app(Settings(redis_url="redis://127.0.0.1:1")).test_client()
    assert_problem(client.get("/metrics"), 503, "store-unavailable")

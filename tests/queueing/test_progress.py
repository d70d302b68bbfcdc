"""Who waits learns how many are before them, whether anybody works, and what is being done."""

import pytest
from flask.testing import FlaskClient
from redis import Redis

from service import create_app
from tests.web import upload
from worker.settings import Settings
from worker.store.health_store import HealthStore
from worker.store.jobs.job_store import JobStore

HOLDER, LEASE_SECONDS = "host:1", 100


@pytest.fixture
def client(settings: Settings, redis: Redis, redis_url: str) -> FlaskClient:
    """A client of an app whose jobs no worker takes."""
    database = redis.get_connection_kwargs()["db"]
    return create_app(settings.model_copy(update={"redis_url": f"{redis_url}?db={database}"})).test_client()


def test_who_waits_learns_how_many_are_before_them_and_whether_anybody_works(
    client: FlaskClient, health: HealthStore
) -> None:
    first, second = (upload(client, content) for content in (b"one", b"another"))
    assert first.get_json()["waiting"] == {"ahead": 0, "workers_answer": False}
    address = second.headers["Location"]
    page = address.removeprefix("/v1")
    assert "No worker is running" in client.get(page).text
    health.mark_alive(seconds=LEASE_SECONDS)
    assert client.get(address).get_json()["waiting"] == {"ahead": 1, "workers_answer": True}
    assert "One document is ahead of it." in client.get(page).text
    client.delete(first.headers["Location"])
    assert client.get(address).get_json()["waiting"]["ahead"] == 0
    assert "the next one in the queue" in client.get(page).text


def test_documents_of_others_are_not_counted(jobs: JobStore) -> None:
    jobs.submit(b"hers", name="cv.pdf", owner="anna")
    job = jobs.submit(b"his", name="cv.pdf", owner="ben")
    waiting = jobs.look_at_queue(job)
    assert waiting
    assert waiting.ahead == 0


def test_reading_and_scoring_are_two_steps_and_a_further_try_begins_anew(client: FlaskClient, jobs: JobStore) -> None:
    job = upload(client, b"one").get_json()
    address = f"/v1/matches/{job['id']}"
    assert (job["state"], job["stage"]) == ("queued", None)
    for _ in range(2):
        work = jobs.open_attempts().begin_next(job["id"], holder=HOLDER, lease_seconds=LEASE_SECONDS)
        assert work
        job = client.get(address).get_json()
        assert (job["state"], job["stage"], job["waiting"]) == ("running", "reading", None)
        jobs.open_attempts().begin_scoring(work.job_id)
        assert client.get(address).get_json()["stage"] == "scoring"
        jobs.open_attempts().set_aside(work.job_id, holder=HOLDER)
        assert client.get(address).get_json()["stage"] is None


def test_what_was_deleted_while_it_was_read_stays_deleted(client: FlaskClient, jobs: JobStore, redis: Redis) -> None:
    job = upload(client, b"one").get_json()
    jobs.open_attempts().begin_next(job["id"], holder=HOLDER, lease_seconds=LEASE_SECONDS)
    client.delete(f"/v1/matches/{job['id']}")
    jobs.open_attempts().begin_scoring(job["id"])
    assert not list(redis.scan_iter(f"*{job['id']}*"))

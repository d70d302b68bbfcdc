"""Live and ready are different things."""

import pytest
from flask.testing import FlaskClient
from redis import Redis

from service import create_app
from tests.resumes import RESUME_TEXT, build_pdf
from tests.web import assert_problem, upload
from worker.settings import Settings

NOWHERE = "redis://127.0.0.1:1"


@pytest.fixture
def lonely(settings: Settings) -> FlaskClient:
    """The application on a database of the Redis server where no worker looks."""
    return create_app(settings.model_copy(update={"redis_url": f"{settings.redis_url}?db=2"})).test_client()


@pytest.fixture
def storeless() -> FlaskClient:
    """The application without a Redis server."""
    return create_app(Settings(redis_url=NOWHERE)).test_client()


@pytest.mark.usefixtures("running_workers")
def test_it_is_ready_when_a_worker_answers(settings: Settings) -> None:
    answer = create_app(settings).test_client().get("/readyz")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "ready"})


def test_without_a_worker_it_is_live_and_not_ready(lonely: FlaskClient) -> None:
    assert lonely.get("/healthz").get_json() == {"status": "live"}
    assert_problem(lonely.get("/readyz"), 503, "no-worker")


def test_without_a_worker_a_document_is_accepted_and_waits(lonely: FlaskClient, settings: Settings) -> None:
    accepted = upload(lonely, build_pdf(RESUME_TEXT))
    job = lonely.get(accepted.headers["Location"]).get_json()
    assert (accepted.status_code, job["state"], job["attempts"]) == (202, "queued", 0)
    with Redis.from_url(f"{settings.redis_url}?db=2") as redis:
        redis.flushdb()


def test_without_a_store_it_is_live_and_not_ready(storeless: FlaskClient) -> None:
    assert storeless.get("/healthz").status_code == 200
    assert_problem(storeless.get("/readyz"), 503, "store-unavailable")


def test_without_a_store_nothing_is_accepted(storeless: FlaskClient) -> None:
    answer = upload(storeless, build_pdf(RESUME_TEXT))
    assert_problem(answer, 503, "store-unavailable")
    assert int(answer.headers["Retry-After"]) > 0

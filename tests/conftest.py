"""A real Redis and a real Celery worker, shared by the session, and proof that nothing of it stays behind."""

import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import psutil
import pytest

from tests.waiting import wait_until
from worker.processes.celery_workers import run_workers
from worker.processes.private_redis import run_private_redis
from worker.reading.isolation.sandbox import get_sandbox
from worker.settings import Settings
from worker.store.health_store import open_health
from worker.store.jobs.job_store import JobStore, open_store

pytest_plugins = ["tests.browser"]
# A test that uses one of these starts processes.
STARTING = frozenset({"settings", "page"})
WORKERS = 2
# The last file of the suite keeps others waiting for as long as it takes.
SHORT = ("judging", "anatomy", "finding", "text")

# How fast the machine is at the moment is no property of what is tested.
hypothesis.settings.register_profile(
    "any-machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any-machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that start processes, so that `make check` leaves them out, and put folders of short ones last."""
    for item in items:
        if isinstance(item, pytest.Function) and STARTING.intersection(item.fixturenames):
            item.add_marker(pytest.mark.process)
    items.sort(key=lambda item: SHORT.index(item.path.parent.name) if item.path.parent.name in SHORT else -1)


def pytest_collection_finish() -> None:
    """Keep what was imported out of every later search for garbage."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def own_temporary_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the locks and sockets of this run, and of all that it starts, apart from those of a run beside it."""
    tmp_path_factory.getbasetemp()  # which stays where it would be, so that failures can be looked into
    with tempfile.TemporaryDirectory(prefix="rolefit-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", folder)
        # Python remembers the folder when it is first asked for, which may be while a test has set the variable.
        patch.setattr(tempfile, "tempdir", folder)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_child_stays(own_temporary_folder: None) -> Iterator[None]:  # noqa: ARG001 - ends last
    """After the last test this process has no child left but its reader, which ends here."""
    yield
    get_sandbox().close()
    wait_until(lambda: not psutil.Process().children(recursive=True))


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, no_child_stays: None) -> Iterator[Settings]:  # noqa: ARG001 - ends last
    """Settings with a data folder of the session's own, a running Redis, and limits short enough to be reached."""
    folder: Path = tmp_path_factory.mktemp("rolefit")
    # The hard limit leaves the worker the five seconds in which it notices a dead child.
    chosen = Settings(data=folder, soft_limit_seconds=8, hard_limit_seconds=13, heartbeat_seconds=1)
    with run_private_redis(chosen) as url:
        yield chosen.model_copy(update={"redis_url": url})


@pytest.fixture(scope="session")
def redis_url(settings: Settings) -> str:
    """The URL of the session's Redis."""
    assert settings.redis_url
    return settings.redis_url


@pytest.fixture(scope="session")
def store(settings: Settings) -> JobStore:
    """The job store in the session's Redis."""
    return open_store(settings)


@pytest.fixture(scope="session")
def running_workers(settings: Settings) -> Iterator[None]:
    """One Celery worker with two scoring processes, which has answered its first ping."""
    with run_workers(settings, workers=WORKERS):
        wait_until(open_health(settings).workers_answer)
        yield

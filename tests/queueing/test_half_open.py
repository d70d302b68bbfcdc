"""A connection that swallows everything and never closes, as a dead firewall's does, heals by itself."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest
from redis import Redis

from tests.resumes import RESUME_TEXT, build_pdf
from tests.waiting import wait_until
from worker.processes.celery_workers import run_workers
from worker.processes.child_process import end_child, start_child
from worker.processes.private_redis import find_server
from worker.queue.app import create_celery
from worker.queue.messages import announce_job
from worker.settings import Settings
from worker.store.health_store import open_health
from worker.store.jobs.job import JobState
from worker.store.jobs.job_store import open_store

HEALED_SECONDS = 60


class Wire:
    """A TCP proxy; once cut, the connections of before stay open and carry nothing, and new ones work."""

    def __init__(self, port: int) -> None:
        self._target = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._cut = threading.Event()
        self._sockets: list[socket.socket] = [self._listener]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(self._target)
                self._sockets += [near, far]
                threading.Thread(target=self._carry, args=(near, far, self._cut), daemon=True).start()

    def _carry(self, near: socket.socket, far: socket.socket, cut: threading.Event) -> None:
        with suppress(OSError, ValueError):
            while not cut.is_set():
                for ready in select.select([near, far], [], [], 0.05)[0]:
                    data = ready.recv(65536)
                    if not data:
                        near.close()
                        far.close()
                        return
                    if not cut.is_set():
                        (far if ready is near else near).sendall(data)

    def cut(self) -> None:
        """Swallow from now on what the open connections carry."""
        self._cut.set()
        self._cut = threading.Event()

    def close(self) -> None:
        for each in self._sockets:
            each.close()


@pytest.fixture
def redis_port() -> Iterator[int]:
    """The port of a Redis server on TCP."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    with ExitStack() as stack:
        server = start_child([find_server(), "--port", str(port), "--save", "", "--bind", "127.0.0.1"])
        stack.callback(end_child, server, seconds=2)
        wait_until(lambda: answers(port))
        yield port


def answers(port: int) -> bool:
    with suppress(Exception):
        return bool(Redis(port=port).ping())
    return False


def test_workers_whose_connections_carry_nothing_any_more_work_again_within_a_minute(redis_port: int) -> None:
    wire = Wire(redis_port)
    near = Settings(redis_url=f"redis://127.0.0.1:{redis_port}/0", heartbeat_seconds=1, redis_timeout_seconds=1)
    store, celery = open_store(near), create_celery(near)
    with run_workers(near.model_copy(update={"redis_url": f"redis://127.0.0.1:{wire.port}/0"}), workers=1):
        wait_until(open_health(near).workers_answer)
        wire.cut()
        jobs = [store.submit(build_pdf(f"{RESUME_TEXT}\n{number}"), name="cv.pdf").id for number in range(3)]
        for job_id in jobs:
            announce_job(celery, job_id)
        wait_until(lambda: all(store.find(job_id).state == JobState.DONE for job_id in jobs), HEALED_SECONDS)
    wire.close()

"""Whatever is killed, and however often: a document that was accepted ends in one stored report."""

import json
import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path

import psutil
from redis import Redis

from tests.resumes import RESUME_TEXT, build_pdf
from tests.service_process import ask, send, serving
from tests.waiting import wait_until

DOCUMENTS = 80
CLIENTS = 16
KILL_EVERY_SECONDS = 0.5
MIN_KILLS = 12
RECOVERY_SECONDS = 120


def send_until_accepted(port: int, number: int) -> str:
    """Return where the job is; an upload that is refused while the store is away is sent again, under the same key."""
    content = build_pdf(f"{RESUME_TEXT}\nEdition {number}")

    def accepted() -> str:
        with suppress(AssertionError, OSError, HTTPException):
            return send(port, content, idempotency_key=f"edition {number}")
        return ""

    return wait_until(accepted)


@contextmanager
def killing(server: psutil.Process, seed: int) -> Iterator[list[str]]:
    """Kill a random process of those that the server has started, again and again; yield the names of the killed."""
    chance, stopping = random.Random(seed), threading.Event()  # noqa: S311 - chance, no secret
    killed: list[str] = []

    def kill() -> None:
        while not stopping.wait(KILL_EVERY_SECONDS):
            with suppress(psutil.NoSuchProcess, IndexError):
                victim = chance.choice(server.children(recursive=True))
                victim.kill()
                killed.append(victim.name())

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield killed
    finally:
        stopping.set()
        killer.join()


def kill_all(server: psutil.Process) -> None:
    for process in [server, *server.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            process.kill()


def is_done(port: int, location: str) -> bool:
    job = json.loads(ask(port, "GET", location)[1])
    assert job["state"] != "failed", job["error"]
    return bool(job["state"] == "done" and job["report"]["schema"] == "rolefit/report/1")


def test_every_accepted_document_ends_in_one_report_though_all_is_killed(tmp_path: Path) -> None:
    data = {"ROLEFIT_DATA": str(tmp_path), "ROLEFIT_HEARTBEAT_SECONDS": "1"}
    with serving("--workers", "2", **data) as (server, port), ThreadPoolExecutor(CLIENTS) as clients:
        program = psutil.Process(server.pid)
        with killing(program, seed=7) as killed:
            locations = list(clients.map(lambda number: send_until_accepted(port, number), range(DOCUMENTS)))
            wait_until(lambda: len(killed) >= MIN_KILLS and len(set(killed)) > 1, RECOVERY_SECONDS)
        kill_all(program)
    with serving("--workers", "2", **data) as (_, port):
        wait_until(lambda: all(is_done(port, location) for location in locations), RECOVERY_SECONDS)
        with Redis(unix_socket_path=str(tmp_path / "redis.sock")) as redis:
            assert len(list(redis.scan_iter("rolefit:report:*"))) == len(set(locations)) == DOCUMENTS
            assert not redis.zcard("rolefit:pending")

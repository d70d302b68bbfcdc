"""`rolefit serve` as a person runs it: one command up, one signal down."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import psutil
import pytest

from service.cli.doctor import Finding, examine
from service.server import NICENESS
from tests.resumes import RESUME_TEXT, build_pdf, build_slow_pdf, build_unseen_pdf
from tests.service_process import STOP_SECONDS, ask, send, serving, wait_for_report
from tests.waiting import wait_until
from worker.settings import Settings

MAX_NICENESS = 19  # nice(2)


@dataclass(frozen=True)
class Life:
    """What was seen of a service from its start to the signal that ended it."""

    location: str
    report: bytes
    ahead: tuple[tuple[int, int], ...]
    behind: tuple[tuple[int, int], ...]
    exit_code: int
    left: tuple[psutil.Process, ...]
    findings: tuple[Finding, ...]
    attempts: tuple[int, ...]
    unfinished: tuple[str, ...]


def describe(processes: Iterable[psutil.Process]) -> tuple[tuple[int, int], ...]:
    """Return the niceness and the session of each."""
    return tuple((process.nice(), os.getsid(process.pid)) for process in processes)


def begin_work(port: int, *, words: int) -> tuple[str, ...]:
    """Upload three new documents and return where their jobs are once the first, a costly one, is being worked on."""
    contents = build_slow_pdf(RESUME_TEXT, words=words), build_unseen_pdf(), build_unseen_pdf()
    locations = tuple(send(port, content) for content in contents)
    wait_until(lambda: json.loads(ask(port, "GET", locations[0])[1])["state"] == "running")
    return locations


def count_attempts(port: int, locations: Iterable[str]) -> tuple[int, ...]:
    """Return how often each job was begun until it was done."""
    return tuple(json.loads(wait_for_report(port, location))["attempts"] for location in locations)


def live(folder: Path, number: signal.Signals, before: Life | None = None) -> Life:
    """Start the service, have work done or that of the life before ended, and end it by a signal amid work."""
    variables = {"ROLEFIT_DATA": str(folder), "ROLEFIT_HEARTBEAT_SECONDS": "1"}
    with serving("--workers", "1", **variables) as (server, port):
        location = before.location if before else send(port, build_pdf(RESUME_TEXT))
        report = wait_for_report(port, location)
        wait_until(lambda: ask(port, "GET", "/readyz")[0].status == HTTPStatus.OK)
        web = psutil.Process(server.pid)
        family = web.children(recursive=True)
        worker = next(child for child in web.children() if "worker.processes.worker_process" in child.cmdline())
        behind = [worker, *worker.children(recursive=True)]
        ahead = [process for process in [web, *family] if process not in behind]
        seen = describe(ahead), describe(behind)
        findings = tuple(examine(Settings(data=folder)))
        locations = before.unfinished if before else begin_work(port, words=800)
        if not before:
            worker.send_signal(signal.SIGTERM)
        attempts = count_attempts(port, locations)
        family += web.children(recursive=True)
        unfinished = () if before else begin_work(port, words=801)
        server.send_signal(number)
        server.communicate(timeout=STOP_SECONDS)
        left = (child for child in family if child.is_running() and child.status() != psutil.STATUS_ZOMBIE)
        return Life(location, report, *seen, server.returncode, tuple(left), findings, attempts, unfinished)


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Life, Life]:
    """Two lives of a service on one folder."""
    folder = tmp_path_factory.mktemp("lives")
    first = live(folder, signal.SIGINT)
    return first, live(folder, signal.SIGTERM, first)


def test_one_command_serves_and_either_signal_leaves_nothing_running(lives: tuple[Life, Life]) -> None:
    assert all(len(life.ahead) > 1 for life in lives)
    assert [life.exit_code for life in lives] == [0, 0]
    assert [life.left for life in lives] == [(), ()]


def test_workers_and_their_readers_stand_back_behind_the_web_process_and_redis(lives: tuple[Life, Life]) -> None:
    first, _ = lives
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert {niceness for niceness, _ in first.ahead} == {ours}
    assert {niceness for niceness, _ in first.behind} == {min(ours + NICENESS, MAX_NICENESS)}
    assert {session for _, session in first.behind + first.ahead} == {os.getsid(0)}  # niceness counts within one


def test_a_report_outlives_a_restart(lives: tuple[Life, Life]) -> None:
    first, second = lives
    assert second.report == first.report


def test_a_deploy_loses_and_repeats_nothing(lives: tuple[Life, Life]) -> None:
    """Neither a worker nor the whole service that is ended amid work leaves a job undone, or done twice."""
    assert [life.attempts for life in lives] == [(1, 1, 1), (1, 1, 1)]


def test_the_doctor_asks_a_service_that_runs(lives: tuple[Life, Life]) -> None:
    for life in lives:
        words = {finding.subject: finding.words for finding in life.findings}
        assert words["Worker"] == "answers"
        assert words["Redis"].endswith("keeps every job")
        assert all(finding.well for finding in life.findings)


def test_refusals_of_the_server_itself_are_problems(redis_url: str) -> None:
    with ExitStack() as stack:
        _, port = stack.enter_context(serving("--workers", "0", ROLEFIT_REDIS_URL=redis_url))
        connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nno header\r\n\r\n")
        answer = stack.enter_context(closing(http.client.HTTPResponse(connection)))
        answer.begin()
        assert (answer.status, answer.headers["Content-Type"]) == (400, "application/problem+json")
        assert json.loads(answer.read())["code"] == "invalid-request"


# In a process of its own: the browser of other tests leaves a running event loop in this one.
SIGNAL_WHEN_READY = """
import asyncio, signal
from service.server import create_server, listen, run_server
from worker.settings import Settings

signal.signal(signal.SIGTERM, lambda *_: print("heard"))
with listen("127.0.0.1", 0) as listener:
    server = create_server(Settings(redis_url="redis://127.0.0.1:1"))
    asyncio.run(run_server(server, listener, lambda: signal.raise_signal(signal.SIGTERM)))
"""


def test_a_signal_as_soon_as_the_service_says_that_it_is_ready_is_not_lost() -> None:
    done = subprocess.run([sys.executable, "-c", SIGNAL_WHEN_READY], capture_output=True, text=True, check=True)
    assert done.stdout == "heard\n"


def test_a_port_in_use_is_one_clear_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "service", "serve", "--port", port],
            env={**os.environ, "ROLEFIT_DATA": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert port in done.stderr

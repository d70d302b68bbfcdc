"""`rolefit serve` as a person runs it: one command up, one signal down."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import psutil
import pytest

from service.server import NICENESS
from tests.resumes import RESUME_TEXT, build_pdf
from tests.service_process import STOP_SECONDS, ask, send, serving, wait_for_report

LOWEST_PRIORITY = 19  # nice(2)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_command_serves_and_one_signal_leaves_nothing_running(tmp_path: Path, number: signal.Signals) -> None:
    with serving("--workers", "1", ROLEFIT_DATA=str(tmp_path)) as (server, port):
        location = send(port, build_pdf(RESUME_TEXT))
        wait_for_report(port, location)
        assert ask(port, "GET", "/readyz")[0].status == 200
        family = psutil.Process(server.pid).children(recursive=True)
        assert family
        server.send_signal(number)
        server.communicate(timeout=STOP_SECONDS)
        assert server.returncode == 0
        assert not [child for child in family if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]


def test_workers_and_their_readers_stand_back_behind_the_web_process_and_redis(tmp_path: Path) -> None:
    with serving("--workers", "1", ROLEFIT_DATA=str(tmp_path)) as (server, port):
        wait_for_report(port, send(port, build_pdf(RESUME_TEXT)))
        web = psutil.Process(server.pid)
        worker = next(child for child in web.children() if "worker.processes.worker_process" in child.cmdline())
        behind = [worker, *worker.children(recursive=True)]
        ahead = [process for process in [web, *web.children(recursive=True)] if process not in behind]
        ours = os.getpriority(os.PRIO_PROCESS, 0)
        assert {process.nice() for process in ahead} == {ours}
        assert {process.nice() for process in behind} == {min(ours + NICENESS, LOWEST_PRIORITY)}
        assert {os.getsid(process.pid) for process in behind + ahead} == {os.getsid(0)}  # niceness counts within one


def test_a_report_outlives_a_restart(tmp_path: Path) -> None:
    with serving("--workers", "1", ROLEFIT_DATA=str(tmp_path)) as (_, port):
        location = send(port, build_pdf(RESUME_TEXT))
        before = wait_for_report(port, location)
    with serving("--workers", "1", ROLEFIT_DATA=str(tmp_path)) as (_, port):
        assert ask(port, "GET", location)[1] == before


def test_refusals_of_the_server_itself_are_problems(redis_url: str) -> None:
    with ExitStack() as stack:
        _, port = stack.enter_context(serving("--workers", "0", ROLEFIT_REDIS_URL=redis_url))
        connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nno header\r\n\r\n")
        answer = stack.enter_context(closing(http.client.HTTPResponse(connection)))
        answer.begin()
        assert (answer.status, answer.headers["Content-Type"]) == (400, "application/problem+json")
        assert json.loads(answer.read())["code"] == "invalid-request"


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

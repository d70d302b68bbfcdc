"""`rolefit serve` as a person runs it: one command up, one signal down."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import psutil
import pytest

from service.server import NICENESS
from tests.resumes import RESUME_TEXT, build_pdf
from tests.waiting import wait_until

STOP_SECONDS = 20


@contextmanager
def serving(*words: str, **variables: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run the service and yield its process and port once it says that it is ready."""
    environment = {**os.environ, **variables}
    command = [sys.executable, "-m", "service", "serve", "--port", "0", *words]
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr
        try:
            ready = next(line for line in server.stderr if "ready" in line)
            yield server, int(re.findall(r"http://127\.0\.0\.1:(\d+)", ready)[0])
        finally:
            server.terminate()
            server.communicate(timeout=2 * STOP_SECONDS)


def ask(port: int, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    """Return an answer and its body, got with a client that is not ours."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer, answer.read()


def send(port: int, content: bytes) -> str:
    """Upload a document and return where its job is."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="cv.pdf"\r\n\r\n'
    body = head + content + b"\r\n--x--\r\n"
    answer, _ = ask(port, "POST", "/v1/matches", body, content_type="multipart/form-data; boundary=x")
    assert answer.status == 202
    return answer.headers["Location"]


def wait_for_report(port: int, location: str) -> bytes:
    """Return the job as it was answered once it was done."""

    def done() -> bytes:
        body = ask(port, "GET", location)[1]
        return body if json.loads(body)["state"] == "done" else b""

    return wait_until(done, 60)


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
        assert {process.nice() for process in behind} == {NICENESS}
        assert {process.nice() for process in ahead} == {os.getpriority(os.PRIO_PROCESS, 0)}
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

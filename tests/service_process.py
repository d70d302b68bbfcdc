"""`rolefit serve` in a process of its own, and a client that is not ours."""

import http.client
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager

from tests.waiting import wait_until

STOP_SECONDS = 20


def read_until(lines: Iterable[str], word: str) -> Iterator[str]:
    """Yield the lines up to the first that holds the word."""
    for line in lines:
        yield line
        if word in line:
            return


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
            said = list(read_until(server.stderr, "ready"))
            ports = re.findall(r"http://127\.0\.0\.1:(\d+)", said[-1] if said else "")
            assert ports, f"it ended before it was ready: {said}"
            yield server, int(ports[0])
        finally:
            server.terminate()
            server.communicate(timeout=2 * STOP_SECONDS)


def ask(port: int, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    """Return an answer and its body, got with a client that is not ours."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer, answer.read()


def send(port: int, content: bytes, **headers: str) -> str:
    """Upload a document and return where its job is."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="cv.pdf"\r\n\r\n'
    body = head + content + b"\r\n--x--\r\n"
    answer, _ = ask(port, "POST", "/v1/matches", body, content_type="multipart/form-data; boundary=x", **headers)
    assert answer.status == 202
    return answer.headers["Location"]


def wait_for_report(port: int, location: str) -> bytes:
    """Return the job as it was answered once it was done; fail at once when it failed."""

    def done() -> bytes:
        body = ask(port, "GET", location)[1]
        job = json.loads(body)
        assert job["state"] != "failed", job["error"]
        return body if job["state"] == "done" else b""

    return wait_until(done, 180)

"""The service as `rolefit serve` runs it, on a port and in a data folder of its own."""

import http.client
import json
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import psutil

from tests.waiting import wait_until
from worker.files import ROOT
from worker.processes.child_process import end_child
from worker.processes.data_folder import choose_socket

READY = re.compile(r"ready at http://127\.0\.0\.1:(\d+)")
READY_SECONDS = 60
STOP_SECONDS = 100
TIMEOUT_SECONDS = 60
HEAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="resume.pdf"\r\n\r\n'
TAIL = b"\r\n--x--\r\n"
FORM = {"Content-Type": "multipart/form-data; boundary=x"}


@dataclass(frozen=True, slots=True)
class Service:
    """A running service."""

    port: int
    process: psutil.Process
    redis_url: str

    def find_child(self, word: str) -> psutil.Process:
        """Return the child whose command line holds a word."""
        return next(child for child in self.process.children() if word in " ".join(child.cmdline()))


def build_form(content: bytes) -> bytes:
    """Return a form with a document that was never sent before, so that no report on it is in the store."""
    return HEAD + content + b"\n%" + secrets.token_hex().encode() + TAIL


def ask(port: int, method: str, path: str, body: bytes = b"", **headers: str) -> dict[str, object]:
    """Return the JSON of an answer."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)) as connection:
        connection.request(method, path, body, headers)
        answer: dict[str, object] = json.loads(connection.getresponse().read())
        return answer


@contextmanager
def serve(scratch: Path, *, workers: int) -> Iterator[Service]:
    """Run the service and yield it once it says that it is ready."""
    folder = Path(mkdtemp(dir=scratch))
    log = folder / "log"
    command = [sys.executable, "-m", "service", "serve", "--port", "0", "--workers", str(workers)]
    with log.open("wb") as stderr:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            # What pictures of pages cost is measured apart: documents of batches have none.
            env={**os.environ, "ROLEFIT_DATA": str(folder / "data"), "ROLEFIT_PAGE_PICTURES": "none"},
            stderr=stderr,
            start_new_session=True,
        )
    try:
        port = wait_until(lambda: READY.findall(log.read_text()), READY_SECONDS)[0]
        yield Service(int(port), psutil.Process(process.pid), f"unix://{choose_socket(folder / 'data')}")
    finally:
        end_child(process, seconds=STOP_SECONDS)

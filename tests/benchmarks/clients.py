"""Many clients that upload or ask at once, in a process apart: `python -m tests.benchmarks.clients` (see `send`).

Each keeps one connection alive and sends the next request when it has its answer. `paced` clients send at fixed
moments, all together so many a second, and a late answer counts from the moment at which it should have been sent,
so that a slow server does not hide the wait of what it holds up. Plain sockets: a client library would cost this
machine more than the server does.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import count
from statistics import quantiles

from tests.benchmarks.figures import MILLISECONDS
from tests.benchmarks.serving import FORM, build_form
from tests.resumes import RESUME_TEXT, build_pdf
from worker.files import ROOT

CLIENTS = 64
ACCEPTED, FOUND = b"HTTP/1.1 202", b"HTTP/1.1 200"


@dataclass(frozen=True, slots=True)
class Answers:
    """How long answers took, in milliseconds; `rate` is a second, `refused` all but 202, or 200 for a question."""

    count: int
    refused: int
    rate: float
    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class _Load:
    """What the clients do, from one moment to another; with a `pause`, each sends that many seconds apart.

    They ask for the `paths` in turn; without any they upload.
    """

    port: int
    paths: Sequence[str]
    content: bytes
    begun: float
    end: float
    pause: float
    seconds: list[float] = field(default_factory=list)
    refused: list[bytes] = field(default_factory=list)


async def _read_answer(reader: asyncio.StreamReader) -> bytes:
    """Read one answer off the connection and return its head."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    await reader.readexactly(length)
    return head


def _build_request(load: _Load, turn: int) -> bytes:
    if load.paths:
        return f"GET {load.paths[turn % len(load.paths)]} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    body = build_form(load.content)
    headers = {**FORM, "Host": "localhost", "Content-Length": str(len(body))}
    lines = ["POST /v1/matches HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "\r\n"]
    return "\r\n".join(lines).encode() + body


def _note(load: _Load, head: bytes, seconds: float) -> None:
    load.seconds.append(seconds)
    if not head.startswith(FOUND if load.paths else ACCEPTED):
        load.refused.append(head)


async def _act(load: _Load, number: int) -> None:
    """Be one client."""
    reader, writer = await asyncio.open_connection("127.0.0.1", load.port)
    due, turns = load.begun + number * load.pause / CLIENTS, count(number)
    while due < load.end:
        await asyncio.sleep(due - time.perf_counter())
        writer.write(_build_request(load, next(turns)))
        head = await _read_answer(reader)
        now = time.perf_counter()
        _note(load, head, now - due)
        due = due + load.pause if load.pause else now
    writer.close()
    await writer.wait_closed()


def _sum_up(load: _Load) -> Answers:
    answered, cuts = len(load.seconds), quantiles(load.seconds, n=100)
    rate = answered / (time.perf_counter() - load.begun)
    return Answers(answered, len(load.refused), rate, cuts[49] * MILLISECONDS, cuts[98] * MILLISECONDS)


async def send(port: int, paths: Sequence[str] = (), *, seconds: float, rate: float) -> Answers:
    """Let 64 clients ask for paths, or upload, for so many seconds, together at a rate a second.

    At 0 each is as fast as it is answered.
    """
    begun = time.perf_counter()
    load = _Load(port, paths, build_pdf(RESUME_TEXT), begun, begun + seconds, CLIENTS / rate if rate else 0.0)
    await asyncio.gather(*(_act(load, number) for number in range(CLIENTS)))
    return _sum_up(load)


def run_clients(port: int, *paths: str, seconds: float, rate: float) -> Answers:
    """Run the clients in a process of their own (see `send`) and return how they were answered."""
    command = [sys.executable, "-m", "tests.benchmarks.clients", str(port), str(seconds), str(rate), *paths]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return Answers(**json.loads(done.stdout))


def main(port: str, seconds: str, rate: str, *paths: str) -> None:
    """Send, and write how long it took to stdout as JSON."""
    answers = asyncio.run(send(int(port), paths, seconds=float(seconds), rate=float(rate)))
    sys.stdout.write(json.dumps(asdict(answers)))


if __name__ == "__main__":
    main(*sys.argv[1:])

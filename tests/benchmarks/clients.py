"""Many clients that upload at once, in a process of their own: `python -m tests.benchmarks.clients` (see `send`).

Each keeps one connection alive and sends the next document when it has its answer. `paced` clients send at fixed
moments, all together so many a second, and a late answer counts from the moment at which it should have been sent,
so that a slow server does not hide the wait of what it holds up. Plain sockets: a client library would cost this
machine more than the server does.
"""

import asyncio
import json
import sys
import time
from dataclasses import asdict, dataclass, field
from statistics import quantiles

from tests.benchmarks.figures import MILLISECONDS
from tests.benchmarks.serving import FORM, build_form
from tests.resumes import RESUME_TEXT, build_pdf

CLIENTS = 64
ACCEPTED = b"HTTP/1.1 202"


@dataclass(frozen=True, slots=True)
class Answers:
    """How long answers took, in milliseconds; `rate` is a second, `refused` all that were not 202."""

    count: int
    refused: int
    rate: float
    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class _Load:
    """What the clients do, from one moment to another; with a `pause`, each sends that many seconds apart."""

    port: int
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


def _build_request(content: bytes) -> bytes:
    body = build_form(content)
    headers = {**FORM, "Host": "localhost", "Content-Length": str(len(body))}
    lines = ["POST /v1/matches HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "\r\n"]
    return "\r\n".join(lines).encode() + body


def _note(load: _Load, head: bytes, seconds: float) -> None:
    load.seconds.append(seconds)
    if not head.startswith(ACCEPTED):
        load.refused.append(head)


async def _act(load: _Load, number: int) -> None:
    """Be one client."""
    reader, writer = await asyncio.open_connection("127.0.0.1", load.port)
    due = load.begun + number * load.pause / CLIENTS
    while due < load.end:
        await asyncio.sleep(due - time.perf_counter())
        writer.write(_build_request(load.content))
        head = await _read_answer(reader)
        now = time.perf_counter()
        _note(load, head, now - due)
        due = due + load.pause if load.pause else now
    writer.close()
    await writer.wait_closed()


def _sum_up(load: _Load) -> Answers:
    count, cuts = len(load.seconds), quantiles(load.seconds, n=100)
    rate = count / (time.perf_counter() - load.begun)
    return Answers(count, len(load.refused), rate, cuts[49] * MILLISECONDS, cuts[98] * MILLISECONDS)


async def send(port: int, *, seconds: float, rate: float) -> Answers:
    """Let 64 clients upload for so many seconds, together at a rate a second; at 0 each as fast as it is answered."""
    begun = time.perf_counter()
    load = _Load(port, build_pdf(RESUME_TEXT), begun, begun + seconds, CLIENTS / rate if rate else 0.0)
    await asyncio.gather(*(_act(load, number) for number in range(CLIENTS)))
    return _sum_up(load)


def main(port: str, seconds: str, rate: str) -> None:
    """Send, and write how long it took to stdout as JSON."""
    answers = asyncio.run(send(int(port), seconds=float(seconds), rate=float(rate)))
    sys.stdout.write(json.dumps(asdict(answers)))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The benchmarks measure what they say; what they measure is `make bench`'s business."""

import asyncio
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.benchmarks.clients import Answers, send
from tests.benchmarks.counting import count_command
from tests.benchmarks.documents import copy_documents, write_folder, write_resume
from tests.benchmarks.figures import Figure, print_figures, write_figures
from tests.benchmarks.peers import list_installed, read_with_pypdf, read_with_pypdfium2

BURN = "import time; end = time.process_time() + 0.3\nwhile time.process_time() < end: pass"
LEAVE_ORPHAN = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {BURN!r}], start_new_session=True)"


@pytest.mark.process
def test_what_a_program_leaves_running_is_counted_to_its_end() -> None:
    assert count_command([sys.executable, "-c", LEAVE_ORPHAN]).cpu_seconds > 0.3


def test_a_goal_is_met_on_its_own_side(tmp_path: Path) -> None:
    low, high = Figure("a", 1.0, "s", 2.0), Figure("b", 1.0, "×", 2.0, at_least=True, beside={"floor": 0.5})
    print_figures([low, high])
    write_figures([low, high, Figure("c", 1.0, "s")], tmp_path / "bench.json")
    rows = json.loads((tmp_path / "bench.json").read_text())["figures"]
    assert [row["met"] for row in rows] == [True, False, None]


def test_documents_differ_and_are_the_same_in_every_run(tmp_path: Path) -> None:
    assert write_resume(1) == write_resume(1) != write_resume(2)
    folder = write_folder(tmp_path / "made", 2)
    copied = copy_documents(folder, tmp_path / "copied", 3)
    for read in (read_with_pypdf, read_with_pypdfium2):
        texts = list(read(copied))
        assert texts[0] == texts[2] != texts[1]
        assert "Quilla" in texts[0]
    assert {"pypdf", "pypdfium2", "phrases"} <= set(list_installed())


async def send_to_a_server(answer: bytes) -> Answers:
    async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer), suppress(asyncio.IncompleteReadError):  # the client has closed
            while head := await reader.readuntil(b"\r\n\r\n"):
                await reader.readexactly(int(head.partition(b"Content-Length: ")[2].split()[0]))
                writer.write(answer)

    async with await asyncio.start_server(respond, "127.0.0.1", 0) as server:
        return await send(server.sockets[0].getsockname()[1], seconds=0.5, rate=400)


@pytest.mark.parametrize(("answer", "refused"), [(b"202 Accepted", False), (b"503 Service Unavailable", True)])
def test_clients_send_no_faster_than_their_pace_and_count_refusals(answer: bytes, *, refused: bool) -> None:
    sending = send_to_a_server(b"HTTP/1.1 " + answer + b"\r\nContent-Length: 2\r\n\r\n{}")
    with ThreadPoolExecutor(1) as apart:  # the browser of other tests has an event loop in this thread
        answers = apart.submit(asyncio.run, sending).result()
    assert 1 < answers.count <= 201
    assert answers.refused == refused * answers.count
    assert answers.p50 <= answers.p99

"""Runs a program and counts what it and all its descendants took.

Run as a program of its own, `python -m tests.benchmarks.counting COMMAND…`, so that nothing else is counted. Linux
alone: descendants whose parent has died are adopted here, so that their time is counted as well.
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass

import psutil

from worker.files import ROOT

ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)
MEMORY_SECONDS = 0.5  # from one look to the next: it takes tens of milliseconds
NESTED_SECONDS = 0.05
MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Cost:
    """What a program took: CPU and wall seconds; the most memory of all its processes together, in MB.

    Memory is proportional (PSS: a page that n processes share counts 1/n in each), looked at twice a second.
    `nested_seconds` are the CPU seconds of what the program's own children have started: of a batch, what scores and
    reads.
    """

    cpu_seconds: float
    wall_seconds: float
    peak_megabytes: float
    nested_seconds: float


def measure_memory(process: psutil.Process) -> float:
    """Return the proportional memory of a process and all its descendants, in MB."""
    total = 0
    for member in [process, *process.children(recursive=True)]:
        with suppress(psutil.Error):
            total += member.memory_full_info().pss
    return total / MEGABYTE


def measure_nested(process: psutil.Process) -> float:
    """Return the CPU seconds so far of all descendants but the children."""
    total = 0.0
    for child in process.children():
        for member in child.children(recursive=True):
            with suppress(psutil.Error):
                times = member.cpu_times()
                total += times.user + times.system
    return total


def count_command(command: Sequence[str], *, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a program to its end, in our own environment if none is given, and return its cost.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.counting", *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return Cost(**json.loads(done.stdout))


class _Watch(threading.Thread):
    """Keeps the highest figure seen of a process and its descendants."""

    def __init__(self, pid: int, measure: Callable[[psutil.Process], float], *, pause: float) -> None:
        super().__init__(daemon=True)
        self.highest = 0.0
        self._pid, self._measure, self._pause = pid, measure, pause
        self.start()

    def run(self) -> None:
        with suppress(psutil.Error):
            process = psutil.Process(self._pid)
            while True:
                self.highest = max(self.highest, self._measure(process))
                time.sleep(self._pause)


def _await_orphans() -> None:
    with suppress(ChildProcessError):
        while True:
            os.wait()


def main(command: Sequence[str]) -> None:
    """Run a program; write its cost to stdout as JSON, and end as it ends."""
    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1, 0, 0, 0)
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as program:
        memory = _Watch(program.pid, measure_memory, pause=MEMORY_SECONDS)
        nested = _Watch(program.pid, measure_nested, pause=NESTED_SECONDS)
    wall = time.perf_counter() - started
    _await_orphans()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = Cost(used.ru_utime + used.ru_stime, wall, memory.highest, nested.highest)
    sys.stdout.write(json.dumps(asdict(cost)))
    sys.exit(program.returncode)


if __name__ == "__main__":
    main(sys.argv[1:])

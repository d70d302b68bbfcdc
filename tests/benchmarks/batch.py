"""What a whole `rolefit batch` costs, beside peers on the same files, and what a second worker brings."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.benchmarks.counting import Cost, count_command
from tests.benchmarks.figures import MILLISECONDS, Figure
from tests.benchmarks.peers import APART, list_installed
from tests.benchmarks.plan import Plan

FACTOR_OF_PYPDF = 1.5
MIN_SPEED_UP = 1.8


def run_batch(folder: Path, *, workers: int, environment: Mapping[str, str] | None = None) -> Cost:
    """Return the cost of scoring a folder from the command line, from the first process's start to the last's end."""
    command = [sys.executable, "-m", "service", "batch", str(folder), "--workers", str(workers)]
    return count_command(command, environment=environment)


def _run_peers(plan: Plan) -> dict[str, float]:
    """Return the CPU milliseconds a résumé takes each peer that is installed."""
    pythons = dict.fromkeys(list_installed(), sys.executable)
    if plan.embeddings:
        pythons[APART] = str(plan.embeddings)
    costs = {
        name: count_command([python, "-m", "tests.benchmarks.peers", name, str(plan.documents)])
        for name, python in pythons.items()
    }
    return {name: cost.cpu_seconds * MILLISECONDS / plan.count for name, cost in costs.items()}


def _measure_other(whole: Cost, start: Cost) -> float:
    """Return the share of a batch's CPU time that no further worker takes over: Redis, Celery's own process, command.

    Its start is taken off.
    """
    nested = whole.nested_seconds - start.nested_seconds
    return (1 - nested / (whole.cpu_seconds - start.cpu_seconds)) * 100


def measure(plan: Plan) -> Iterator[Figure]:
    """Yield CPU a résumé, its ratio to bare pypdf, and the speed-up by a second worker, start-up taken off."""
    one, two = (run_batch(plan.documents, workers=workers) for workers in (1, 2))
    cpu, peers = two.cpu_seconds * MILLISECONDS / plan.count, _run_peers(plan)
    yield Figure("CPU a résumé, whole batch", cpu, "ms", beside=peers)
    yield Figure("CPU a résumé over bare pypdf", cpu / peers["pypdf"], "×", FACTOR_OF_PYPDF)
    starts = [run_batch(plan.one, workers=workers) for workers in (1, 2)]
    first, second = (whole.wall_seconds - start.wall_seconds for whole, start in zip((one, two), starts, strict=True))
    beside = {"one worker, s": first, "two workers, s": second, "CPU not of workers, %": _measure_other(two, starts[1])}
    yield Figure("batch by two workers over one", first / second, "×", MIN_SPEED_UP, at_least=True, beside=beside)

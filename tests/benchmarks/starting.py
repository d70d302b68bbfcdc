"""How long people wait for a first result, beside the import of spaCy alone."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median

from tests.benchmarks.figures import Figure
from tests.benchmarks.plan import Plan
from tests.benchmarks.serving import serve
from worker.files import ROOT

REPEATS = 5
WORKERS = 2
MAX_SECONDS_TO_SCORE = 0.8
MAX_SECONDS_TO_SERVE = 1.5


def _run(*words: str) -> None:
    subprocess.run([sys.executable, *words], cwd=ROOT, check=True, capture_output=True)


def _measure_median(work: Callable[[], None]) -> float:
    """Return the median of wall seconds."""
    seconds = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return median(seconds)


def _measure_start(plan: Plan) -> float:
    """Return the wall seconds until the service says that it is ready."""
    started = time.perf_counter()
    with serve(plan.scratch, workers=WORKERS):
        return time.perf_counter() - started


def measure(plan: Plan) -> Iterator[Figure]:
    """Yield the wall time of scoring one file from the command line, and of the service's start."""
    file = next(iter(plan.one.glob("*.pdf")))
    beside = {"import spacy": _measure_median(lambda: _run("-c", "import spacy"))}
    score = _measure_median(lambda: _run("-m", "service", "score", str(file)))
    yield Figure("`rolefit score` of one file", score, "s", MAX_SECONDS_TO_SCORE, beside=beside)
    ready = median(_measure_start(plan) for _ in range(REPEATS))
    yield Figure("`rolefit serve` ready", ready, "s", MAX_SECONDS_TO_SERVE, beside=beside)

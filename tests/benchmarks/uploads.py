"""How long an upload takes while 64 clients send and all workers are busy."""

import os
import time
from collections.abc import Iterator
from statistics import quantiles

from tests.benchmarks.clients import CLIENTS, Answers, run_clients
from tests.benchmarks.figures import MILLISECONDS, Figure
from tests.benchmarks.plan import Plan
from tests.benchmarks.serving import FORM, ask, build_form, serve
from tests.resumes import RESUME_TEXT, build_pdf

WORKERS = 2
PACED = 96  # uploads a second: more than the workers of two cores score, so the queue only grows
CLOSED_LOOP = 0
MAX_MILLISECONDS = {PACED: 20, CLOSED_LOOP: 150}
WAITING = 300  # jobs that keep the workers busy from the first moment on


def _measure_rate(plan: Plan, rate: float) -> Answers:
    """Return how a service with a queue of its own answers uploads at a rate."""
    content = build_pdf(RESUME_TEXT)
    with serve(plan.scratch, workers=WORKERS) as service:
        for _ in range(WAITING):
            ask(service.port, "POST", "/v1/matches", build_form(content), **FORM)
        return run_clients(service.port, seconds=plan.load_seconds, rate=rate)


def _measure_disk(plan: Plan) -> float:
    """Return the 99th percentile of what the disk takes to make a document last, which Redis waits for, in ms."""
    content, seconds = build_pdf(RESUME_TEXT), []
    with (plan.scratch / "lasting").open("wb", buffering=0) as file:
        for _ in range(WAITING):
            file.write(content)
            started = time.perf_counter()
            os.fdatasync(file)
            seconds.append(time.perf_counter() - started)
    return quantiles(seconds, n=100)[98] * MILLISECONDS


def _describe(answers: Answers, disk: float) -> dict[str, float]:
    return {
        "p50, ms": answers.p50,
        "the idle disk's fdatasync, p99, ms": disk,
        "answers a second": answers.rate,
        "not accepted": answers.refused,
    }


def measure(plan: Plan) -> Iterator[Figure]:
    """Yield the 99th percentile of uploads that come at a steady pace, and of uploads back to back."""
    disk = _measure_disk(plan)
    for pace, rate in ((f"{PACED} uploads a second", PACED), ("uploads back to back", CLOSED_LOOP)):
        answers = _measure_rate(plan, rate)
        what = f"{pace} of {CLIENTS} clients beside {WORKERS} busy workers, p99"
        yield Figure(what, answers.p99, "ms", MAX_MILLISECONDS[rate], beside=_describe(answers, disk))

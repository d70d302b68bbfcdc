"""How long a person waits for a report, beside the same document scored in-process and a Celery task of nothing."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import mkdtemp

from tests.benchmarks.figures import MILLISECONDS, Figure
from tests.benchmarks.noop import do_nothing
from tests.benchmarks.plan import Plan
from tests.benchmarks.serving import FORM, Service, ask, build_form, serve
from tests.resumes import RESUME_TEXT, build_pdf
from worker.pipeline import score_document
from worker.processes.child_process import end_child, start_child
from worker.processes.private_redis import run_redis

MAX_MILLISECONDS_OVER = 15
WORKERS = 2
PAUSE_SECONDS = 0.05  # so that each finds the service idle
POLL_SECONDS = 0.002
STOP_SECONDS = 10


def _measure_median(work: Callable[[], object], *, repeats: int) -> float:
    """Return the median of wall milliseconds; the first time does not count."""
    seconds = []
    for _ in range(repeats + 1):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
        time.sleep(PAUSE_SECONDS)
    return median(seconds[1:]) * MILLISECONDS


def _send_and_wait(service: Service, content: bytes) -> None:
    job = ask(service.port, "POST", "/v1/matches", build_form(content), **FORM)
    while job["state"] not in {"done", "failed"}:
        time.sleep(POLL_SECONDS)
        job = ask(service.port, "GET", f"/v1/matches/{job['id']}")


@contextmanager
def _noop_worker(scratch: Path) -> Iterator[None]:
    """Run a plain Celery worker on a Redis as durable as the service's."""
    with run_redis(Path(mkdtemp(dir=scratch))) as url:
        address = url.replace("unix://", "redis+socket://", 1)
        do_nothing.app.conf.update(broker_url=address, result_backend=address)
        command = [sys.executable, "-m", "celery", "--quiet", "-A", "tests.benchmarks.noop", "worker"]
        worker = start_child([*command, "--concurrency", str(WORKERS)], environment={**os.environ, "NOOP_URL": address})
        try:
            yield
        finally:
            end_child(worker, seconds=STOP_SECONDS)


def _measure_noop(plan: Plan) -> float:
    with _noop_worker(plan.scratch):
        return _measure_median(lambda: do_nothing.delay().get(timeout=60), repeats=plan.repeats)


def measure(plan: Plan) -> Iterator[Figure]:
    """Yield the time from upload to report on an idle service, less what scoring itself takes."""
    content = build_pdf(RESUME_TEXT)
    alone = _measure_median(lambda: score_document(content, name=""), repeats=plan.repeats)
    with serve(plan.scratch, workers=WORKERS) as service:
        served = _measure_median(lambda: _send_and_wait(service, content), repeats=plan.repeats)
    beside = {"upload to report, p50": served, "scored in-process": alone, "Celery no-op": _measure_noop(plan)}
    yield Figure("upload to report over scoring, p50", served - alone, "ms", MAX_MILLISECONDS_OVER, beside=beside)

"""The memory of two workers that have scored documents."""

from collections.abc import Iterator

import psutil

from tests.benchmarks.counting import MEGABYTE, measure_memory
from tests.benchmarks.figures import Figure
from tests.benchmarks.plan import Plan
from tests.benchmarks.serving import FORM, Service, ask, build_form, serve
from tests.resumes import RESUME_TEXT, build_pdf
from tests.waiting import wait_until

WORKERS = 2
DOCUMENTS = 40
SECONDS = 300
MAX_MEGABYTES = 150


def _keep_busy(service: Service) -> None:
    """Have documents scored, and wait until the last is."""
    content = build_pdf(RESUME_TEXT)
    jobs = [ask(service.port, "POST", "/v1/matches", build_form(content), **FORM) for _ in range(DOCUMENTS)]

    def ended() -> bool:
        return all(ask(service.port, "GET", f"/v1/matches/{job['id']}")["state"] == "done" for job in jobs)

    wait_until(ended, SECONDS)


def _measure_private(process: psutil.Process) -> float:
    family = [process, *process.children(recursive=True)]
    return sum(member.memory_full_info().uss for member in family) / MEGABYTE


def measure(plan: Plan) -> Iterator[Figure]:
    """Yield the private memory (USS) of the worker's main process, its two children and their reading processes.

    Beside it the proportional memory (PSS), in which what they share with each other counts once.
    """
    with serve(plan.scratch, workers=WORKERS) as service:
        _keep_busy(service)
        workers = service.find_child("worker.processes.worker_process")
        beside = {"proportional, MB": measure_memory(workers)}
        yield Figure(
            f"memory of {WORKERS} workers, private", _measure_private(workers), "MB", MAX_MEGABYTES, beside=beside
        )

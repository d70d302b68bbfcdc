"""What each part of the service spends on a document, from upload to stored report."""

from collections.abc import Iterator

import psutil
from redis import Redis

from tests.benchmarks.counting import MEGABYTE
from tests.benchmarks.documents import write_resume
from tests.benchmarks.figures import MILLISECONDS, Figure
from tests.benchmarks.plan import Plan
from tests.benchmarks.serving import FORM, Service, ask, build_form, serve
from tests.resumes import build_pdf
from tests.waiting import wait_until
from worker.store.keys import PENDING

WORKERS = 2
DOCUMENTS = 200
SECONDS = 300


def _measure_cpu(*processes: psutil.Process) -> float:
    """Return the CPU seconds of running processes so far."""
    times = [process.cpu_times() for process in processes]
    return sum(time.user + time.system for time in times)


def _read_clocks(service: Service) -> dict[str, float]:
    worker = service.find_child("worker.processes.worker_process")
    return {
        "web": _measure_cpu(service.process),
        "Redis": _measure_cpu(service.find_child("unixsocket")),
        "workers": _measure_cpu(worker, *worker.children(recursive=True)),
    }


def _score(service: Service, redis: Redis, number: int) -> None:
    """Have documents scored, each another one, and wait until the last is."""
    for seed in range(number):
        ask(service.port, "POST", "/v1/matches", build_form(build_pdf(write_resume(seed))), **FORM)
    wait_until(lambda: not redis.zcard(PENDING), SECONDS)


def measure(plan: Plan) -> Iterator[Figure]:
    """Yield the CPU time of web process, workers and Redis, and the memory of Redis, for each document."""
    number = min(DOCUMENTS, plan.count)
    with serve(plan.scratch, workers=WORKERS) as service, Redis.from_url(service.redis_url) as redis:
        _score(service, redis, WORKERS)
        before, memory = _read_clocks(service), redis.info()["used_memory"]
        _score(service, redis, number)
        after, grown = _read_clocks(service), redis.info()["used_memory"] - memory
    for part, seconds in after.items():
        yield Figure(f"CPU a document, {part}", (seconds - before[part]) * MILLISECONDS / number, "ms")
    yield Figure("memory of Redis for a million reports", grown / MEGABYTE / 1024 / number * 1e6, "GB")

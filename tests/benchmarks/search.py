"""How long a question to a batch of a thousand takes, when it is the first of a minute and when it is not."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median

from flask.testing import FlaskClient

from service import create_app
from service.backend import find_backend
from service.search.spellings import load_spellings
from skills.garbage_collection import frozen_after_loading
from skills.judging.report_types import Report
from tests.benchmarks.figures import MILLISECONDS, Figure
from tests.benchmarks.plan import Plan
from tests.resumes import LONG_RESUME_TEXT
from worker.outcomes.results import StoredResult
from worker.pipeline import score_document
from worker.processes.private_redis import run_private_redis
from worker.settings import Settings
from worker.store.batch_store import BatchEntry, BatchStore, make_batch
from worker.store.jobs.job import Terms, make_id
from worker.store.jobs.job_store import JobStore

THOUSAND = 1_000
MAX_MILLISECONDS = 50
QUESTIONS = ("q=kubernetes", "q=nobody+zebrafish", "skill=k8s&min_score=40", "title=engineer&min_years=3&q=python")


def store_batch(jobs: JobStore, batches: BatchStore, report: Report, count: int = THOUSAND) -> str:
    """Store a batch of documents that all have this report and differ in the name; return its id."""
    terms, entries = Terms(batch=make_id()), []
    for number in range(count):
        name = f"person-{number}.pdf"
        job = jobs.submit(b"bytes", name=name, terms=terms)
        result = StoredResult.of(replace(report, document=replace(report.document, name=name)))
        jobs.open_attempts().finish(job.id, result)
        entries.append(BatchEntry(name, job.id))
    return batches.create(make_batch(entries, owner="", terms=terms), key="", digest="").id


def _time(work: Callable[[], object], *, repeats: int) -> float:
    """Return the median of the milliseconds of CPU time that this process works: the machine has other work."""
    taken = []
    for _ in range(repeats):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return median(taken) * MILLISECONDS


def _measure(client: FlaskClient, batch: str, repeats: int) -> Iterator[Figure]:
    kept = find_backend(client.application).batch_cache
    path = f"/v1/batches/{batch}"

    def ask_first() -> None:
        kept.forget(batch)
        client.get(f"{path}/found?q=kubernetes")

    with frozen_after_loading():  # as the server does
        yield Figure("spellings of all skills, once a process", _time(load_spellings, repeats=1), "ms")
    yield Figure(
        "first question of a minute to 1,000 documents", _time(ask_first, repeats=repeats), "ms", MAX_MILLISECONDS
    )
    rows = client.get(f"{path}/updates").get_json()
    star = f"/v1/matches/{rows['rows'][0]['job']}"

    def follow() -> int:
        client.patch(star, json={"star": True})
        return len(client.get(f"{path}/updates?cursor={rows['cursor']}").data)

    yield Figure("a star on one of 1,000 documents, and what has changed", _time(follow, repeats=repeats), "ms")
    yield Figure("what has changed of 1,000 documents after a star", follow(), "bytes")
    yield Figure("all rows of 1,000 documents", len(client.get(path).data), "bytes")
    for question in QUESTIONS:
        for way in (f"found?{question}", f"?{question}&limit=50"):
            address = f"{path}/{way}".replace("/?", "?")
            taken = _time(lambda address=address: client.get(address), repeats=repeats)  # type: ignore[misc]
            yield Figure(f"question to 1,000 documents, {way}", taken, "ms", MAX_MILLISECONDS)


def measure(plan: Plan) -> Iterator[Figure]:
    """Yield the times of questions."""
    report = score_document(LONG_RESUME_TEXT.encode(), name="cv.txt")
    with run_private_redis(Settings(data=plan.scratch / "search")) as url:
        app = create_app(Settings(redis_url=url))
        backend = find_backend(app)
        batch = store_batch(backend.jobs, backend.batches, report)
        yield from _measure(app.test_client(), batch, plan.repeats)

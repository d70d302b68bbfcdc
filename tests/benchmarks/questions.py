"""How long answers take while 64 clients list and search and all workers are busy."""

import time
from collections.abc import Iterator

from tests.benchmarks.clients import CLIENTS, run_clients
from tests.benchmarks.figures import Figure
from tests.benchmarks.plan import Plan
from tests.benchmarks.serving import FORM, HEAD, TAIL, Service, ask, serve
from tests.resumes import vary_resume

WORKERS = 2
MAX_MILLISECONDS = 100
PACED = 64  # questions a second
DOCUMENTS = 200  # of the batch that is searched
WAITING = 600  # of the batch that keeps the workers busy
POLL_SECONDS = 0.5


def _send_batch(service: Service, first: int, count: int) -> str:
    """Send fictional résumés as a batch; return its path."""
    documents = (vary_resume(number).encode() for number in range(first, first + count))
    body = b"\r\n".join(HEAD + document for document in documents) + TAIL
    return f"/v1/batches/{ask(service.port, 'POST', '/v1/batches', body, **FORM)['id']}"


def _await_end(service: Service, path: str) -> None:
    while ask(service.port, "GET", f"{path}?limit=1")["state"] != "done":
        time.sleep(POLL_SECONDS)


def measure(plan: Plan) -> Iterator[Figure]:
    """Yield the 99th percentile of lists and questions that come at a steady pace."""
    with serve(plan.scratch, workers=WORKERS) as service:
        done = _send_batch(service, 0, DOCUMENTS)
        _await_end(service, done)
        busy = _send_batch(service, DOCUMENTS, WAITING)
        searched = (f"{done}?q=kubernetes&limit=20", f"{done}/found?title=engineer", f"{busy}/found?q=docker")
        ask(service.port, "GET", searched[0])  # what the first question takes longer, `search` measures
        paths = ("/v1/matches", "/v1/batches", *searched)
        answers = run_clients(service.port, *paths, seconds=plan.load_seconds, rate=PACED)
    beside = {"p50, ms": answers.p50, "answers a second": answers.rate, "not found": answers.refused}
    what = f"{PACED} lists and questions a second of {CLIENTS} clients beside {WORKERS} busy workers, p99"
    yield Figure(what, answers.p99, "ms", MAX_MILLISECONDS, beside=beside)

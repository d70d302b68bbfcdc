"""Whatever a step writes is kept for the whole period from then on: nothing stays for ever, nothing goes too soon."""

from typing import cast

import pytest
from redis import Redis

from tests.reports import make_report
from worker.errors.documents import InternalError
from worker.outcomes.results import StoredResult, encode_result
from worker.store.batch_store import BatchEntry, BatchStore, make_batch
from worker.store.delivery_store import DeliveryStore, make_delivery
from worker.store.jobs.job import Terms
from worker.store.jobs.job_store import JobStore
from worker.store.jobs.lease_store import LeaseStore
from worker.store.keys import DUE, METRICS
from worker.store.retention import Retention
from worker.store.role_store import RoleStore

RETENTION = Retention(record=100, failed_document=50)
LEASE_SECONDS = 60
NEARLY_OVER = 5  # the seconds that every key has left before the step that is tried
LASTING = {METRICS, DUE}
REPORT = encode_result(make_report("Python", [(0, 6)])).encode()
ROLES = ('{"id":"a"}',)
URL = "https://receiver.example/"


class Steps:
    """What happens to one job, which belongs to a batch, has an Idempotency-Key and is told of by a webhook."""

    def __init__(self, redis: Redis) -> None:
        self.redis = redis
        self.jobs = JobStore(redis, retention=RETENTION, max_failed_bytes=1000)
        self.batches = BatchStore(redis, self.jobs, retention=RETENTION)
        self.deliveries = DeliveryStore(redis, retention=RETENTION)
        self.job_id = ""

    def submit(self) -> None:
        terms = Terms(key="monday", batch="its batch", callback_url=URL)
        self.job_id = self.jobs.submit(b"bytes", name="cv", owner="anna", terms=terms).id

    def submit_known_bytes(self) -> None:
        assert self.jobs.submit(
            b"bytes", name="cv", owner="anna", terms=Terms(key="tuesday"), copy_earlier_report=True
        ).has_ended

    def create_batch(self) -> None:
        batch = make_batch([BatchEntry("cv", self.job_id)], owner="anna", terms=Terms(batch="its batch"))
        self.batches.create(batch, key="monday", digest="digest")

    def begin(self) -> None:
        assert self.jobs.open_attempts().begin_next(self.job_id, holder="one", lease_seconds=LEASE_SECONDS)

    def release(self) -> None:
        LeaseStore(self.redis, retention=RETENTION).release(self.job_id, holder="one")

    def finish(self) -> None:
        assert self.jobs.open_attempts().finish(
            self.job_id, StoredResult(REPORT, outline="{}"), seconds={"reading": 1.0}
        )

    def fail(self) -> None:
        assert self.jobs.open_attempts().fail(self.job_id, InternalError())

    def retry(self) -> None:
        self.jobs.retry(self.job_id)

    def send(self) -> None:
        assert self.deliveries.claim(f"job:{self.job_id}")

    def send_another(self) -> None:
        """Claim webhooks to the same host until one has to wait."""
        for number in range(2):
            self.redis.hset(f"rolefit:job:{number}", mapping={"callback_url": URL})
            self.redis.expire(f"rolefit:job:{number}", RETENTION.record)
            self.redis.zadd(DUE, {f"job:{number}": 1})
            self.deliveries.claim(f"job:{number}")

    def submit_with_roles(self) -> None:
        self.jobs.submit(b"others", name="cv", owner="anna", terms=Terms(role_texts=ROLES))

    def save_role(self) -> None:
        RoleStore(self.redis, retention=RETENTION).save(
            {"id": "a"}, owner="anna", new=True, key="role", digest="digest"
        )

    def score_again(self) -> None:
        assert self.jobs.score_again("its batch", [self.job_id], role_texts=ROLES)

    def note(self) -> None:
        delivery = make_delivery(1, status=200, error=None, final=True)
        self.deliveries.note(f"job:{self.job_id}", delivery, again_seconds=0)


RECORD, TWICE = RETENTION.record, 2 * RETENTION.record
COUNTED = {"bytes": TWICE, "parts": TWICE}
ENDED = {**COUNTED, **dict.fromkeys(["job", "request", "ended", "batch", "turns"], RECORD)}
# By step: what has happened before, and for how many seconds the step keeps each kind of key.
STEPS: dict[str, tuple[list[str], dict[str, int]]] = {
    "submit": (
        [],
        COUNTED | dict.fromkeys(["job", "document", "pending", "request", "waiting", "turns"], RECORD),
    ),
    "create_batch": (["submit"], dict.fromkeys(["batch", "request"], RECORD)),
    "begin": (["submit"], {"lease": LEASE_SECONDS, "clock": RECORD, "turns": RECORD}),
    "release": (["submit", "begin"], {"turns": RECORD}),
    "finish": (["submit", "create_batch", "begin"], ENDED | dict.fromkeys(["report", "result"], RECORD)),
    "fail": (["submit", "create_batch", "begin"], ENDED | {"document": RETENTION.failed_document}),
    "retry": (
        ["submit", "begin", "fail"],
        COUNTED | dict.fromkeys(["job", "document", "pending", "waiting"], RECORD),
    ),
    "submit_known_bytes": (["submit", "begin", "finish"], dict.fromkeys(["job", "report", "request"], RECORD)),
    "send": (["submit", "finish"], {"sending": RETENTION.webhook_slot}),
    "send_another": (["submit", "finish", "send"], {"held_back": RECORD}),
    "submit_with_roles": ([], dict.fromkeys(["job", "scored_roles"], RECORD)),
    "save_role": ([], dict.fromkeys(["roles", "request"], RECORD)),
    "score_again": (
        ["submit", "create_batch", "begin", "finish"],
        dict.fromkeys(["job", "report", "batch", "batches", "pending", "waiting", "scored_roles"], RECORD),
    ),
    "note": (["submit", "finish", "send"], {"deliveries": RECORD}),
}


def read_periods(redis: Redis) -> dict[str, int]:
    """Return how many seconds each key has left, -1 for one that lasts."""
    keys = [key.decode() for key in cast("list[bytes]", redis.keys("*"))]
    return {key: int(str(redis.ttl(key))) for key in keys if key not in LASTING}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_keeps_what_it_writes_for_the_whole_period_from_then_on(redis: Redis, step: str) -> None:
    steps, (before, expected) = Steps(redis), STEPS[step]
    for earlier in before:
        getattr(steps, earlier)()
    for key in read_periods(redis):
        redis.expire(key, NEARLY_OVER)
    getattr(steps, step)()
    periods = read_periods(redis)
    assert [key for key, seconds in periods.items() if seconds == -1] == []
    longest = {kind: max(periods[key] for key in periods if key.split(":")[1] == kind) for kind in expected}
    assert {kind: expected[kind] - NEARLY_OVER < seconds <= expected[kind] for kind, seconds in longest.items()} == (
        dict.fromkeys(expected, True)
    )

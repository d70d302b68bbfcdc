"""Which webhooks are due, and what became of each attempt to send one.

What is due is named by kind and id, as `job:{id}` or `batch:{id}`.
"""

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

import orjson
from celery import Celery
from redis import Redis

from worker.errors import StoreUnavailableError
from worker.queue.app import CALL_QUEUE, call
from worker.settings import Settings
from worker.store.connection import open_redis, typed_outage
from worker.store.keys import DUE, name_key
from worker.store.scripts import CLAIM_CALL

CLAIM_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Delivery:
    """An attempt to send a webhook: the answer's status, or the code of why there was none; `final` for the last."""

    attempt: int
    at: str
    status: int | None
    error: str | None
    final: bool


def make_delivery(attempt: int, *, status: int | None, error: str | None, final: bool) -> Delivery:
    """Return the record of an attempt that was made now."""
    return Delivery(attempt, datetime.now(UTC).isoformat(), status, error, final)


class DeliveryStore:
    """Due webhooks and their log. Every method raises StoreUnavailableError when Redis is away."""

    def __init__(self, redis: Redis, *, retention_seconds: int) -> None:
        self._redis = redis
        self._retention_seconds = retention_seconds
        self._claim = redis.register_script(CLAIM_CALL)

    @typed_outage()
    def list_due(self) -> list[str]:
        """Return what is due and has no message in the queue."""
        due = [ref.decode() for ref in cast("list[bytes]", self._redis.zrangebyscore(DUE, "-inf", time.time()))]
        return due if due and self._redis.llen(CALL_QUEUE) < len(due) else []

    @typed_outage()
    def claim(self, ref: str) -> int:
        """Take up what is due for a while; return the number of the attempt, from 1, or 0 if it is not due."""
        return int(self._claim(keys=[DUE, f"rolefit:{ref}"], args=[ref, CLAIM_SECONDS]))

    @typed_outage()
    def note(self, ref: str, delivery: Delivery, *, again_seconds: float) -> None:
        """Write down an attempt; unless it was the last, it is due again after that many seconds."""
        log = name_key("deliveries", ref)
        with self._redis.pipeline(transaction=True) as pipe:
            pipe.rpush(log, orjson.dumps(delivery))
            pipe.expire(log, self._retention_seconds)
            if delivery.final:
                pipe.zrem(DUE, ref)
            else:
                pipe.zadd(DUE, {ref: time.time() + again_seconds}, xx=True)
            pipe.execute()

    @typed_outage()
    def list_deliveries(self, ref: str) -> list[Delivery]:
        """Return the attempts, the first one first."""
        log = cast("list[bytes]", self._redis.lrange(name_key("deliveries", ref), 0, -1))
        return [Delivery(**orjson.loads(line)) for line in log]


def open_deliveries(settings: Settings) -> DeliveryStore:
    """Return the deliveries at the settings' Redis."""
    return DeliveryStore(open_redis(settings), retention_seconds=settings.retention_seconds)


def call_due(celery: Celery, deliveries: DeliveryStore) -> None:
    """Have every due webhook sent; several workers doing so at once do no harm, and with Redis away it is put off."""
    with suppress(StoreUnavailableError):
        for ref in deliveries.list_due():
            call(celery, ref)

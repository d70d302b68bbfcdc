"""Which webhooks are due, and what became of each attempt to send one.

What is due is named by kind and id, as `job:{id}` or `batch:{id}`.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

import orjson
from redis import Redis

from worker.settings import Settings
from worker.store.connection import open_redis, translate_redis_errors
from worker.store.keys import DUE, WEBHOOK_QUEUE, Prefix, name_key
from worker.store.retention import Retention, read_retention
from worker.store.scripts import StoreScript


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

    def __init__(self, redis: Redis, *, retention: Retention) -> None:
        self._redis = redis
        self._claim = StoreScript(redis, "claim_webhook", retention)
        self._end = StoreScript(redis, "end_webhook", retention)

    @translate_redis_errors()
    def list_due(self) -> list[str]:
        """Return what is due and has no message in the queue."""
        due = [ref.decode() for ref in cast("list[bytes]", self._redis.zrangebyscore(DUE, "-inf", time.time()))]
        return due if due and self._redis.llen(WEBHOOK_QUEUE) < len(due) else []

    @translate_redis_errors()
    def claim(self, ref: str) -> int:
        """Claim a webhook that is due for a while; return the attempt's number, from 1, or 0 if it may not be sent."""
        return int(self._claim(ref=ref))

    @translate_redis_errors()
    def note(self, ref: str, delivery: Delivery, *, again_seconds: float) -> list[str]:
        """Record an attempt; unless it was the last, the webhook is due again after `again_seconds`.

        Return the webhooks that waited for it, because only a few are sent at once to one host or for one owner.
        """
        due_seconds = None if delivery.final else again_seconds
        woken = self._end(ref=ref, delivery=orjson.dumps(delivery), again_seconds=due_seconds)
        return [each.decode() for each in woken]

    @translate_redis_errors()
    def list_deliveries(self, ref: str) -> list[Delivery]:
        """Return the attempts, the first one first."""
        log = cast("list[bytes]", self._redis.lrange(name_key(Prefix.DELIVERIES, ref), 0, -1))
        return [Delivery(**orjson.loads(line)) for line in log]


def open_deliveries(settings: Settings) -> DeliveryStore:
    """Return the deliveries at the settings' Redis."""
    return DeliveryStore(open_redis(settings), retention=read_retention(settings))

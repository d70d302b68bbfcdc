"""Who works on which job, and which jobs nobody works on, for recovery (worker/queue/recovery.py).

A worker takes the lease on a job when it begins it (`AttemptStore.begin_next`); it is deleted when the job ends.
"""

import time
from collections.abc import Sequence
from typing import cast

from redis import Redis

from worker.settings import Settings
from worker.store.connection import open_redis, translate_redis_errors
from worker.store.keys import PENDING, QUEUE, Prefix, name_key
from worker.store.retention import Retention, read_retention
from worker.store.scripts import StoreScript

DEAD_PROCESS_SECONDS = 10  # charged to the owner of a job whose process died


class LeaseStore:
    """The leases on jobs. Every method raises StoreUnavailableError when Redis is away."""

    def __init__(self, redis: Redis, *, retention: Retention) -> None:
        self._redis = redis
        self._release, self._give_way = (StoreScript(redis, name, retention) for name in ("release", "give_way"))

    @translate_redis_errors()
    def list_holders(self) -> dict[str, str]:
        """Return who holds the lease on each pending job that has one."""
        pending = [item.decode() for item in cast("list[bytes]", self._redis.zrange(PENDING, 0, -1))]
        return {job_id: holder.decode() for job_id, holder in self._read_leases(pending).items() if holder}

    def _read_leases(self, job_ids: Sequence[str]) -> dict[str, bytes | None]:
        keys = [name_key(Prefix.LEASE, job_id) for job_id in job_ids]
        leases = cast("list[bytes | None]", self._redis.mget(keys)) if keys else []
        return dict(zip(job_ids, leases, strict=True))

    @translate_redis_errors()
    def release(self, job_id: str, *, holder: str) -> None:
        """Delete the lease of a holder that is known to be dead; that of another holder stays."""
        self._release(job_id=job_id, holder=holder, lost_seconds=DEAD_PROCESS_SECONDS)

    @translate_redis_errors()
    def must_give_way(self, job_id: str, *, worked_seconds: float) -> bool:
        """Return whether a job must give up its process to a single upload that waits and whose owner goes before.

        `worked_seconds` is how long it has had the process. Only the first process that asks gives way.
        """
        return bool(self._give_way(job_id=job_id, worked_seconds=worked_seconds))

    @translate_redis_errors()
    def mark_reannounced(self, *, older_than_seconds: float) -> list[str]:
        """Return the pending jobs whose message is lost, and record that they are announced again now.

        These are the jobs without a lease that were last announced `older_than_seconds` ago or earlier. If the queue
        has a message for each of them, they only wait for their turn, and none is returned. A job announced that far in
        the future counts too: the clock was set back after it was announced.
        """
        now = time.time()
        old = [
            *self._list_announced("-inf", now - older_than_seconds),
            *self._list_announced(now + older_than_seconds, "inf"),
        ]
        waiting = [job_id for job_id, lease in self._read_leases(old).items() if lease is None]
        if not waiting or self._redis.llen(QUEUE) >= len(waiting):
            return []
        self._redis.zadd(PENDING, dict.fromkeys(waiting, time.time()), xx=True)
        return waiting

    def _list_announced(self, since: float | str, until: float | str) -> list[str]:
        found = cast("list[bytes]", self._redis.zrangebyscore(PENDING, since, until))
        return [job_id.decode() for job_id in found]


def open_leases(settings: Settings, *, retries: int = 1) -> LeaseStore:
    """Return the leases at the settings' Redis; raise NoStoreNamedError if they name none."""
    return LeaseStore(open_redis(settings, retries=retries), retention=read_retention(settings))

"""Whether workers answer, whether documents are taken, and the figures on all jobs."""

from redis import Redis

from worker.settings import Settings
from worker.store.connection import open_redis, translate_redis_errors
from worker.store.keys import ALIVE, METRICS, PENDING, REFUSING, Prefix, name_key
from worker.store.metrics import Figures, count_seconds_since

SUBMITTED_AT = f"{name_key(Prefix.JOB, '*')}->submitted_at"  # for SORT: a job's field, by its id


class HealthStore:
    """The state of the whole. Every method raises StoreUnavailableError when Redis is away."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    @translate_redis_errors()
    def read_figures(self) -> Figures:
        """Return the figures on the queue and on all jobs that ended."""
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.zcard(PENDING)
            pipe.sort(PENDING, by=SUBMITTED_AT, get=[SUBMITTED_AT], alpha=True)
            pipe.exists(ALIVE)
            pipe.hgetall(METRICS)
            pending, moments, alive, counts = pipe.execute()
        oldest = next((count_seconds_since(moment) for moment in moments if moment), 0.0)
        return Figures(pending, oldest, bool(alive), {name.decode(): float(count) for name, count in counts.items()})

    @translate_redis_errors()
    def mark_alive(self, *, seconds: int) -> None:
        """Record that a worker has just begun a task; the record expires after `seconds`."""
        self._redis.set(ALIVE, b"1", ex=seconds)

    @translate_redis_errors()
    def workers_answer(self) -> bool:
        """Return whether a worker has begun a task recently."""
        return bool(self._redis.exists(ALIVE))

    @translate_redis_errors()
    def forget_workers(self) -> None:
        """Delete the record that workers are alive, which is out of date after a restart."""
        self._redis.delete(ALIVE)

    @translate_redis_errors()
    def refuse_documents(self, *, refuses: bool) -> None:
        """Have every document refused as if the store were full, or taken again."""
        if refuses:
            self._redis.set(REFUSING, 1)
        else:
            self._redis.delete(REFUSING)


def open_health(settings: Settings) -> HealthStore:
    """Return the health of the settings' Redis; raise NoStoreNamedError if they name none."""
    return HealthStore(open_redis(settings))

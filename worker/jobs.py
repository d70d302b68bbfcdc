"""The durable record of every job in Redis: the truth about it, for which Celery is only the doorbell."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import chain
from types import MappingProxyType
from typing import cast

from redis import Redis

from skills.errors import RolefitError
from worker.append_only import CLEAN
from worker.connection import open_redis, typed_outage
from worker.errors import UnknownJobError
from worker.job import Job, JobError, JobState, decode_job, encode_job, make_job
from worker.metrics import METRICS, Figures, count_job
from worker.scripts import BEGIN, FINISH, RELEASE
from worker.settings import Settings

__all__ = ["Job", "JobError", "JobState", "JobStore", "Work", "open_store"]

PENDING = "rolefit:pending"
ALIVE = "rolefit:alive"
SUBMITTED_AT = "rolefit:job:*->submitted_at"  # for SORT: a job's field, by its id
MAX_ATTEMPTS = 3
NOTHING: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker gets with the lease on a job, this long after it was sent; `exhausted` when no attempt is left."""

    name: str = field(repr=False)
    content: bytes = field(repr=False)
    queued_seconds: float = 0.0
    exhausted: bool = False


def _key(kind: str, job_id: str) -> str:
    return f"rolefit:{kind}:{job_id}"


def _keys(job_id: str) -> list[str]:
    return [_key("job", job_id), _key("lease", job_id), _key("document", job_id), PENDING, _key("report", job_id)]


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _count_seconds_since(moment: bytes) -> float:
    """Return the age of a stored time; 0 for one that a clock set back has put ahead."""
    return max(0.0, (datetime.now(UTC) - datetime.fromisoformat(moment.decode())).total_seconds())


class JobStore:
    """Jobs with their documents and reports. Every method raises StoreUnavailableError when Redis is away."""

    def __init__(self, redis: Redis, *, retention_seconds: int) -> None:
        self._redis = redis
        self._retention_seconds = retention_seconds
        self._begin = redis.register_script(BEGIN)
        self._finish = redis.register_script(FINISH)
        self._release = redis.register_script(RELEASE)

    @typed_outage()
    def submit(self, content: bytes, *, name: str, owner: str = "") -> Job:
        """Store a document and its job, whole or not at all. Ringing for a worker is the caller's part."""
        job = make_job(name, owner=owner)
        with self._redis.pipeline(transaction=True) as pipe:
            pipe.set(_key("document", job.id), content, ex=self._retention_seconds)
            pipe.hset(_key("job", job.id), mapping=encode_job(job))
            pipe.expire(_key("job", job.id), self._retention_seconds)
            pipe.zadd(PENDING, {job.id: time.time()})
            pipe.expire(PENDING, self._retention_seconds)
            pipe.execute()
        return job

    @typed_outage()
    def count_pending(self) -> int:
        """Return how many jobs have not ended."""
        return self._redis.zcard(PENDING)

    @typed_outage()
    def find(self, job_id: str, *, owner: str = "") -> Job:
        """Return an owner's job; whoever names no owner finds only what was sent while access was open.

        Raises:
            UnknownJobError: it never was, has expired, was erased, or belongs to someone else.
        """
        fields = cast("dict[bytes, bytes]", self._redis.hgetall(_key("job", job_id)))
        if not fields or (job := decode_job(job_id, fields)).owner != owner:
            raise UnknownJobError
        return job

    @typed_outage()
    def read_report(self, job_id: str) -> bytes | None:
        """Return the stored report as JSON, or None while there is none."""
        return cast("bytes | None", self._redis.get(_key("report", job_id)))

    @typed_outage()
    def peek(self, job_ids: Sequence[str]) -> list[tuple[Job | None, bytes | None]]:
        """Return job and report of each id, None for what is not there, in one round trip."""
        with self._redis.pipeline(transaction=False) as pipe:
            for job_id in job_ids:
                pipe.hgetall(_key("job", job_id))
                pipe.get(_key("report", job_id))
            answers = pipe.execute()
        pairs = zip(job_ids, answers[::2], answers[1::2], strict=True)
        return [(decode_job(job_id, fields) if fields else None, report) for job_id, fields, report in pairs]

    @typed_outage()
    def erase(self, job_id: str) -> None:
        """Remove everything that is kept of a job; a worker that holds it will find nothing to finish."""
        with self._redis.pipeline(transaction=False) as pipe:  # a server that is full deletes, but not in a transaction
            pipe.delete(CLEAN, *(key for key in _keys(job_id) if key != PENDING))
            pipe.zrem(PENDING, job_id)
            pipe.execute()

    @typed_outage()
    def begin(self, job_id: str, *, holder: str, lease_seconds: int) -> Work | None:
        """Take the lease on a job and count the attempt; None if it is over, erased or held by another."""
        arguments: list[str | int] = [job_id, holder, lease_seconds, MAX_ATTEMPTS, _now()]
        verdict, *parts = self._begin(keys=_keys(job_id)[:4], args=arguments)
        if verdict == b"begun":
            return Work(parts[0].decode(), parts[1], _count_seconds_since(parts[2]))
        return Work("", b"", exhausted=True) if verdict == b"exhausted" else None

    def finish(self, job_id: str, report: bytes, *, seconds: Mapping[str, float] = NOTHING) -> bool:
        """Store the report and end the job; False if it had ended before or was erased, and then nothing changes.

        `seconds` says what each stage took.
        """
        return self._end(job_id, JobState.DONE, report=report, counts=count_job(JobState.DONE, seconds))

    def fail(self, job_id: str, error: RolefitError, *, seconds: Mapping[str, float] = NOTHING) -> bool:
        """End the job with an error; False if it had ended before or was erased, and then nothing changes."""
        reason = json.dumps(asdict(JobError.of(error)))
        return self._end(job_id, JobState.FAILED, error=reason, counts=count_job(error.code, seconds))

    @typed_outage()
    def _end(
        self, job_id: str, state: JobState, *, counts: Mapping[str, float], report: bytes = b"", error: str = ""
    ) -> bool:
        facts: list[str | bytes | int | float] = [job_id, state, _now(), report, error, self._retention_seconds]
        additions: Iterator[str | float] = chain.from_iterable(counts.items())
        return bool(self._finish(keys=[*_keys(job_id), CLEAN, METRICS], args=[*facts, *additions]))

    @typed_outage()
    def read_figures(self) -> Figures:
        """Return the figures on the queue and on all jobs that ended."""
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.zcard(PENDING)
            pipe.sort(PENDING, by=SUBMITTED_AT, get=[SUBMITTED_AT], alpha=True)
            pipe.exists(ALIVE)
            pipe.hgetall(METRICS)
            pending, moments, alive, counts = pipe.execute()
        oldest = next((_count_seconds_since(moment) for moment in moments if moment), 0.0)
        return Figures(pending, oldest, bool(alive), {name.decode(): float(count) for name, count in counts.items()})

    @typed_outage()
    def find_holder(self, job_id: str) -> str | None:
        """Return who holds the lease on a job."""
        holder = cast("bytes | None", self._redis.get(_key("lease", job_id)))
        return holder.decode() if holder else None

    @typed_outage()
    def release(self, job_id: str, *, holder: str) -> None:
        """Give up a lease on behalf of a holder that is known to be dead; another's lease stays."""
        self._release(keys=[_key("lease", job_id)], args=[holder])

    @typed_outage()
    def list_lost(self, *, queue: str, older_than_seconds: float) -> list[str]:
        """Return the pending jobs that no worker holds and no message stands for, marking them as rung for now.

        While the queue has a message for each of them they are waiting their turn, and ringing again would only
        lengthen it. Those rung in the future were so by a clock that has been set back since.
        """
        now = time.time()
        old = [*self._list_rung("-inf", now - older_than_seconds), *self._list_rung(now + older_than_seconds, "inf")]
        leases = cast("list[bytes | None]", self._redis.mget([_key("lease", item) for item in old])) if old else []
        waiting = [job_id for job_id, lease in zip(old, leases, strict=True) if lease is None]
        if not waiting or self._redis.llen(queue) >= len(waiting):
            return []
        self._redis.zadd(PENDING, dict.fromkeys(waiting, time.time()), xx=True)
        return waiting

    def _list_rung(self, since: float | str, until: float | str) -> list[str]:
        found = cast("list[bytes]", self._redis.zrangebyscore(PENDING, since, until))
        return [job_id.decode() for job_id in found]

    @typed_outage()
    def mark_alive(self, *, seconds: int) -> None:
        """Note that a worker has just run a task; the note lasts that long."""
        self._redis.set(ALIVE, b"1", ex=seconds)

    @typed_outage()
    def forget_workers(self) -> None:
        """Take back every note of a living worker: those of before a restart say nothing."""
        self._redis.delete(ALIVE)

    @typed_outage()
    def workers_answer(self) -> bool:
        """Tell whether a worker has run a task lately."""
        return bool(self._redis.exists(ALIVE))


def open_store(settings: Settings, *, retries: int = 1) -> JobStore:
    """Return the store at the settings' Redis; nothing connects before the first call.

    Raises:
        NoStoreNamedError: the settings name no Redis server.
    """
    return JobStore(open_redis(settings, retries=retries), retention_seconds=settings.retention_seconds)

"""Attempts at jobs, as workers make them: a worker begins the job whose turn it is, and ends it or sets it aside."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from types import MappingProxyType

import orjson
from redis import Redis

from skills.errors import RolefitError
from worker.errors.documents import GaveUpError, InternalError, OutOfMemoryError, TimedOutError
from worker.outcomes.failure import JobError
from worker.outcomes.results import StoredResult
from worker.store.connection import RedisValue, translate_redis_errors
from worker.store.jobs.job import JobState, Work
from worker.store.jobs.packing import unpack
from worker.store.jobs.scored_roles import decode_roles
from worker.store.metrics import count_job, count_seconds_since
from worker.store.retention import Retention
from worker.store.scripts import StoreScript
from worker.store.stages import count_work

MAX_ATTEMPTS = 3
NO_SECONDS: Mapping[str, float] = MappingProxyType({})
NO_RESULT = StoredResult()
# Failures that may be the service's fault and not the document's.
RETRYABLE = frozenset(kind.code for kind in (GaveUpError, TimedOutError, InternalError, OutOfMemoryError))


@dataclass(frozen=True, slots=True)
class _JobEnding:
    """How a job ends: with a result or an error, and how many seconds workers were busy with it.

    `max_failed_bytes` limits the documents of failed jobs that are kept, half of it those of one owner; with None the
    document is deleted.
    """

    state: JobState
    work_seconds: float
    result: StoredResult = NO_RESULT
    error: JobError | None = None
    max_failed_bytes: int | None = None

    def write_arguments(self) -> dict[str, RedisValue | None]:
        """Return the arguments of the script `finish`."""
        return {
            "state": self.state,
            "report": self.result.report,
            "outline": self.result.outline,
            "details": self.result.details,
            "search_facts": self.result.search_facts,
            "page_pictures": self.result.page_pictures,
            "error": orjson.dumps(self.error) if self.error else None,
            "max_failed_bytes": self.max_failed_bytes,
            "work_seconds": self.work_seconds,
        }


def _read_begun(parts: Sequence[bytes]) -> Work:
    """Return the work in the answer of the script `begin_next`, a flat list of names and values."""
    facts = {name.decode(): value for name, value in zip(parts[::2], parts[1::2], strict=True)}
    return Work(
        facts["id"].decode(),
        facts["name"].decode(),
        unpack(facts["content"]),
        count_seconds_since(facts["submitted_at"]),
        costly=bool(facts["costly"]),
        role_texts=decode_roles(facts["role_texts"]),
        earlier_result=StoredResult(facts["report"], search_facts=facts["search_facts"]) if facts["report"] else None,
        in_background=bool(facts["in_background"]),
    )


class AttemptStore:
    """Attempts at jobs. Every method raises StoreUnavailableError when Redis is away."""

    def __init__(self, redis: Redis, *, retention: Retention, max_failed_bytes: int, versions: str) -> None:
        self._max_failed_bytes = max_failed_bytes
        self._versions = versions
        self._begin, self._begin_scoring, self._set_aside, self._finish = (
            StoreScript(redis, name, retention) for name in ("begin_next", "begin_scoring", "set_aside", "finish")
        )

    @translate_redis_errors()
    def begin_next(self, announced_id: str, *, holder: str, lease_seconds: int, processes: int = 1) -> Work | None:
        """Take the lease on the job whose turn it is, and count the attempt; None if no job waits for a worker.

        `announced_id` is the job that the message named. Because owners take turns, the job that is returned may be
        another one; the named job is then returned for a later message. `processes` is how many processes score on the
        holder's host.
        """
        answer, *parts = self._begin(
            announced_id=announced_id,
            holder=holder,
            lease_seconds=lease_seconds,
            max_attempts=MAX_ATTEMPTS,
            now=time.time(),
            started_at=_write_now(),
            processes=processes,
        )
        if answer == b"begun":
            return _read_begun(parts)
        return Work(parts[1].decode(), exhausted=True) if answer == b"exhausted" else None

    @translate_redis_errors()
    def begin_scoring(self, job_id: str) -> None:
        """Note that the document of a job has been read."""
        self._begin_scoring(job_id=job_id)

    @translate_redis_errors()
    def set_aside(self, job_id: str, *, holder: str, seconds: Mapping[str, float] = NO_SECONDS) -> None:
        """Queue a job again because its document is costly: behind those whose documents may be quick."""
        self._set_aside(job_id=job_id, holder=holder, now=time.time(), work_seconds=count_work(seconds))

    def finish(self, job_id: str, result: StoredResult, *, seconds: Mapping[str, float] = NO_SECONDS) -> bool:
        """Store the result and end the job; return False, and change nothing, if it has ended before or was deleted.

        `seconds` is how long each stage took.
        """
        ending = _JobEnding(JobState.DONE, count_work(seconds), result)
        return self._end(job_id, ending, count_job(JobState.DONE, seconds))

    def fail(
        self, job_id: str, error: RolefitError, *, seconds: Mapping[str, float] = NO_SECONDS, dead_seconds: float = 0.0
    ) -> bool:
        """End the job with an error; return as `finish` does.

        A job that is scored again keeps the report that it has, and ends as done.
        `seconds` is how long each stage took, `dead_seconds` how long a process worked that was killed. If the failure
        may be ours and there is room, the document is kept for a while, so that the job can be tried again.
        """
        max_failed_bytes = self._max_failed_bytes if error.code in RETRYABLE else None
        work_seconds = dead_seconds + count_work(seconds)
        ending = _JobEnding(JobState.FAILED, work_seconds, error=JobError.of(error), max_failed_bytes=max_failed_bytes)
        return self._end(job_id, ending, count_job(error.code, seconds))

    @translate_redis_errors()
    def _end(self, job_id: str, ending: _JobEnding, counts: Mapping[str, float]) -> bool:
        additions: Iterator[RedisValue] = chain.from_iterable(counts.items())
        arguments = ending.write_arguments()
        return bool(
            self._finish(*additions, job_id=job_id, finished_at=_write_now(), versions=self._versions, **arguments)
        )


def _write_now() -> str:
    return datetime.now(UTC).isoformat()

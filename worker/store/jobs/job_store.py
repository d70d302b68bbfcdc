"""The record of every job in Redis. It alone says what state a job is in; Celery's messages only wake workers."""

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import cast

import orjson
from redis import Redis

from skills.errors import RolefitError
from worker.errors.documents import GaveUpError, InternalError, OutOfMemoryError, TimedOutError
from worker.errors.store import KeyReusedError, NotRetryableError, UnfinishedError, UnknownJobError
from worker.settings import Settings
from worker.store.connection import open_redis, typed_outage
from worker.store.jobs.bounds import REFUSALS, Bounds
from worker.store.jobs.job import (
    Fields,
    Job,
    JobError,
    JobState,
    StoredResult,
    Terms,
    Waiting,
    Word,
    Work,
    decode_job,
    encode_job,
    end_at_once,
    make_job,
)
from worker.store.jobs.mark import MarkChange
from worker.store.jobs.packing import pack, unpack
from worker.store.jobs.report_contents import Contents, read_contents
from worker.store.jobs.scored_roles import decode_roles, digest_roles, encode_roles
from worker.store.keys import (
    ALIVE,
    CLEAN,
    DUE,
    METRICS,
    PENDING,
    REFUSING,
    Kind,
    name_key,
    name_owner_key,
    name_secret_key,
)
from worker.store.metrics import Figures, count_job, count_work
from worker.store.retention import Retention, read_retention
from worker.store.scripts import register_script
from worker.versions import fingerprint_versions

__all__ = ["Job", "JobError", "JobState", "JobStore", "Work", "open_store"]

SUBMITTED_AT = f"{name_key(Kind.JOB, '*')}->submitted_at"  # for SORT: a job's field, by its id
MAX_ATTEMPTS = 3
UNBOUNDED = Bounds()
UNSCORED = StoredResult()
UNLIMITED = ["", *UNBOUNDED.write_arguments()]  # no earlier report will do, and there are no bounds
NOTHING: Mapping[str, float] = MappingProxyType({})
# Failures that may be our fault and not the document's.
RETRYABLE = frozenset(kind.code for kind in (GaveUpError, TimedOutError, InternalError, OutOfMemoryError))


def _keys(job_id: str) -> list[str]:
    records = [name_key(kind, job_id) for kind in (Kind.JOB, Kind.LEASE, Kind.DOCUMENT)]
    return [*records, PENDING, name_key(Kind.REPORT, job_id)]


def _name_result(owner: str, content: bytes) -> str:
    return name_secret_key(Kind.RESULT, owner, sha256(content).hexdigest())


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _count_seconds_since(moment: bytes) -> float:
    """Return the age of a stored time; 0 for one in the future, as after a clock was set back."""
    return max(0.0, (datetime.now(UTC) - datetime.fromisoformat(moment.decode())).total_seconds())


class JobStore:
    """Jobs with their documents and reports. Every method raises StoreUnavailableError when Redis is away."""

    def __init__(self, redis: Redis, *, retention: Retention, own_roles: Path | None = None) -> None:
        self._redis = redis
        self._retention = retention
        self._versions = fingerprint_versions(own_roles)
        self._submit, self._begin, self._set_aside, self._finish, self._delete, self._retry, self._mark = (
            register_script(redis, name, retention)
            for name in ("submit", "begin_next", "set_aside", "finish", "delete", "retry", "mark")
        )
        self._begin_scoring, self._score_anew = (
            register_script(redis, name, retention) for name in ("begin_scoring", "score_anew")
        )

    @typed_outage()
    def submit(  # noqa: PLR0913 - what an upload comes with
        self,
        content: bytes,
        *,
        name: str,
        owner: str = "",
        terms: Terms | None = None,
        reuse: bool = False,
        bounds: Bounds = UNBOUNDED,
    ) -> Job:
        """Store a document and its job, whole or not at all. Announcing the job is up to the caller.

        If the owner has used the key of the terms before, the job of that time is returned. With `reuse`, the owner's
        report on the same bytes under the same versions is copied, and the job is done at once.

        Raises:
            KeyReusedError: the owner has used the key for other bytes.
            QueueFullError, OwnerQueueFullError, StoreFullError, OwnerStoreFullError: the bound that is reached.
        """
        job = make_job(name, owner=owner, terms=terms)
        terms = terms or Terms()
        enter = partial(self._enter, content=content, terms=terms)
        versions = self._versions + digest_roles(terms.roles) if reuse else ""
        answer, *known = enter(job, limits=[versions, *bounds.write_arguments()])
        if answer == b"scored":
            job, result = end_at_once(job, *known)
            answer, *known = enter(job, result)
        if answer == b"reused":
            raise KeyReusedError
        if answer in REFUSALS:
            raise REFUSALS[answer]
        return job if answer == b"made" else self.find(known[0].decode(), owner=job.owner)

    def _enter(
        self,
        job: Job,
        result: StoredResult = UNSCORED,
        *,
        limits: Sequence[Word] = UNLIMITED,
        content: bytes,
        terms: Terms,
    ) -> list[bytes]:
        """Run the script `submit` on a new job and return its answer."""
        request, known = name_secret_key(Kind.REQUEST, job.owner, terms.key), _name_result(job.owner, content)
        names = [name_key(kind, job.id) for kind in (Kind.JOB, Kind.DOCUMENT, Kind.REPORT)]
        fields: Fields = {**encode_job(job), "result": known, **({"request": request} if terms.key else {})}
        if terms.in_background:
            fields["in_background"] = 1
        if terms.roles:
            fields["roles"] = digest_roles(terms.roles)
        roles = "" if job.batch else encode_roles(terms.roles)  # a batch has them for all its jobs
        digest = sha256(content).hexdigest() + digest_roles(terms.roles) if terms.key else ""
        parts = (result.report, result.contents, result.pages)
        facts = [job.id, job.owner, digest, time.time(), pack(content), *parts, roles, *limits]
        arguments = [*facts, *chain.from_iterable(fields.items())]
        return cast("list[bytes]", self._submit(keys=[*names, PENDING, request, known], args=arguments))

    @typed_outage()
    def find(self, job_id: str, *, owner: str = "") -> Job:
        """Return an owner's job; without an owner, one that was sent while access was open.

        Raises:
            UnknownJobError: it never existed, has expired, was deleted, or belongs to someone else.
        """
        fields = cast("dict[bytes, bytes]", self._redis.hgetall(name_key(Kind.JOB, job_id)))
        if not fields or (job := decode_job(job_id, fields)).owner != owner:
            raise UnknownJobError
        return job

    @typed_outage()
    def read_report(self, job_id: str) -> bytes | None:
        """Return the stored report as JSON, or None if there is none yet."""
        return cast("bytes | None", self._redis.get(name_key(Kind.REPORT, job_id)))

    @typed_outage()
    def read_pages(self, job_id: str) -> bytes | None:
        """Return the pictures of a document's pages as they are stored, None if there are none."""
        return cast("bytes | None", self._redis.get(name_key(Kind.PAGES, job_id)))

    @typed_outage()
    def read_contents(self, job_ids: Sequence[str]) -> list[Contents | None]:
        """Return what each document can be searched for, None for one not scored, or scored by earlier versions."""
        keys = [name_key(Kind.CONTENTS, job_id) for job_id in job_ids]
        stored = cast("list[bytes | None]", self._redis.mget(keys)) if keys else []
        return [read_contents(each) if each else None for each in stored]

    @typed_outage()
    def read_many(self, job_ids: Sequence[str]) -> list[tuple[Job | None, bytes | None]]:
        """Return the job and the report of each id, None for what does not exist, in one round trip."""
        with self._redis.pipeline(transaction=False) as pipe:
            for job_id in job_ids:
                pipe.hgetall(name_key(Kind.JOB, job_id))
                pipe.get(name_key(Kind.REPORT, job_id))
            answers = pipe.execute()
        pairs = zip(job_ids, answers[::2], answers[1::2], strict=True)
        return [(decode_job(job_id, fields) if fields else None, report) for job_id, fields, report in pairs]

    @typed_outage()
    def delete(self, *job_ids: str) -> None:
        """Delete everything that is kept of jobs; a worker that is scoring one will not be able to store its result."""
        with self._redis.pipeline(transaction=False) as pipe:
            for job_id in job_ids:
                keys = [*_keys(job_id), name_key(Kind.DELIVERIES, f"job:{job_id}"), DUE, CLEAN]
                self._delete(keys=keys, args=[job_id], client=pipe)
            pipe.execute()

    @typed_outage()
    def mark(self, job_id: str, change: MarkChange) -> None:
        """Change what people keep of a job; raise UnknownJobError if it was deleted or has expired."""
        words = chain.from_iterable(change.encode().items())
        if not self._mark(keys=[name_key(Kind.JOB, job_id), CLEAN], args=[_now(), *words]):
            raise UnknownJobError

    @typed_outage()
    def score_anew(
        self, batch_id: str, job_ids: Sequence[str], *, roles: Sequence[str], bounds: Bounds = UNBOUNDED
    ) -> list[str]:
        """Queue the jobs of a batch that are done again, to be scored against other roles; return which these are.

        They are scored from their reports, which they keep until there are new ones.

        Raises:
            UnfinishedError: a job has not ended; or the error of the bound that is reached.
        """
        keys = [PENDING, name_key(Kind.SCORED_ROLES, batch_id), name_key(Kind.BATCH, batch_id)]
        limits = bounds.write_arguments()[:2]
        arguments: list[Word] = [time.time(), digest_roles(roles), encode_roles(roles), *limits, *job_ids]
        answer, *queued = self._score_anew(keys=keys, args=arguments)
        if answer == b"unfinished":
            raise UnfinishedError
        if answer in REFUSALS:
            raise REFUSALS[answer]
        return [job_id.decode() for job_id in queued]

    @typed_outage()
    def retry(self, job_id: str) -> None:
        """Queue a failed job again; raise NotRetryableError unless it has failed and its document is kept."""
        keys = [name_key(Kind.JOB, job_id), name_key(Kind.DOCUMENT, job_id), PENDING, DUE]
        if not self._retry(keys=keys, args=[job_id, time.time()]):
            raise NotRetryableError

    @typed_outage()
    def list_jobs(self) -> list[Job]:
        """Return every job of the store, the oldest first."""
        prefix = name_key(Kind.JOB, "")
        ids = [key.decode().removeprefix(prefix) for key in self._redis.scan_iter(f"{prefix}*", count=1000)]
        jobs = (job for job in self.look_up(ids) if job is not None)
        return sorted(jobs, key=lambda job: job.submitted_at)

    @typed_outage()
    def look_up(self, job_ids: Sequence[str]) -> list[Job | None]:
        """Return the job of each id, None for one that does not exist, in one round trip."""
        with self._redis.pipeline(transaction=False) as pipe:
            for job_id in job_ids:
                pipe.hgetall(name_key(Kind.JOB, job_id))
            answers = pipe.execute()
        return [decode_job(job_id, fields) if fields else None for job_id, fields in zip(job_ids, answers, strict=True)]

    @typed_outage()
    def begin_next(self, announced_id: str, *, holder: str, lease_seconds: int, processes: int = 1) -> Work | None:
        """Take the lease on the job whose turn it is, and count the attempt; None if no job waits for a worker.

        `announced_id` is the job that the message named. Because owners take turns, the job that is returned may be
        another one; the named job is then returned for a later message. Costly documents take all but one of the
        scoring `processes` of the holder's host.
        """
        moments: list[Word] = [time.time(), _now()]
        arguments: list[Word] = [announced_id, holder, lease_seconds, MAX_ATTEMPTS, *moments, processes]
        answer, *parts = self._begin(keys=[PENDING], args=arguments)
        if answer == b"begun":
            job_id, name, content, submitted_at, costly, roles, contents, anew, of_batch = parts
            return Work(
                job_id.decode(),
                name.decode(),
                content if anew else unpack(content),
                _count_seconds_since(submitted_at),
                costly=bool(costly),
                roles=decode_roles(roles),
                contents=contents,
                anew=bool(anew),
                of_batch=bool(of_batch),
            )
        return Work(parts[0].decode(), "", b"", exhausted=True) if answer == b"exhausted" else None

    @typed_outage()
    def begin_scoring(self, job_id: str) -> None:
        """Note that the document of a job has been read."""
        self._begin_scoring(keys=[name_key(Kind.JOB, job_id)])

    @typed_outage()
    def look_at_queue(self, job: Job) -> Waiting | None:
        """Return how a queued job stands; None if it is queued no longer."""
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.zrank(name_owner_key(Kind.WAITING, job.owner), job.id)
            pipe.exists(ALIVE)
            ahead, alive = pipe.execute()
        return None if ahead is None else Waiting(ahead, bool(alive))

    @typed_outage()
    def set_aside(self, job_id: str, *, holder: str, seconds: Mapping[str, float] = NOTHING) -> None:
        """Queue a job again whose document turned out to be costly, behind those that may be quick."""
        arguments: list[Word] = [job_id, holder, time.time(), count_work(seconds)]
        self._set_aside(keys=[name_key(Kind.JOB, job_id), name_key(Kind.LEASE, job_id)], args=arguments)

    def finish(  # noqa: PLR0913 - what is kept of a document
        self,
        job_id: str,
        report: bytes,
        *,
        outline: str = "",
        contents: bytes = b"",
        pages: bytes = b"",
        seconds: Mapping[str, float] = NOTHING,
    ) -> bool:
        """Store the report and end the job; False if it had ended before or was deleted, and then nothing changes.

        `seconds` says what each stage took.
        """
        outcome: list[Word] = [JobState.DONE, report, "", outline, contents, pages, "", count_work(seconds)]
        return self._end(job_id, outcome, count_job(JobState.DONE, seconds))

    def fail(
        self, job_id: str, error: RolefitError, *, seconds: Mapping[str, float] = NOTHING, lost_seconds: float = 0.0
    ) -> bool:
        """End the job with an error; False if it had ended before or was deleted, and then nothing changes.

        The document is kept for a while if the failure may be ours and there is room, so that it can be tried again.
        """
        reason = orjson.dumps(JobError.of(error))
        kept = self._retention.failed_bytes if error.code in RETRYABLE else ""
        outcome: list[Word] = [JobState.FAILED, b"", reason, "", b"", b"", kept, lost_seconds + count_work(seconds)]
        return self._end(job_id, outcome, count_job(error.code, seconds))

    @typed_outage()
    def _end(self, job_id: str, outcome: Sequence[Word], counts: Mapping[str, float]) -> bool:
        """End a job with state, report, error, outline, contents, pages, room for failed documents, seconds of work."""
        facts: list[Word] = [job_id, _now(), self._versions, *outcome]
        additions: list[Word] = [word for count in counts.items() for word in count]
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
    def mark_alive(self, *, seconds: int) -> None:
        """Record for that many seconds that a worker has just run a task."""
        self._redis.set(ALIVE, b"1", ex=seconds)

    @typed_outage()
    def refuse_documents(self, *, refuses: bool) -> None:
        """Have every document refused as if the store were full, or taken again."""
        if refuses:
            self._redis.set(REFUSING, 1)
        else:
            self._redis.delete(REFUSING)

    @typed_outage()
    def forget_workers(self) -> None:
        """Delete the record that workers are alive, which is out of date after a restart."""
        self._redis.delete(ALIVE)

    @typed_outage()
    def workers_answer(self) -> bool:
        """Return whether a worker has run a task recently."""
        return bool(self._redis.exists(ALIVE))


def open_store(settings: Settings, *, retries: int = 1) -> JobStore:
    """Return the job store at the settings' Redis; raise NoStoreNamedError if they name none."""
    redis = open_redis(settings, retries=retries)
    return JobStore(redis, retention=read_retention(settings), own_roles=settings.profiles)

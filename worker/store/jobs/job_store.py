"""The record of every job in Redis. It alone says what state a job is in; Celery's messages only wake workers."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

from redis import Redis

from worker.errors.store import KeyReusedError, NotRetryableError, UnfinishedError, UnknownJobError
from worker.outcomes.results import StoredResult
from worker.outcomes.search_facts import SearchFacts, read_search_facts
from worker.settings import Settings
from worker.store.connection import open_redis, typed_outage
from worker.store.jobs.attempt_store import NO_RESULT, AttemptStore
from worker.store.jobs.bounds import REFUSALS, Bounds
from worker.store.jobs.job import (
    Job,
    RedisFields,
    RedisValue,
    Terms,
    Waiting,
    decode_job,
    encode_job,
    end_at_once,
    make_job,
)
from worker.store.jobs.mark import MarkChange
from worker.store.jobs.packing import pack
from worker.store.jobs.scored_roles import digest_roles, encode_roles
from worker.store.jobs.stored_file import open_value
from worker.store.keys import ALIVE, CLEAN, DUE, PENDING, Kind, name_job_keys, name_key, name_owner_key, name_secret_key
from worker.store.retention import Retention, read_retention
from worker.store.scripts import register_script, write_change
from worker.versions import fingerprint_versions

UNBOUNDED = Bounds()
UNLIMITED = ["", *UNBOUNDED.write_arguments()]  # no earlier report will do, and there are no bounds


def _name_result(owner: str, content: bytes) -> str:
    return name_secret_key(Kind.RESULT, owner, sha256(content).hexdigest())


class JobStore:
    """Jobs with their documents and reports. Every method raises StoreUnavailableError when Redis is away.

    `attempts` is what workers do to the same jobs.
    """

    def __init__(self, redis: Redis, *, retention: Retention, profiles: Path | None = None) -> None:
        self._redis = redis
        self._versions = fingerprint_versions(profiles)
        self.attempts = AttemptStore(redis, retention=retention, versions=self._versions)
        self._submit, self._delete, self._retry, self._mark, self._score_again = (
            register_script(redis, name, retention) for name in ("submit", "delete", "retry", "mark", "score_again")
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
        """Store a document and its job, both or neither. The caller announces the job.

        If the owner has used the key of the terms before, the job that was made then is returned. With `reuse`, the
        owner's report on the same bytes under the same versions is copied, and the job is done at once.

        Raises:
            KeyReusedError: the owner has used the key for other bytes.
            QueueFullError, OwnerQueueFullError, StoreFullError, OwnerStoreFullError: the bound that is reached.
        """
        job = make_job(name, owner=owner, terms=terms)
        terms = terms or Terms()
        enter = partial(self._enter, content=content, terms=terms)
        versions = self._versions + digest_roles(terms.role_texts) if reuse else ""
        answer, *parts = enter(job, limits=[versions, *bounds.write_arguments()])
        if answer == b"scored":
            report, search_facts, pages = parts
            job, result = end_at_once(job, StoredResult(report, search_facts=search_facts, pages=pages))
            answer, *parts = enter(job, result)
        if answer == b"reused":
            raise KeyReusedError
        if answer in REFUSALS:
            raise REFUSALS[answer]
        return job if answer == b"made" else self.find(parts[0].decode(), owner=job.owner)

    def _enter(
        self,
        job: Job,
        result: StoredResult = NO_RESULT,
        *,
        limits: Sequence[RedisValue] = UNLIMITED,
        content: bytes,
        terms: Terms,
    ) -> list[bytes]:
        """Run the script `submit` on a new job and return its answer."""
        request, reusable = name_secret_key(Kind.REQUEST, job.owner, terms.key), _name_result(job.owner, content)
        names = [name_key(kind, job.id) for kind in (Kind.JOB, Kind.DOCUMENT, Kind.REPORT)]
        fields: RedisFields = {**encode_job(job), "result": reusable, **({"request": request} if terms.key else {})}
        if terms.in_background:
            fields["in_background"] = 1
        if terms.role_texts:
            fields["roles"] = digest_roles(terms.role_texts)
        roles = "" if job.batch else encode_roles(terms.role_texts)  # a batch has them for all its jobs
        digest = sha256(content).hexdigest() + digest_roles(terms.role_texts) if terms.key else ""
        parts = (result.report, result.search_facts, result.pages)
        facts = [job.id, job.owner, digest, time.time(), pack(content), *parts, roles, *limits]
        arguments = [*facts, *chain.from_iterable(fields.items())]
        return cast("list[bytes]", self._submit(keys=[*names, PENDING, request, reusable], args=arguments))

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
    def open_pages(self, job_id: str) -> BinaryIO | None:
        """Return the pictures of a document's pages as a file that is fetched in parts, None if there are none."""
        return open_value(self._redis, name_key(Kind.PAGES, job_id))

    @typed_outage()
    def read_search_facts(self, job_ids: Sequence[str]) -> list[SearchFacts | None]:
        """Return what each document can be searched for, None for one not scored, or scored by earlier versions."""
        keys = [name_key(Kind.SEARCH_FACTS, job_id) for job_id in job_ids]
        stored = cast("list[bytes | None]", self._redis.mget(keys)) if keys else []
        return [read_search_facts(each) if each else None for each in stored]

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
        """Delete everything that is kept of jobs; a worker that is scoring one cannot store its result then."""
        with self._redis.pipeline(transaction=False) as pipe:
            for job_id in job_ids:
                keys = [*name_job_keys(job_id), name_key(Kind.DELIVERIES, f"job:{job_id}"), DUE, CLEAN]
                self._delete(keys=keys, args=[job_id], client=pipe)
            pipe.execute()

    @typed_outage()
    def mark(self, job_id: str, change: MarkChange) -> None:
        """Change the star, status or note of a job; raise UnknownJobError if it was deleted or has expired."""
        arguments = [datetime.now(UTC).isoformat(), *write_change(change)]
        if not self._mark(keys=[name_key(Kind.JOB, job_id), CLEAN], args=arguments):
            raise UnknownJobError

    @typed_outage()
    def score_again(
        self, batch_id: str, job_ids: Sequence[str], *, role_texts: Sequence[str], bounds: Bounds = UNBOUNDED
    ) -> list[str]:
        """Queue the jobs of a batch that are done again, to be scored against other roles; return which these are.

        They are scored from their reports, which they keep until there are new ones.

        Raises:
            UnfinishedError: a job has not ended; or the error of the bound that is reached.
        """
        keys = [PENDING, name_key(Kind.SCORED_ROLES, batch_id), name_key(Kind.BATCH, batch_id)]
        limits = bounds.write_arguments()[:2]
        arguments: list[RedisValue] = [
            time.time(),
            digest_roles(role_texts),
            encode_roles(role_texts),
            *limits,
            *job_ids,
        ]
        answer, *queued = self._score_again(keys=keys, args=arguments)
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
    def look_at_queue(self, job: Job) -> Waiting | None:
        """Return what a queued job waits for; None if it is no longer queued."""
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.zrank(name_owner_key(Kind.WAITING, job.owner), job.id)
            pipe.exists(ALIVE)
            ahead, alive = pipe.execute()
        return None if ahead is None else Waiting(ahead, bool(alive))


def open_store(settings: Settings, *, retries: int = 1) -> JobStore:
    """Return the job store at the settings' Redis; raise NoStoreNamedError if they name none."""
    redis = open_redis(settings, retries=retries)
    return JobStore(redis, retention=read_retention(settings), profiles=settings.profiles)

"""The record of every job in Redis. It alone says what state a job is in; Celery's messages only wake workers."""

import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

from redis import Redis

from worker.errors.store import NotRetryableError, UnknownJobError
from worker.outcomes.results import StoredResult
from worker.settings import Settings
from worker.store.connection import RedisFields, open_redis, translate_redis_errors
from worker.store.jobs.attempt_store import NO_RESULT, AttemptStore
from worker.store.jobs.bounds import Bounds
from worker.store.jobs.job import (
    Job,
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
from worker.store.keys import ALIVE, Prefix, name_key, name_owner_key, name_secret_key, write_request
from worker.store.retention import Retention, read_retention
from worker.store.scripts import StoreScript, raise_refusal, write_change
from worker.versions import fingerprint_versions

UNBOUNDED = Bounds()
BUNCH = 1_000  # jobs that one script looks up; the server answers nobody else meanwhile


def _pair(words: Sequence[bytes]) -> dict[bytes, bytes]:
    """Return a flat list of names and values as a mapping."""
    return dict(zip(words[::2], words[1::2], strict=True))


def _name_result(owner: str, content: bytes) -> str:
    return name_secret_key(Prefix.RESULT, owner, sha256(content).hexdigest())


class JobStore:
    """Jobs with their documents and reports. Every method raises StoreUnavailableError when Redis is away."""

    def __init__(
        self, redis: Redis, *, retention: Retention, max_failed_bytes: int = 0, profiles: Path | None = None
    ) -> None:
        self._redis = redis
        self._max_failed_bytes = max_failed_bytes
        self._versions = fingerprint_versions(profiles)
        self._retention = retention
        self._submit, self._delete, self._retry, self._mark, self._score_again, self._look_up = (
            StoreScript(redis, name, retention)
            for name in ("submit", "delete", "retry", "mark", "score_again", "look_up")
        )

    def open_attempts(self) -> AttemptStore:
        """Return the store of workers' attempts at the same jobs."""
        return AttemptStore(
            self._redis,
            retention=self._retention,
            max_failed_bytes=self._max_failed_bytes,
            versions=self._versions,
        )

    @translate_redis_errors()
    def submit(  # noqa: PLR0913 - what an upload comes with
        self,
        content: bytes,
        *,
        name: str,
        owner: str = "",
        terms: Terms | None = None,
        copy_earlier_report: bool = False,
        bounds: Bounds = UNBOUNDED,
    ) -> Job:
        """Store a document and its job, both or neither. The caller announces the job.

        If the owner has used the key of the terms before, the job that was made then is returned. With
        `copy_earlier_report`, the owner's report on the same bytes under the same versions is copied, if there is one,
        and the job is done at once.

        Raises:
            KeyReusedError: the owner has used the key for other bytes.
            QueueFullError, OwnerQueueFullError, StoreFullError, OwnerStoreFullError: the bound that is reached.
        """
        terms = terms or Terms()
        job = make_job(name, owner=owner, terms=terms)
        run_submit = partial(self._run_submit, content=content, terms=terms)
        versions = self._versions + digest_roles(terms.role_texts) if copy_earlier_report else ""
        answer, *parts = run_submit(job, versions=versions, bounds=bounds)
        if answer == b"scored":  # nothing is stored yet: the outline of the earlier report has to be made here
            report, search_facts, page_pictures = parts
            job, result = end_at_once(job, StoredResult(report, search_facts=search_facts, page_pictures=page_pictures))
            answer, *parts = run_submit(job, result)
        raise_refusal(answer)
        return job if answer == b"made" else self.find(parts[0].decode(), owner=job.owner)

    def _run_submit(  # noqa: PLR0913 - what `submit` comes with
        self,
        job: Job,
        result: StoredResult = NO_RESULT,
        *,
        content: bytes,
        terms: Terms,
        versions: str = "",
        bounds: Bounds = UNBOUNDED,
    ) -> list[bytes]:
        """Run the script `submit` on a new job and return its answer; without versions no earlier report is copied."""
        result_key, roles_digest = _name_result(job.owner, content), digest_roles(terms.role_texts)
        request = write_request(job.owner, key=terms.key, digest=sha256(content).hexdigest() + roles_digest)
        fields: RedisFields = {**encode_job(job), "result": result_key}
        if terms.key:
            fields["request"] = request["request_key"]
        if terms.in_background:
            fields["in_background"] = 1
        if terms.role_texts:
            fields["roles"] = roles_digest
        answer = self._submit(
            *chain.from_iterable(fields.items()),
            job_id=job.id,
            owner=job.owner,
            now=time.time(),
            content=pack(content),
            report=result.report,
            search_facts=result.search_facts,
            page_pictures=result.page_pictures,
            role_texts="" if job.batch else encode_roles(terms.role_texts),  # a batch has them for all its jobs
            versions=versions,
            result_key=result_key,
            **request,
            **asdict(bounds),
        )
        return cast("list[bytes]", answer)

    @translate_redis_errors()
    def find(self, job_id: str, *, owner: str = "") -> Job:
        """Return an owner's job; without an owner, one that was sent while access was open.

        Raises:
            UnknownJobError: it never existed, has expired, was deleted, or belongs to someone else.
        """
        fields = cast("dict[bytes, bytes]", self._redis.hgetall(name_key(Prefix.JOB, job_id)))
        if not fields or (job := decode_job(job_id, fields)).owner != owner:
            raise UnknownJobError
        return job

    @translate_redis_errors()
    def read_report(self, job_id: str) -> bytes | None:
        """Return the stored report as JSON, or None if there is none yet."""
        return cast("bytes | None", self._redis.get(name_key(Prefix.REPORT, job_id)))

    @translate_redis_errors()
    def open_page_pictures(self, job_id: str) -> BinaryIO | None:
        """Return the pictures of a document's pages as a file that is fetched in parts, None if there are none."""
        return open_value(self._redis, name_key(Prefix.PAGE_PICTURES, job_id))

    @translate_redis_errors()
    def read_search_facts(self, job_ids: Sequence[str]) -> list[bytes]:
        """Return the search facts of each document, empty if it is not scored or an earlier version scored it."""
        keys = [name_key(Prefix.SEARCH_FACTS, job_id) for job_id in job_ids]
        stored = cast("list[bytes | None]", self._redis.mget(keys)) if keys else []
        return [each or b"" for each in stored]

    @translate_redis_errors()
    def read_many(self, job_ids: Sequence[str]) -> list[tuple[Job | None, bytes | None]]:
        """Return the job and the report of each id, None for what does not exist, in one round trip."""
        with self._redis.pipeline(transaction=False) as pipe:
            for job_id in job_ids:
                pipe.hgetall(name_key(Prefix.JOB, job_id))
                pipe.get(name_key(Prefix.REPORT, job_id))
            answers = pipe.execute()
        pairs = zip(job_ids, answers[::2], answers[1::2], strict=True)
        return [(decode_job(job_id, fields) if fields else None, report) for job_id, fields, report in pairs]

    @translate_redis_errors()
    def delete(self, *job_ids: str) -> None:
        """Delete jobs with all their parts; a worker that is scoring one of them can no longer store its result."""
        with self._redis.pipeline(transaction=False) as pipe:
            for job_id in job_ids:
                self._delete.add_to(pipe, job_id=job_id)
            pipe.execute()

    @translate_redis_errors()
    def mark(self, job_id: str, change: MarkChange, *, note_before: str | None = None) -> None:
        """Change the star, status or note of a job.

        Raises:
            UnknownJobError: it was deleted or has expired.
            NoteChangedError: its note is not `note_before`, if that is given.
        """
        answer = self._mark(
            *write_change(change),
            job_id=job_id,
            marked_at=datetime.now(UTC).isoformat(),
            compares="" if note_before is None else "1",
            note_before=note_before,
        )
        if not answer:
            raise UnknownJobError
        raise_refusal(answer)

    @translate_redis_errors()
    def score_again(
        self, batch_id: str, job_ids: Sequence[str], *, role_texts: Sequence[str], bounds: Bounds = UNBOUNDED
    ) -> list[str]:
        """Queue the done jobs of a batch again, to score them against other roles; return their ids.

        With an empty `batch_id` it is one job, which was sent by itself. They are scored from their reports, which they
        keep until there are new ones.

        Raises:
            UnfinishedError: a job has not ended; or the error of the bound that is reached.
        """
        answer, *queued = self._score_again(
            *job_ids,
            batch_id=batch_id,
            now=time.time(),
            roles_digest=digest_roles(role_texts),
            role_texts=encode_roles(role_texts),
            **asdict(bounds),
        )
        raise_refusal(answer)
        return [job_id.decode() for job_id in queued]

    @translate_redis_errors()
    def retry(self, job_id: str) -> None:
        """Queue a failed job again; raise NotRetryableError unless it has failed and its document is kept."""
        if not self._retry(job_id=job_id, now=time.time()):
            raise NotRetryableError

    @translate_redis_errors()
    def list_jobs(self) -> list[Job]:
        """Return every job of the store, the oldest first."""
        prefix = name_key(Prefix.JOB, "")
        ids = [key.decode().removeprefix(prefix) for key in self._redis.scan_iter(f"{prefix}*", count=1000)]
        jobs = (job for job in self.look_up(ids) if job is not None)
        return sorted(jobs, key=lambda job: job.submitted_at)

    @translate_redis_errors()
    def look_up(self, job_ids: Sequence[str]) -> list[Job | None]:
        """Return the job of each id, None for one that does not exist; one script looks up at most BUNCH of them."""
        bunches = (job_ids[first : first + BUNCH] for first in range(0, len(job_ids), BUNCH))
        answers = chain.from_iterable(self._look_up(*bunch) for bunch in bunches)
        found = zip(job_ids, answers, strict=True)
        return [decode_job(job_id, _pair(fields)) if fields else None for job_id, fields in found]

    @translate_redis_errors()
    def look_at_queue(self, job: Job) -> Waiting | None:
        """Return what a queued job waits for; None if it is no longer queued."""
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.zrank(name_owner_key(Prefix.PENDING_OF_OWNER, job.owner), job.id)
            pipe.exists(ALIVE)
            ahead, alive = pipe.execute()
        return None if ahead is None else Waiting(ahead, bool(alive))


def open_store(settings: Settings, *, retries: int = 1) -> JobStore:
    """Return the job store at the settings' Redis; raise NoStoreNamedError if they name none."""
    redis = open_redis(settings, retries=retries)
    return JobStore(
        redis,
        retention=read_retention(settings),
        max_failed_bytes=settings.max_failed_bytes,
        profiles=settings.profiles,
    )

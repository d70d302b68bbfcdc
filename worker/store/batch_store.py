"""The record of documents that were sent together. Each of them has its own job."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from typing import cast

import orjson
from redis import Redis

from worker.errors.store import TooManyDocumentsError, UnknownBatchError
from worker.outcomes.failure import JobError
from worker.settings import Settings
from worker.store.connection import RedisFields, open_redis, translate_redis_errors
from worker.store.jobs.job import Job, JobState, Terms
from worker.store.jobs.job_store import JobStore
from worker.store.keys import Prefix, name_key, write_request
from worker.store.retention import Retention, read_retention
from worker.store.scripts import StoreScript, raise_refusal, write_change

BUNCH = 100  # jobs deleted in one round trip to Redis
MAX_PASSED_OVER = 100  # names kept each time that documents are sent


@dataclass(frozen=True, slots=True)
class BatchEntry:
    """A document of a batch: the id of its job, or the error because of which it has no job."""

    name: str = field(repr=False)
    job_id: str = ""
    error: JobError | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents that were sent together, in the order in which they came."""

    id: str
    submitted_at: datetime
    entries: Sequence[BatchEntry]
    owner: str = ""
    callback_url: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    passed_over: Sequence[str] = field(default=(), repr=False)  # names of files beside the documents

    @property
    def job_ids(self) -> list[str]:
        """The ids of the documents that have jobs."""
        return [entry.job_id for entry in self.entries if entry.job_id]


@dataclass(frozen=True, slots=True)
class Addition:
    """Documents that are added to a batch, and the names of files beside them."""

    entries: Sequence[BatchEntry]
    passed_over: Sequence[str] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class BatchHead:
    """A batch as a list shows it: how many documents it has, and how many of their jobs have ended."""

    id: str
    submitted_at: datetime
    documents: int
    ended: int
    state: JobState
    name: str = field(default="", repr=False)
    first_document: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class BatchChange:
    """The new name and note of a batch; None leaves the old one."""

    name: str | None = field(default=None, repr=False)
    note: str | None = field(default=None, repr=False)


def make_batch(
    entries: Sequence[BatchEntry], *, owner: str, terms: Terms, name: str = "", passed_over: Sequence[str] = ()
) -> Batch:
    """Return a new batch, whose id is in the terms and in the jobs of its entries."""
    at, url = datetime.now(UTC), terms.callback_url
    return Batch(terms.batch, at, entries, owner, url, name, passed_over=passed_over)


def _write_names(names: Sequence[str]) -> str:
    """Return names, which have no line breaks, as one text; the first of them, if they are far too many."""
    return "\n".join(names[:MAX_PASSED_OVER])


def count_states(batch: Batch, jobs: Sequence[Job | None]) -> dict[str, int]:
    """Return how many documents of a batch are in each state; one without a job has failed.

    A document whose job was deleted, while the batch was not, is not counted.
    """
    states = Counter(job.state for job in jobs if job is not None)
    states[JobState.FAILED] += len(batch.entries) - len(batch.job_ids)
    return {state.value: states[state] for state in JobState}


def have_all_ended(*, jobs: int, ended: int) -> bool:
    """Return whether all jobs of a batch have ended. A deleted job has; a document without a job is not counted."""
    return ended >= jobs


def find_state(*, jobs: int, ended: int, running: int) -> JobState:
    """Return the state of a batch: `queued` until its first job has begun, `done` once all have ended."""
    if have_all_ended(jobs=jobs, ended=ended):
        return JobState.DONE
    return JobState.RUNNING if ended or running else JobState.QUEUED


def summarize_state(batch: Batch, counts: Mapping[str, int]) -> JobState:
    """Return the state of a batch from the counts that `count_states` gives."""
    jobs, running = len(batch.job_ids), counts[JobState.RUNNING]
    return find_state(jobs=jobs, ended=jobs - counts[JobState.QUEUED] - running, running=running)


def _encode(batch: Batch) -> RedisFields:
    fields: RedisFields = {
        "submitted_at": batch.submitted_at.isoformat(),
        "owner": batch.owner,
        "jobs": len(batch.job_ids),
        "documents": len(batch.entries),
        "entries": orjson.dumps(batch.entries),
    }
    first = batch.entries[0].name if batch.entries else ""
    given = {
        "first": first,
        "callback_url": batch.callback_url,
        "name": batch.name,
        "passed_over": _write_names(batch.passed_over),
    }
    return {**fields, **{name: value for name, value in given.items() if value}}


def _decode_entry(name: str, job_id: str, error: dict[str, str] | None) -> BatchEntry:
    return BatchEntry(name, job_id, JobError(**error) if error else None)


def _decode(batch_id: str, fields: dict[bytes, bytes]) -> Batch:
    texts = {key.decode(): value.decode() for key, value in fields.items()}
    entries = tuple(_decode_entry(**entry) for entry in orjson.loads(texts["entries"]))
    at = datetime.fromisoformat(texts["submitted_at"])
    url, name, note, passed_over = (texts.get(name, "") for name in ("callback_url", "name", "note", "passed_over"))
    return Batch(batch_id, at, entries, texts["owner"], url, name, note, passed_over.splitlines())


def _decode_head(batch_id: str, fields: Sequence[bytes | None], ended: int, running: int) -> BatchHead | None:
    submitted_at, documents, jobs, name, first = fields
    if submitted_at is None or documents is None or jobs is None:
        return None
    without_job, at = int(documents) - int(jobs), datetime.fromisoformat(submitted_at.decode())
    state = find_state(jobs=int(jobs), ended=ended, running=running)
    names = ((text or b"").decode() for text in (name, first))
    return BatchHead(batch_id, at, int(documents), ended + without_job, state, *names)


class BatchStore:
    """Batches. Every method raises StoreUnavailableError when Redis is away."""

    def __init__(self, redis: Redis, jobs: JobStore, *, retention: Retention) -> None:
        self._redis = redis
        self._jobs = jobs
        self._create, self._extend, self._change, self._delete = (
            StoreScript(redis, f"{verb}_batch", retention) for verb in ("create", "extend", "change", "delete")
        )

    @translate_redis_errors()
    def create(self, batch: Batch, *, key: str, digest: str) -> Batch:
        """Store a batch whose jobs are stored already, and return it.

        With a key that the owner has used before, the batch created then is returned instead; raises KeyReusedError if
        its documents had another digest.
        """
        request, fields = write_request("batch", batch.owner, key=key, digest=digest), _encode(batch)
        if key:
            fields["request"] = request["request_key"]
        items = chain.from_iterable(fields.items())
        answer, *known = self._create(*items, batch_id=batch.id, now=batch.submitted_at.timestamp(), **request)
        raise_refusal(answer)
        return batch if answer == b"made" else self.find(known[0].decode(), owner=batch.owner)

    @translate_redis_errors()
    def extend(self, batch: Batch, addition: Addition, *, key: str, digest: str, most: int) -> bool:
        """Add documents whose jobs are stored already to a batch; False if the key has added the same ones before.

        Raises:
            UnknownBatchError: the batch was deleted meanwhile.
            KeyReusedError: the key was used for other documents.
            TooManyDocumentsError: the batch would have more than `most` documents.
        """
        answer, *_ = self._extend(
            *(entry.job_id for entry in addition.entries if entry.job_id),
            batch_id=batch.id,
            entries=orjson.dumps(addition.entries),
            count=len(addition.entries),
            max_documents=most,
            passed_over=_write_names(addition.passed_over),
            **write_request("batch", batch.owner, key=key, digest=digest),
        )
        raise_refusal(answer)
        if answer == b"full":
            raise TooManyDocumentsError(most)
        return bool(answer == b"made")

    @translate_redis_errors()
    def withdraw(self, batch_id: str, job_ids: Sequence[str]) -> None:
        """Delete jobs that could not be added to a batch."""
        self._jobs.delete(*job_ids)
        if job_ids:
            self._redis.srem(name_key(Prefix.ENDED, batch_id), *job_ids)

    @translate_redis_errors()
    def change(self, batch_id: str, change: BatchChange) -> None:
        """Change a batch's name or note; raise UnknownBatchError if it was deleted or has expired."""
        if not self._change(*write_change(change), batch_id=batch_id):
            raise UnknownBatchError

    @translate_redis_errors()
    def look_up(self, batch_id: str) -> Batch:
        """Return a batch of any owner; raise UnknownBatchError if it never existed, has expired or was deleted."""
        fields = cast("dict[bytes, bytes]", self._redis.hgetall(name_key(Prefix.BATCH, batch_id)))
        if not fields:
            raise UnknownBatchError
        return _decode(batch_id, fields)

    @translate_redis_errors()
    def read_stamp(self, batch_id: str, *, owner: str) -> str:
        """Return how often an owner's batch has changed, in digits; raise UnknownBatchError as `find` does."""
        facts = self._redis.hmget(name_key(Prefix.BATCH, batch_id), ["owner", "changes"])
        known, changes = cast("list[bytes | None]", facts)
        if known is None or known.decode() != owner:
            raise UnknownBatchError
        return (changes or b"0").decode()

    @translate_redis_errors()
    def list_changed(self, batch_id: str, *, since: str) -> list[str]:
        """Return the ids of the jobs that have changed since the batch had that stamp; deleted ones are among them."""
        key = name_key(Prefix.CHANGED, batch_id)
        return [job.decode() for job in cast("list[bytes]", self._redis.zrangebyscore(key, f"({since}", "+inf"))]

    def find(self, batch_id: str, *, owner: str) -> Batch:
        """Return an owner's batch; raise UnknownBatchError also for a batch of another owner."""
        batch = self.look_up(batch_id)
        if batch.owner != owner:
            raise UnknownBatchError
        return batch

    @translate_redis_errors()
    def look_up_heads(self, batch_ids: Sequence[str]) -> list[BatchHead | None]:
        """Return the head of each batch, None for one that does not exist.

        That takes one round trip to Redis, and two more for each batch without an ended job.
        """
        with self._redis.pipeline(transaction=False) as pipe:
            for batch_id in batch_ids:
                pipe.hmget(name_key(Prefix.BATCH, batch_id), ["submitted_at", "documents", "jobs", "name", "first"])
                pipe.scard(name_key(Prefix.ENDED, batch_id))
            answers = pipe.execute()
        heads = zip(batch_ids, answers[::2], answers[1::2], strict=True)
        return [
            _decode_head(batch_id, fields, ended, 0 if ended else self._count_running(batch_id))
            for batch_id, fields, ended in heads
        ]

    def _count_running(self, batch_id: str) -> int:
        """Return how many jobs of a batch are running, 0 if the batch does not exist."""
        try:
            jobs = self._jobs.look_up(self.look_up(batch_id).job_ids)
        except UnknownBatchError:
            return 0
        return sum(job.state is JobState.RUNNING for job in jobs if job)

    @translate_redis_errors()
    def has_ended(self, batch: Batch) -> bool:
        """Return whether every job of a batch has ended or was deleted."""
        ended = self._redis.scard(name_key(Prefix.ENDED, batch.id))
        return have_all_ended(jobs=len(batch.job_ids), ended=ended)

    @translate_redis_errors()
    def delete(self, batch_id: str, job_ids: Sequence[str]) -> None:
        """Delete a batch and its jobs with all their parts."""
        for first in range(0, len(job_ids), BUNCH):
            self._jobs.delete(*job_ids[first : first + BUNCH])
        self._delete(batch_id=batch_id)


def open_batches(settings: Settings, jobs: JobStore) -> BatchStore:
    """Return the batch store at the settings' Redis."""
    return BatchStore(open_redis(settings), jobs, retention=read_retention(settings))

"""Keeps batches that people look at in memory: their rows, and what their documents can be searched for.

One stays in memory until nobody has asked for it for a minute.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock, Timer

from service.results.batch_table import BatchAnswer, BatchRowAnswer, describe_batch
from service.results.scored_roles import ScoredRoles
from service.search.kept_documents import KeptDocument
from service.search.questions import SearchedDocument
from worker.store.batch_store import Batch, BatchStore
from worker.store.jobs.job import Job
from worker.store.jobs.job_store import JobStore

KEPT_SECONDS = 60
MAX_KEPT = 4


@dataclass(frozen=True, slots=True)
class _Part:
    """A document as the store has it."""

    job: Job | None
    kept: KeptDocument = field(repr=False)


@dataclass(frozen=True, slots=True)
class CachedBatch:
    """A batch as it was when its stamp was read; `parts` are what was read of its documents, by the ids of jobs."""

    batch: Batch
    stamp: str
    answer: BatchAnswer = field(repr=False)
    documents: Sequence[SearchedDocument] = field(repr=False)
    roles: ScoredRoles
    parts: Mapping[str, _Part] = field(repr=False)


@dataclass(slots=True)
class _KeptBatch:
    """A batch in memory and when it was last asked for, in seconds of the monotonic clock."""

    opened: CachedBatch
    asked_at: float


class BatchCache:
    """The batches that were read last; one that has changed since, or was deleted, is read again."""

    def __init__(self, batches: BatchStore, jobs: JobStore) -> None:
        self._batches = batches
        self._jobs = jobs
        self._kept: dict[str, _KeptBatch] = {}
        self._lock = Lock()
        self._reading = Lock()  # one request reads, and those that ask for the same use what it has read

    def find(self, batch_id: str, *, owner: str, roles: ScoredRoles) -> CachedBatch:
        """Return an owner's batch as it is now; raise UnknownBatchError if there is none."""
        stamp = self._batches.read_stamp(batch_id, owner=owner)
        if opened := self._find_kept(batch_id, stamp):
            return opened
        with self._reading:
            if opened := self._find_kept(batch_id, stamp):  # another request has read it meanwhile
                return opened
            opened = self._read(batch_id, stamp, owner=owner, roles=roles)
            self._keep(opened)
        return opened

    def _find_kept(self, batch_id: str, stamp: str) -> CachedBatch | None:
        """Return a batch from memory if it is as new as its stamp says, or newer."""
        kept = self._kept.get(batch_id)
        if kept is None or int(kept.opened.stamp) < int(stamp):
            return None
        kept.asked_at = time.monotonic()
        return kept.opened

    def _read(self, batch_id: str, stamp: str, *, owner: str, roles: ScoredRoles) -> CachedBatch:
        batch = self._batches.find(batch_id, owner=owner)
        parts = self._read_parts(batch)
        answer = describe_batch(batch, [parts[job_id].job for job_id in batch.job_ids], roles.ids)
        documents = [_make_document(row, parts.get(row.job or "")) for row in answer.rows]
        return CachedBatch(batch, stamp, answer, documents, roles, parts)

    def _read_parts(self, batch: Batch) -> dict[str, _Part]:
        """Read the documents of a batch; if the batch is kept, only those that are new or have changed since."""
        kept, known = self._kept.get(batch.id), {}
        if kept:
            known = {**kept.opened.parts}
            for job_id in self._batches.list_changed(batch.id, since=kept.opened.stamp):
                known.pop(job_id, None)
        ids = [job_id for job_id in batch.job_ids if job_id not in known]
        read = zip(ids, self._jobs.look_up(ids), self._jobs.read_search_facts(ids), strict=True)
        return known | {job_id: _make_part(job, facts) for job_id, job, facts in read}

    def _keep(self, opened: CachedBatch) -> None:
        now = time.monotonic()
        with self._lock:
            if kept := self._kept.pop(opened.batch.id, None):
                kept.opened, kept.asked_at = opened, now
                self._kept[opened.batch.id] = kept
                return
            while len(self._kept) >= MAX_KEPT:
                del self._kept[next(iter(self._kept))]
            kept = self._kept[opened.batch.id] = _KeptBatch(opened, now)
        self._forget_after(KEPT_SECONDS, kept)

    def _forget_after(self, seconds: float, kept: _KeptBatch) -> None:
        timer = Timer(seconds, self._forget_unless_asked, [kept])
        timer.daemon = True
        timer.start()

    def _forget_unless_asked(self, kept: _KeptBatch) -> None:
        """Forget a batch, or later if somebody has asked for it since."""
        batch_id = kept.opened.batch.id
        if self._kept.get(batch_id) is not kept:
            return
        rest = kept.asked_at + KEPT_SECONDS - time.monotonic()
        if rest > 0:
            self._forget_after(rest, kept)
        else:
            self.close(batch_id)

    def close(self, batch_id: str) -> None:
        """Forget a batch, also one that is being read: who deletes it must not leave it here."""
        with self._reading, self._lock:
            self._kept.pop(batch_id, None)


def _make_part(job: Job | None, facts: bytes) -> _Part:
    return _Part(job, KeptDocument(job.stored_details if job else "", facts))


def _make_document(row: BatchRowAnswer, part: _Part | None) -> SearchedDocument:
    return SearchedDocument(row, part.kept) if part else SearchedDocument(row)

"""Keeps in memory the batches that people look at: their rows, and what their documents can be searched for.

A batch is forgotten when nobody has asked for it for a minute.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock, Timer

from service.results.batch_table import BatchAnswer, BatchRowAnswer, describe_batch
from service.results.scored_roles import ScoredRoles
from service.search.kept_documents import KeptDocument
from service.search.questions import SearchedDocument
from skills.garbage_collection import paused_collector
from worker.store.batch_store import Batch, BatchStore
from worker.store.jobs.job import Job
from worker.store.jobs.job_store import JobStore

KEPT_SECONDS = 60
MAX_SLOTS = 4


@dataclass(frozen=True, slots=True)
class _Part:
    """A job and the search facts of its document, as the store has them."""

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
class _Slot:
    """A batch in memory and when it was last asked for, in seconds of the monotonic clock."""

    cached: CachedBatch
    asked_at: float


class BatchCache:
    """The batches that were read last. One that has changed since is read again."""

    def __init__(self, batches: BatchStore, jobs: JobStore) -> None:
        self._batches = batches
        self._jobs = jobs
        self._slots: dict[str, _Slot] = {}
        self._lock = Lock()
        self._reading = Lock()  # one request reads, and others that wait for the same batch use the result

    def find(self, batch_id: str, *, owner: str, roles: ScoredRoles) -> CachedBatch:
        """Return an owner's batch as it is now; raise UnknownBatchError if there is none."""
        stamp = self._batches.read_stamp(batch_id, owner=owner)
        if cached := self._find_fresh(batch_id, stamp):
            return cached
        with self._reading:
            if cached := self._find_fresh(batch_id, stamp):  # another request has read it meanwhile
                return cached
            with paused_collector():
                cached = self._read(batch_id, stamp, owner=owner, roles=roles)
            self._keep(cached)
        return cached

    def _find_fresh(self, batch_id: str, stamp: str) -> CachedBatch | None:
        """Return a batch from memory if it is as new as its stamp says, or newer."""
        slot = self._slots.get(batch_id)
        if slot is None or int(slot.cached.stamp) < int(stamp):
            return None
        slot.asked_at = time.monotonic()
        return slot.cached

    def _read(self, batch_id: str, stamp: str, *, owner: str, roles: ScoredRoles) -> CachedBatch:
        batch = self._batches.find(batch_id, owner=owner)
        slot = self._slots.get(batch_id)
        earlier = slot.cached if slot else None
        known = self._list_unchanged(earlier) if earlier else {}
        parts = known | self._read_parts([job_id for job_id in batch.job_ids if job_id not in known])
        rows = {row.job: row for row in earlier.answer.rows if row.job and row.job in known} if earlier else {}
        answer = describe_batch(batch, [parts[job_id].job for job_id in batch.job_ids], roles.ids, unchanged=rows)
        documents = [_make_document(row, parts.get(row.job or "")) for row in answer.rows]
        return CachedBatch(batch, stamp, answer, documents, roles, parts)

    def _list_unchanged(self, earlier: CachedBatch) -> dict[str, _Part]:
        """Return the parts of a batch that have not changed since it was read."""
        changed = set(self._batches.list_changed(earlier.batch.id, since=earlier.stamp))
        return {job_id: part for job_id, part in earlier.parts.items() if job_id not in changed}

    def _read_parts(self, job_ids: Sequence[str]) -> dict[str, _Part]:
        read = zip(job_ids, self._jobs.look_up(job_ids), self._jobs.read_search_facts(job_ids), strict=True)
        return {job_id: _make_part(job, facts) for job_id, job, facts in read}

    def _keep(self, cached: CachedBatch) -> None:
        now = time.monotonic()
        with self._lock:
            if slot := self._slots.pop(cached.batch.id, None):
                slot.cached, slot.asked_at = cached, now
                self._slots[cached.batch.id] = slot
                return
            while len(self._slots) >= MAX_SLOTS:
                del self._slots[next(iter(self._slots))]
            slot = self._slots[cached.batch.id] = _Slot(cached, now)
        self._forget_after(KEPT_SECONDS, slot)

    def _forget_after(self, seconds: float, slot: _Slot) -> None:
        timer = Timer(seconds, self._forget_unless_used, [slot])
        timer.daemon = True
        timer.start()

    def _forget_unless_used(self, slot: _Slot) -> None:
        """Forget a batch now, or later if somebody has asked for it since."""
        batch_id = slot.cached.batch.id
        if self._slots.get(batch_id) is not slot:
            return
        rest = slot.asked_at + KEPT_SECONDS - time.monotonic()
        if rest > 0:
            self._forget_after(rest, slot)
        else:
            self.forget(batch_id)

    def forget(self, batch_id: str) -> None:
        """Remove a batch from memory; one that is being read is removed afterwards, so that no deleted batch stays."""
        with self._reading, self._lock:
            self._slots.pop(batch_id, None)


def _make_part(job: Job | None, facts: bytes) -> _Part:
    return _Part(job, KeptDocument(job.stored_details if job else "", facts))


def _make_document(row: BatchRowAnswer, part: _Part | None) -> SearchedDocument:
    return SearchedDocument(row, part.kept) if part else SearchedDocument(row)

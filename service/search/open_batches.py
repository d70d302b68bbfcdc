"""Batches that are being read: their rows, and what their documents can be searched for, for a minute in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock, Timer

from service.results.batch_table import BatchAnswer, BatchRowAnswer, describe_batch
from service.results.scored_roles import ScoredRoles
from service.search.folding import fold
from service.search.questions import NO_CONTENTS, Document
from worker.store.batch_store import Batch, BatchStore
from worker.store.jobs.job_store import JobStore
from worker.store.jobs.report_contents import Contents

KEPT_SECONDS = 60
MOST_KEPT = 4


@dataclass(frozen=True, slots=True)
class OpenBatch:
    """A batch as it was when its stamp was read."""

    batch: Batch
    stamp: str
    answer: BatchAnswer = field(repr=False)
    documents: Sequence[Document] = field(repr=False)
    roles: ScoredRoles


class OpenBatches:
    """The batches that were read last. One that has changed since, or was deleted, is not used again."""

    def __init__(self, batches: BatchStore, jobs: JobStore) -> None:
        self._batches = batches
        self._jobs = jobs
        self._kept: dict[str, OpenBatch] = {}
        self._lock = Lock()

    def find(self, batch_id: str, *, owner: str, roles: ScoredRoles) -> OpenBatch:
        """Return an owner's batch as it is now; raise UnknownBatchError if there is none."""
        stamp = self._batches.read_stamp(batch_id, owner=owner)
        kept = self._kept.get(batch_id)
        if kept and kept.stamp == stamp:
            return kept
        opened = self._open(batch_id, stamp, owner=owner, roles=roles)
        self._keep(opened)
        return opened

    def _open(self, batch_id: str, stamp: str, *, owner: str, roles: ScoredRoles) -> OpenBatch:
        batch = self._batches.find(batch_id, owner=owner)
        answer = describe_batch(batch, self._jobs.look_up(batch.job_ids), roles.ids)
        ids = [row.job for row in answer.rows if row.job]
        contents = dict(zip(ids, self._jobs.read_contents(ids), strict=True))
        documents = [_make_document(row, contents.get(row.job or "")) for row in answer.rows]
        return OpenBatch(batch, stamp, answer, documents, roles)

    def _keep(self, opened: OpenBatch) -> None:
        with self._lock:
            while len(self._kept) >= MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[opened.batch.id] = opened
        timer = Timer(KEPT_SECONDS, self.close, [opened.batch.id, opened])
        timer.daemon = True
        timer.start()

    def close(self, batch_id: str, opened: OpenBatch | None = None) -> None:
        """Forget a batch, or only if it is kept as it was opened then."""
        with self._lock:
            if opened is None or self._kept.get(batch_id) is opened:
                self._kept.pop(batch_id, None)


def _make_document(row: BatchRowAnswer, contents: Contents | None) -> Document:
    return Document(row, contents, fold(contents.text)) if contents else Document(row, NO_CONTENTS)

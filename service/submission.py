"""Submits documents, one or many at once."""

import logging
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from hashlib import sha256
from itertools import islice

from service.backend import Backend
from service.http.problems import InvalidRequestError
from service.intake.sent_documents import SentBatch, SentDocument
from skills.errors import RolefitError
from worker.errors.store import StoreError
from worker.outcomes.failure import JobError
from worker.queue.messages import announce_due_webhooks, announce_job
from worker.store.batch_store import Addition, Batch, BatchEntry, make_batch
from worker.store.jobs.bounds import read_bounds
from worker.store.jobs.job import Job, Terms

logger = logging.getLogger(__name__)

# Documents of a batch that are stored at once: what comes together the store writes to the disk together, and writing
# takes most of the time. All of them are in memory meanwhile.
AT_ONCE = 4


def submit_document(backend: Backend, content: bytes, *, name: str, owner: str, terms: Terms) -> Job:
    """Store a document as a job and announce it to a worker, unless the job is done already.

    Raises:
        QueueFullError, OwnerQueueFullError: too many jobs wait already.
        StoreFullError, OwnerStoreFullError: too much is stored already.
    """
    job = backend.jobs.submit(
        content,
        name=name,
        owner=owner,
        terms=terms,
        copy_earlier_report=True,
        bounds=read_bounds(backend.settings, owner=owner),
    )
    logger.info("job accepted", extra={"job": job.id, "bytes": len(content)})
    if not job.has_ended:
        announce_job(backend.celery, job.id)
    elif job.callback_url:
        announce_due_webhooks(backend.celery, backend.deliveries)
    return job


def _submit_one(backend: Backend, document: SentDocument, *, owner: str, terms: Terms) -> BatchEntry:
    """Submit a document of a batch; return its entry, which has the id of its job, or why there is none."""
    if document.error is not None:
        return BatchEntry(document.name, error=JobError.of(document.error))
    # The key and the webhook of the request are for the batch, not for each of its jobs.
    terms_of_job = Terms(batch=terms.batch, role_texts=terms.role_texts)
    job = submit_document(backend, document.content, name=document.name, owner=owner, terms=terms_of_job)
    return BatchEntry(document.name, job.id)


def _submit_all(
    backend: Backend, documents: Iterable[SentDocument], entries: list[BatchEntry], *, owner: str, terms: Terms
) -> str:
    """Store documents as jobs and return a digest of them and of their roles, which tells a repeated request.

    Documents are submitted in groups. When all of a group have ended, `entries` gets the entries of those that could be
    stored, and the error of the first that could not is raised: then the caller deletes the jobs of all entries.
    """
    backend.own_roles.keep_scored(terms.batch, terms.role_texts)
    digest = sha256("\0".join(terms.role_texts).encode())
    remaining = iter(documents)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while some := [*islice(remaining, AT_ONCE)]:
            sending = [
                pool.submit(copy_context().run, _submit_one, backend, each, owner=owner, terms=terms) for each in some
            ]
            entries += [each.result() for each in sending if each.exception() is None]  # `exception` waits for the end
            for document, sent in zip(some, sending, strict=True):
                sent.result()  # raises the error of the first that could not be stored
                digest.update(sha256(document.name.encode() + b"\0" + document.content).digest())
    return digest.hexdigest()


def submit_batch(backend: Backend, sent: SentBatch, *, owner: str, terms: Terms, name: str = "") -> Batch:
    """Store documents as jobs, each announced to workers at once, and the batch that holds them; return the batch.

    With an Idempotency-Key that has sent the same documents before, the batch that was made then is returned. Then, and
    if anything fails, the jobs that were just stored are deleted again, also those that run already.
    """
    entries: list[BatchEntry] = []
    try:
        digest = _submit_all(backend, sent.documents, entries, owner=owner, terms=terms)
        made = make_batch(entries, owner=owner, terms=terms, name=name, passed_over=sent.passed_over)
        batch = backend.batches.create(made, key=terms.key, digest=digest)
    except RolefitError:
        _delete_batch(backend, terms.batch, entries)
        raise
    if batch.id != terms.batch:  # the batch of an earlier request with this key, so this one is not needed
        _delete_batch(backend, terms.batch, entries)
    elif batch.callback_url:
        announce_due_webhooks(backend.celery, backend.deliveries)
    return batch


def score_batch_again(backend: Backend, batch: Batch, role_texts: Sequence[str]) -> None:
    """Queue the jobs of a batch to be scored from their reports, also against roles of its owner, and announce them.

    Raises:
        UnfinishedError: the batch is still being scored.
        QueueFullError, OwnerQueueFullError: too many jobs wait already.
    """
    bounds = read_bounds(backend.settings, owner=batch.owner)
    for job_id in backend.jobs.score_again(batch.id, batch.job_ids, role_texts=role_texts, bounds=bounds):
        announce_job(backend.celery, job_id)
    backend.batch_cache.forget(batch.id)


def score_match_again(backend: Backend, job: Job, role_texts: Sequence[str]) -> None:
    """Queue a job that was sent by itself to be scored from its report, also against roles of its owner; announce it.

    Raises:
        InvalidRequestError: it is a document of a batch, which is scored for the same roles as the others.
        UnfinishedError: it is still being scored.
        QueueFullError, OwnerQueueFullError: too many jobs wait already.
    """
    if job.batch:
        raise InvalidRequestError(f"It was sent with others. Have their batch scored again: {job.batch}.")
    bounds = read_bounds(backend.settings, owner=job.owner)
    for job_id in backend.jobs.score_again("", [job.id], role_texts=role_texts, bounds=bounds):
        announce_job(backend.celery, job_id)


def extend_batch(backend: Backend, batch: Batch, sent: SentBatch, *, key: str) -> None:
    """Store documents as jobs, each announced to workers at once, and add them to a batch, all or none.

    They are scored against the roles of the batch. With an Idempotency-Key that has added the same documents before,
    nothing is added.
    """
    entries: list[BatchEntry] = []
    try:
        terms = Terms(batch=batch.id, role_texts=backend.own_roles.read_scored_texts(batch.id))
        digest = _submit_all(backend, sent.documents, entries, owner=batch.owner, terms=terms)
        most = backend.settings.max_batch_documents
        addition = Addition(entries, sent.passed_over)
        is_new = backend.batches.extend(batch, addition, key=key, digest=batch.id + digest, most=most)
    except RolefitError:
        _withdraw_entries(backend, batch.id, entries)
        raise
    if not is_new:
        _withdraw_entries(backend, batch.id, entries)


def _list_job_ids(entries: Iterable[BatchEntry]) -> list[str]:
    return [entry.job_id for entry in entries if entry.job_id]


def _withdraw_entries(backend: Backend, batch_id: str, entries: Iterable[BatchEntry]) -> None:
    """Delete the jobs of entries that were not added to a batch, unless the store is away; the batch itself stays."""
    with suppress(StoreError):
        backend.batches.withdraw(batch_id, _list_job_ids(entries))


def _delete_batch(backend: Backend, batch_id: str, entries: Iterable[BatchEntry]) -> None:
    """Delete the jobs of a batch that was not created, and what is kept for it, unless the store is away."""
    with suppress(StoreError):
        backend.batches.delete(batch_id, _list_job_ids(entries))

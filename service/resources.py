"""What the web application works on: its settings, the job store and the bell that wakes a worker."""

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from threading import BoundedSemaphore
from typing import cast

from celery import Celery
from flask import Flask, current_app

from service.intake.zip_archives import Member
from skills.errors import RolefitError
from skills.roles.profiles import RoleProfile, load_profiles
from worker.errors import StoreUnavailableError
from worker.queue.app import create_celery
from worker.queue.messages import announce_due_webhooks, announce_job
from worker.settings import Settings
from worker.store.batch_store import Batch, BatchStore, Entry, make_batch, open_batches
from worker.store.delivery_store import DeliveryStore, open_deliveries
from worker.store.job import Terms
from worker.store.job_store import Job, JobError, JobStore, open_store

logger = logging.getLogger(__name__)

KEY = "rolefit"
POLL_SECONDS = 0.02
MOST_WAITING = 4
MOST_BATCHES = 2


@dataclass(frozen=True, slots=True)
class Backend:
    """The parts that outlive a request."""

    settings: Settings
    store: JobStore
    batches: BatchStore
    deliveries: DeliveryStore
    celery: Celery
    room_to_wait: BoundedSemaphore
    room_for_batches: BoundedSemaphore

    @property
    def profiles(self) -> tuple[RoleProfile, ...]:
        """The roles that résumés are scored against."""
        return load_profiles(self.settings.profiles)

    @property
    def role_ids(self) -> list[str]:
        """The ids of those roles."""
        return [profile.id for profile in self.profiles]

    def submit(self, content: bytes, *, name: str, owner: str, terms: Terms) -> Job:
        """Store a document as a job and wake a worker, unless the job is done already.

        Raises:
            QueueFullError: too many jobs wait already.
        """
        job = self.store.submit(
            content, name=name, owner=owner, terms=terms, reuse=True, max_pending=self.settings.max_pending
        )
        logger.info("job accepted", extra={"job": job.id, "bytes": len(content)})
        if not job.over:
            announce_job(self.celery, job.id)
        elif job.callback_url:
            announce_due_webhooks(self.celery, self.deliveries)
        return job

    def _enter(self, member: Member, *, owner: str, batch_id: str) -> Entry:
        if member.error is not None:
            return Entry(member.name, error=JobError.of(member.error))
        return Entry(
            member.name, self.submit(member.content, name=member.name, owner=owner, terms=Terms(batch=batch_id)).id
        )

    def submit_batch(self, members: Iterable[Member], *, owner: str, terms: Terms) -> Batch:
        """Store documents as jobs and a batch that holds them, whole or not at all, and wake workers."""
        entries, digest = [], sha256()
        try:
            for member in members:
                entries.append(self._enter(member, owner=owner, batch_id=terms.batch))
                digest.update(sha256(member.name.encode() + b"\0" + member.content).digest())
            made = make_batch(entries, owner=owner, terms=terms)
            batch = self.batches.create(made, key=terms.key, digest=digest.hexdigest())
        except RolefitError:
            self._drop(terms.batch, entries)
            raise
        if batch.id != terms.batch:  # a repeated request
            self._drop(terms.batch, entries)
        elif batch.callback_url:
            announce_due_webhooks(self.celery, self.deliveries)
        return batch

    def _drop(self, batch_id: str, entries: Iterable[Entry]) -> None:
        with suppress(StoreUnavailableError):
            self.batches.erase(batch_id, [entry.job_id for entry in entries if entry.job_id])

    def wait_until(self, over: Callable[[], bool], *, timeout_seconds: float) -> bool:
        """Hold the request until something is over, for at most the given time; tell whether it was held.

        At most a few requests are held at once, for each takes a thread that others need.
        """
        if not self.room_to_wait.acquire(blocking=False):
            return False
        try:
            deadline = time.monotonic() + timeout_seconds
            while not over() and time.monotonic() < deadline:
                time.sleep(POLL_SECONDS)
        finally:
            self.room_to_wait.release()
        return True


def attach_backend(app: Flask, settings: Settings) -> None:
    """Give the application its backend; nothing connects before the first request.

    Raises:
        NoStoreNamedError: the settings name no Redis server.
    """
    store = open_store(settings)
    app.extensions[KEY] = Backend(
        settings,
        store,
        open_batches(settings, store),
        open_deliveries(settings),
        create_celery(settings),
        BoundedSemaphore(MOST_WAITING),
        BoundedSemaphore(MOST_BATCHES),
    )


def find_backend(app: Flask) -> Backend:
    """Return the backend of an application."""
    return cast("Backend", app.extensions[KEY])


def get_backend() -> Backend:
    """Return the backend of the application that serves this request."""
    return find_backend(current_app)

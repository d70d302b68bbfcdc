"""What the web application works on: its settings, the job store and the bell that wakes a worker."""

import logging
from dataclasses import dataclass
from typing import cast

from celery import Celery
from flask import Flask, current_app

from worker.app import create_celery, ring
from worker.errors import QueueFullError
from worker.jobs import Job, JobStore, open_store
from worker.settings import Settings

logger = logging.getLogger(__name__)

KEY = "rolefit"


@dataclass(frozen=True, slots=True)
class Backend:
    """The parts that outlive a request."""

    settings: Settings
    store: JobStore
    celery: Celery

    def submit(self, content: bytes, *, name: str, owner: str) -> Job:
        """Store a document as a job and wake a worker; raise QueueFullError if too many wait already."""
        if self.store.count_pending() >= self.settings.max_pending:
            raise QueueFullError
        job = self.store.submit(content, name=name, owner=owner)
        logger.info("job accepted", extra={"job": job.id, "bytes": len(content)})
        ring(self.celery, job.id)
        return job


def attach_backend(app: Flask, settings: Settings) -> None:
    """Give the application its backend; nothing connects before the first request.

    Raises:
        NoStoreNamedError: the settings name no Redis server.
    """
    app.extensions[KEY] = Backend(settings, open_store(settings), create_celery(settings))


def find_backend(app: Flask) -> Backend:
    """Return the backend of an application."""
    return cast("Backend", app.extensions[KEY])


def get_backend() -> Backend:
    """Return the backend of the application that serves this request."""
    return find_backend(current_app)

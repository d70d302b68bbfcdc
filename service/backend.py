"""What the web application works on: its settings, the job store and the bell that wakes a worker."""

import time
from dataclasses import dataclass
from typing import cast

from celery import Celery
from flask import Flask, current_app

from worker.app import create_celery, ring
from worker.errors import QueueFullError
from worker.jobs import Job, JobStore, open_store
from worker.settings import Settings

KEY = "rolefit"
POLL_SECONDS = 0.05


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
        ring(self.celery, job.id)
        return job

    def wait_for_workers(self, *, timeout_seconds: float) -> bool:
        """Tell whether a worker answers, now or within the given time."""
        deadline = time.monotonic() + timeout_seconds
        while not self.store.workers_answer():
            if time.monotonic() > deadline:
                return False
            time.sleep(POLL_SECONDS)
        return True


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

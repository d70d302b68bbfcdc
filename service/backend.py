"""What the web application works with: its settings, the stores and the queue."""

from dataclasses import dataclass
from typing import cast

from celery import Celery
from flask import Flask, current_app

from service.concurrency_limit import ConcurrencyLimit
from service.results.scored_roles import ScoredRoles
from service.search.batch_cache import BatchCache, CachedBatch
from service.search.uploads import OwnUploads
from skills.roles.profiles import RoleProfile, load_profiles
from worker.queue.app import create_celery
from worker.settings import Settings
from worker.store.batch_store import BatchStore, open_batches
from worker.store.delivery_store import DeliveryStore, open_deliveries
from worker.store.health_store import HealthStore, open_health
from worker.store.jobs.job_store import JobStore, open_store
from worker.store.role_store import RoleStore, open_roles
from worker.store.upload_lists import UploadLists, open_upload_lists

KEY = "rolefit"
MAX_WAITING = 4  # requests held at once: each takes a thread that others need
MAX_BATCHES = 3  # taken in at once
MAX_SHORTLISTS = 2  # drawn at once: each takes seconds of the one core that answers everybody


@dataclass(frozen=True, slots=True)
class Backend:
    """The parts that outlive a request."""

    settings: Settings
    jobs: JobStore
    health: HealthStore
    batches: BatchStore
    batch_cache: BatchCache
    deliveries: DeliveryStore
    uploads: UploadLists
    own_roles: RoleStore
    celery: Celery
    waiting_limit: ConcurrencyLimit
    shortlist_limit: ConcurrencyLimit
    batch_limit: ConcurrencyLimit

    @property
    def profiles(self) -> tuple[RoleProfile, ...]:
        """The roles that every résumé is scored against."""
        return load_profiles(self.settings.profiles)

    def list_scored_roles(self, subject_id: str) -> ScoredRoles:
        """Return the roles that a batch or a single job is scored for, those of its owner last."""
        return ScoredRoles((*self.profiles, *self.own_roles.read_scored(subject_id)))


def attach_backend(app: Flask, settings: Settings) -> None:
    """Give the application its backend; nothing connects before the first request.

    Raises:
        NoStoreNamedError: the settings name no Redis server.
    """
    jobs = open_store(settings)
    batches = open_batches(settings, jobs)
    app.extensions[KEY] = Backend(
        settings,
        jobs,
        open_health(settings),
        batches,
        BatchCache(batches, jobs),
        open_deliveries(settings),
        open_upload_lists(settings),
        open_roles(settings),
        create_celery(settings),
        ConcurrencyLimit(MAX_WAITING, most_of_one=MAX_WAITING - 1),
        ConcurrencyLimit(MAX_SHORTLISTS, most_of_one=MAX_SHORTLISTS - 1),
        ConcurrencyLimit(MAX_BATCHES, most_of_one=MAX_BATCHES - 1),
    )


def find_backend(app: Flask) -> Backend:
    """Return the backend of an application."""
    return cast("Backend", app.extensions[KEY])


def get_backend() -> Backend:
    """Return the backend of the application that serves this request."""
    return find_backend(current_app)


def get_own_uploads(owner: str) -> OwnUploads:
    """Return the stores with an owner's uploads."""
    backend = get_backend()
    return OwnUploads(backend.uploads, backend.jobs, backend.batches, owner)


def find_cached_batch(batch_id: str, owner: str) -> CachedBatch:
    """Return an owner's batch with its rows, read again only if it has changed.

    Raises:
        UnknownBatchError: the owner has no such batch.
    """
    backend = get_backend()
    return backend.batch_cache.find(batch_id, owner=owner, roles=backend.list_scored_roles(batch_id))

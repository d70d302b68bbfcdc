"""What a worker does besides scoring: load the knowledge, show that it is alive, recover lost jobs."""

import gc
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from celery import Celery, shared_task
from celery.signals import (
    setup_logging,
    task_prerun,
    worker_init,
    worker_process_init,
    worker_ready,
    worker_shutting_down,
)
from celery.worker import WorkController
from celery.worker.consumer import Consumer

from skills.errors import KnowledgeError
from skills.knowledge import load_knowledge
from worker.errors.store import StoreError
from worker.logs import set_up_logging
from worker.per_process import once_per_process
from worker.queue.messages import PING, announce_due_webhooks, send_ping
from worker.queue.recovery import announce_lost_jobs, release_dead_leases
from worker.reading.isolation.sandbox import get_sandbox
from worker.settings import Settings, load_settings
from worker.store.append_only_file import AppendOnlyFile, RewriteRefusedError
from worker.store.connection import open_redis
from worker.store.delivery_store import open_deliveries
from worker.store.health_store import open_health
from worker.store.jobs.lease_store import open_leases
from worker.store.retention import count_alive_seconds
from worker.versions import fingerprint_versions

logger = logging.getLogger(__name__)

_stopping = threading.Event()


@setup_logging.connect
def write_log(loglevel: int, **_: object) -> None:
    """Set up logging as in all of Rolefit, instead of as Celery does it."""
    set_up_logging(loglevel)


@worker_init.connect
def load_before_fork(sender: WorkController, **_: object) -> None:
    """Load vocabulary and pipeline once, before the scoring processes are forked, so that they share the memory.

    The number of processes, which Celery may have from its command line, is written into the configuration for tasks.
    The garbage collector is off meanwhile: it would search repeatedly through objects that stay.
    """
    sender.app.conf.worker_concurrency = sender.concurrency
    gc.disable()
    profiles = load_settings().profiles
    try:
        load_knowledge(profiles)
    except KnowledgeError as error:
        raise SystemExit(f"rolefit: {error}") from None  # Celery would log an Exception and go on
    fingerprint_versions(profiles)
    gc.freeze()
    gc.enable()


@worker_process_init.connect
def start_reading(**_: object) -> None:
    """In each scoring process: start its reading process, so that the first document need not wait for it."""
    get_sandbox()


@shared_task(name=PING)
def ping() -> None:
    """Do nothing. The beginning of the task shows that messages reach a worker."""


@once_per_process
def _prepare_alive_mark() -> Callable[[], None]:
    """Return the function that marks the workers as alive."""
    settings = load_settings()
    return partial(open_health(settings).mark_alive, seconds=count_alive_seconds(settings))


@task_prerun.connect
def mark_workers_alive(**_: object) -> None:
    """In a scoring process: record that a task has begun, unless the store is away.

    Any task counts: a ping may have to wait until documents that take long are scored.
    """
    with suppress(StoreError):
        mark_alive = _prepare_alive_mark()
        mark_alive()


@worker_ready.connect
def start_upkeep(sender: Consumer, **_: object) -> None:
    """Start the upkeep once the worker takes tasks."""
    _stopping.clear()
    threading.Thread(target=run_upkeep, args=(sender.app, load_settings()), name="upkeep", daemon=True).start()


@worker_shutting_down.connect
def stop_upkeep(**_: object) -> None:
    """Stop the upkeep: a worker that shuts down would not answer its pings."""
    _stopping.set()


def run_upkeep(celery: Celery, settings: Settings) -> None:
    """At every heartbeat until the worker stops: ping, recover what was lost, rewrite the file after a deletion."""
    leases, deliveries = open_leases(settings), open_deliveries(settings)
    append_only_file = AppendOnlyFile(open_redis(settings))
    while True:
        send_ping(celery, expires_seconds=count_alive_seconds(settings))
        try:
            release_dead_leases(leases)
            announce_lost_jobs(celery, leases, older_than_seconds=2 * settings.heartbeat_seconds)
            announce_due_webhooks(celery, deliveries)
            append_only_file.note_expiry()
            append_only_file.rewrite_soon()
        except (StoreError, RewriteRefusedError) as error:
            logger.warning("upkeep failed; it is tried again at the next heartbeat", extra={"code": error.code})
        if _stopping.wait(settings.heartbeat_seconds):
            return

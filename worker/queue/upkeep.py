"""What a worker's main process does beside passing tasks on: prepare, prove that it works, ring for lost jobs."""

import gc
import logging
import threading

from celery import Celery
from celery.signals import setup_logging, worker_init, worker_process_init, worker_ready, worker_shutting_down
from celery.worker.consumer import Consumer

from skills.errors import KnowledgeError
from skills.knowledge import load_knowledge
from worker.errors import StoreUnavailableError
from worker.logs import set_up_logging
from worker.queue.app import QUEUE, ping, ring
from worker.queue.lease_holder import is_dead
from worker.reading.sandbox import get_sandbox
from worker.settings import Settings, load_settings
from worker.store.append_only_file import AppendOnlyFile, RewriteRefusedError
from worker.store.connection import open_redis
from worker.store.delivery_store import call_due, open_deliveries
from worker.store.job_store import JobStore, open_store
from worker.versions import fingerprint_versions

logger = logging.getLogger(__name__)

_stopping = threading.Event()


@setup_logging.connect
def write_log(loglevel: int, **_: object) -> None:
    """Log as all of Rolefit does, in Celery's place."""
    set_up_logging(loglevel)


@worker_init.connect
def load_before_fork(**_: object) -> None:
    """Load vocabulary and pipeline once, before the children are forked, so that they share memory and work.

    The garbage collector rests meanwhile: it would look through what stays again and again.
    """
    gc.disable()
    profiles = load_settings().profiles
    try:
        load_knowledge(profiles)
    except KnowledgeError as error:
        raise SystemExit(f"rolefit: {error}") from None  # Celery logs any lesser exception and goes on
    fingerprint_versions(profiles)
    gc.freeze()
    gc.enable()


@worker_process_init.connect
def start_reading(**_: object) -> None:
    """In each child: start the process that reads for it, so that the first document need not wait for that."""
    get_sandbox()


@worker_ready.connect
def start_upkeep(sender: Consumer, **_: object) -> None:
    """Begin the beat once the worker takes tasks."""
    _stopping.clear()
    threading.Thread(target=keep_up, args=(sender.app, load_settings()), name="upkeep", daemon=True).start()


@worker_shutting_down.connect
def stop_upkeep(**_: object) -> None:
    """Send no more pings that nobody would answer."""
    _stopping.set()


def keep_up(celery: Celery, settings: Settings) -> None:
    """Every heartbeat until the worker stops: send the canary, ring for what was lost, have what was erased vanish."""
    store, deliveries, file = open_store(settings), open_deliveries(settings), AppendOnlyFile(open_redis(settings))
    while True:
        ping(celery, expires_seconds=3 * settings.heartbeat_seconds)
        try:
            ring_for_lost(celery, store, older_than_seconds=2 * settings.heartbeat_seconds)
            call_due(celery, deliveries)
            file.note_expiry()
            file.rewrite_soon()
        except (StoreUnavailableError, RewriteRefusedError) as error:
            logger.warning("upkeep was held up", extra={"code": error.code})
        if _stopping.wait(settings.heartbeat_seconds):
            return


def _free_dead(store: JobStore) -> None:
    """Free the jobs whose process is dead and whose worker, dead as well, could not do it."""
    for job_id, holder in store.list_held().items():
        if is_dead(holder):
            store.release(job_id, holder=holder)


def ring_for_lost(celery: Celery, store: JobStore, *, older_than_seconds: float) -> None:
    """Ring for the jobs whose message or worker was lost; several workers doing so at once do no harm."""
    _free_dead(store)
    lost = store.list_lost(queue=QUEUE, older_than_seconds=older_than_seconds)
    for job_id in lost:
        ring(celery, job_id)
    if lost:
        logger.info("rang again for lost jobs", extra={"count": len(lost)})

"""The tasks: they move a job from state to state, and running one twice is harmless.

What a job does lives in `worker.pipeline`.
"""

import logging
import os
from functools import cache
from typing import Any

from billiard.exceptions import TimeLimitExceeded, WorkerLostError
from celery import Task, current_app, shared_task
from celery.signals import task_failure

from skills.errors import RolefitError
from worker.deadline import deadline
from worker.errors import GaveUpError, InternalError, StoreUnavailableError, TimedOutError
from worker.pipeline import score_document
from worker.queue.app import PING, SCORE, ring
from worker.queue.lease_holder import is_dead, name_holder
from worker.settings import Settings, load_settings
from worker.store.delivery_store import DeliveryStore, call_due, open_deliveries
from worker.store.job import Work, encode_result
from worker.store.job_store import JobStore, open_store
from worker.store.metrics import Stopwatch
from worker.store.report_outline import outline_report

logger = logging.getLogger(__name__)

PATIENCE_RETRIES = 8  # about five seconds of a Redis that is away, before the job is left to the bell


@cache
def _get_settings() -> Settings:
    return load_settings()


@cache
def _open_store_of(pid: int) -> JobStore:
    del pid
    return open_store(_get_settings(), retries=PATIENCE_RETRIES)


@cache
def _open_deliveries_of(pid: int) -> DeliveryStore:
    del pid
    return open_deliveries(_get_settings())


def _get_store() -> JobStore:
    """Return the store of this process; a forked child must not inherit one whose locks its parent may hold."""
    return _open_store_of(os.getpid())


def _score(work: Work, stopwatch: Stopwatch) -> dict[str, Any]:
    if work.exhausted:
        raise GaveUpError
    settings = _get_settings()
    with deadline(settings.soft_limit_seconds):
        return score_document(work.content, name=work.name, settings=settings, stage=stopwatch.time)


def _end_job(job_id: str, work: Work) -> str:
    """Score and store the outcome; return what became of the job, for the log."""
    store, stopwatch = _get_store(), Stopwatch({"queued": work.queued_seconds})
    try:
        report = _score(work, stopwatch)
        outline = encode_result(outline_report(report))
        store.finish(job_id, encode_result(report).encode(), outline=outline, seconds=stopwatch.seconds)
    except StoreUnavailableError:
        raise
    except RolefitError as error:
        store.fail(job_id, error, seconds=stopwatch.seconds)
        return error.code
    except Exception:  # the last stop: whoever polls must learn that the job has ended
        store.fail(job_id, InternalError(), seconds=stopwatch.seconds)
        logger.exception("job broke", extra={"job": job_id})
        return InternalError.code
    return "done"


@shared_task(name=SCORE)
def score(job_id: str) -> None:
    """Score the document of a job, unless the job is over or in other hands.

    With Redis away nothing is lost: the record stays pending, and the bell rings for it again.
    """
    settings = _get_settings()
    work = _get_store().begin(job_id, holder=name_holder(), lease_seconds=settings.lease_seconds)
    if work is not None:
        logger.info("job ended", extra={"job": job_id, "code": _end_job(job_id, work)})
        if settings.webhook_secret:
            call_due(current_app, _open_deliveries_of(os.getpid()))


@shared_task(name=PING)
def ping() -> None:
    """Show that a message travels from the queue through a worker to the store."""
    settings = _get_settings()
    _get_store().mark_alive(seconds=3 * settings.heartbeat_seconds)


@task_failure.connect
def look_after_lost_job(sender: Task, args: tuple[str], exception: BaseException, **_: object) -> None:
    """In the worker's main process: end the job whose child passed the hard limit, free the one whose child died.

    A death that the pool overlooks reaches us as a passed limit too, and is told by the holder being dead.
    """
    if sender.name != SCORE:
        return
    logger.warning("task failed", exc_info=exception, extra={"job": args[0]})
    if not isinstance(exception, TimeLimitExceeded | WorkerLostError):
        return
    holder = _get_store().find_holder(args[0])
    if holder and is_dead(holder):
        _get_store().release(args[0], holder=holder)
    elif isinstance(exception, TimeLimitExceeded):
        _get_store().fail(args[0], TimedOutError())
        return
    ring(sender.app, args[0])

"""The task that scores a document: it only moves a job from state to state, and running it twice is harmless.

The scoring itself is in `worker.pipeline`, the recovery of lost jobs in `worker.queue.recovery`.
"""

import logging
import time
from contextlib import suppress
from enum import Enum, auto
from functools import cache, partial

from celery import Task, current_app, shared_task
from celery.signals import task_failure

from skills.document import Document
from skills.errors import RolefitError
from worker.deadline import deadline
from worker.errors.documents import CostlyDocumentError, GaveUpError, InternalError
from worker.errors.store import StoreError
from worker.outcomes.kept_document import restore_document
from worker.outcomes.results import StoredResult
from worker.per_process import once_per_process
from worker.pipeline import draw_resume, read_resume, score_resume
from worker.queue.lease_holder import name_lease_holder
from worker.queue.messages import SCORE, announce_due_webhooks, announce_job
from worker.queue.recovery import recover_failed_task
from worker.reading import FirstTry
from worker.reading.isolation.sandbox import get_sandbox
from worker.settings import Settings, load_settings
from worker.store.connection import CONNECTION_RETRIES
from worker.store.delivery_store import DeliveryStore, open_deliveries
from worker.store.jobs.attempt_store import AttemptStore
from worker.store.jobs.job import Work
from worker.store.jobs.job_store import open_store
from worker.store.jobs.lease_store import LeaseStore, open_leases
from worker.store.stages import QUEUED, Stage, Stopwatch

logger = logging.getLogger(__name__)


class AttemptEnd(Enum):
    """How an attempt at a job ended: the job has ended, or it waits again because its document is costly."""

    JOB_ENDED = auto()
    SET_ASIDE = auto()


@cache
def _get_settings() -> Settings:
    return load_settings()


@once_per_process
def _get_attempts() -> AttemptStore:
    return open_store(_get_settings(), retries=CONNECTION_RETRIES).open_attempts()


@once_per_process
def _get_leases() -> LeaseStore:
    return open_leases(_get_settings())


@once_per_process
def _get_deliveries() -> DeliveryStore:
    return open_deliveries(_get_settings())


def _must_give_way(job_id: str, *, since: float) -> bool:
    """Return whether an owner waits who goes before the owner of this job, which has been read since `since`."""
    try:
        return _get_leases().must_give_way(job_id, worked_seconds=time.monotonic() - since)
    except StoreError:
        return False


def _begin_first_try(work: Work) -> FirstTry | None:
    """Return the limits of a document's first try; None if that was made already."""
    if work.costly:
        return None
    must_give_way = partial(_must_give_way, work.job_id, since=time.monotonic())
    return FirstTry(_get_settings().first_try_cpu_seconds, must_give_way)


def _note_scoring(job_id: str) -> None:
    """Record that the document of a job has been read and is being scored, unless the store is away."""
    with suppress(StoreError):
        _get_attempts().begin_scoring(job_id)


def _wants_pictures(work: Work) -> bool:
    """Return whether pictures of a document's pages are wanted."""
    wanted = _get_settings().page_pictures
    return wanted == "all" or (wanted == "single" and not work.in_background)


def _read_and_draw(work: Work) -> tuple[Document, bytes]:
    """Return the document of a job, and the pictures of its pages if they are wanted.

    A job that is scored again has its document in its result, and its pictures are kept already.
    """
    if work.earlier_result:
        return restore_document(work.earlier_result), b""
    settings, first_try = _get_settings(), _begin_first_try(work)
    document = read_resume(
        work.content, name=work.name, settings=settings, first_try=first_try, with_places=_wants_pictures(work)
    )
    return document, draw_resume(work.content, document)


def _score(work: Work, stopwatch: Stopwatch) -> StoredResult:
    """Return the result of a job; raise the RolefitError that says why there is none."""
    if work.exhausted:
        raise GaveUpError
    settings = _get_settings()
    with deadline(settings.soft_limit_seconds):
        with stopwatch.time(Stage.READING):
            document, page_pictures = _read_and_draw(work)
        _note_scoring(work.job_id)
        with stopwatch.time(Stage.SCORING):
            report = score_resume(document, settings=settings, role_texts=work.role_texts)
    return StoredResult.of(report, lines=document.lines, page_pictures=page_pictures)


def _score_and_store(work: Work, *, holder: str) -> AttemptEnd:
    """Score the document and store the outcome, unless the document turns out to be costly: then set the job aside.

    How long each stage took is recorded also for an attempt that fails.
    """
    attempts, job_id = _get_attempts(), work.job_id
    stopwatch = Stopwatch({QUEUED: work.queued_seconds})
    try:
        result = _score(work, stopwatch)
        attempts.finish(job_id, result, seconds=stopwatch.seconds)
        code = "done"
    except StoreError:
        raise  # no fault of the document: the job stays pending
    except CostlyDocumentError as error:
        attempts.set_aside(job_id, holder=holder, seconds=stopwatch.seconds)
        logger.info("job set aside", extra={"job": job_id, "code": error.code})
        return AttemptEnd.SET_ASIDE
    except RolefitError as error:
        attempts.fail(job_id, error, seconds=stopwatch.seconds)
        code = error.code
    except Exception:  # whoever polls must learn that the job has ended, whatever broke
        attempts.fail(job_id, InternalError(), seconds=stopwatch.seconds)
        code = InternalError.code
        logger.exception("job broke", extra={"job": job_id})
    logger.info("job ended", extra={"job": job_id, "code": code})
    return AttemptEnd.JOB_ENDED


@shared_task(name=SCORE, bind=True)
def score(self: Task, job_id: str) -> None:
    """Score the document whose turn it is; it may be another one than that of the job in the message.

    If Redis is away, the job stays pending and is announced again.
    """
    settings, holder = _get_settings(), name_lease_holder(self.request.id)
    processes = self.app.conf.worker_concurrency
    get_sandbox().await_start()
    work = _get_attempts().begin_next(job_id, holder=holder, lease_seconds=settings.lease_seconds, processes=processes)
    if work is not None:
        end = _score_and_store(work, holder=holder)
        # Any message wakes a worker for the next turn, whichever job it names. That of a costly job may have come while
        # no process was free for such jobs, so another one is sent.
        if work.costly or end == AttemptEnd.SET_ASIDE:
            announce_job(current_app, work.job_id)
        if settings.webhook_secret:
            announce_due_webhooks(current_app, _get_deliveries())


@task_failure.connect
def log_and_recover(sender: Task, task_id: str, args: tuple[str], exception: BaseException, **_: object) -> None:
    """In the worker's main process: log that scoring failed, and recover the job if its process died."""
    if sender.name == SCORE:
        logger.warning("task failed", exc_info=exception)
        leases = open_leases(_get_settings(), retries=CONNECTION_RETRIES)
        recover_failed_task(sender.app, _get_attempts(), leases, exception, task_id=task_id, announced_id=args[0])

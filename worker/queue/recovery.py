"""The three ways in which a job is lost, and how each is found again.

The record in Redis is the truth about a job: its id stands in `pending` until it has ended, and the process that works
on it holds its lease, under its own name. A message of Celery only wakes a worker, which takes the job whose turn it is
(`worker/store/lua/turns.lua`). So a job is lost when:

1. Its message is lost: it could not be sent, or a worker died after taking it and before taking the lease.
   Nobody holds the lease, and the queue has fewer messages than there are such jobs.
   `announce_lost_jobs`: each worker, at each heartbeat, sends the message again.
2. The scoring process dies, or passes the hard limit. It still holds the lease.
   `recover_failed_task`: Celery reports it to the worker's main process. If it reports a passed limit and the process
   still runs, the job fails as timed out, because Celery kills the process only after the report. Otherwise the process
   has died: its lease is deleted and the message sent again.
3. The whole worker dies, so that nobody reports it.
   `release_dead_leases`: another worker of the same machine, at its heartbeat, deletes the leases of processes that no
   longer run. If there is none, the lease expires a little after the hard limit. Either way the job is then in case 1.

Taking the lease counts an attempt (`worker/store/lua/begin_next.lua`), so a document that kills every process is given
up after three. Only the first result of a job is stored (`worker/store/lua/finish.lua`), so it does no harm if two
workers score the same document.
"""

import logging

from billiard.exceptions import TimeLimitExceeded, WorkerLostError
from celery import Celery

from worker.errors.documents import TimedOutError
from worker.queue.lease_holder import is_dead, is_of_task
from worker.queue.messages import announce_job
from worker.store.jobs.attempt_store import AttemptStore
from worker.store.jobs.lease_store import LeaseStore

logger = logging.getLogger(__name__)


def announce_lost_jobs(celery: Celery, leases: LeaseStore, *, older_than_seconds: float) -> None:
    """Send the message of every lost job again; harmless if several workers do so at once."""
    lost = leases.mark_reannounced(older_than_seconds=older_than_seconds)
    for job_id in lost:
        announce_job(celery, job_id)
    if lost:
        logger.info("announced lost jobs again", extra={"count": len(lost)})


def recover_failed_task(  # noqa: PLR0913 - what Celery reports, and all that it concerns
    celery: Celery,
    attempts: AttemptStore,
    leases: LeaseStore,
    failure: BaseException,
    *,
    task_id: str,
    announced_id: str,
) -> None:
    """Announce again the job whose scoring process died; fail the job whose process passed the hard limit.

    The second of the three ways above. If the process died before it took a lease, only the message is sent again.
    """
    if not isinstance(failure, TimeLimitExceeded | WorkerLostError):
        return
    held = {job_id: holder for job_id, holder in leases.list_holders().items() if is_of_task(holder, task_id)}
    if not held:
        announce_job(celery, announced_id)
    for job_id, holder in held.items():
        passed_limit = isinstance(failure, TimeLimitExceeded) and not is_dead(holder)
        if passed_limit:
            attempts.fail(job_id, TimedOutError(), dead_seconds=celery.conf.task_time_limit)
        else:
            leases.release(job_id, holder=holder)
            announce_job(celery, job_id)


def release_dead_leases(leases: LeaseStore) -> None:
    """Delete the leases of processes of this machine that no longer run."""
    for job_id, holder in leases.list_holders().items():
        if is_dead(holder):
            leases.release(job_id, holder=holder)

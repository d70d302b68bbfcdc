"""The Celery application: how messages travel. Imports nothing that reads or scores documents."""

import contextlib
from typing import Any

from celery import Celery
from kombu.exceptions import OperationalError

from worker.errors import NoStoreNamedError
from worker.settings import Settings, load_settings

QUEUE = "rolefit"
PING_QUEUE = "rolefit-ping"
CALL_QUEUE = "rolefit-webhooks"

SCORE = "worker.score"
PING = "worker.ping"
CALL = "worker.call"

# Checked together by killing workers and losing messages (tests/test_tasks.py).
TRANSPORT = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "retry_on_timeout": True,  # else an acknowledgement lost on a dead connection blocks the worker's queue for ever
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 10,
}


CONFIGURATION = {
    "broker_transport_options": TRANSPORT,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "task_publish_retry": False,  # a lost message is rung again by the worker itself (worker/queue/upkeep.py)
    "imports": ("worker.queue.scoring_task", "worker.queue.upkeep"),
    "task_queues": {QUEUE: {}, PING_QUEUE: {}},
    "task_default_queue": QUEUE,
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_ignore_result": True,
    "task_acks_late": True,
    "task_acks_on_failure_or_timeout": True,
    "task_reject_on_worker_lost": False,  # scoring_task.py frees the job, rings again and counts
    "worker_prefetch_multiplier": 1,
    "worker_lost_wait": 1.0,  # not 10 s until a dead child counts as dead
    "worker_cancel_long_running_tasks_on_connection_loss": False,
    "worker_redirect_stdouts": False,
    "worker_send_task_events": False,
    "worker_enable_remote_control": False,
}


def _broker_url(redis_url: str | None) -> str:
    """Return the address in kombu's spelling, which differs for a Unix socket; raise NoStoreNamedError for None."""
    if redis_url is None:
        raise NoStoreNamedError
    return redis_url.replace("unix://", "redis+socket://", 1)


def _configuration(settings: Settings) -> dict[str, Any]:
    return {
        **CONFIGURATION,
        "broker_url": _broker_url(settings.redis_url),
        "task_time_limit": settings.hard_limit_seconds,
        "worker_soft_shutdown_timeout": settings.hard_limit_seconds,
    }


def create_celery(settings: Settings | None = None, **configuration: object) -> Celery:
    """Return the Celery application for these settings; nothing connects before the first message."""
    chosen = settings or load_settings()
    celery = Celery("rolefit", set_as_current=True)
    celery.conf.update({**_configuration(chosen), **configuration})
    return celery


def create_caller_celery() -> Celery:
    """Return the Celery application of the workers that send webhooks; they load no knowledge."""
    return create_celery(
        imports=("worker.queue.webhook_task",), task_queues={CALL_QUEUE: {}}, task_default_queue=CALL_QUEUE
    )


def ring(celery: Celery, job_id: str) -> None:
    """Send the message that wakes a worker for a job.

    A message that cannot be sent is let go: the job stands in the store, and a worker rings again for it.
    """
    with contextlib.suppress(OperationalError):
        celery.send_task(SCORE, args=[job_id], retry=False)


def call(celery: Celery, ref: str) -> None:
    """Send the message that has a due webhook sent; one that is lost is sent again by the worker's upkeep."""
    with contextlib.suppress(OperationalError):
        celery.send_task(CALL, args=[ref], queue=CALL_QUEUE, retry=False)


def ping(celery: Celery, *, expires_seconds: int) -> None:
    """Send the canary through the queue and a worker's hands; it is worthless after a while and then dropped."""
    with contextlib.suppress(OperationalError):
        celery.send_task(PING, queue=PING_QUEUE, expires=expires_seconds, retry=False)

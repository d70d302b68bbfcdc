"""Creates the Celery application. Imports nothing that reads or scores documents."""

import os
from typing import Any

from celery import Celery

from worker.errors.installation import NoStoreNamedError
from worker.settings import Settings, load_settings
from worker.store.keys import PING_QUEUE, QUEUE, ROLE_QUEUE, WEBHOOK_QUEUE

# Tested together, by killing workers and losing messages (tests/queueing/).
TRANSPORT = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "retry_on_timeout": True,  # else an acknowledgement lost on a dead connection blocks the worker's queue for ever
    "socket_keepalive": True,
}


# Options of the system's resolver (resolv.conf(5)): our deadlines cannot stop a look-up. With three servers that do not
# answer, it takes 28 seconds by default. That is longer than a sender keeps its slot (WEBHOOK_SLOT_SECONDS), so one
# owner could occupy all senders.
LOOK_UPS = "timeout:2 attempts:1"

CONFIGURATION: dict[str, object] = {
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "task_publish_retry": False,  # a lost message is sent again by the workers (worker/queue/recovery.py)
    "imports": ("worker.queue.scoring_task", "worker.queue.role_task", "worker.queue.upkeep"),
    "task_queues": {QUEUE: {}, PING_QUEUE: {}, ROLE_QUEUE: {}},
    "task_default_queue": QUEUE,
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_ignore_result": True,
    "task_acks_late": True,
    "task_acks_on_failure_or_timeout": True,
    "task_reject_on_worker_lost": False,  # worker/queue/recovery.py sends the job again, and counts attempts
    "worker_prefetch_multiplier": 1,
    "worker_lost_wait": 1.0,  # not 10 s before a dead child counts as dead
    "worker_cancel_long_running_tasks_on_connection_loss": False,
    "worker_redirect_stdouts": False,
    "worker_send_task_events": False,
    "worker_enable_remote_control": False,
}


def _write_broker_url(redis_url: str | None) -> str:
    """Return the address as kombu writes it, which differs for a Unix socket; raise NoStoreNamedError for None."""
    if redis_url is None:
        raise NoStoreNamedError
    return redis_url.replace("unix://", "redis+socket://", 1)


def _limit_waits(settings: Settings) -> dict[str, int]:
    """Return the options by which a worker notices that a connection is dead.

    A connection that waits for messages asks for them every second, and is dropped a heartbeat after an answer was due.
    We keep kombu's second: a worker that stops waits until the request for messages is over.
    """
    return {
        "socket_timeout": settings.redis_timeout_seconds,
        "socket_connect_timeout": settings.redis_timeout_seconds,
        "health_check_interval": settings.heartbeat_seconds,
    }


def _make_configuration(settings: Settings) -> dict[str, Any]:
    return {
        **CONFIGURATION,
        "broker_url": _write_broker_url(settings.redis_address),
        "broker_transport_options": {**TRANSPORT, **_limit_waits(settings)},
        "task_time_limit": settings.hard_limit_seconds,
        "worker_soft_shutdown_timeout": settings.hard_limit_seconds,
    }


def create_celery(settings: Settings | None = None, **configuration: object) -> Celery:
    """Return the Celery application for these settings; nothing connects before the first message."""
    chosen = settings or load_settings()
    celery = Celery("rolefit", set_as_current=True)
    celery.conf.update({**_make_configuration(chosen), **configuration})
    return celery


def create_webhook_celery() -> Celery:
    """Return the Celery application of the workers that send webhooks; they load no knowledge."""
    os.environ.setdefault("RES_OPTIONS", LOOK_UPS)
    return create_celery(
        imports=("worker.queue.webhook_task",), task_queues={WEBHOOK_QUEUE: {}}, task_default_queue=WEBHOOK_QUEUE
    )

"""Sends the messages that wake workers.

A message that cannot be sent is dropped: the record in the store is the truth, and the workers' upkeep sends another.
"""

from contextlib import suppress

from celery import Celery
from kombu.exceptions import OperationalError

from worker.errors.store import StoreError
from worker.store.delivery_store import DeliveryStore
from worker.store.keys import PING_QUEUE, ROLE_QUEUE, WEBHOOK_QUEUE

# The names of the tasks, as they stand in messages.
SCORE = "worker.score"
PING = "worker.ping"
READ_ROLE = "worker.role"
SEND_WEBHOOK = "worker.call"


def announce_job(celery: Celery, job_id: str) -> None:
    """Wake a worker for a job."""
    with suppress(OperationalError):
        celery.send_task(SCORE, args=[job_id], retry=False)


def announce_role(celery: Celery, question_id: str, *, expires_seconds: int) -> None:
    """Wake a worker for a question about a role. A question without an answer is not repeated: people ask again."""
    with suppress(OperationalError):
        celery.send_task(READ_ROLE, args=[question_id], queue=ROLE_QUEUE, expires=expires_seconds, retry=False)


def announce_webhook(celery: Celery, ref: str) -> None:
    """Wake a worker for a webhook that is due, named as `job:{id}` or `batch:{id}`."""
    with suppress(OperationalError):
        celery.send_task(SEND_WEBHOOK, args=[ref], queue=WEBHOOK_QUEUE, retry=False)


def announce_due_webhooks(celery: Celery, deliveries: DeliveryStore) -> None:
    """Wake workers for all webhooks that are due. Harmless if several workers do so; nothing while Redis is away."""
    with suppress(StoreError):
        for ref in deliveries.list_due():
            announce_webhook(celery, ref)


def send_ping(celery: Celery, *, expires_seconds: int) -> None:
    """Send a task that only proves that messages reach a worker; a worker drops it if it is older than it may be."""
    with suppress(OperationalError):
        celery.send_task(PING, queue=PING_QUEUE, expires=expires_seconds, retry=False)

"""The task that sends webhooks. Separate workers run it, so that a slow receiver does not delay scoring."""

import logging
from collections.abc import Mapping

import orjson
from celery import Task, shared_task

from skills.errors import RolefitError
from worker.errors.store import StoreError, UnknownJobError
from worker.errors.webhooks import InvalidCallbackError, WebhooksOffError
from worker.per_process import once_per_process
from worker.queue.messages import SEND_WEBHOOK, announce_webhook
from worker.settings import Settings, load_settings
from worker.store.batch_store import BatchStore, count_states, open_batches, summarize_state
from worker.store.delivery_store import Delivery, DeliveryStore, make_delivery, open_deliveries
from worker.store.jobs.job import JobState
from worker.store.jobs.job_store import JobStore, open_store
from worker.webhooks.sending import send

logger = logging.getLogger(__name__)

# Their pauses are 1, 2, 4 … 128 seconds, four minutes in all: less than the visibility timeout of a message.
MAX_ATTEMPTS = 9
SUCCESS = range(200, 300)
REFUSED = "refused"  # the code of an attempt that the receiver answered with another status


class WebhookSender:
    """Sends what is due, from the stores of these settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.jobs: JobStore = open_store(settings)
        self.batches: BatchStore = open_batches(settings, self.jobs)
        self.deliveries: DeliveryStore = open_deliveries(settings)

    def _describe_job(self, job_id: str) -> tuple[str, bytes]:
        (job,) = self.jobs.look_up([job_id])
        if job is None:
            raise UnknownJobError
        counts = {state.value: int(state == job.state) for state in JobState}
        return job.callback_url, _write_event("match", job.id, job.state, counts)

    def _describe_batch(self, batch_id: str) -> tuple[str, bytes]:
        batch = self.batches.look_up(batch_id)
        counts = count_states(batch, self.jobs.look_up(batch.job_ids))
        return batch.callback_url, _write_event("batch", batch.id, summarize_state(batch, counts), counts)

    def describe(self, ref: str) -> tuple[str, bytes]:
        """Return the address and the body of a webhook that is due; raise UnknownJobError or UnknownBatchError."""
        kind, _, record_id = ref.partition(":")
        return self._describe_batch(record_id) if kind == "batch" else self._describe_job(record_id)

    def send(self, ref: str) -> int:
        """Send a webhook and return the status of the answer; raise the RolefitError that says why there is none."""
        if self.settings.webhook_secret is None:
            raise WebhooksOffError
        url, body = self.describe(ref)
        allow_private = self.settings.webhook_allow_private
        return send(url, body, ref=ref, secret=self.settings.webhook_secret, allow_private=allow_private)

    def attempt(self, ref: str, number: int) -> Delivery:
        """Try to send a webhook and return the record of the attempt."""
        try:
            status = self.send(ref)
        except StoreError:
            raise
        except RolefitError as error:
            final = number >= MAX_ATTEMPTS or isinstance(error, InvalidCallbackError)
            return make_delivery(number, status=None, error=error.code, final=final)
        taken = status in SUCCESS
        return make_delivery(
            number, status=status, error=None if taken else REFUSED, final=taken or number >= MAX_ATTEMPTS
        )


def _write_event(kind: str, record_id: str, state: str, counts: Mapping[str, int]) -> bytes:
    return orjson.dumps({"kind": kind, "id": record_id, "state": state, "counts": counts})


@once_per_process
def _get_sender() -> WebhookSender:
    return WebhookSender(load_settings())


@shared_task(name=SEND_WEBHOOK, bind=True, max_retries=None)
def deliver(self: Task, ref: str) -> None:
    """Send a webhook if it is due, and again later if that fails."""
    sender = _get_sender()
    number = sender.deliveries.claim(ref)
    if not number:
        return
    delivery = sender.attempt(ref, number)
    again_seconds = 2.0 ** (number - 1)
    for woken in sender.deliveries.note(ref, delivery, again_seconds=again_seconds):
        announce_webhook(self.app, woken)
    logger.info("webhook %s: %s", ref, delivery.error or "delivered")
    if not delivery.final:
        raise self.retry(countdown=again_seconds)

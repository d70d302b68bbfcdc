"""How long each key in Redis is kept: records as the settings say, notes of the workers for seconds."""

from dataclasses import dataclass

from worker.settings import Settings

SECONDS_AN_HOUR = 3_600
SECONDS_A_DAY = 86_400

# Notes of the workers, which expire on their own where the process that made one has died.
WEBHOOK_CLAIM_SECONDS = 60  # until a webhook whose sender died is due again
WEBHOOK_SLOT_SECONDS = 15  # until the slot of a sender that died is free again; none takes as long
GIVEN_WAY_SECONDS = 5  # in which the process that gave way begins the job for which it did
REWRITE_PAUSE_SECONDS = 60  # between two rewritings of the append-only file
ROLE_QUESTION_SECONDS = 60  # a question about a role and its answer
ALIVE_HEARTBEATS = 3  # without a task that was begun, before workers count as silent


@dataclass(frozen=True, slots=True)
class Retention:
    """How many seconds keys are kept; scripts read them as `seconds.NAME`.

    `record` is for jobs, reports, batches and the like, from their end; `failed_document` for a document whose job can
    be tried again.
    """

    record: int
    failed_document: int
    webhook_claim: int = WEBHOOK_CLAIM_SECONDS
    webhook_slot: int = WEBHOOK_SLOT_SECONDS
    given_way: int = GIVEN_WAY_SECONDS


def read_retention(settings: Settings) -> Retention:
    """Return the retention that the settings ask for."""
    period = settings.retention_days * SECONDS_A_DAY
    return Retention(
        record=period,
        failed_document=min(period, settings.failed_document_hours * SECONDS_AN_HOUR),
    )


def count_alive_seconds(settings: Settings) -> int:
    """Return for how long a task that was begun shows that workers are alive."""
    return ALIVE_HEARTBEATS * settings.heartbeat_seconds

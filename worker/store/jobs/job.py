"""A job, which is the work on one document, and how it is written down as a Redis hash."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import orjson
from pydantic import Field

from skills.judging.report_types import read_report
from worker.outcomes.failure import JobError
from worker.outcomes.results import StoredResult
from worker.store.connection import RedisFields
from worker.store.jobs.mark import UNMARKED, Mark, decode_mark
from worker.store.stages import Stage

ID_BYTES = 18  # 144 random bits


class JobState(StrEnum):
    """The state of a job; `done` and `failed` are final."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


STORED_STATES = {state.encode(): state for state in JobState}
OPEN_STATES = frozenset({JobState.QUEUED, JobState.RUNNING})  # those of a job that has not ended


@dataclass(frozen=True)
class Waiting:
    """What a queued job waits for."""

    ahead: Annotated[int, Field(ge=0, description="Documents of the same owner before it, also those being scored.")]
    workers_answer: Annotated[bool, Field(description="Whether a worker runs; without one it waits until one starts.")]


@dataclass(frozen=True, slots=True)
class Job:
    """One job; `attempts` counts the times a worker took it up, `error` is set once it has failed.

    `owner` is who sent the document, empty where access is open. `batch` is the id of the batch it belongs to, if any;
    `callback_url` is where a webhook is sent when it ends. `outline` and its `details` are what a table shows of the
    report, `mark` the star, status and note that people give it. `stage` is what is done with it while it runs.
    """

    id: str
    state: JobState
    submitted_at: datetime
    name: str = field(repr=False)
    started_at: datetime | None = None
    finished_at: datetime | None = None
    attempts: int = 0
    error: JobError | None = None
    owner: str = ""
    batch: str = ""
    callback_url: str = field(default="", repr=False)
    outline: str = field(default="", repr=False)
    details: str = field(default="", repr=False)
    mark: Mark = UNMARKED
    stage: Stage | None = None

    @property
    def stored_details(self) -> str:
        """The details as JSON, empty if there are none; version 0.1.0 stored them within the outline."""
        if self.details or not self.outline:
            return self.details
        within = orjson.loads(self.outline).get("details")
        return orjson.dumps(within).decode() if within else ""

    @property
    def has_ended(self) -> bool:
        """Whether the job has ended."""
        return self.state not in OPEN_STATES


@dataclass(frozen=True, slots=True)
class Terms:
    """What a request asks for besides scoring: `key` is its Idempotency-Key, `callback_url` where to send a webhook.

    `batch` is the id of the batch that the document belongs to, if any. `role_texts` are the owner's roles that it is
    scored against, each as JSON. With `in_background` it waits until the owner's single uploads are scored, as the
    documents of a batch do.
    """

    key: str = field(default="", repr=False)
    callback_url: str = field(default="", repr=False)
    batch: str = ""
    in_background: bool = False
    role_texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker gets with the lease on a job; `queued_seconds` is how long the job has waited.

    `costly`: a first try has shown that the document is costly to read. `exhausted`: no attempt is left, so the job is
    to be given up, and name and content are empty. `role_texts` are the owner's roles that it is scored against, each
    as JSON. `earlier_result` is the result that the job has, if it is scored again: there is no content then.
    `in_background`: the job waited until the owner's single uploads were scored, because it is of a batch or `Terms`
    said so.
    """

    job_id: str
    name: str = field(default="", repr=False)
    content: bytes = field(default=b"", repr=False)
    queued_seconds: float = 0.0
    costly: bool = False
    exhausted: bool = False
    role_texts: tuple[str, ...] = ()
    earlier_result: StoredResult | None = None
    in_background: bool = False


def make_id() -> str:
    """Return an id that cannot be guessed."""
    return secrets.token_urlsafe(ID_BYTES)


def make_job(name: str, *, owner: str = "", terms: Terms | None = None) -> Job:
    """Return a new queued job."""
    asked = terms or Terms()
    return Job(
        make_id(),
        JobState.QUEUED,
        datetime.now(UTC),
        name,
        owner=owner,
        batch=asked.batch,
        callback_url=asked.callback_url,
    )


def encode_job(job: Job) -> RedisFields:
    """Return the fields of a new job without the empty ones."""
    fields = {
        "state": job.state,
        "submitted_at": job.submitted_at.isoformat(),
        "name": job.name,
        "owner": job.owner,
        "attempts": "0",
        "batch": job.batch,
        "callback_url": job.callback_url,
        "outline": job.outline,
        "details": job.details,
        "started_at": job.started_at and job.started_at.isoformat(),
        "finished_at": job.finished_at and job.finished_at.isoformat(),
    }
    return {name: value for name, value in fields.items() if value}


def _read_time(text: bytes | None) -> datetime | None:
    return datetime.fromisoformat(text.decode()) if text else None


def decode_job(job_id: str, fields: Mapping[bytes, bytes]) -> Job:
    """Return the job that a non-empty Redis hash describes."""
    state = STORED_STATES[fields[b"state"]]
    return Job(
        id=job_id,
        state=state,
        submitted_at=datetime.fromisoformat(fields[b"submitted_at"].decode()),
        name=fields.get(b"name", b"").decode(),
        started_at=_read_time(fields.get(b"started_at")),
        finished_at=_read_time(fields.get(b"finished_at")),
        attempts=int(fields[b"attempts"]),
        owner=fields.get(b"owner", b"").decode(),
        batch=fields.get(b"batch", b"").decode(),
        callback_url=fields.get(b"callback_url", b"").decode(),
        outline=fields.get(b"outline", b"").decode(),
        details=fields.get(b"details", b"").decode(),
        error=JobError(**orjson.loads(fields[b"error"])) if b"error" in fields else None,
        mark=decode_mark(fields),
        stage=Stage(fields.get(b"stage", Stage.READING.encode()).decode()) if state == JobState.RUNNING else None,
    )


def end_at_once(job: Job, earlier: StoredResult) -> tuple[Job, StoredResult]:
    """Return a new job as done, with the result of an earlier document with the same bytes, under the new name."""
    report = read_report(earlier.report)
    renamed = replace(report, document=replace(report.document, name=job.name))
    result = StoredResult.of(renamed, search_facts=earlier.search_facts, page_pictures=earlier.page_pictures)
    at = job.submitted_at
    done = replace(
        job, state=JobState.DONE, started_at=at, finished_at=at, outline=result.outline, details=result.details
    )
    return done, result

"""Queued work on one document, and how it is written down as a Redis hash."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Self

import orjson
from pydantic import Field

from skills.document import Line
from skills.errors import RolefitError
from skills.judging.report_types import Report, read_report
from worker.media_types import KnownFacts
from worker.store.jobs.mark import UNMARKED, Mark, decode_mark
from worker.store.jobs.report_contents import encode_contents, list_contents
from worker.store.jobs.report_outline import Outline, outline_report
from worker.store.metrics import Stage

# What redis-py takes for a hash; its mapping is invariant.
Word = bytes | bytearray | memoryview | str | int | float
Fields = dict[Word, Word]

ID_BYTES = 18  # 144 random bits


class JobState(StrEnum):
    """Where a job stands; `done` and `failed` are final."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class Waiting:
    """How a queued job stands."""

    ahead: Annotated[int, Field(ge=0, description="Documents of the same owner before it, also those being scored.")]
    workers_answer: Annotated[bool, Field(description="Whether a worker runs; without one it waits until one starts.")]


@dataclass(frozen=True, slots=True)
class JobError:
    """Why an accepted document could not be scored."""

    code: str
    message: str

    @classmethod
    def of(cls, error: RolefitError) -> Self:
        """Return the code and the sentence of an error."""
        return cls(error.code, str(error))


@dataclass(frozen=True, slots=True)
class Job:
    """One job; `attempts` counts the times a worker took it up, `error` is set once it has failed.

    `owner` is who sent the document, empty where access is open. `batch` is the id of the batch it belongs to, if any;
    `callback_url` is where a webhook is sent when it ends. `outline` is what a table shows of the report, `mark` what
    people keep of it. `stage` is what is done with it while it runs.
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
    mark: Mark = UNMARKED
    stage: Stage | None = None

    @property
    def over(self) -> bool:
        """Whether the job has ended."""
        return self.state in {JobState.DONE, JobState.FAILED}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a request asks for besides scoring: `key` is its Idempotency-Key, `callback_url` where to send a webhook.

    `batch` is the id of the batch that the document belongs to, if any. `roles` are the owner's that it is scored
    against, as they are written.
    """

    key: str = field(default="", repr=False)
    callback_url: str = field(default="", repr=False)
    batch: str = ""
    in_background: bool = False  # behind the owner's single uploads, as the documents of a batch are
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker gets with the lease on a job; `queued_seconds` is how long the job has waited.

    `costly`: a first try has shown that the document is costly to read. `exhausted`: no attempt is left, so the job is
    to be given up, and name and content are empty. `roles` are the owner's that it is scored against, as they are
    written. `anew`: content is the report that there is, and `contents` what it can be searched for.
    `of_batch`: it was sent with others, or by `rolefit batch`.
    """

    job_id: str
    name: str = field(repr=False)
    content: bytes = field(repr=False)
    queued_seconds: float = 0.0
    costly: bool = False
    exhausted: bool = False
    roles: tuple[str, ...] = ()
    contents: bytes = field(default=b"", repr=False)
    anew: bool = False
    of_batch: bool = False


@dataclass(frozen=True)
class Failure:
    """The result for a document that could not be scored, in place of a report: what is known of it, and why."""

    document: KnownFacts = field(repr=False)
    error: JobError

    @property
    def name(self) -> str:
        """The document's name."""
        return self.document["name"]


def encode_result(result: Report | Failure | Outline) -> str:
    """Return a report, its outline or a failure as JSON on one line, as it is stored and written to files."""
    return orjson.dumps(result).decode()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document: `line` is its report or failure as JSON, `outline` what a table shows of it."""

    outline: Outline | Failure = field(repr=False)
    line: str = field(repr=False)

    @classmethod
    def of(cls, result: Report | Failure) -> Self:
        """Make the outcome of a report or a failure."""
        return cls(result if isinstance(result, Failure) else outline_report(result), encode_result(result))


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


def encode_job(job: Job) -> Fields:
    """Return the fields of a job that has just been made; those that are empty are left out."""
    fields = {
        "state": job.state,
        "submitted_at": job.submitted_at.isoformat(),
        "name": job.name,
        "owner": job.owner,
        "attempts": "0",
        "batch": job.batch,
        "callback_url": job.callback_url,
        "outline": job.outline,
        "started_at": job.started_at and job.started_at.isoformat(),
        "finished_at": job.finished_at and job.finished_at.isoformat(),
    }
    return {name: value for name, value in fields.items() if value}


def _read_time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def decode_job(job_id: str, fields: Mapping[bytes, bytes]) -> Job:
    """Return the job that a non-empty Redis hash describes."""
    texts = {key.decode(): value.decode() for key, value in fields.items()}
    return Job(
        id=job_id,
        state=JobState(texts["state"]),
        submitted_at=datetime.fromisoformat(texts["submitted_at"]),
        name=texts.get("name", ""),
        started_at=_read_time(texts.get("started_at")),
        finished_at=_read_time(texts.get("finished_at")),
        attempts=int(texts["attempts"]),
        owner=texts.get("owner", ""),
        batch=texts.get("batch", ""),
        callback_url=texts.get("callback_url", ""),
        outline=texts.get("outline", ""),
        error=JobError(**orjson.loads(texts["error"])) if "error" in texts else None,
        mark=decode_mark(texts),
        stage=Stage(texts.get("stage", Stage.READING)) if texts["state"] == JobState.RUNNING else None,
    )


@dataclass(frozen=True, slots=True)
class StoredResult:
    """A report as the store keeps it: whole, what a table shows of it, what it can be searched for, and its pages."""

    report: bytes = field(default=b"", repr=False)
    outline: str = field(default="", repr=False)
    contents: bytes = field(default=b"", repr=False)
    pages: bytes = field(default=b"", repr=False)

    @classmethod
    def of(cls, report: Report, *, lines: Sequence[Line] = (), contents: bytes = b"", pages: bytes = b"") -> Self:
        """Make what is stored of a report on a document with these lines; `contents` are those, if they are known."""
        outline = encode_result(outline_report(report))
        kept = contents or encode_contents(list_contents(report, lines=lines))
        return cls(encode_result(report).encode(), outline, kept, pages)


def end_at_once(job: Job, report: bytes, contents: bytes, pages: bytes) -> tuple[Job, StoredResult]:
    """Return a new job as done, and its report: the one on an earlier document of the same bytes, with the new name.

    `contents` and `pages` are those of that document, empty if there are none.
    """
    known = read_report(report)
    renamed = replace(known, document=replace(known.document, name=job.name))
    result, at = StoredResult.of(renamed, contents=contents, pages=pages), job.submitted_at
    done = replace(job, state=JobState.DONE, started_at=at, finished_at=at, outline=result.outline)
    return done, result

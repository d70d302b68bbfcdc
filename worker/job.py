"""Queued work on one document, and how it is written down as a Redis hash."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Self

from skills.errors import RolefitError

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


@dataclass(frozen=True, slots=True)
class JobError:
    """Why an accepted document could not be scored."""

    code: str
    message: str

    @classmethod
    def of(cls, error: RolefitError) -> Self:
        """Keep of an error what the person is shown."""
        return cls(error.code, str(error))


@dataclass(frozen=True, slots=True)
class Job:
    """One job; `attempts` counts the times a worker took it up, `error` is set once it has failed.

    `owner` is who sent the document, empty where access is open.
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


def write_failure(document: Mapping[str, Any], error: JobError) -> dict[str, Any]:
    """Return the row of a document that could not be scored: what is known of it, and why."""
    return {"document": dict(document), "error": asdict(error)}


def encode_result(result: Mapping[str, Any]) -> str:
    """Return a report or a failure as JSON on one line, as it is stored, answered and written to files."""
    return json.dumps(result, ensure_ascii=False, separators=(",", ":"))


def make_job(name: str, *, owner: str = "") -> Job:
    """Return a new queued job under an id that cannot be guessed."""
    return Job(secrets.token_urlsafe(ID_BYTES), JobState.QUEUED, datetime.now(UTC), name, owner=owner)


def encode_job(job: Job) -> Fields:
    """Return the fields of a job that has just been made."""
    return {
        "state": job.state,
        "submitted_at": job.submitted_at.isoformat(),
        "name": job.name,
        "owner": job.owner,
        "attempts": "0",
    }


def _read_time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def decode_job(job_id: str, fields: Mapping[bytes, bytes]) -> Job:
    """Return the job that a non-empty Redis hash describes."""
    texts = {key.decode(): value.decode() for key, value in fields.items()}
    return Job(
        id=job_id,
        state=JobState(texts["state"]),
        submitted_at=datetime.fromisoformat(texts["submitted_at"]),
        name=texts["name"],
        started_at=_read_time(texts.get("started_at")),
        finished_at=_read_time(texts.get("finished_at")),
        attempts=int(texts["attempts"]),
        owner=texts.get("owner", ""),
        error=JobError(**json.loads(texts["error"])) if "error" in texts else None,
    )

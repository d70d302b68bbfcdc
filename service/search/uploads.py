"""Lists of what an owner has sent, newest first, a page at a time."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from math import isfinite
from operator import itemgetter
from typing import Annotated, TypeVar

from pydantic import Field

from service.results.rows import make_unscored_row, read_row
from worker.outcomes.failure import JobError
from worker.store.batch_store import BatchHead, BatchStore
from worker.store.jobs.job import Job, JobState
from worker.store.jobs.job_store import JobStore
from worker.store.jobs.mark import Mark
from worker.store.keys import Prefix
from worker.store.upload_lists import Listed, ListPlace, UploadLists

T = TypeVar("T")

Expiry = Annotated[datetime, Field(description="When it will be deleted, unless it is before that.")]
Cursor = Annotated[
    str | None, Field(description="The `cursor` that asks for the next page; null if this is the last one.")
]


@dataclass(frozen=True)
class ListedMatch:
    """A document that was sent by itself."""

    id: str
    name: str = field(repr=False)
    state: JobState
    submitted_at: datetime
    finished_at: datetime | None
    expires_at: Expiry
    scores: Annotated[Mapping[str, float], Field(examples=[{"machine-learning-engineer": 71.4}])]
    fit: Annotated[str | None, Field(description="A role's id, `close` or `neither`; null without a verdict.")]
    error: JobError | None
    mark: Mark


@dataclass(frozen=True)
class MatchList:
    """Documents that were sent by themselves, newest first."""

    matches: Sequence[ListedMatch]
    next: Cursor


@dataclass(frozen=True)
class ListedBatch:
    """Documents that were sent together."""

    id: str
    name: str = field(repr=False)
    state: Annotated[JobState, Field(description="`queued` until the first document has ended, then `running`.")]
    submitted_at: datetime
    expires_at: Expiry
    documents: int
    ended: Annotated[int, Field(description="Documents that are scored, could not be, or were deleted.")]
    first_document: Annotated[
        str, Field(description="The name of the first one; empty in batches of earlier versions.")
    ] = field(default="", repr=False)


@dataclass(frozen=True)
class BatchList:
    """Batches, newest first."""

    batches: Sequence[ListedBatch]
    next: Cursor


@dataclass(frozen=True)
class UploadList:
    """Batches and single documents together, newest first, as a page shows them."""

    items: Sequence[ListedMatch | ListedBatch]
    next: str | None


@dataclass(frozen=True, slots=True)
class OwnUploads:
    """The stores with an owner's uploads."""

    lists: UploadLists
    jobs: JobStore
    batches: BatchStore
    owner: str


def write_cursor(place: ListPlace | None) -> str | None:
    """Return a place as clients see it."""
    if place is None:
        return None
    return urlsafe_b64encode(f"{place.at!r}:{place.id}".encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> ListPlace | None:
    """Return the place that a cursor names, None for the beginning; raise ValueError if it names no place."""
    if not cursor:
        return None
    at, colon, record_id = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(":")
    if not colon or not isfinite(float(at)):
        raise ValueError(cursor)
    return ListPlace(float(at), record_id)


def _collect(
    own_uploads: OwnUploads,
    kind: Listed,
    look_up: Callable[[Sequence[str]], Sequence[T | None]],
    before: ListPlace | None,
    most: int,
) -> list[tuple[ListPlace, T, datetime]]:
    """Return records with their places and expiry until `most` are found, without those that have expired."""
    found: dict[ListPlace, T] = {}
    read = partial(own_uploads.lists.read, kind, owner=own_uploads.owner, most=most)
    while len(found) < most and (places := read(before=before)):
        records = look_up([place.id for place in places])
        found |= {place: record for place, record in zip(places, records, strict=True) if record is not None}
        before = places[-1]
    expiry = own_uploads.lists.read_expiry(kind, [place.id for place in found])
    return list(zip(found.keys(), found.values(), expiry, strict=True))[:most]


def _describe_match(job: Job, until: datetime) -> ListedMatch:
    row = read_row(job.outline) if job.outline else make_unscored_row(job.name)
    return ListedMatch(
        job.id, job.name, job.state, job.submitted_at, job.finished_at, until, row.scores, row.fit, job.error, job.mark
    )


def _describe_batch(head: BatchHead, until: datetime) -> ListedBatch:
    return ListedBatch(
        head.id, head.name, head.state, head.submitted_at, until, head.documents, head.ended, head.first_document
    )


def _collect_matches(
    own_uploads: OwnUploads, before: ListPlace | None, most: int
) -> list[tuple[ListPlace, ListedMatch]]:
    found = _collect(own_uploads, Prefix.MATCHES, own_uploads.jobs.look_up, before, most)
    return [(place, _describe_match(job, until)) for place, job, until in found]


def _collect_batches(
    own_uploads: OwnUploads, before: ListPlace | None, most: int
) -> list[tuple[ListPlace, ListedBatch]]:
    found = _collect(own_uploads, Prefix.BATCHES, own_uploads.batches.look_up_heads, before, most)
    return [(place, _describe_batch(head, until)) for place, head, until in found]


def _cut(found: Sequence[tuple[ListPlace, T]], most: int) -> tuple[list[T], str | None]:
    """Return the first page of the records found, and the cursor of the next page, if there is one."""
    page = found[:most]
    return [item for _, item in page], write_cursor(page[-1][0]) if len(found) > most else None


def list_matches(own_uploads: OwnUploads, *, before: ListPlace | None, most: int) -> MatchList:
    """Return a page of the documents that an owner has sent by themselves."""
    return MatchList(*_cut(_collect_matches(own_uploads, before, most + 1), most))


def list_batches(own_uploads: OwnUploads, *, before: ListPlace | None, most: int) -> BatchList:
    """Return a page of an owner's batches."""
    return BatchList(*_cut(_collect_batches(own_uploads, before, most + 1), most))


def list_uploads(own_uploads: OwnUploads, *, before: ListPlace | None, most: int) -> UploadList:
    """Return a page of all that an owner has sent."""
    matches, batches = _collect_matches(own_uploads, before, most + 1), _collect_batches(own_uploads, before, most + 1)
    found: list[tuple[ListPlace, ListedMatch | ListedBatch]] = [*matches, *batches]
    return UploadList(*_cut(sorted(found, key=itemgetter(0), reverse=True), most))

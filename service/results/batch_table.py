"""A batch as the API and the pages show it: counts, and a ranked row for each document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Annotated, Literal

import orjson
from pydantic import Field, GetPydanticSchema

from service.presentation.blind_view import list_blind_fields
from service.results.rows import Row, extend_row, find_ranks, make_unscored_row, read_row, summarize_result
from worker.outcomes.failure import Failure
from worker.outcomes.outline import Outline, RowDetails
from worker.outcomes.results import encode_result
from worker.store.batch_store import Batch, BatchEntry, count_states, summarize_state
from worker.store.jobs.job import Job, JobState
from worker.store.jobs.mark import UNMARKED, Mark

ERASED: Literal["erased"] = "erased"
State = JobState | Literal["erased"]


# Details as JSON, which become a part of an answer unchanged.
WrittenDetails = Annotated[orjson.Fragment, GetPydanticSchema(lambda _, schema_of: schema_of(RowDetails))]

Where = Literal["name", "text", "skill", "requirement", "title", "degree", "years", "note", "error"]


@dataclass(frozen=True)
class Quote:
    """The words of a document that answer a part of a question."""

    where: Annotated[Where, Field(description="`name` is the file's or the person's.")]
    text: Annotated[str, Field(examples=["models to production with Docker and Kubernetes on AWS"])] = field(repr=False)


@dataclass(frozen=True)
class RowAnswer(Row):
    """A document of a batch as a page shows it, as far as it is known without the other documents."""

    state: State
    details: Annotated[WrittenDetails | None, Field(description="Null until the document is scored.")]


@dataclass(frozen=True)
class BatchRowAnswer(RowAnswer):
    """A document of a batch. `job` is where its report is; one that could not be taken has none, only an error."""

    number: Annotated[int, Field(ge=1, description="The place in which it came in.")]
    job: str | None
    ranks: Annotated[
        Mapping[str, int], Field(description="For each role, the place among the documents that are done.")
    ]
    mark: Mark = UNMARKED
    quotes: Annotated[
        Sequence[Quote], Field(description="The words that answer the question; none without a question.")
    ] = ()


NO_ROWS: Mapping[str, BatchRowAnswer] = MappingProxyType({})


def hide_person(row: BatchRowAnswer) -> BatchRowAnswer:
    """Return a row without the fields that say who the person is."""
    return replace(row, **list_blind_fields(row.number, row.mark))


@dataclass(frozen=True)
class Counts:
    """Documents by state."""

    queued: int
    running: int
    done: int
    failed: int


@dataclass(frozen=True)
class BatchAnswer:
    """Documents that were sent together; `done` once none is waited for. Rows: those with the best score first."""

    id: str
    name: Annotated[str, Field(description="What people call it; empty if they call it nothing.")] = field(repr=False)
    note: str = field(repr=False)
    state: JobState
    submitted_at: datetime
    counts: Counts
    rows: Sequence[BatchRowAnswer]
    found: Annotated[int, Field(description="Documents that answer the question; all of them without a question.")]
    next: Annotated[str | None, Field(description="The `cursor` of the next page; null if this is the last one.")]
    roles: Annotated[Sequence[str], Field(description="The ids of the roles that it is scored for.")]
    passed_over: Annotated[
        Sequence[str],
        Field(description="Names of files that are no documents: hidden, or left by a system or a program."),
    ] = field(repr=False)


def _write_details(details: str) -> orjson.Fragment | None:
    return orjson.Fragment(details) if details else None


def describe_result(result: Outline | Failure) -> RowAnswer:
    """Return the row of a document that was scored, or that could not be."""
    details = None if isinstance(result, Failure) else result.details
    return extend_row(
        RowAnswer,
        summarize_result(result),
        state=JobState.FAILED if isinstance(result, Failure) else JobState.DONE,
        details=_write_details(encode_result(details) if details else ""),
    )


def _summarize_entry(entry: BatchEntry, job: Job | None) -> Row:
    error = job.error if job else entry.error
    if job and job.outline and error is None:
        return read_row(job.outline)
    return make_unscored_row(entry.name, error)


def _find_state(row: Row, job: Job | None) -> State:
    if row.error:
        return JobState.FAILED
    return job.state if job else ERASED


def _describe_entry(
    row: Row, ranks: Mapping[str, int], number: int, entry: BatchEntry, job: Job | None
) -> BatchRowAnswer:
    if isinstance(row, BatchRowAnswer):
        return row if (row.number, row.ranks) == (number, ranks) else replace(row, number=number, ranks=ranks)
    return extend_row(
        BatchRowAnswer,
        row,
        state=_find_state(row, job),
        details=_write_details(job.stored_details) if job and row.scores else None,
        number=number,
        job=entry.job_id or None,
        ranks=ranks,
        mark=job.mark if job else UNMARKED,
    )


def _list_rows(
    batch: Batch, jobs: Sequence[Job | None], roles: Sequence[str], unchanged: Mapping[str, BatchRowAnswer]
) -> list[BatchRowAnswer]:
    """Return the rows, those with the best score for any role first, the others in the order of names."""
    known = {job.id: job for job in jobs if job is not None}
    entries = [(entry, known.get(entry.job_id)) for entry in batch.entries]
    summaries = [unchanged.get(entry.job_id) or _summarize_entry(entry, job) for entry, job in entries]
    parts = zip(summaries, find_ranks(summaries, roles), entries, strict=True)
    rows = [_describe_entry(row, ranks, number, *entry) for number, (row, ranks, entry) in enumerate(parts, start=1)]
    return sorted(rows, key=lambda row: (-row.best_score, row.name))


def describe_batch(
    batch: Batch,
    jobs: Sequence[Job | None],
    roles: Sequence[str],
    *,
    unchanged: Mapping[str, BatchRowAnswer] = NO_ROWS,
) -> BatchAnswer:
    """Return the batch as the API answers it; `roles` are the ids of those it was scored for.

    The rows of jobs that have not changed since they were described are used again, with new ranks.
    """
    rows = _list_rows(batch, jobs, roles, unchanged)
    counts = count_states(batch, jobs)
    return BatchAnswer(
        batch.id,
        batch.name,
        batch.note,
        summarize_state(batch, counts),
        batch.submitted_at,
        Counts(**counts),
        rows,
        len(rows),
        None,
        roles,
        batch.passed_over,
    )

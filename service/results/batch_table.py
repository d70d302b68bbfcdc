"""A batch as the API and the pages show it: counts, and a ranked row for each document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal

import orjson
from pydantic import Field, GetPydanticSchema

from service.results.rows import Row, find_ranks, summarize_result
from worker.outcomes.failure import Failure, JobError
from worker.outcomes.outline import Outline, RowDetails, read_outline
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
class RowAnswer:
    """A document of a batch as a page shows it, as far as it is known without the other documents."""

    name: str = field(repr=False)
    state: State
    scores: Annotated[Mapping[str, float], Field(examples=[{"machine-learning-engineer": 71.4}])]
    best_fit: str | None
    margin: float | None
    close: bool | None
    fit: Annotated[
        str | None, Field(description="What the verdict comes to: a role's id, `close` or `neither`; null without one.")
    ]
    error: JobError | None
    details: Annotated[WrittenDetails | None, Field(description="Null until the document is scored.")]
    person_name: Annotated[str | None, Field(description="Null until the document is scored, or if it names nobody.")]


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


@dataclass(frozen=True, slots=True)
class _Line:
    """A document of a batch: its number, its state and its row."""

    number: int
    entry: BatchEntry
    state: State
    row: Row
    details: str = field(default="", repr=False)
    mark: Mark = UNMARKED


def _make_scored_line(number: int, entry: BatchEntry, job: Job) -> _Line:
    if not job.outline:
        return _Line(number, entry, job.state, Row(entry.name), mark=job.mark)
    row = summarize_result(read_outline(job.outline))
    return _Line(number, entry, job.state, row, job.stored_details, job.mark)


def _make_line(number: int, entry: BatchEntry, job: Job | None) -> _Line:
    error = job.error if job else entry.error
    if error is not None:
        mark = job.mark if job else UNMARKED
        return _Line(number, entry, JobState.FAILED, Row(entry.name, error=error), mark=mark)
    if job is None:
        return _Line(number, entry, ERASED, Row(entry.name, error=JobError(ERASED, "")))
    return _make_scored_line(number, entry, job)


def _list_lines(batch: Batch, jobs: Sequence[Job | None]) -> list[_Line]:
    """Return the lines, those with the best score for any role first, the others in the order of names."""
    known = {job.id: job for job in jobs if job is not None}
    lines = [_make_line(number, entry, known.get(entry.job_id)) for number, entry in enumerate(batch.entries, start=1)]
    return sorted(lines, key=lambda line: (-_find_best(line), line.entry.name))


def _find_best(line: _Line) -> float:
    return max(line.row.scores.values(), default=-1.0)


def _write_details(details: str) -> orjson.Fragment | None:
    return orjson.Fragment(details) if details else None


def describe_result(result: Outline | Failure) -> RowAnswer:
    """Return the row of a document that was scored, or that could not be."""
    row = summarize_result(result)
    details = None if isinstance(result, Failure) else result.details
    return RowAnswer(
        row.name,
        JobState.FAILED if isinstance(result, Failure) else JobState.DONE,
        row.scores,
        row.best_fit,
        row.margin,
        row.close,
        row.fit,
        row.error,
        _write_details(encode_result(details) if details else ""),
        row.person_name,
    )


def _describe_line(line: _Line, ranks: Mapping[str, int]) -> BatchRowAnswer:
    row = line.row
    return BatchRowAnswer(
        row.name,
        line.state,
        row.scores,
        row.best_fit,
        row.margin,
        row.close,
        row.fit,
        None if line.state == ERASED else row.error,
        _write_details(line.details),
        row.person_name,
        line.number,
        line.entry.job_id or None,
        ranks,
        line.mark,
    )


def describe_batch(batch: Batch, jobs: Sequence[Job | None], roles: Sequence[str]) -> BatchAnswer:
    """Return the batch as the API answers it; `roles` are the ids of those it was scored for."""
    lines = _list_lines(batch, jobs)
    ranks = find_ranks([line.row for line in lines], roles)
    counts = count_states(batch, jobs)
    rows = [_describe_line(line, places) for line, places in zip(lines, ranks, strict=True)]
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
    )

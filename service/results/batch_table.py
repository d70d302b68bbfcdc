"""What is shown of a batch: counts, and a row a document, ranked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from service.results.rows import Row, rank_rows, summarize_result, write_csv_header, write_csv_row
from worker.store.batch_store import Batch, Entry, count_states, summarize_state
from worker.store.job import Job, JobState, write_failure

ERASED = "erased"


@dataclass(frozen=True, slots=True)
class _Line:
    """A document, in which place it came in, and what has come of it: the outline of its report or its error."""

    number: int
    entry: Entry
    state: str
    result: dict[str, Any]


def _outline(entry: Entry, job: Job) -> dict[str, Any]:
    """Return the outline of a job's report, or one in which nothing is known yet."""
    if job.outline:
        parts: dict[str, Any] = orjson.loads(job.outline)
        return parts
    return {
        "document": {"name": entry.name},
        "roles": [],
        "verdict": dict.fromkeys(("best_fit", "margin", "close")),
    }


def _make_line(number: int, entry: Entry, job: Job | None) -> _Line:
    error = job.error if job else entry.error
    if error is not None:
        return _Line(number, entry, JobState.FAILED, write_failure({"name": entry.name}, error))
    if job is None:
        gone = {"document": {"name": entry.name}, "error": {"code": ERASED, "message": ""}}
        return _Line(number, entry, ERASED, gone)
    return _Line(number, entry, job.state, _outline(entry, job))


def _list_lines(batch: Batch, jobs: Sequence[Job | None]) -> list[_Line]:
    """Return the lines, those with the best score for any role first, the others in the order of names."""
    known = {job.id: job for job in jobs if job is not None}
    lines = [_make_line(number, entry, known.get(entry.job_id)) for number, entry in enumerate(batch.entries, start=1)]
    return sorted(lines, key=lambda line: (-_find_best(line), line.entry.name))


def _find_best(line: _Line) -> float:
    return max((role["score"] for role in line.result.get("roles", ())), default=-1.0)


def _rank(rows: Iterable[Row], roles: Iterable[str]) -> dict[str, dict[int, int]]:
    """Return for each role the place of each row, by the row's identity."""
    kept = list(rows)
    return {
        role_id: {id(row): place for place, row in enumerate(rank_rows(kept, role_id), start=1)} for role_id in roles
    }


def describe_row(result: Mapping[str, Any], *, state: str) -> dict[str, Any]:
    """Return the row of an outline or a failure, as far as it is known without the other rows.

    `details` is None for an outline that an earlier version has stored, too.
    """
    row = summarize_result(result)
    return {
        "name": row.name,
        "state": state,
        "scores": row.scores,
        "best_fit": row.best_fit,
        "margin": row.margin,
        "close": row.close,
        "error": None if state == ERASED else result.get("error"),
        "details": result.get("details"),
    }


def describe_batch(batch: Batch, jobs: Sequence[Job | None], roles: Sequence[str]) -> dict[str, Any]:
    """Return the batch as the JSON object of the API; `roles` are the ids of those it was scored for."""
    lines = _list_lines(batch, jobs)
    rows = [summarize_result(line.result) for line in lines]
    places = _rank(rows, roles)
    counts = count_states(batch, jobs)
    return {
        "id": batch.id,
        "state": summarize_state(counts),
        "submitted_at": batch.submitted_at.isoformat(),
        "counts": counts,
        "rows": [
            {
                **describe_row(line.result, state=line.state),
                "number": line.number,
                "job": line.entry.job_id or None,
                "ranks": {role_id: ranks[id(row)] for role_id, ranks in places.items() if id(row) in ranks},
            }
            for line, row in zip(lines, rows, strict=True)
        ],
    }


def write_table(batch: Batch, jobs: Sequence[Job | None], roles: Sequence[str]) -> str:
    """Return the rows in the columns of `rolefit batch --format csv`."""
    return write_csv_header(roles) + "".join(write_csv_row(roles, line.result) for line in _list_lines(batch, jobs))

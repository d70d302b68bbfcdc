"""What is shown of a batch: counts, and a row a document, ranked."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from service.rows import FORMATS, Row, rank_rows, summarize_result
from worker.batches import Batch, Entry, count_states, summarize_state
from worker.job import Job, JobError, JobState, write_failure

ERASED = "erased"


@dataclass(frozen=True, slots=True)
class _Line:
    """A document with what has come of it: its state, the outline of its report or its error."""

    entry: Entry
    state: str
    result: dict[str, Any]
    error: JobError | None = None


def _outline(entry: Entry, job: Job) -> dict[str, Any]:
    """Return the outline of a job's report, or one in which nothing is known yet."""
    if job.outline:
        parts: dict[str, Any] = json.loads(job.outline)
        return parts
    return {
        "document": {"name": entry.name},
        "roles": [],
        "verdict": dict.fromkeys(("best_fit", "margin", "close")),
    }


def _make_line(entry: Entry, job: Job | None) -> _Line:
    error = job.error if job else entry.error
    if error is not None:
        return _Line(entry, JobState.FAILED, write_failure({"name": entry.name}, error), error)
    if job is None:
        gone = {"document": {"name": entry.name}, "error": {"code": ERASED, "message": ""}}
        return _Line(entry, ERASED, gone)
    return _Line(entry, job.state, _outline(entry, job))


def _list_lines(batch: Batch, jobs: Sequence[Job | None]) -> list[_Line]:
    """Return the lines, those with the best score for any role first, the others in the order of names."""
    known = {job.id: job for job in jobs if job is not None}
    lines = [_make_line(entry, known.get(entry.job_id)) for entry in batch.entries]
    return sorted(lines, key=lambda line: (-_find_best(line), line.entry.name))


def _find_best(line: _Line) -> float:
    return max((role["score"] for role in line.result.get("roles", ())), default=-1.0)


def _rank(rows: Iterable[Row], roles: Iterable[str]) -> dict[str, dict[int, int]]:
    """Return for each role the place of each row, by the row's identity."""
    kept = list(rows)
    return {
        role_id: {id(row): place for place, row in enumerate(rank_rows(kept, role_id), start=1)} for role_id in roles
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
                "name": line.entry.name,
                "job": line.entry.job_id or None,
                "state": line.state,
                "scores": row.scores,
                "ranks": {role_id: ranks[id(row)] for role_id, ranks in places.items() if id(row) in ranks},
                "best_fit": row.best_fit,
                "margin": row.margin,
                "close": row.close,
                "error": line.error and asdict(line.error),
            }
            for line, row in zip(lines, rows, strict=True)
        ],
    }


def write_table(batch: Batch, jobs: Sequence[Job | None], roles: Sequence[str]) -> str:
    """Return the rows in the columns of `rolefit batch --format csv`."""
    form = FORMATS["csv"](roles)
    return form.header() + "".join(form.write(line.result) for line in _list_lines(batch, jobs))

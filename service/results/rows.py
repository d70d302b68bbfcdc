"""The rows of a batch: score, verdict and error of each document, and its rank."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from worker.outcomes.failure import Failure, JobError
from worker.outcomes.outline import Outline, OutlinedDocument, OutlinedPerson, OutlinedRole, OutlinedVerdict

# What a verdict comes to where it names no role.
OpenFit = Literal["close", "neither"]


@dataclass(frozen=True, slots=True)
class Row:
    """One document of a batch without its evidence; `error` is None when it was scored.

    `versions` are those of program and knowledge, where the format of the row says them.
    """

    name: str = field(repr=False)
    scores: Mapping[str, float] = field(default_factory=dict)
    best_fit: str | None = None
    margin: float | None = None
    close: bool | None = None
    error: JobError | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    person_name: str | None = field(default=None, repr=False)

    @property
    def fit(self) -> str | OpenFit | None:
        """What the verdict comes to: a role's id, `close` or `neither`; None while there is no verdict."""
        if self.best_fit or self.close is None:
            return self.best_fit
        return "close" if self.close else "neither"


@dataclass(frozen=True, slots=True)
class RowLine:
    """The part of a report or a failure in JSON that a row shows."""

    document: OutlinedDocument
    roles: Sequence[OutlinedRole] = ()
    verdict: OutlinedVerdict | None = None
    person: OutlinedPerson | None = None
    error: JobError | None = None
    versions: Mapping[str, str] = field(default_factory=dict)


def _summarize_outline(outline: Outline | RowLine) -> Row:
    verdict = outline.verdict
    scores = {role.id: role.score for role in outline.roles}
    if verdict is None:
        return Row(outline.document.name, scores)
    person_name = outline.person.name if outline.person else None
    return Row(outline.document.name, scores, verdict.best_fit, verdict.margin, verdict.close, person_name=person_name)


def summarize_result(result: Outline | Failure) -> Row:
    """Return the row of an outline or a failure."""
    return Row(result.name, error=result.error) if isinstance(result, Failure) else _summarize_outline(result)


@cache
def _make_line_reader() -> TypeAdapter[RowLine]:
    return TypeAdapter(RowLine)


def summarize_line(line: str) -> Row:
    """Return the row of a report or a failure in JSON; raise ValueError if it is neither."""
    known = _make_line_reader().validate_json(line)
    versions = {key: text for key, text in known.versions.items() if key != "reader"}
    return replace(_summarize_outline(known), error=known.error, versions=versions)


def rank_rows(rows: Iterable[Row], role_id: str) -> list[Row]:
    """Return the rows that have a score for the role, the best first, those with the same in the order of names."""
    scored = (row for row in rows if role_id in row.scores)
    return sorted(scored, key=lambda row: (-row.scores[role_id], row.name))


def find_ranks(rows: Sequence[Row], roles: Iterable[str]) -> list[dict[str, int]]:
    """Return for each row its rank, from 1, for each role that it has a score for."""
    places = {
        role_id: {id(row): place for place, row in enumerate(rank_rows(rows, role_id), start=1)} for role_id in roles
    }
    return [{role_id: known[id(row)] for role_id, known in places.items() if id(row) in known} for row in rows]

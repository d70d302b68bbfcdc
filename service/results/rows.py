"""The rows of a batch: score, verdict and error of each document, and its rank."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, TypeVar

import orjson
from pydantic import Field, TypeAdapter

from worker.outcomes.failure import Failure, JobError
from worker.outcomes.outline import Outline, OutlinedDocument, OutlinedPerson, OutlinedRole, OutlinedVerdict

UNSCORED = -1.0  # sorts rows without a score behind all others


@dataclass(frozen=True)
class Row:
    """One document of a batch without its evidence; `error` is None when it was scored.

    The rows of the API and of tables have these fields, too, and more. `list_columns` names those that tables show.
    """

    name: str = field(repr=False)
    scores: Annotated[Mapping[str, float], Field(examples=[{"machine-learning-engineer": 71.4}])]
    best_fit: str | None
    margin: float | None
    close: bool | None
    fit: Annotated[
        str | None, Field(description="What the verdict comes to: a role's id, `close` or `neither`; null without one.")
    ]
    error: JobError | None
    person_name: Annotated[
        str | None, Field(description="Null until the document is scored, or if it names nobody.")
    ] = field(repr=False)

    @property
    def best_score(self) -> float:
        """The score for the role that the document has most points for, UNSCORED if it has none."""
        return max(self.scores.values(), default=UNSCORED)


R = TypeVar("R", bound=Row)


def make_unscored_row(name: str, error: JobError | None = None) -> Row:
    """Return the row of a document that is not scored yet or, as the error says, cannot be."""
    return Row(name, scores={}, best_fit=None, margin=None, close=None, fit=None, error=error, person_name=None)


def extend_row(kind: type[R], row: Row, **further: Any) -> R:  # noqa: ANN401 - the kind's own
    """Return a row as one of another type with further fields; raise TypeError unless these are all that it needs."""
    return kind(**vars(row), **further)


@dataclass(frozen=True, slots=True)
class RowLine:
    """The parts of a report or a failure in JSON that become a row."""

    document: OutlinedDocument
    roles: Sequence[OutlinedRole] = ()
    verdict: OutlinedVerdict | None = None
    person: OutlinedPerson | None = None
    error: JobError | None = None
    versions: Mapping[str, str] = field(default_factory=dict)


def name_fit(best_fit: str | None, *, close: bool | None) -> str | None:
    """Return the result of a verdict: a role's id, `close` or `neither`; None without a verdict."""
    if best_fit or close is None:
        return best_fit
    return "close" if close else "neither"


def _summarize_scored(outline: Outline | RowLine, verdict: OutlinedVerdict) -> Row:
    return Row(
        name=outline.document.name,
        scores={role.id: role.score for role in outline.roles},
        best_fit=verdict.best_fit,
        margin=verdict.margin,
        close=verdict.close,
        fit=name_fit(verdict.best_fit, close=verdict.close),
        error=None,
        person_name=outline.person.name if outline.person else None,
    )


def summarize_result(result: Outline | Failure) -> Row:
    """Return the row of an outline or a failure."""
    if isinstance(result, Failure):
        return make_unscored_row(result.name, result.error)
    return _summarize_scored(result, result.verdict)


def read_row(outline: str) -> Row:
    """Return the row that an outline in JSON holds, without making the outline: a batch has a thousand of them."""
    parts = orjson.loads(outline)
    verdict, person = parts["verdict"], parts.get("person")
    best_fit, close = verdict["best_fit"], verdict["close"]
    return Row(
        name=parts["document"]["name"],
        scores={role["id"]: role["score"] for role in parts["roles"]},
        best_fit=best_fit,
        margin=verdict["margin"],
        close=close,
        fit=name_fit(best_fit, close=close),
        error=None,
        person_name=person["name"] if person else None,
    )


@cache
def _make_line_reader() -> TypeAdapter[RowLine]:
    return TypeAdapter(RowLine)


def summarize_line(line: str) -> Row:
    """Return the row of a report or a failure in JSON; raise ValueError if it is neither."""
    known = _make_line_reader().validate_json(line)
    if known.verdict is None:
        return make_unscored_row(known.document.name, known.error)
    return _summarize_scored(known, known.verdict)


def read_versions(line: str) -> dict[str, str]:
    """Return the versions of program and knowledge that a report in JSON states; nothing for a failure."""
    versions = _make_line_reader().validate_json(line).versions
    return {key: text for key, text in versions.items() if key != "reader"}


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

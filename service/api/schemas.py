"""The answers of the API, and their OpenAPI schemas, which follow from the types that the answers are written from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Literal, get_args

import orjson
from flask_openapi3.models.schema import Schema
from pydantic import Field, GetPydanticSchema, TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from service.results.batch_table import BatchAnswer, BatchRowAnswer, Counts, Quote
from service.search.batch_comparison import BatchComparison
from service.search.uploads import BatchList, MatchList
from skills.document import WordPlace
from skills.judging.report_types import Report
from skills.roles.role_description import OwnRoleDescription, RoleDescription, RoleList
from worker.outcomes.failure import JobError
from worker.store.delivery_store import Delivery
from worker.store.jobs.job import JobState, Waiting
from worker.store.jobs.mark import Mark
from worker.store.stages import Stage

REF = "#/components/schemas/{model}"

# A stored report, which becomes a part of an answer unchanged.
StoredReport = Annotated[orjson.Fragment, GetPydanticSchema(lambda _, schema_of: schema_of(Report))]


@dataclass(frozen=True)
class JobAnswer:
    """Queued work on one document. `report` is there once it is `done`, `error` once it is `failed`."""

    id: str
    state: JobState
    submitted_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    attempts: int
    error: JobError | None
    report: StoredReport | None
    mark: Mark
    stage: Annotated[Stage | None, Field(description="What is done with the document while it is `running`.")]
    waiting: Annotated[Waiting | None, Field(description="What it waits for while it is `queued`.")]


@dataclass(frozen=True)
class DeliveryList:
    """Every attempt to call back, the first one first."""

    deliveries: Sequence[Delivery]


@dataclass(frozen=True)
class BatchLabel:
    """The name of a batch, and the note on it."""

    name: str = field(repr=False)
    note: str = field(repr=False)
    file_name: Annotated[
        str, Field(description="What files of the batch are called, without a suffix: by its name and date.")
    ] = field(repr=False)


@dataclass(frozen=True)
class BatchUpdates:
    """What has changed of a batch."""

    id: str
    state: JobState
    counts: Counts
    rows: Annotated[
        Sequence[BatchRowAnswer], Field(description="The documents that have changed; put them in by their `number`.")
    ]
    ranks: Annotated[
        Mapping[str, Sequence[int]],
        Field(description="For each role the numbers of all ranked rows, best first."),
    ]
    cursor: Annotated[str, Field(description="The `cursor` that asks for what changes after this.")]


@dataclass(frozen=True)
class FoundDocument:
    """A document that answers a question: its number in the batch, and the words that answer."""

    number: int
    quotes: Sequence[Quote]


@dataclass(frozen=True)
class FoundDocuments:
    """The documents of a batch that answer a question, in the order of its rows."""

    found: int
    documents: Sequence[FoundDocument]


@dataclass(frozen=True)
class DrawnPage:
    """A page of which there is a picture; the boxes of its words are in the unit of `width` and `height`."""

    page: int
    width: float
    height: float
    picture: Annotated[str, Field(description="The address of the picture.")]
    words: Sequence[WordPlace]


@dataclass(frozen=True)
class DrawnPages:
    """The first pages of a document; none if it has no fixed pages, if none are kept, or in a blind answer."""

    pages: Sequence[DrawnPage]


@dataclass(frozen=True)
class Deletion:
    """The ids that were deleted, and those under which there is nothing: unknown, expired, or someone else's."""

    deleted: Sequence[str]
    unknown: Sequence[str]


@dataclass(frozen=True)
class Health:
    """The state of the service."""

    status: Literal["live", "ready"]


Answer = (
    JobAnswer
    | BatchAnswer
    | MatchList
    | BatchList
    | BatchLabel
    | BatchUpdates
    | BatchComparison
    | FoundDocuments
    | Mark
    | Deletion
    | DrawnPages
    | DeliveryList
    | RoleDescription
    | OwnRoleDescription
    | RoleList
    | Health
)
ANSWERS: tuple[type[Answer], ...] = get_args(Answer)


def describe_schemas() -> dict[str, Schema]:
    """Return the schemas of all answers and of their parts, by the names of their types."""
    inputs: list[tuple[str, JsonSchemaMode, TypeAdapter[Any]]] = [
        (kind.__name__, "serialization", TypeAdapter(kind)) for kind in ANSWERS
    ]
    _, parts = TypeAdapter.json_schemas(inputs, ref_template=REF)
    return {name: Schema(**schema) for name, schema in parts["$defs"].items()}


def describe_answer(kind: type[Answer], description: str = "OK") -> dict[str, Any]:
    """Return the description of a successful answer, for OpenAPI."""
    schema = {"$ref": REF.format(model=kind.__name__)}
    return {"description": description, "content": {"application/json": {"schema": schema}}}

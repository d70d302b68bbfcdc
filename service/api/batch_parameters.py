"""Parameters of requests about batches: documents, roles, names and questions; and the rows that answer a question."""

from dataclasses import replace

from flask_openapi3.models.file import FileStorage
from pydantic import BaseModel, Field, NonNegativeFloat, PositiveInt

from service.api.request_options import CALLBACK, MAX_NOTE_CHARACTERS, ROLE, Body, Form, Query
from service.http.problems import InvalidRequestError
from service.presentation.blind_view import BLIND_TABLE
from service.presentation.sentences import OPEN_FITS
from service.results.batch_table import BatchAnswer
from service.results.scored_roles import ScoredRoles
from service.search.batch_cache import CachedBatch
from service.search.hit_pages import HitPage, cut_page, order_hits
from service.search.questions import Hit, Question, search, split_words
from worker.store.jobs.mark import Status

FILES = Field(min_length=1, description="Documents, each a part of this name; or one zip archive of them.")
MAX_NAME_CHARACTERS = 200
MAX_PASSED_OVER_CHARACTERS = 30_000
NAME = Field("", max_length=MAX_NAME_CHARACTERS, description="What to call the batch.")

MAX_FIELD_CHARACTERS = 300  # of what a person types
MAX_PARTS = 20
MAX_NUMBERS = 1_000


class BatchPath(BaseModel):
    """The batch's id."""

    batch_id: str


class BatchForm(Form):
    """The documents, as parts of a multipart form."""

    file: list[FileStorage] = FILES
    callback_url: str = CALLBACK
    name: str = NAME
    role: list[str] = ROLE
    passed_over: str = Field(
        "",
        max_length=MAX_PASSED_OVER_CHARACTERS,
        description="Names of files that the sender has left out, a line each; the batch shows them.",
    )


class FurtherForm(Form):
    """Documents to add, as parts of a multipart form."""

    file: list[FileStorage] = FILES


class BatchBody(Body):
    """The name of a batch, and a note on it."""

    name: str | None = Field(None, max_length=MAX_NAME_CHARACTERS)
    note: str | None = Field(None, max_length=MAX_NOTE_CHARACTERS, description="Deleted with the batch.")


class QuestionQuery(Query):
    """All that documents must have; without parameters every document answers."""

    q: str = Field(
        "",
        max_length=MAX_FIELD_CHARACTERS,
        description="Words, or their beginnings, that must all stand in the text, the names or the error; "
        "phrases within quotation marks. A word that is a spelling of a skill finds the skill: `k8s` finds Kubernetes.",
    )
    skill: list[str] = Field([], max_length=MAX_PARTS, description="A skill in any spelling; once for each.")
    requirement: list[str] = Field([], max_length=MAX_PARTS, description="The id of a line that earned points.")
    title: str = Field("", max_length=MAX_FIELD_CHARACTERS, description="Words of the title of one post.")
    degree: str = Field("", max_length=MAX_FIELD_CHARACTERS, description="Words of a degree: `master`, `phd`.")
    min_years: NonNegativeFloat | None = Field(
        None, description="Years in dated posts, those at one time counted once."
    )
    max_years: NonNegativeFloat | None = Field(None, description="The same, at most.")
    min_score: float | None = Field(None, ge=0, le=100, description="The score for `role`, or else the better one.")
    max_score: float | None = Field(None, ge=0, le=100, description="The same, at most.")
    role: str = Field("", description="The id of the role whose score is meant.")
    fit: str = Field("", description="What the verdict comes to: a role's id, `close` or `neither`.")
    starred: bool | None = Field(None, description="`1`: those with a star; `0`: those without.")
    status: list[Status] = Field([], description="What somebody means to do; once for each that will do.")
    number: list[PositiveInt] = Field(
        [], max_length=MAX_NUMBERS, description="The number of a row; once for each that will do."
    )
    state: str = Field(
        "", pattern="^(queued|running|waiting|done|failed|erased)?$", description="`waiting`: either of two."
    )


class RowsQuery(QuestionQuery):
    """What documents must have, in which order, and how many of them to show."""

    order: str = Field(
        "best",
        description="`best` for the better score first, `name`, a role's id, or `lead` for how far the first role is "
        "ahead of the second.",
    )
    reversed: bool = Field(default=False, description="`1`: the other way round; rows without scores stay last.")
    limit: int | None = Field(None, ge=1, description="How many rows to show; all of them if it says nothing.")
    cursor: str = Field("", description="`next` of the page before; none for the first.")


class TableQuery(RowsQuery):
    """What documents must have, and whether the table may say whose they are."""

    blind: bool = Field(default=False, description=BLIND_TABLE)


class EarlierQuery(Query):
    """Which batch to compare with."""

    earlier: str = Field(description="The id of the earlier batch.")


class UpdatesQuery(Query):
    """Since when to show what has changed."""

    cursor: str = Field("", pattern=r"^\d{0,15}$", description="`cursor` of the answer before; none for every row.")


def read_question(query: QuestionQuery, roles: ScoredRoles) -> Question:
    """Return the question that the parameters ask.

    Raises:
        InvalidRequestError: it names an unknown role, verdict or requirement.
    """
    if query.role and query.role not in roles.ids:
        raise InvalidRequestError(f"role: There is no role of this id. Use one of {', '.join(roles.ids)}.")
    if query.fit not in {"", *OPEN_FITS, *roles.ids}:
        raise InvalidRequestError(f"fit: No verdict comes to that. Use one of {', '.join([*OPEN_FITS, *roles.ids])}.")
    if unknown := [each for each in query.requirement if each not in roles.requirement_titles]:
        raise InvalidRequestError(f"requirement: No line has the id {unknown[0]!r}. See /v1/roles.")
    return Question(
        split_words(query.q),
        [name for name in query.skill if name.strip()],
        query.requirement,
        query.title.strip(),
        query.degree.strip(),
        query.min_years,
        query.max_years,
        query.min_score,
        query.max_score,
        query.role,
        query.fit,
        query.state,
        query.starred,
        query.status,
        frozenset(query.number),
    )


def find_hits(cached: CachedBatch, query: QuestionQuery) -> list[Hit]:
    """Return the documents of a batch that answer."""
    return search(cached.documents, read_question(query, cached.roles), cached.roles.requirement_titles)


def _order(hits: list[Hit], query: RowsQuery, roles: ScoredRoles) -> list[Hit]:
    orders = ["best", "name", "lead", *roles.ids]
    if query.order not in orders:
        raise InvalidRequestError(f"order: There is no such order. Use one of {', '.join(orders)}.")
    return order_hits(hits, query.order, roles=roles.ids, is_reversed=query.reversed)


def _cut(hits: list[Hit], query: RowsQuery) -> HitPage:
    try:
        return cut_page(hits, cursor=query.cursor, most=query.limit or len(hits))
    except ValueError:
        raise InvalidRequestError("cursor: Use `next` of the page before as it is, or leave it out.") from None


def answer_question(cached: CachedBatch, query: RowsQuery) -> BatchAnswer:
    """Return the batch with a page of the rows that answer."""
    hits = _order(find_hits(cached, query), query, cached.roles)
    page = _cut(hits, query)
    rows = [replace(hit.row, quotes=hit.quotes) if hit.quotes else hit.row for hit in page.hits]
    return replace(cached.answer, rows=rows, found=len(hits), next=page.next)

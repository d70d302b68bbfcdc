"""`/v1/batches/{id}/…`: answers to questions about a batch, and its rows as CSV, XLSX and PDF."""

from collections.abc import Callable, Sequence
from functools import partial

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from service.api.batch_parameters import (
    BatchPath,
    EarlierQuery,
    QuestionQuery,
    TableQuery,
    UpdatesQuery,
    answer_question,
    find_hits,
)
from service.api.request_options import WaitHeaders, read_wait
from service.api.responses import NOT_MODIFIED, confirm_preference, describe_file, respond_with, set_etag
from service.api.schemas import BatchUpdates, FoundDocument, FoundDocuments, describe_answer
from service.backend import find_cached_batch, get_backend
from service.http.access import ACCESS, get_owner
from service.http.problems import InvalidRequestError, describe_guarded_problems, describe_problems
from service.presentation.shortlists.candidates import Candidate
from service.presentation.shortlists.page import write_html
from service.results.batch_table import BatchRowAnswer, hide_person
from service.results.shortlist import list_candidates
from service.results.tables import MAX_ON_A_LIST, TableRow, make_table_row, name_table, write_csv, write_xlsx
from service.search.batch_cache import CachedBatch
from service.search.batch_comparison import BatchComparison, compare_batches
from service.waiting import wait_until
from worker.store.batch_store import Batch
from worker.store.jobs.job import JobState

TABLE = "The columns of `rolefit batch --format csv`, then ranks, reasons, skills and what people note of each"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WriteShortlist = Callable[[Sequence[Candidate], str], bytes]

api = APIBlueprint(
    "batch_results",
    __name__,
    url_prefix="/v1",
    abp_tags=[Tag(name="batches")],
    abp_security=ACCESS,
    abp_responses=describe_guarded_problems(),
)


@api.get(
    "/batches/<batch_id>/found",
    operation_id="findInBatch",
    responses={
        200: describe_answer(FoundDocuments),
        304: NOT_MODIFIED,
        **describe_problems(["unknown-batch"]),
    },
)
def find_in_batch(path: BatchPath, query: QuestionQuery) -> Response:
    """Show which documents answer a question, by number, for a client that has the rows."""
    hits = find_hits(find_cached_batch(path.batch_id, get_owner()), query)
    found = [FoundDocument(hit.row.number, hit.quotes) for hit in hits]
    response = respond_with(FoundDocuments(len(found), found))
    set_etag(response, response.data)
    return response


@api.get(
    "/batches/<batch_id>/updates",
    operation_id="followBatch",
    responses={200: describe_answer(BatchUpdates), **describe_problems(["unknown-batch"])},
)
def follow_batch(path: BatchPath, query: UpdatesQuery, header: WaitHeaders) -> Response:
    """Show only the documents that have changed since the answer before; `Prefer: wait=20` waits for some."""
    waited = _await_change(path.batch_id, query.cursor, read_wait(header)) if query.cursor else 0
    return confirm_preference(respond_with(_describe_updates(path.batch_id, query.cursor)), header, waited)


def _await_change(batch_id: str, stamp: str, seconds: int) -> int:
    """Wait until the batch's stamp is another one; return the seconds if the request was held, else 0."""
    backend, owner = get_backend(), get_owner()

    def has_changed() -> bool:
        return backend.batches.read_stamp(batch_id, owner=owner) != stamp

    if not seconds or has_changed():
        return 0
    return seconds if wait_until(backend, has_changed, timeout_seconds=seconds) else 0


def _list_ranked(rows: Sequence[BatchRowAnswer], role: str) -> list[int]:
    """Return the numbers of the rows that have a rank for a role, the best first."""
    return [row.number for row in sorted((row for row in rows if role in row.ranks), key=lambda row: row.ranks[role])]


def _describe_updates(batch_id: str, since: str) -> BatchUpdates:
    cached = find_cached_batch(batch_id, get_owner())
    answer, rows = cached.answer, cached.answer.rows
    if since:  # None: documents without a job have no record of changes, so they are always shown
        changed = {None, *get_backend().batches.list_changed(batch_id, since=since)}
        rows = [row for row in rows if row.job in changed]
    ranks = {role: _list_ranked(answer.rows, role) for role in cached.roles.ids}
    return BatchUpdates(answer.id, answer.state, answer.counts, rows, ranks, cached.stamp)


@api.get(
    "/batches/<batch_id>/comparison",
    operation_id="compareBatch",
    responses={200: describe_answer(BatchComparison), **describe_problems(["unknown-batch"])},
)
def compare_batch(path: BatchPath, query: EarlierQuery) -> Response:
    """Show what has changed of candidates who are in an earlier batch, too, and where their points come from."""
    earlier, later = (find_cached_batch(batch_id, get_owner()) for batch_id in (query.earlier, path.batch_id))
    return respond_with(compare_batches(later, earlier))


def _list_table_rows(cached: CachedBatch, query: TableQuery) -> tuple[list[TableRow], list[str]]:
    """Return the rows that answer a question, and the ids of the roles that the batch is scored for."""
    titles = cached.roles.requirement_titles
    kept = {document.row.number: document.kept for document in cached.documents}
    rows = answer_question(cached, query).rows
    shown = map(hide_person, rows) if query.blind else rows
    make = partial(make_table_row, titles=titles, root=request.url_root)
    return [make(row, kept[row.number].details, kept[row.number].facts) for row in shown], cached.roles.ids


def _list_shortlist(cached: CachedBatch, query: TableQuery) -> tuple[list[BatchRowAnswer], list[bytes]]:
    """Return the scored rows that answer a question, and their reports.

    Raises:
        InvalidRequestError: they are none, or too many.
    """
    rows = [row for row in answer_question(cached, query).rows if row.job and row.state == JobState.DONE]
    if not 0 < len(rows) <= MAX_ON_A_LIST:
        raise InvalidRequestError(
            f"{len(rows)} scored résumés answer this. A shortlist has 1 to {MAX_ON_A_LIST}: "
            "choose them by `starred`, `status`, `number` or `limit`."
        )
    read = zip(rows, get_backend().jobs.read_many([row.job or "" for row in rows]), strict=True)
    kept = [(row, report) for row, (_, report) in read if report]
    return [row for row, _ in kept], [report for _, report in kept]


@api.get(
    "/batches/<batch_id>.pdf",
    operation_id="getShortlist",
    responses={
        200: describe_file("application/pdf", "An overview, and the summary of each report on a page"),
        **describe_problems(["unknown-batch", "busy"]),
    },
)
def get_shortlist(path: BatchPath, query: TableQuery) -> Response:
    """Show the rows that answer a question as a shortlist to print or to send."""
    from service.presentation.shortlists.pdf import write_pdf  # noqa: PLC0415 - what makes PDFs takes long to load

    return _send_shortlist(path, query, write_pdf, "application/pdf", "pdf")


@api.get(
    "/batches/<batch_id>.html",
    operation_id="getShortlistPage",
    responses={
        200: describe_file("text/html", "The same as a page that needs no server"),
        **describe_problems(["unknown-batch", "busy"]),
    },
)
def get_shortlist_page(path: BatchPath, query: TableQuery) -> Response:
    """Show the rows that answer a question as a shortlist to open in a browser."""
    return _send_shortlist(path, query, write_html, "text/html; charset=utf-8", "html")


def _send_shortlist(
    path: BatchPath, query: TableQuery, write: WriteShortlist, media_type: str, suffix: str
) -> Response:
    cached = find_cached_batch(path.batch_id, get_owner())
    rows, reports = _list_shortlist(cached, query)
    with get_backend().shortlist_limit.enter(get_owner()):
        content = write(list_candidates(rows, reports, blind=query.blind), cached.batch.name)
    return _send_file(content, media_type, cached.batch, suffix)


def _send_file(content: str | bytes, media_type: str, batch: Batch, suffix: str) -> Response:
    response = Response(content, content_type=media_type)
    response.headers.set(
        "Content-Disposition", "attachment", filename=f"{name_table(batch.name, batch.submitted_at)}.{suffix}"
    )
    return response


@api.get(
    "/batches/<batch_id>.csv",
    operation_id="getBatchTable",
    responses={200: describe_file("text/csv", TABLE), **describe_problems(["unknown-batch"])},
)
def get_batch_table(path: BatchPath, query: TableQuery) -> Response:
    """Show the rows that answer a question as a table for programs and spreadsheets."""
    cached = find_cached_batch(path.batch_id, get_owner())
    table = write_csv(*_list_table_rows(cached, query))
    return _send_file(table, "text/csv; charset=utf-8", cached.batch, "csv")


@api.get(
    "/batches/<batch_id>.xlsx",
    operation_id="getBatchWorkbook",
    responses={200: describe_file(XLSX, TABLE), **describe_problems(["unknown-batch"])},
)
def get_batch_workbook(path: BatchPath, query: TableQuery) -> Response:
    """Show the rows that answer a question as a workbook for spreadsheets."""
    cached = find_cached_batch(path.batch_id, get_owner())
    return _send_file(write_xlsx(*_list_table_rows(cached, query)), XLSX, cached.batch, "xlsx")

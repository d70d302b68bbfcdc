"""What is made of a batch's rows: answers to questions, and files to take away."""

from functools import partial

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from service.api.batch_questions import BatchPath, QuestionQuery, TableQuery, answer_question, find_hits
from service.api.responses import NOT_MODIFIED, describe_file, respond_with, set_etag
from service.api.schemas import FoundDocument, FoundDocuments, describe_answer
from service.http.access import ACCESS, get_owner
from service.http.problems import describe_guarded_problems, describe_problems
from service.resources import open_batch
from service.results.tables import TableRow, make_table_row, write_csv, write_xlsx

TABLE = "The columns of `rolefit batch --format csv`, and behind them ranks, reasons, skills and what is kept of each"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

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
        **describe_problems(["unknown-batch", "store-unavailable"]),
    },
)
def find_in_batch(path: BatchPath, query: QuestionQuery) -> Response:
    """Show which documents answer a question, by number, for a client that has the rows."""
    hits = find_hits(open_batch(path.batch_id, get_owner()), query)
    found = [FoundDocument(hit.row.number, hit.quotes) for hit in hits]
    response = respond_with(FoundDocuments(len(found), found))
    set_etag(response, response.data)
    return response


def _list_table_rows(path: BatchPath, query: TableQuery) -> tuple[list[TableRow], list[str]]:
    """Return the rows that answer a question, and the ids of the roles that the batch is scored for."""
    opened = open_batch(path.batch_id, get_owner())
    titles = opened.roles.requirement_titles
    contents = {document.row.number: document.contents for document in opened.documents}
    rows = answer_question(opened, query).rows
    make = partial(make_table_row, titles=titles, root=request.url_root, blind=query.blind)
    return [make(row, contents[row.number]) for row in rows], opened.roles.ids


def _send_file(content: str | bytes, media_type: str, suffix: str) -> Response:
    response = Response(content, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=f"rolefit.{suffix}")
    return response


@api.get(
    "/batches/<batch_id>.csv",
    operation_id="getBatchTable",
    responses={200: describe_file("text/csv", TABLE), **describe_problems(["unknown-batch", "store-unavailable"])},
)
def get_batch_table(path: BatchPath, query: TableQuery) -> Response:
    """Show the rows that answer a question as a table for programs and spreadsheets."""
    table = write_csv(*_list_table_rows(path, query))
    return _send_file(table, "text/csv; charset=utf-8", "csv")


@api.get(
    "/batches/<batch_id>.xlsx",
    operation_id="getBatchWorkbook",
    responses={200: describe_file(XLSX, TABLE), **describe_problems(["unknown-batch", "store-unavailable"])},
)
def get_batch_workbook(path: BatchPath, query: TableQuery) -> Response:
    """Show the rows that answer a question as a workbook for spreadsheets."""
    return _send_file(write_xlsx(*_list_table_rows(path, query)), XLSX, "xlsx")

"""`/v1/batches`: send many résumés at once, see them ranked, delete them."""

from contextlib import ExitStack
from dataclasses import replace

from flask import Response, g, request, url_for
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from service import submission
from service.api.batch_parameters import (
    BatchBody,
    BatchForm,
    BatchPath,
    FurtherForm,
    RowsQuery,
    answer_question,
)
from service.api.listing import DeletionQuery, PageQuery, describe_deleted, read_place
from service.api.request_options import (
    PollHeaders,
    RequestHeaders,
    RolesBody,
    choose_status,
    read_terms,
    read_wait,
)
from service.api.responses import (
    ENDED,
    NOT_MODIFIED,
    RETRY_SECONDS,
    confirm_preference,
    describe_accepted,
    respond_with,
    respond_with_deliveries,
    set_etag,
)
from service.api.schemas import BatchLabel, Deletion, DeliveryList, describe_answer
from service.backend import find_cached_batch, get_backend, get_own_uploads
from service.http.access import ACCESS, get_owner
from service.http.problems import QUEUEING, STORING, describe_guarded_problems, describe_problems
from service.intake.uploads import read_batch
from service.intake.zip_archives import label_member
from service.own_roles import find_role_texts
from service.results.batch_table import BatchAnswer, describe_batch
from service.results.tables import name_table
from service.search.uploads import BatchList, list_batches
from service.submission import score_batch_again
from service.waiting import wait_until
from worker.errors.store import UnknownBatchError
from worker.store.batch_store import Batch, BatchChange
from worker.store.jobs.job import Job, JobState, make_id

api = APIBlueprint(
    "batches",
    __name__,
    url_prefix="/v1",
    abp_tags=[Tag(name="batches", description="Many résumés against the roles.")],
    abp_security=ACCESS,
    abp_responses=describe_guarded_problems(),
)


ACCEPTED = describe_accepted(BatchAnswer, "The batch; documents that cannot be taken are rows that have failed")
# The errors with which documents are refused, for a new batch and for one that is extended.
REFUSALS = (*QUEUEING, "broken-archive", "key-reused", "too-many-documents")


@api.before_request
def _enter_limit() -> None:
    """Limit how many batches are stored at once: each takes a thread, and as much memory as it is large."""
    if request.method == "POST":
        g.entered_limit = ExitStack()
        g.entered_limit.enter_context(get_backend().batch_limit.enter(get_owner()))


@api.teardown_request
def _leave_limit(_: BaseException | None = None) -> None:
    if entered := g.pop("entered_limit", None):
        entered.close()


def _find_batch(path: BatchPath) -> Batch:
    return get_backend().batches.find(path.batch_id, owner=get_owner())


def _list_jobs(batch: Batch) -> list[Job | None]:
    return get_backend().jobs.look_up(batch.job_ids)


def _describe(batch: Batch) -> BatchAnswer:
    return describe_batch(batch, _list_jobs(batch), get_backend().list_scored_roles(batch.id).ids)


def _await_end(batch: Batch, seconds: int) -> int:
    """Wait until the batch has ended or the time is up; return the seconds if the request was held, else 0."""
    backend = get_backend()
    if not seconds or backend.batches.has_ended(batch):
        return 0
    return seconds if wait_until(backend, lambda: backend.batches.has_ended(batch), timeout_seconds=seconds) else 0


def _respond_with_batch(answer: BatchAnswer, *, status: int = 200) -> Response:
    response = respond_with(answer, status=status)
    set_etag(response, response.data)
    if answer.state != JobState.DONE:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _respond_with_accepted(answer: BatchAnswer, header: RequestHeaders) -> Response:
    return _respond_with_batch(answer, status=choose_status(header, has_ended=answer.state == JobState.DONE))


@api.post(
    "/batches",
    operation_id="createBatch",
    responses={
        200: describe_answer(BatchAnswer, ENDED),
        202: ACCEPTED,
        **describe_problems([*REFUSALS, "invalid-callback", "webhooks-off", "unknown-role"]),
    },
)
def create_batch(form: BatchForm, header: RequestHeaders) -> Response:
    """Queue many résumés, each to be scored against the roles."""
    backend = get_backend()
    role_texts = find_role_texts(backend, form.role, owner=get_owner())
    terms = read_terms(header, form.callback_url, batch=make_id(), role_texts=role_texts)
    sent = read_batch(request.files.getlist("file"), backend.settings)
    not_sent = filter(None, map(label_member, form.passed_over.splitlines()))
    sent = replace(sent, passed_over=[*sent.passed_over, *not_sent])
    batch = submission.submit_batch(backend, sent, owner=get_owner(), terms=terms, name=form.name.strip())
    _leave_limit()
    waited = _await_end(batch, read_wait(header))
    response = _respond_with_accepted(_describe(batch), header)
    response.headers["Location"] = url_for("batches.get_batch", batch_id=batch.id)
    return confirm_preference(response, header, waited)


@api.post(
    "/batches/<batch_id>",
    operation_id="extendBatch",
    responses={
        200: describe_answer(BatchAnswer, ENDED),
        202: ACCEPTED,
        **describe_problems([*REFUSALS, "unknown-batch"]),
    },
)
def extend_batch(path: BatchPath, form: FurtherForm, header: RequestHeaders) -> Response:  # noqa: ARG001 - describes the form
    """Add résumés to a batch, each to be scored against the roles."""
    backend, batch = get_backend(), _find_batch(path)
    sent = read_batch(request.files.getlist("file"), backend.settings)
    submission.extend_batch(backend, batch, sent, key=header.idempotency_key)
    _leave_limit()
    waited = _await_end(_find_batch(path), read_wait(header))
    answer = find_cached_batch(batch.id, get_owner()).answer
    return confirm_preference(_respond_with_accepted(answer, header), header, waited)


@api.patch(
    "/batches/<batch_id>",
    operation_id="changeBatch",
    responses={
        200: describe_answer(BatchLabel),
        **describe_problems([*STORING, "unknown-batch"]),
    },
)
def change_batch(path: BatchPath, body: BatchBody) -> Response:
    """Name a batch or write a note on it; what the body does not name stays as it is."""
    batch = _find_batch(path)
    get_backend().batches.change(batch.id, BatchChange(body.name and body.name.strip(), body.note))
    changed = _find_batch(path)
    return respond_with(BatchLabel(changed.name, changed.note, name_table(changed.name, changed.submitted_at)))


@api.get("/batches", operation_id="listBatches", responses={200: describe_answer(BatchList)})
def list_own_batches(query: PageQuery) -> Response:
    """List your batches, newest first."""
    return respond_with(list_batches(get_own_uploads(get_owner()), before=read_place(query.cursor), most=query.limit))


@api.delete("/batches", operation_id="eraseBatches", responses={200: describe_answer(Deletion)})
def delete_batches(query: DeletionQuery) -> Response:
    """Delete several batches with the documents, texts and reports of all their jobs."""
    return respond_with(describe_deleted(query.id, {each for each in query.id if _delete_own(each)}))


def _delete_own(batch_id: str) -> bool:
    """Delete a batch of the owner; return whether there was one."""
    try:
        _delete_batch(get_backend().batches.find(batch_id, owner=get_owner()))
    except UnknownBatchError:
        return False
    return True


def _delete_batch(batch: Batch) -> None:
    """Delete a batch from the store and from the memory of this process."""
    backend = get_backend()
    backend.batches.delete(batch.id, batch.job_ids)
    backend.batch_cache.forget(batch.id)


@api.get(
    "/batches/<batch_id>",
    operation_id="getBatch",
    responses={
        200: describe_answer(BatchAnswer),
        304: NOT_MODIFIED,
        **describe_problems(["unknown-batch"]),
    },
)
def get_batch(path: BatchPath, query: RowsQuery, header: PollHeaders) -> Response:
    """Show how many documents are in which state, and a row for each that answers the question, ranked."""
    seconds = read_wait(header)
    waited = _await_end(_find_batch(path), seconds) if seconds else 0
    answer = answer_question(find_cached_batch(path.batch_id, get_owner()), query)
    return confirm_preference(_respond_with_batch(answer), header, waited)


@api.put(
    "/batches/<batch_id>/roles",
    operation_id="scoreBatchAgain",
    responses={
        202: describe_accepted(BatchAnswer, "The batch, whose documents are queued again"),
        **describe_problems([*QUEUEING, "unknown-batch", "unknown-role", "unfinished"]),
    },
)
def score_again(path: BatchPath, body: RolesBody) -> Response:
    """Score a batch again, against the built-in roles and those of your own that the body names.

    The documents are deleted already, so the texts in their reports are scored. Each report stays until the new one
    replaces it.
    """
    batch = _find_batch(path)
    score_batch_again(get_backend(), batch, find_role_texts(get_backend(), body.roles, owner=batch.owner))
    response = _respond_with_batch(_describe(batch), status=202)
    response.headers["Location"] = url_for("batches.get_batch", batch_id=batch.id)
    return response


@api.get(
    "/batches/<batch_id>/deliveries",
    operation_id="listBatchDeliveries",
    responses={200: describe_answer(DeliveryList), **describe_problems(["unknown-batch"])},
)
def list_deliveries(path: BatchPath) -> Response:
    """Show every attempt to call the batch's callback_url."""
    return respond_with_deliveries(f"batch:{_find_batch(path).id}")


@api.delete(
    "/batches/<batch_id>",
    operation_id="eraseBatch",
    responses={204: None, **describe_problems(["unknown-batch"])},
)
def delete_batch(path: BatchPath) -> tuple[str, int]:
    """Delete a batch with the documents, texts and reports of all its jobs."""
    batch = _find_batch(path)
    _delete_batch(batch)
    return "", 204

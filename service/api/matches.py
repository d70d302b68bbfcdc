"""`/v1/matches`: send a résumé, poll for its report, delete it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Self

import orjson
from flask import Response, request, url_for
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.data_type import DataType
from flask_openapi3.models.file import FileStorage
from flask_openapi3.models.media_type import MediaType
from flask_openapi3.models.schema import Schema
from flask_openapi3.models.tag import Tag
from flask_openapi3.openapi import OpenAPI
from pydantic import BaseModel, Field, ModelWrapValidatorHandler, model_validator

from service.api.listing import DeletionQuery, PageQuery, describe_deleted, read_place
from service.api.request_options import (
    CALLBACK,
    ROLE,
    Form,
    JobQuery,
    MarkBody,
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
    write_json,
)
from service.api.schemas import Deletion, DeliveryList, JobAnswer, describe_answer
from service.backend import get_backend, get_own_uploads
from service.http.access import ACCESS, get_owner
from service.http.problems import QUEUEING, STORING, describe_guarded_problems, describe_problems
from service.intake.sent_documents import SentDocument
from service.intake.uploads import is_raw, receive_document, receive_raw_document
from service.own_roles import find_role_texts
from service.presentation.blind_view import hide_identity, hide_note
from service.search.uploads import MatchList, list_matches
from service.submission import score_match_again, submit_document
from service.waiting import wait_until
from worker.reading.formats import name_formats
from worker.store.jobs.job import Job, JobState
from worker.store.jobs.mark import Mark, MarkChange

api = APIBlueprint(
    "matches",
    __name__,
    url_prefix="/v1",
    abp_tags=[Tag(name="matches", description="One résumé against the roles.")],
    abp_security=ACCESS,
    abp_responses=describe_guarded_problems(),
)

# The media types that OpenAPI lists for a raw body. `application/json` is left out: generated clients would encode the
# file as JSON.
DESCRIBED_TYPES = ("application/pdf", "application/octet-stream")


class UploadForm(Form):
    """The document, as a part of a multipart form."""

    file: FileStorage = Field(description=f"The document: {name_formats()}, recognised by its content.")
    callback_url: str = CALLBACK
    role: list[str] = ROLE

    @model_validator(mode="wrap")
    @classmethod
    def _pass_raw_body(cls, value: dict[str, Any], check: ModelWrapValidatorHandler[Self]) -> Self:
        """Ask for no form where the body is the document itself."""
        return cls.model_construct(callback_url="", role=[]) if is_raw(request.mimetype) else check(value)


def describe_raw_bodies(app: OpenAPI) -> None:
    """Add to the description that the body of an upload may be the document itself."""
    body = MediaType(schema=Schema(type=DataType.STRING, format="binary"))
    app.paths[f"{api.url_prefix}/matches"].post.requestBody.content.update(dict.fromkeys(DESCRIBED_TYPES, body))


class JobPath(BaseModel):
    """The job's id."""

    job_id: str


WITHOUT_TEXT = JobQuery(include=None)
ACCEPTED = describe_accepted(JobAnswer, "The job, queued; or done already, if the same document was scored before")


def _hide_parts(report: bytes, query: JobQuery) -> bytes:
    parts: dict[str, Any] = orjson.loads(report)
    if query.blind:
        hide_identity(parts)
    if not query.shows_text:
        parts.pop("text", None)
    return orjson.dumps(parts)


def _receive_document(max_bytes: int) -> SentDocument:
    if is_raw(request.mimetype):
        disposition = request.headers.get("Content-Disposition", "")
        return receive_raw_document(request.stream, disposition, max_bytes=max_bytes)
    return receive_document(request.files.getlist("file"), max_bytes=max_bytes)


def _describe_job(job: Job, *, report: bytes | None = None) -> JobAnswer:
    return JobAnswer(
        job.id,
        job.state,
        job.submitted_at,
        job.started_at,
        job.finished_at,
        job.attempts,
        job.error,
        orjson.Fragment(report) if report else None,
        job.mark,
        job.stage,
        get_backend().jobs.look_at_queue(job) if job.state == JobState.QUEUED else None,
    )


def _read_report(job: Job, query: JobQuery) -> bytes | None:
    report = get_backend().jobs.read_report(job.id) if job.state == JobState.DONE else None
    return report if query.shows_text or report is None else _hide_parts(report, query)


def _respond_with_job(job: Job, query: JobQuery = WITHOUT_TEXT, *, status: int = 200) -> Response:
    """Return the answer with a job and its stored report; without a body if the client has this answer already."""
    if query.blind:
        job = replace(job, mark=hide_note(job.mark))
    response = respond_with(_describe_job(job), status=status)
    # The tag is computed without the report, which changes only when the job does: it is read only if it is to be sent.
    is_known = set_etag(response, response.data, str(query))
    if job.state == JobState.DONE and not is_known:
        response.data = write_json(_describe_job(job, report=_read_report(job, query)))
    if not job.has_ended:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _await_end(job: Job, seconds: int) -> tuple[Job, int]:
    """Wait until the job has ended or the time is up; return the job as it is then, and `seconds`, 0 if not held."""
    backend = get_backend()

    def has_ended() -> bool:
        return backend.jobs.find(job.id, owner=job.owner).has_ended

    if seconds and not job.has_ended and wait_until(backend, has_ended, timeout_seconds=seconds):
        return backend.jobs.find(job.id, owner=job.owner), seconds
    return job, 0


@api.post(
    "/matches",
    operation_id="createMatch",
    responses={
        200: describe_answer(JobAnswer, ENDED),
        202: ACCEPTED,
        **describe_problems(
            [
                *QUEUEING,
                "empty-file",
                "invalid-callback",
                "webhooks-off",
                "key-reused",
                "unsupported-type",
                "unknown-role",
            ]
        ),
    },
)
def create_match(form: UploadForm, header: RequestHeaders) -> Response:
    """Queue a résumé to be scored against the roles."""
    backend = get_backend()
    role_texts = find_role_texts(backend, form.role, owner=get_owner())
    terms = read_terms(header, form.callback_url, role_texts=role_texts)
    document = _receive_document(backend.settings.max_upload_bytes)
    job = submit_document(backend, document.content, name=document.name, owner=get_owner(), terms=terms)
    job, waited = _await_end(job, read_wait(header))
    response = _respond_with_job(job, status=choose_status(header, has_ended=job.has_ended))
    response.headers["Location"] = url_for("matches.get_match", job_id=job.id)
    return confirm_preference(response, header, waited)


@api.get("/matches", operation_id="listMatches", responses={200: describe_answer(MatchList)})
def list_own_matches(query: PageQuery) -> Response:
    """List the résumés that you sent by themselves, newest first; those of a batch are found in the batch."""
    return respond_with(list_matches(get_own_uploads(get_owner()), before=read_place(query.cursor), most=query.limit))


@api.delete("/matches", operation_id="eraseMatches", responses={200: describe_answer(Deletion)})
def delete_matches(query: DeletionQuery) -> Response:
    """Delete several jobs with their documents, texts and reports."""
    jobs = [job for job in get_backend().jobs.look_up(query.id) if job is not None and job.owner == get_owner()]
    _delete_jobs(jobs)
    return respond_with(describe_deleted(query.id, {job.id for job in jobs}))


def _delete_jobs(jobs: Sequence[Job]) -> None:
    """Delete jobs from the store, and their batches from the memory of this process."""
    backend = get_backend()
    backend.jobs.delete(*(job.id for job in jobs))
    for batch_id in {job.batch for job in jobs}:
        backend.batch_cache.forget(batch_id)


@api.get(
    "/matches/<job_id>",
    operation_id="getMatch",
    responses={
        200: describe_answer(JobAnswer),
        304: NOT_MODIFIED,
        **describe_problems(["unknown-job"]),
    },
)
def get_match(path: JobPath, query: JobQuery, header: PollHeaders) -> Response:
    """Show a job and, once it is done, its report."""
    job, waited = _await_end(get_backend().jobs.find(path.job_id, owner=get_owner()), read_wait(header))
    return confirm_preference(_respond_with_job(job, query), header, waited)


@api.get(
    "/matches/<job_id>/deliveries",
    operation_id="listMatchDeliveries",
    responses={200: describe_answer(DeliveryList), **describe_problems(["unknown-job"])},
)
def list_deliveries(path: JobPath) -> Response:
    """Show every attempt to call the job's callback_url."""
    job = get_backend().jobs.find(path.job_id, owner=get_owner())
    return respond_with_deliveries(f"job:{job.id}")


@api.patch(
    "/matches/<job_id>",
    operation_id="markMatch",
    responses={
        200: describe_answer(Mark),
        **describe_problems([*STORING, "unknown-job", "note-changed"]),
    },
)
def mark_match(path: JobPath, body: MarkBody) -> Response:
    """Keep a star, a status or a note for a résumé; what the body does not name stays as it is."""
    store = get_backend().jobs
    job = store.find(path.job_id, owner=get_owner())
    store.mark(job.id, MarkChange(body.star, body.status, body.note), note_before=body.note_before)
    return respond_with(store.find(job.id, owner=job.owner).mark)


@api.put(
    "/matches/<job_id>/roles",
    operation_id="scoreMatchAgain",
    responses={
        202: describe_accepted(JobAnswer, "The job, queued again"),
        **describe_problems([*QUEUEING, "unknown-job", "unknown-role", "unfinished"]),
    },
)
def score_again(path: JobPath, body: RolesBody) -> Response:
    """Score a résumé again, against the built-in roles and those of your own that the body names.

    The document is deleted already, so the text in its report is scored. The report stays until there is the new one.
    """
    backend = get_backend()
    job = backend.jobs.find(path.job_id, owner=get_owner())
    score_match_again(backend, job, find_role_texts(backend, body.roles, owner=job.owner))
    response = _respond_with_job(backend.jobs.find(job.id, owner=job.owner), status=202)
    response.headers["Location"] = url_for("matches.get_match", job_id=job.id)
    return response


@api.delete(
    "/matches/<job_id>",
    operation_id="eraseMatch",
    responses={204: None, **describe_problems(["unknown-job"])},
)
def delete_match(path: JobPath) -> tuple[str, int]:
    """Delete a job with its document, text and report."""
    _delete_jobs([get_backend().jobs.find(path.job_id, owner=get_owner())])
    return "", 204

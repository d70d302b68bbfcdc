"""`/v1/matches`: send a résumé, poll for its report, erase it."""

import json
from dataclasses import asdict
from typing import Any, Literal

from flask import Response, request, url_for
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.file import FileStorage
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, Field

from service.access import ACCESS, get_owner
from service.backend import get_backend
from service.problems import describe_guarded_problems, describe_problems
from service.schemas import Job as JobAnswer
from service.uploads import read_upload
from worker.job import encode_result
from worker.jobs import Job, JobState

POLL_SECONDS = 1

api = APIBlueprint(
    "matches",
    __name__,
    url_prefix="/v1",
    abp_tags=[Tag(name="matches", description="One résumé against both roles.")],
    abp_security=ACCESS,
    abp_responses=describe_guarded_problems(),
)


class UploadForm(BaseModel):
    """The document, as a part of a multipart form."""

    file: FileStorage = Field(description="A PDF, a Word document (.docx) or plain text, told by its content.")


class JobPath(BaseModel):
    """The job's id."""

    job_id: str


class JobQuery(BaseModel):
    """What the answer holds."""

    include: Literal["text"] | None = Field(None, description="`text`: the report with the text that offsets count in.")


ACCEPTED = {
    "description": "The job, queued",
    "headers": {
        "Location": {"description": "Where to poll", "schema": {"type": "string"}},
        "Retry-After": {"description": "Seconds until polling makes sense", "schema": {"type": "integer"}},
    },
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Job"}}},
}


def _leave_out_text(report: bytes) -> bytes:
    parts: dict[str, Any] = json.loads(report)
    parts.pop("text", None)
    return encode_result(parts).encode()


def _write_job(job: Job, report: bytes = b"null") -> bytes:
    """Return the job as JSON; the report goes in as it was stored."""
    facts = {
        "id": job.id,
        "state": job.state,
        "submitted_at": job.submitted_at.isoformat(),
        "started_at": job.started_at and job.started_at.isoformat(),
        "finished_at": job.finished_at and job.finished_at.isoformat(),
        "attempts": job.attempts,
        "error": job.error and asdict(job.error),
    }
    return json.dumps(facts).encode()[:-1] + b', "report": ' + report + b"}\n"


def _respond_with_job(job: Job, body: bytes, *, status: int = 200) -> Response:
    response = Response(body, status=status, content_type="application/json")
    if job.state in {JobState.QUEUED, JobState.RUNNING}:
        response.headers["Retry-After"] = str(POLL_SECONDS)
    return response


@api.post(
    "/matches",
    operation_id="createMatch",
    responses={
        202: ACCEPTED,
        **describe_problems(
            ["invalid-request", "empty-file", "too-large", "unsupported-type", "queue-full", "store-unavailable"]
        ),
    },
)
def create_match(form: UploadForm) -> Response:  # noqa: ARG001 - checked and documented by its type, read from the request
    """Queue a résumé to be scored against both roles."""
    backend = get_backend()
    upload = read_upload(request.files.getlist("file"), max_bytes=backend.settings.max_upload_bytes)
    job = backend.submit(upload.content, name=upload.name, owner=get_owner())
    response = _respond_with_job(job, _write_job(job), status=202)
    response.headers["Location"] = url_for("matches.get_match", job_id=job.id)
    return response


@api.get(
    "/matches/<job_id>",
    operation_id="getMatch",
    responses={200: JobAnswer, **describe_problems(["unknown-job", "store-unavailable"])},
)
def get_match(path: JobPath, query: JobQuery) -> Response:
    """Show a job and, once it is done, its report."""
    store = get_backend().store
    job = store.find(path.job_id, owner=get_owner())
    report = store.read_report(job.id) if job.state == JobState.DONE else None
    if report is None:
        return _respond_with_job(job, _write_job(job))
    return _respond_with_job(job, _write_job(job, report if query.include == "text" else _leave_out_text(report)))


@api.delete(
    "/matches/<job_id>",
    operation_id="eraseMatch",
    responses={204: None, **describe_problems(["unknown-job", "store-unavailable"])},
)
def erase_match(path: JobPath) -> tuple[str, int]:
    """Erase a job with its document, text and report."""
    store = get_backend().store
    store.erase(store.find(path.job_id, owner=get_owner()).id)
    return "", 204

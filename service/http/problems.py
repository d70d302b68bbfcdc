"""Errors as HTTP answers: `application/problem+json` (RFC 9457). The only module that maps codes to statuses."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import NoReturn, cast

from flask import Flask, Response
from flask_openapi3.types import ResponseDict
from pydantic import BaseModel, Field, JsonValue, ValidationError
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import HTTPException

from skills.errors import RolefitError

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = {HTTPStatus.SERVICE_UNAVAILABLE: 5, HTTPStatus.TOO_MANY_REQUESTS: 60}
# A browser asks for name and password by itself; the token is the password. Only a realm of two words is sent quoted.
REALM: dict[str, str | None] = {"realm": "Rolefit service"}
CHALLENGES = [WWWAuthenticate("bearer", REALM), WWWAuthenticate("basic", {**REALM, "charset": "UTF-8"})]

STATUSES = {
    "invalid-request": HTTPStatus.BAD_REQUEST,
    "empty-file": HTTPStatus.BAD_REQUEST,
    "broken-archive": HTTPStatus.BAD_REQUEST,
    "invalid-callback": HTTPStatus.BAD_REQUEST,
    "webhooks-off": HTTPStatus.BAD_REQUEST,
    "empty-posting": HTTPStatus.BAD_REQUEST,
    "protected-criterion": HTTPStatus.BAD_REQUEST,
    "unauthorized": HTTPStatus.UNAUTHORIZED,
    "cross-site": HTTPStatus.FORBIDDEN,
    "not-found": HTTPStatus.NOT_FOUND,
    "unknown-job": HTTPStatus.NOT_FOUND,
    "unknown-batch": HTTPStatus.NOT_FOUND,
    "unknown-page": HTTPStatus.NOT_FOUND,
    "unknown-role": HTTPStatus.NOT_FOUND,
    "method-not-allowed": HTTPStatus.METHOD_NOT_ALLOWED,
    "request-timeout": HTTPStatus.REQUEST_TIMEOUT,
    "key-reused": HTTPStatus.CONFLICT,
    "unfinished": HTTPStatus.CONFLICT,
    "note-changed": HTTPStatus.CONFLICT,
    "too-many-documents": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "too-large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "unsupported-type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "wrong-host": HTTPStatus.MISDIRECTED_REQUEST,
    "too-many-requests": HTTPStatus.TOO_MANY_REQUESTS,
    "internal-error": HTTPStatus.INTERNAL_SERVER_ERROR,
    "busy": HTTPStatus.SERVICE_UNAVAILABLE,
    "no-worker": HTTPStatus.SERVICE_UNAVAILABLE,
    "queue-full": HTTPStatus.SERVICE_UNAVAILABLE,
    "store-full": HTTPStatus.SERVICE_UNAVAILABLE,
    "store-unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
}

# The errors of every operation, and those of every one that asks for a token.
COMMON = ("invalid-request", "wrong-host", "internal-error")
GUARDED = ("unauthorized", "cross-site", "too-many-requests", "store-unavailable")
# The errors of operations that store what their body holds, and of those that queue documents.
STORING = ("too-large", "request-timeout", "busy", "store-full")
QUEUEING = (*STORING, "queue-full")

# What Flask itself refuses, in our words; a status that is not here keeps the words of its exception.
FLASK_CODES = {
    HTTPStatus.NOT_FOUND: ("not-found", "There is nothing at this address."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("method-not-allowed", "This address does not take that method; see Allow."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("too-large", "The request has more bytes or parts than this address takes."),
    HTTPStatus.INTERNAL_SERVER_ERROR: ("internal-error", "Something went wrong on our side. Please try again."),
}


class Problem(BaseModel):
    """An error: `code` is stable and for programs, `detail` is for people and says what to do."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    code: str = Field(examples=["unknown-job"], json_schema_extra={"enum": list[JsonValue](sorted(STATUSES))})
    detail: str = Field(examples=["There is no such job, or it has expired."])


class InvalidRequestError(RolefitError):
    """The request is incomplete, or has something that it must not have."""

    code = "invalid-request"


def write_problem(status: HTTPStatus, code: str, detail: str) -> bytes:
    """Return the body of an error answer."""
    problem = Problem(type="about:blank", title=status.phrase, status=status, code=code, detail=detail)
    return problem.model_dump_json().encode()


def respond_with_problem(error: RolefitError) -> Response:
    """Return the answer to an error of ours; 500 if its code has no status."""
    status = STATUSES.get(error.code, HTTPStatus.INTERNAL_SERVER_ERROR)
    response = Response(write_problem(status, error.code, str(error)), status=status, content_type=MEDIA_TYPE)
    if status in RETRY_SECONDS:
        response.headers["Retry-After"] = str(RETRY_SECONDS[status])
    if status == HTTPStatus.UNAUTHORIZED:
        response.www_authenticate = CHALLENGES
    return response


def respond_with_http_problem(error: HTTPException) -> Response:
    """Return the answer to an error of Flask's own, in our words."""
    response = cast("Response", error.get_response())
    status = HTTPStatus(response.status_code)
    code, detail = FLASK_CODES.get(status, ("invalid-request", error.description or status.phrase))
    response.data = write_problem(status, code, detail)
    response.content_type = MEDIA_TYPE
    return response


def refuse_parameters(error: ValidationError) -> NoReturn:
    """Refuse a request whose parameters are not as documented, naming the first that is wrong."""
    first = error.errors()[0]
    if not first["loc"]:
        raise InvalidRequestError("The body is no JSON object. See /docs.")
    raise InvalidRequestError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}.")


def describe_problems(codes: Iterable[str]) -> ResponseDict:
    """Return the error responses of an operation for OpenAPI, by status.

    They replace those of all operations with the same status, so the codes of these are named, too.
    """
    own = set(codes)
    by_status: dict[int, list[str]] = {STATUSES[code]: [] for code in STATUSES if code in own}
    for code, status in STATUSES.items():
        if status in by_status and code in own.union(COMMON, GUARDED):
            by_status[status].append(f"`{code}`")
    content = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}}
    return {status: {"description": " or ".join(names), "content": content} for status, names in by_status.items()}


def describe_common_problems() -> ResponseDict:
    """Return the error responses of every operation for OpenAPI."""
    return describe_problems(COMMON)


def describe_guarded_problems() -> ResponseDict:
    """Return the error responses of every operation that asks for a token, for OpenAPI."""
    return describe_problems([*COMMON, *GUARDED])


def register_problems(app: Flask) -> None:
    """Make every error of the application answer as a problem, those that Flask itself raises included."""
    app.register_error_handler(RolefitError, respond_with_problem)
    app.register_error_handler(HTTPException, respond_with_http_problem)

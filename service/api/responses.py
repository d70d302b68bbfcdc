"""Answers: their JSON, their ETag, and the header that confirms a wait."""

from hashlib import sha256
from typing import Any

import orjson
from flask import Response, request

from service.api.request_options import WaitHeaders, is_async
from service.api.schemas import Answer, DeliveryList, describe_answer
from service.backend import get_backend

RETRY_SECONDS = 1  # after which a client may poll again
# How OpenAPI describes the answer to a request whose work ended within the wait.
ENDED = "Ended already, where the client preferred to wait for that"
NOT_MODIFIED = {"description": "The client has this answer already, by its If-None-Match"}


def describe_accepted(kind: type[Answer], description: str) -> dict[str, Any]:
    """Return the description of the answer to a queued request, for OpenAPI."""
    headers = {
        "Location": {"description": "Where to poll", "schema": {"type": "string"}},
        "Retry-After": {"description": "Seconds until polling makes sense", "schema": {"type": "integer"}},
    }
    return {**describe_answer(kind, description), "headers": headers}


def describe_file(media_type: str, description: str) -> dict[str, Any]:
    """Return the description of an answer that is a file, for OpenAPI."""
    form = {} if media_type.startswith("text/") else {"format": "binary"}
    return {"description": description, "content": {media_type: {"schema": {"type": "string", **form}}}}


def set_etag(response: Response, *facts: str | bytes) -> bool:
    """Set an ETag computed from these facts; return whether the client has this answer already (304)."""
    digest = sha256(b"\0".join(fact.encode() if isinstance(fact, str) else fact for fact in facts))
    response.set_etag(digest.hexdigest())
    response.make_conditional(request)
    return response.status_code == 304  # noqa: PLR2004 - Not Modified


def confirm_preference(response: Response, headers: WaitHeaders, seconds: int) -> Response:
    """Confirm in the answer which preference of the client was met; it waited for `seconds` at most, or 0."""
    if request.method == "POST" and is_async(headers):
        response.headers["Preference-Applied"] = "respond-async"
    elif seconds:
        response.headers["Preference-Applied"] = f"wait={seconds}"
    return response


def write_json(answer: Answer) -> bytes:
    """Return the body of an answer."""
    return orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE)


def respond_with(answer: Answer, *, status: int = 200) -> Response:
    """Return an answer as JSON."""
    return Response(write_json(answer), status=status, content_type="application/json")


def respond_with_deliveries(ref: str) -> Response:
    """Return the attempts to call back for a job or a batch."""
    return respond_with(DeliveryList(get_backend().deliveries.list_deliveries(ref)))

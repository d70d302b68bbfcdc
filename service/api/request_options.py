"""What a request may ask for: to be known when it comes again, to be called back, to wait, to hear only news."""

from functools import cache
from hashlib import sha256
from typing import Any

from flask import Response, jsonify, request
from pydantic import BaseModel, Field
from werkzeug.http import parse_dict_header

from service.resources import get_backend
from worker.errors import WebhooksOffError
from worker.store.job import Terms
from worker.webhooks.addresses import MAX_URL_CHARACTERS, check_url

MOST_SECONDS = 20
MOST_DIGITS = 6  # Python refuses to read numbers of thousands of digits
POLL_SECONDS = 1


class RequestPart(BaseModel):
    """What is read out of a request: its form, query or headers.

    flask-openapi3 writes the schema anew for each request, which took a fifth of an upload's time; here once is enough.
    """

    @classmethod
    @cache
    def model_json_schema(cls, *words: Any, **options: Any) -> dict[str, Any]:  # type: ignore[override]  # noqa: ANN401
        """Return the schema; nobody may change it."""
        return super().model_json_schema(*words, **options)


class WaitHeaders(RequestPart):
    """The header of a request that may be held."""

    prefer: str = Field(
        "",
        alias="Prefer",
        description=f"`wait=N` holds the answer until it is over, for at most N seconds and {MOST_SECONDS}; "
        "when several wait already the answer comes at once. `Preference-Applied` says that it was held.",
    )


class RequestHeaders(WaitHeaders):
    """Headers of a request that creates something."""

    idempotency_key: str = Field(
        "",
        alias="Idempotency-Key",
        pattern=r"^[\x20-\x7e]{0,255}$",
        description="Up to 255 printable ASCII characters of your choice. The same key with the same documents answers "
        "with what was made the first time; with others it is refused.",
    )


CALLBACK = Field(
    "",
    max_length=MAX_URL_CHARACTERS,
    description="Where to POST a short, signed JSON message once it is over.",
)


NOT_MODIFIED = {"description": "As the client has it, going by its If-None-Match"}


def read_terms(headers: RequestHeaders, callback_url: str, *, batch: str = "") -> Terms:
    """Return the terms of a request.

    Raises:
        WebhooksOffError: it asks to be called back, and there is nothing to sign with.
        InvalidCallbackError: the address to call is none that may be called.
    """
    settings = get_backend().settings
    if callback_url:
        if settings.webhook_secret is None:
            raise WebhooksOffError
        check_url(callback_url, allow_private=settings.webhook_allow_private)
    return Terms(headers.idempotency_key, callback_url, batch)


def describe_accepted(description: str, *, schema: str) -> dict[str, Any]:
    """Return the OpenAPI response to a request that was queued, whose body is of the named schema."""
    return {
        "description": description,
        "headers": {
            "Location": {"description": "Where to poll", "schema": {"type": "string"}},
            "Retry-After": {"description": "Seconds until polling makes sense", "schema": {"type": "integer"}},
        },
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }


def read_wait(headers: WaitHeaders) -> int:
    """Return how many seconds the client prefers to wait, within what is allowed; 0 for a preference not understood."""
    wait = parse_dict_header(headers.prefer).get("wait") or ""
    return min(int(wait[:MOST_DIGITS]), MOST_SECONDS) if wait.isascii() and wait.isdigit() else 0


def tag(response: Response, *facts: str | bytes) -> bool:
    """Tag an answer that is all in these facts; tell whether the client has it already, so that it needs no body."""
    digest = sha256(b"\0".join(fact.encode() if isinstance(fact, str) else fact for fact in facts))
    response.set_etag(digest.hexdigest())
    response.make_conditional(request)
    return response.status_code == 304  # noqa: PLR2004 - Not Modified


def confirm_wait(response: Response, seconds: int) -> Response:
    """Say in the answer that it was held as asked."""
    if seconds:
        response.headers["Preference-Applied"] = f"wait={seconds}"
    return response


def respond_with_deliveries(ref: str) -> Response:
    """Return the attempts to call back for a job or a batch."""
    return jsonify(deliveries=get_backend().deliveries.list_deliveries(ref))

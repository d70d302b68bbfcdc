"""What requests to several addresses may ask for: a webhook, a wait for the result, roles, text, a mark."""

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from typing import Any, Literal

from flask import request
from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator
from werkzeug.http import parse_dict_header

from service.backend import get_backend
from service.http.problems import InvalidRequestError
from service.own_roles import MAX_CHOSEN
from service.presentation.blind_view import BLIND_REPORT
from worker.errors.webhooks import WebhooksOffError
from worker.store.jobs.job import Terms
from worker.store.jobs.mark import Status
from worker.webhooks.addresses import MAX_URL_CHARACTERS, check_url

MAX_WAIT_SECONDS = 20
MAX_NOTE_CHARACTERS = 2_000
MAX_DIGITS = 6  # Python refuses to read numbers of thousands of digits


class RequestPart(BaseModel):
    """A part of a request: its form, query or headers.

    flask-openapi3 writes the schema for each request, which took a fifth of an upload's time; here it is written once.
    """

    @classmethod
    @cache
    def model_json_schema(cls, *words: Any, **options: Any) -> dict[str, Any]:  # type: ignore[override]  # noqa: ANN401
        """Return the schema, which all requests share."""
        return super().model_json_schema(*words, **options)


class Query(RequestPart):
    """The parameters of an address.

    One that is not described is refused: without it, the answer would be that to another question.
    """

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown(cls, parameters: Mapping[str, object]) -> Mapping[str, object]:
        unknown = [name for name in parameters if name not in cls.model_fields]
        if unknown:
            raise InvalidRequestError(
                f"{unknown[0]}: There is no such parameter here. Use {', '.join(cls.model_fields)}."
            )
        return parameters


def leave_out_defaults(schema: dict[str, Any]) -> None:
    """Remove defaults from the schema of a body: generators of clients take a field with a default for a required one.

    That is right of answers, which always have it, and wrong of what is sent.
    """
    for field in schema.get("properties", {}).values():
        field.pop("default", None)


class Body(RequestPart):
    """What is sent; a field that is left out has its default."""

    model_config = ConfigDict(json_schema_extra=leave_out_defaults)


class Form(Body):
    """The fields of a form, as they were sent: flask-openapi3 makes a number of the name “2026”."""

    @model_validator(mode="before")
    @classmethod
    def _take_as_sent(cls, fields: Mapping[str, object]) -> Mapping[str, object]:
        texts = request.form.to_dict(flat=False)
        sent = {name: texts[name] if isinstance(fields[name], list) else texts[name][0] for name in texts}
        return {**fields, **sent}


class WaitHeaders(RequestPart):
    """The header of a request that may wait for a result."""

    prefer: str = Field(
        "",
        alias="Prefer",
        description=f"`wait=N` waits for the result, for N seconds at most and never more than {MAX_WAIT_SECONDS}; "
        "when several requests wait already, the answer comes at once. `respond-async` asks for that. "
        "`Preference-Applied` says which was done.",
    )


class PollHeaders(WaitHeaders):
    """Headers of a request that looks at something again."""

    if_none_match: str = Field(
        "", alias="If-None-Match", description="The `ETag` of an earlier answer: 304 without a body if it is the same."
    )


class KeyHeaders(RequestPart):
    """The header of a request that creates something."""

    idempotency_key: str = Field(
        "",
        alias="Idempotency-Key",
        pattern=r"^[\x20-\x7e]{0,255}$",
        description="Up to 255 printable ASCII characters of your choice. The same key with the same documents answers "
        "with what was made the first time; with others it is refused.",
    )


class RequestHeaders(KeyHeaders, WaitHeaders):
    """Headers of a request that creates something that takes a while."""


CALLBACK = Field(
    "",
    max_length=MAX_URL_CHARACTERS,
    description="Where to POST a short, signed JSON message once it is over.",
)


ROLE: list[str] = Field(
    [],
    max_length=MAX_CHOSEN,
    description="The id of one of your own roles to score as well; repeat the field for several.",
)


class RolesBody(Body):
    """The roles to score against besides the built-in ones."""

    roles: list[str] = Field(
        max_length=MAX_CHOSEN, description="The ids of your own roles; an empty list for the built-in ones alone."
    )


class JobQuery(Query):
    """Which parts of a report the answer has."""

    include: Literal["text"] | None = Field(None, description="`text`: the report with the text that offsets count in.")
    blind: bool = Field(default=False, description=BLIND_REPORT)

    @property
    def shows_text(self) -> bool:
        """Whether the answer has the text, which says who the person is."""
        return self.include == "text" and not self.blind


class MarkBody(Body):
    """What to keep of a résumé."""

    star: StrictBool | None = None
    status: Status | None = None
    note: str | None = Field(None, max_length=MAX_NOTE_CHARACTERS, description="Deleted with the report.")
    note_before: str | None = Field(
        None,
        max_length=MAX_NOTE_CHARACTERS,
        description="The note that this one replaces. If there is another by now, nothing is changed.",
    )


def read_terms(
    headers: RequestHeaders, callback_url: str, *, batch: str = "", role_texts: tuple[str, ...] = ()
) -> Terms:
    """Return the terms of a request.

    Raises:
        WebhooksOffError: it asks for a webhook, and the settings have no secret to sign webhooks with.
        InvalidCallbackError: webhooks may not be sent to this address.
    """
    settings = get_backend().settings
    if callback_url:
        if settings.webhook_secret is None:
            raise WebhooksOffError
        check_url(callback_url, allow_private=settings.webhook_allow_private)
    return Terms(headers.idempotency_key, callback_url, batch, role_texts=role_texts)


def choose_status(headers: RequestHeaders, *, has_ended: bool) -> HTTPStatus:
    """Return the status of the answer: 200 if the client preferred to wait and the result is there, else 202."""
    return HTTPStatus.OK if has_ended and read_wait(headers) else HTTPStatus.ACCEPTED


def is_async(headers: WaitHeaders) -> bool:
    """Return whether the client prefers an answer at once, without the result (RFC 7240, section 4.1)."""
    return "respond-async" in parse_dict_header(headers.prefer)


def read_wait(headers: WaitHeaders) -> int:
    """Return how many seconds the client prefers to wait, at most those allowed; 0 if the header says nothing of it."""
    wait = parse_dict_header(headers.prefer).get("wait") or ""
    if is_async(headers):
        return 0
    return min(int(wait[:MAX_DIGITS]), MAX_WAIT_SECONDS) if wait.isascii() and wait.isdigit() else 0

"""Request ids: one for each request, in its answer and in the log lines that it causes."""

import re
import secrets

from flask import Flask, Response, g, request
from structlog.contextvars import bind_contextvars, clear_contextvars

HEADER = "X-Request-Id"
ACCEPTABLE = re.compile(r"[\w.-]{1,64}", re.ASCII)
ID_BYTES = 9


def make_id() -> str:
    """Return a new id."""
    return secrets.token_urlsafe(ID_BYTES)


def _choose_id() -> None:
    """Take the id that a proxy or the sender gave, if it may stand in a log, else a new one."""
    given = request.headers.get(HEADER, "")
    g.request_id = given if ACCEPTABLE.fullmatch(given) else make_id()
    clear_contextvars()
    bind_contextvars(request=g.request_id)


def _add_id(response: Response) -> Response:
    if "request_id" in g:
        response.headers[HEADER] = g.request_id
    return response


def register_request_ids(app: Flask) -> None:
    """Give every request an id."""
    app.before_request(_choose_id)
    app.after_request(_add_id)

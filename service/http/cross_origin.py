"""Lets pages of other sites that are listed use the API (CORS, https://fetch.spec.whatwg.org).

They send a token in `Authorization`. Browsers may not send a password that they remember.
"""

from flask import Flask, Request, Response, request

from worker.settings import Settings

SECONDS = 600  # for which a browser remembers what it may send
METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
SENT = "Authorization, Content-Type, Content-Disposition, Idempotency-Key, If-None-Match, Prefer, X-Request-Id"
READ = "Content-Disposition, ETag, Location, Preference-Applied, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id"


def find_origin(sent: Request, settings: Settings) -> str:
    """Return the site of the page that calls the API, empty unless the settings list it."""
    origin = sent.headers.get("Origin", "")
    is_listed = origin in (settings.cors_origins or "").split(",") and sent.path.startswith("/v1/")
    return origin if is_listed else ""


def is_preflight(sent: Request, settings: Settings) -> bool:
    """Return whether a browser only asks what a page of a listed site may send: this request has no token."""
    asks = sent.method == "OPTIONS" and "Access-Control-Request-Method" in sent.headers
    return asks and bool(find_origin(sent, settings))


def register_cross_origin(app: Flask, settings: Settings) -> None:
    """Say in answers that the page may read them, if the settings list its site."""

    def add_headers(response: Response) -> Response:
        response.vary.add("Origin")
        if origin := find_origin(request, settings):
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = READ
        if is_preflight(request, settings):
            response.headers["Access-Control-Allow-Methods"] = METHODS
            response.headers["Access-Control-Allow-Headers"] = SENT
            response.headers["Access-Control-Max-Age"] = str(SECONDS)
        return response

    if settings.cors_origins:
        app.after_request(add_headers)

"""Access: tokens and their owners, the host names and sites that requests may come from."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import urlsplit

from flask import Flask, Request, Response, g, request
from flask_openapi3.types import SecuritySchemesDict
from werkzeug.datastructures import Authorization

from service.http.cross_origin import find_origin, is_preflight
from service.http.exposure import is_loopback
from service.http.rate_limits import Counted, Rates
from skills.errors import RolefitError
from worker.settings import Settings

TOKEN_BYTES = 32  # a token this long needs no slow hash, because it cannot be guessed
# Health checks and static files.
UNGUARDED = {"health.get_liveness", "health.get_readiness", "pages.show_description", "static"}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
SAME_SITE = {"same-origin", "none"}  # the values of Sec-Fetch-Site for our own pages, and for what a person types

SECURITY_SCHEMES: SecuritySchemesDict = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token that `rolefit token OWNER` made; none where access is open.",
    },
    "basic": {"type": "http", "scheme": "basic", "description": "For browsers: any name, the token as the password."},
}
ACCESS: list[dict[str, list[str]]] = [{"bearer": []}, {"basic": []}]


class UnauthorizedError(RolefitError):
    """The request has no valid token."""

    code = "unauthorized"

    def __init__(self) -> None:
        super().__init__(
            "Send a valid token: as `Authorization: Bearer …`, or as the password that the browser asks for."
        )


class CrossSiteError(RolefitError):
    """A page of another site tries to change something with the rights of the person who visits it."""

    code = "cross-site"

    def __init__(self) -> None:
        super().__init__(
            "This request comes from a page of another site. Send it from a page of this service, or without a browser."
        )


class WrongHostError(RolefitError):
    """The request names a host that open access does not serve: another site may have given this name our address."""

    code = "wrong-host"

    def __init__(self) -> None:
        super().__init__("Without tokens the service answers at 127.0.0.1 and localhost only. Use one of these names.")


@dataclass(frozen=True, slots=True)
class Token:
    """A token as the settings keep it: whose it is, and the SHA-256 of what that person sends, in hexadecimal."""

    owner: str
    digest: str = field(repr=False)


def make_token(owner: str) -> tuple[str, str]:
    """Return a new token and what stands for it in ROLEFIT_TOKENS."""
    secret = f"rolefit_{secrets.token_urlsafe(TOKEN_BYTES)}"
    return secret, f"{owner}:{sha256(secret.encode()).hexdigest()}"


def read_tokens(text: str | None) -> list[Token]:
    """Return the tokens of the setting, which has been checked."""
    return [Token(*item.split(":")) for item in text.split(",")] if text else []


def _name_host(netloc: str) -> str:
    """Return the name or address in a Host header, empty if there is none."""
    try:
        return urlsplit(f"//{netloc}").hostname or ""
    except ValueError:
        return ""


def _check_site(sent: Request, settings: Settings) -> None:
    """Refuse a change that a page of another site asks for: a browser adds the visitor's password by itself.

    Pages of listed sites show a token instead, which a browser does not add by itself.
    """
    if sent.method in SAFE_METHODS or (find_origin(sent, settings) and _shows_token(sent)):
        return
    site, origin = sent.headers.get("Sec-Fetch-Site"), sent.headers.get("Origin")
    ours = site in SAME_SITE if site else origin is None or origin.partition("://")[2] == sent.host
    if not ours:
        raise CrossSiteError


def read_secret(given: Authorization | None) -> str:
    """Return the token in an Authorization header, empty if there is none."""
    secret = given and (given.password if given.type == "basic" else given.token if given.type == "bearer" else "")
    return secret or ""


def _shows_token(sent: Request) -> bool:
    return sent.authorization is not None and sent.authorization.type == "bearer"


def find_owner(tokens: Sequence[Token], secret: str) -> str:
    """Return the owner of a token, empty if nobody's; comparing takes the same time whatever is wrong."""
    digest = sha256(secret.encode()).hexdigest()
    matching = [token.owner for token in tokens if secrets.compare_digest(token.digest, digest)]
    return matching[0] if matching else ""


def _admit_here(settings: Settings) -> None:
    """Admit a request where access is open: from this machine, and by its own name."""
    if not is_loopback(_name_host(request.host)):
        raise WrongHostError
    _check_site(request, settings)


def _admit_owner(tokens: Sequence[Token], rates: Rates, settings: Settings) -> None:
    """Admit a request that shows a token, within its owner's rates; one without counts for its address."""
    if request.endpoint in UNGUARDED or is_preflight(request, settings):
        return
    owner = find_owner(tokens, read_secret(request.authorization))
    g.counted = Counted("owner" if owner else "address", owner or str(request.remote_addr), request.method == "POST")
    rates.count(g.counted)
    if not owner:
        raise UnauthorizedError
    _check_site(request, settings)
    g.owner = owner


def _say_rates(response: Response, rates: Rates) -> Response:
    """Say in an answer how many requests are left, as draft-ietf-httpapi-ratelimit-headers has it."""
    if "counted" in g and (quotas := rates.read(g.counted)):
        response.headers["RateLimit-Policy"] = ", ".join(f'"{each.name}";q={each.most};w=60' for each in quotas)
        response.headers["RateLimit"] = ", ".join(f'"{each.name}";r={each.left};t={each.seconds}' for each in quotas)
    return response


def register_access(app: Flask, settings: Settings) -> None:
    """Admit requests by token if the settings name tokens, else only those from this machine."""
    tokens = read_tokens(settings.tokens)
    if not tokens:
        app.before_request(lambda: _admit_here(settings))
        return
    rates = Rates(settings)
    app.before_request(lambda: _admit_owner(tokens, rates, settings))
    app.after_request(lambda response: _say_rates(response, rates))


def get_owner() -> str:
    """Return whose documents the request may send and see; empty where access is open."""
    return str(g.get("owner", ""))

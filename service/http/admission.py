"""Admission: a request is judged by its head before any of its body is read, and its body within limits.

A refused request reaches the application without its body, so that it can answer why; then the connection ends.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from a2wsgi.wsgi import build_environ
from flask import Flask, request
from werkzeug.datastructures import Authorization, Headers
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.test import run_wsgi_app

from service.http.access import find_owner, read_secret, read_tokens
from service.http.body_limits import list_body_limits
from skills.errors import RolefitError
from worker.settings import Settings

# A request takes a thread only once its body has arrived, so slow senders take none; it is busy for milliseconds.
THREADS = 16
MEMORY_BYTES = 512 * 1024  # a larger body goes to a temporary file
FIRST_SECONDS = 10
# A sender that is in the middle of its body sees the refusal only if the connection does not end at once.
LINGER_SECONDS, LINGER_BYTES = 1.0, 512 * 1024
WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
DECISION = "rolefit.admission"  # the key in the scope of a request

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class BodyTooSlowError(RolefitError):
    """The body of a request came too slowly."""

    code = "request-timeout"

    def __init__(self) -> None:
        super().__init__("The request came too slowly. Send it again over a faster connection.")


class UploadsBusyError(RolefitError):
    """Too many bytes of bodies are being received or worked on already."""

    code = "busy"

    def __init__(self) -> None:
        super().__init__("Too much is being uploaded at the moment. Send this again in a few seconds.")


class DisconnectedError(Exception):
    """The sender has gone."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a request: the body that it may have, and an error if the head does not show one."""

    body: IO[bytes] = field(default_factory=BytesIO)
    error: RolefitError | None = None


class BytesInFlight:
    """The budget of request bodies that are on their way or being worked on, in all and for each sender."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: Counter[str] = Counter()

    @contextmanager
    def hold(self, sender: str, count: int) -> Iterator[None]:
        """Reserve bytes for a sender while the block runs.

        Raises:
            UploadsBusyError: they do not fit beside what others hold, or the sender would hold more than half. A body
                that is alone always fits.
        """
        if self._held and (self._held.total() + count > self._most or self._held[sender] + count > self._most // 2):
            raise UploadsBusyError
        self._held[sender] += count
        try:
            yield
        finally:
            self._held[sender] -= count
            self._held += Counter()


async def _receive_body(receive: Receive, file: IO[bytes], *, limit: int, bytes_per_second: int) -> int:
    """Write a body to a file and return its length; reading stops once the body is over the limit.

    Raises:
        BodyTooSlowError: after FIRST_SECONDS it came in at less than that rate.
        DisconnectedError: the sender has gone.
    """
    loop = asyncio.get_running_loop()
    begun, length, more = loop.time(), 0, True
    while more and length <= limit:
        due = begun + FIRST_SECONDS + length / bytes_per_second
        try:
            message = await asyncio.wait_for(receive(), due - loop.time())
        except TimeoutError:
            raise BodyTooSlowError from None
        if message["type"] == "http.disconnect":
            raise DisconnectedError
        length += file.write(message.get("body", b""))
        more = message.get("more_body", False)
    file.seek(0)
    return length


async def _linger(receive: Receive) -> None:
    """Read and drop a little more of a refused body, for about as long as a sender needs to see the answer."""
    dropped = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER_SECONDS):
            while dropped < LINGER_BYTES:
                message = await receive()
                dropped += len(message.get("body", b""))
                if message["type"] == "http.disconnect" or not message.get("more_body"):
                    return


def _read_head(scope: Message) -> Headers:
    return Headers([(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]])


def _read_length(head: Headers) -> int | None:
    """Return how many bytes the body of a request has, None where the head does not say."""
    return head.get("Content-Length", None if "Transfer-Encoding" in head else 0, type=int)


def _declare_length(scope: Message, length: int) -> None:
    """Have the head state the length of the body, whatever it stated before."""
    replaced = {b"content-length", b"transfer-encoding"}
    kept = [header for header in scope["headers"] if header[0] not in replaced]
    scope["headers"] = [*kept, (b"content-length", str(length).encode())]


class Admission:
    """An ASGI application around the Flask application, which gets each request once its body has arrived."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app = app
        self._limits = list_body_limits(settings)
        self._tokens = read_tokens(settings.tokens)
        self._budget = BytesInFlight(settings.max_bytes_in_flight)
        self._bytes_per_second = settings.min_upload_bytes_per_second
        self._threads = ThreadPoolExecutor(THREADS)

    def _run(self, scope: Message, body: IO[bytes]) -> tuple[int, Headers, bytes]:
        """Return status, headers and body of the answer; a piece at a time would cost a change of threads for each."""
        environ = {**build_environ(cast("Any", scope), cast("Any", body)), "wsgi.input": body}
        pieces, status, headers = run_wsgi_app(self._app.wsgi_app, environ, buffered=True)
        return int(status.partition(" ")[0]), headers, b"".join(pieces)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        head = _read_head(scope)
        length = _read_length(head)
        if length == 0:
            await self._ask_application(scope, send, Decision())
            return
        sender, limit = self._judge(scope, head)
        if limit and (length is None or length <= limit):
            await self._take_in(scope, receive, send, sender=sender, limit=length or limit)
        else:
            await self._refuse(scope, receive, send)

    def _judge(self, scope: Message, head: Headers) -> tuple[str, int]:
        """Return who sends a request, and how many bytes its body may have: 0 where none is expected."""
        address = scope["client"][0] if scope.get("client") else ""
        owner = find_owner(self._tokens, read_secret(Authorization.from_header(head.get("Authorization"))))
        if self._tokens and not owner:
            return address, 0
        if scope["method"] not in WITH_BODY or scope["path"].startswith("//"):
            return owner, 0
        try:
            endpoint, _ = self._app.url_map.bind("").match(scope["path"], scope["method"])
        except HTTPException:
            return owner, 0
        return owner or address, self._limits.get(endpoint, 0)

    async def _take_in(self, scope: Message, receive: Receive, send: Send, *, sender: str, limit: int) -> None:
        """Receive a body and answer its request; hold its bytes in the budget as long."""
        try:
            with self._budget.hold(sender, limit), SpooledTemporaryFile(MEMORY_BYTES) as file:
                length = await _receive_body(receive, file, limit=limit, bytes_per_second=self._bytes_per_second)
                _declare_length(scope, length)
                if length <= limit:
                    await self._ask_application(scope, send, Decision(file))
                    return
        except DisconnectedError:
            return
        except (BodyTooSlowError, UploadsBusyError) as error:
            await self._refuse(scope, receive, send, error)
            return
        await self._refuse(scope, receive, send)

    async def _ask_application(self, scope: Message, send: Send, decision: Decision, *, more: bool = False) -> None:
        """Send the application's answer to a request; with `more` its end, and the connection's, is still to come."""
        scope[DECISION] = decision
        loop = asyncio.get_running_loop()
        status, headers, body = await loop.run_in_executor(self._threads, self._run, scope, decision.body)
        fields = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        fields += [(b"connection", b"close")] if more else []
        await send({"type": "http.response.start", "status": status, "headers": fields})
        await send({"type": "http.response.body", "body": body, "more_body": more})

    async def _refuse(self, scope: Message, receive: Receive, send: Send, error: RolefitError | None = None) -> None:
        """Let the application answer without the body, then end the connection."""
        await self._ask_application(scope, send, Decision(error=error), more=True)
        await _linger(receive)
        await send({"type": "http.response.body"})


def _find_decision(environ: Mapping[str, Any]) -> Decision:
    """Return what was decided about a request before it came to the application; under another server nothing was."""
    return cast("Decision", environ.get("asgi.scope", {}).get(DECISION, Decision()))


def _raise_refusal() -> None:
    """Raise the error for which a request was refused before its body was read, unless its head shows the reason.

    Rules of a proxy about `/v1` do not see `//v1`, which Flask would take for the same.
    """
    if request.environ["PATH_INFO"].startswith("//"):
        raise NotFound
    if error := _find_decision(request.environ).error:
        raise error


def register_admission(app: Flask) -> None:
    """Pass to the application the error with which a request was refused before it got here."""
    app.before_request(_raise_refusal)

"""Connections: how many there may be, and how long a client may take to send a head and to receive an answer.

uvicorn does not promise that what we extend here stays as it is; `tests/api/test_admission.py` fails where it does not.
"""

import asyncio
import logging
from collections import Counter, deque
from http import HTTPStatus
from typing import Any

from structlog.contextvars import bound_contextvars
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from service.http.problems import MEDIA_TYPE, write_problem
from service.http.request_ids import HEADER, make_id
from worker.settings import Settings

# Tokens, cookies and addresses of a browser stay below a tenth of it.
MAX_HEAD_BYTES = 64 * 1024
# A browser sends no request before the last one is answered; those that clients send ahead take memory.
MAX_REQUESTS_AHEAD = 100
# In which a client must take some 48 kB of an answer that is larger than the system's buffers: 2 kB a second.
TAKE_SECONDS = 30.0

logger = logging.getLogger(__name__)


class ConnectionLimits:
    """The open connections of a server, oldest first; if they are too many, the oldest that is not in use is closed."""

    def __init__(self, settings: Settings) -> None:
        self.head_seconds = settings.head_seconds
        self._most = settings.max_connections
        self._most_of_address = settings.max_connections_per_address
        self._open: dict[Connection, str] = {}
        self._counts: Counter[str] = Counter()

    def add(self, connection: "Connection", address: str) -> None:
        """Count a new connection; close the oldest of its address, or of all, if that is one too many."""
        self._open[connection] = address
        self._counts[address] += 1
        if self._counts[address] > self._most_of_address:
            self._close_oldest(address)
        elif len(self._open) > self._most:
            self._close_oldest()

    def remove(self, connection: "Connection") -> None:
        """Stop counting a connection that has ended; harmless if it is not counted any more."""
        address = self._open.pop(connection, None)
        if address is not None:
            self._counts[address] -= 1
            self._counts += Counter()  # forgets the addresses without a connection

    def _close_oldest(self, address: str | None = None) -> None:
        """Close the oldest connection that waits for a request or for its client; at least the newest one does."""
        candidates = (connection for connection, of in self._open.items() if address in {None, of})
        victim = next(connection for connection in candidates if connection.is_stalled or not connection.is_busy)
        self.remove(victim)
        victim.drop()


class Connection(HttpToolsProtocol):
    """A connection as uvicorn serves it, with deadlines for heads and for answers, and a bound for heads."""

    def __init__(self, limits: ConnectionLimits, **options: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(**options)
        self._limits = limits
        self._deadline: asyncio.TimerHandle | None = None
        self._taking: asyncio.TimerHandle | None = None
        self._unanswered: deque[RequestResponseCycle] = deque()
        self._unparsed_bytes = 0

    @property
    def is_busy(self) -> bool:
        """Whether a request has come with its whole head and is not answered yet."""
        return bool(self._unanswered)

    @property
    def is_stalled(self) -> bool:
        """Whether the client has yet to take some of its answer before more can be sent."""
        return self._taking is not None

    def drop(self) -> None:
        """Close the connection at once, whatever is still to be sent."""
        self._stop_answering()
        self.transport.abort()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._set_deadline()
        self._limits.add(self, self.client[0] if self.client else "")

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._limits.remove(self)
        self._drop_deadline()
        self._stop_taking()
        self._stop_answering()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse what has come; too much without a whole head or a piece of a body ends the connection."""
        self._unparsed_bytes += len(data)
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._unparsed_bytes > MAX_HEAD_BYTES:
            self.send_400_response("The head of the request is too long.")
        elif not self.is_busy:
            self._set_deadline()

    def on_body(self, body: bytes) -> None:
        """Take a piece of a body."""
        self._unparsed_bytes = 0
        super().on_body(body)

    def pause_writing(self) -> None:
        """Wait for the client to take some of its answer, and not for ever."""
        super().pause_writing()
        self._taking = self.loop.call_later(TAKE_SECONDS, self.drop)

    def resume_writing(self) -> None:
        """Go on with the answer."""
        self._stop_taking()
        super().resume_writing()

    def on_headers_complete(self) -> None:
        """Pass the request on; other deadlines apply to its body.

        Raises:
            OverflowError: too many wait for an answer; the connection ends, as with whatever is no HTTP.
        """
        if len(self._unanswered) >= MAX_REQUESTS_AHEAD:
            raise OverflowError
        self._drop_deadline()
        self._unparsed_bytes = 0
        super().on_headers_complete()
        self._unanswered.append(self.cycle)

    def on_response_complete(self) -> None:
        """Go on with the next request."""
        self._unanswered.popleft()
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP request, in the form of every other error, and end the connection."""
        if self.is_busy:
            self.drop()  # the answer that is due is that to an earlier request
            return
        identity = make_id()
        with bound_contextvars(request=identity):
            logger.info("refused what is no request", extra={"code": "invalid-request"})
        problem = write_problem(HTTPStatus.BAD_REQUEST, "invalid-request", msg)
        fields = {HEADER: identity, "Content-Type": MEDIA_TYPE, "Content-Length": len(problem), "Connection": "close"}
        lines = ["HTTP/1.1 400 Bad Request", *(f"{name}: {value}" for name, value in fields.items()), "", ""]
        self.transport.write("\r\n".join(lines).encode() + problem)
        self.transport.close()

    def _set_deadline(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self._limits.head_seconds, self.drop)

    def _drop_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _stop_taking(self) -> None:
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None

    def _stop_answering(self) -> None:
        """Mark all requests that wait for an answer as disconnected; uvicorn marks only the last one."""
        for cycle in self._unanswered:
            cycle.disconnected = True

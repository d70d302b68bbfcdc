"""`rolefit serve`: web server, workers and, unless one is named, a private Redis, started and stopped as one."""

import logging
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from http import HTTPStatus
from types import FrameType
from typing import NoReturn, cast

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask
from waitress.utilities import InternalServerError

from service import create_app
from service.api.batches import find_body_limit
from service.http.problems import FLASK_CODES, MEDIA_TYPE, write_problem
from skills.errors import RolefitError
from worker.logs import set_up_logging
from worker.processes.celery_workers import run_webhook_workers, run_workers
from worker.processes.private_redis import run_private_redis
from worker.settings import Settings
from worker.store.job_store import open_store

# Requests are buffered before they take a thread, so a slow sender holds none; a thread is busy for milliseconds.
THREADS = 16
# Up to this many times the allowed size the application itself refuses, which is kinder; above it the connection ends.
BODY_FACTOR = 4
# With all cores busy the web process and Redis go before the workers, which keep about a tenth of a core: a sender
# waits for the answer, a score may take longer.
NICENESS = 10
START_SECONDS = 60
POLL_SECONDS = 0.05

logger = logging.getLogger(__name__)


class AddressInUseError(RolefitError):
    """The port cannot be listened on."""

    code = "address-in-use"


class WorkersSilentError(RolefitError):
    """The workers were started and do not answer."""

    code = "no-worker"

    def __init__(self) -> None:
        super().__init__(f"The workers did not answer within {START_SECONDS} seconds.")


class ProblemTask(ErrorTask):
    """Waitress's own refusals (a malformed or far too large request) in the form of every other error."""

    def execute(self) -> None:
        """Write the refusal."""
        error = cast("HTTPRequestParser", self.request).error or InternalServerError("")
        status = HTTPStatus(error.code)
        code, detail = FLASK_CODES.get(status, ("invalid-request", error.body))
        body = write_problem(status, code, detail)
        self.status = f"{status.value} {status.phrase}"
        self.response_headers = [("Content-Type", MEDIA_TYPE)]
        self.content_length = len(body)
        self.set_close_on_finish()
        self.write(body)


class ProblemChannel(HTTPChannel):
    """A connection whose errors are problems."""

    error_task_class = ProblemTask


def listen(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address, before anything else is started.

    Raises:
        AddressInUseError: the address is taken, or not one of this machine's.
    """
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise AddressInUseError(
            f"Cannot listen on {host} port {port}: {error.strerror}. Try another --port."
        ) from error


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(
            number, signal.SIG_IGN
        )  # stopping is under way and bounded in time; a second Ctrl-C cannot break it
    raise KeyboardInterrupt


@contextmanager
def _running_backend(settings: Settings, *, workers: int) -> Iterator[Settings]:
    """Run workers, and a Redis server unless the settings name one; yield the settings that point to it."""
    redis = nullcontext(settings.redis_url) if settings.redis_url else run_private_redis(settings)
    with redis as url:
        connected = settings.model_copy(update={"redis_url": url})
        if not workers:
            yield connected
            return
        # A deploy repeats nothing: what is being scored is scored to its end, which is no later than the lease's.
        with (
            run_workers(
                connected, workers=workers, stop_seconds=settings.lease_seconds, level="INFO", niceness=NICENESS
            ) as supervisor,
            run_webhook_workers(connected),
        ):
            _await_workers(connected, check=supervisor.check)
            yield connected


def _await_workers(settings: Settings, *, check: Callable[[], None]) -> None:
    """Wait until a worker answers; raise what the check raises, or WorkersSilentError when it takes too long."""
    store, deadline = open_store(settings), time.monotonic() + START_SECONDS
    while not store.workers_answer():
        check()
        if time.monotonic() > deadline:
            raise WorkersSilentError
        time.sleep(POLL_SECONDS)


def _create_server(settings: Settings, listener: socket.socket) -> BaseWSGIServer:
    app = create_app(settings)
    server = cast(
        "BaseWSGIServer",
        create_server(
            app,
            sockets=[listener],
            threads=THREADS,
            ident=None,
            max_request_body_size=max(settings.max_upload_bytes * BODY_FACTOR, find_body_limit(settings)),
        ),
    )
    server.channel_class = ProblemChannel
    return server


def serve(settings: Settings, *, listener: socket.socket, workers: int, announce: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM, then stop everything that was started; call `announce` once a résumé can come."""
    set_up_logging()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    try:
        with listener, _running_backend(settings, workers=workers) as connected:
            server = _create_server(connected, listener)
            announce()
            server.run()
            logger.info("stopping, once the jobs that run have ended")
    except KeyboardInterrupt:
        return

"""`rolefit serve`: web server, workers and, unless one is named, a private Redis, started and stopped as one."""
# ruff: noqa: PLC0415 - what the web server needs is imported while the workers are loading

import asyncio
import logging
import resource
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, NoReturn, cast

from skills.errors import RolefitError
from skills.garbage_collection import frozen_after_loading
from worker.logs import set_up_logging
from worker.processes.celery_workers import run_webhook_workers, run_workers
from worker.processes.private_redis import run_private_redis
from worker.settings import Settings
from worker.store.connection import check_store
from worker.store.health_store import open_health

if TYPE_CHECKING:
    import uvicorn

BACKLOG = 1_024
# What the system keeps of a body that nobody reads: some 6 MB by default, of each of a thousand connections.
RECEIVE_BUFFER_BYTES = 256 * 1024
STOP_SECONDS = 5  # for requests that are being answered
# While all cores are busy, the web process and Redis run before the workers, which keep about a tenth of a core: people
# wait for an answer, a score may take longer.
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


def listen(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address, before anything else is started.

    Raises:
        AddressInUseError: the address is taken, or not one of this machine's.
    """
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise AddressInUseError(
            f"Cannot listen on {host} port {port}: {error.strerror}. Try another --port."
        ) from error
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)  # connections inherit it
    return listener


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(
            number, signal.SIG_IGN
        )  # stopping is under way and bounded in time; a second Ctrl-C cannot break it
    raise KeyboardInterrupt


@contextmanager
def _run_backend(settings: Settings, *, workers: int) -> Iterator[tuple[Settings, Callable[[], None]]]:
    """Run workers, and a Redis server unless the settings name one.

    Yield settings that name the server, and a function that waits until the workers answer.
    """
    redis = nullcontext(settings.redis_url) if settings.redis_url else run_private_redis(settings)
    with redis as url:
        connected = settings.model_copy(update={"redis_url": url})
        check_store(connected)
        if not workers:
            yield connected, lambda: None
            return
        # A deploy repeats no work: jobs that run are scored to their end, before their leases expire.
        with (
            run_workers(
                connected, workers=workers, stop_seconds=settings.lease_seconds, level="INFO", niceness=NICENESS
            ) as supervisor,
            run_webhook_workers(connected),
        ):
            yield connected, partial(_await_workers, connected, check=supervisor.check)


def _await_workers(settings: Settings, *, check: Callable[[], None]) -> None:
    """Wait until a worker answers; raise what the check raises, or WorkersSilentError when it takes too long."""
    health, deadline = open_health(settings), time.monotonic() + START_SECONDS
    while not health.workers_answer():
        check()
        if time.monotonic() > deadline:
            raise WorkersSilentError
        time.sleep(POLL_SECONDS)


def create_server(settings: Settings) -> "uvicorn.Server":
    """Return the web server of the application; the caller passes it the sockets to listen on."""
    import uvicorn

    from service import create_app
    from service.http.admission import Admission
    from service.http.connections import Connection, ConnectionLimits
    from service.search.spellings import load_spellings

    load_spellings()  # while workers load, too, or the first who asks for a skill would wait for it
    config = uvicorn.Config(
        Admission(create_app(settings), settings),
        http=cast("type[asyncio.Protocol]", partial(Connection, ConnectionLimits(settings))),
        ws="none",
        lifespan="off",
        loop="uvloop",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    return uvicorn.Server(config)


async def run_server(server: "uvicorn.Server", listener: socket.socket, announce: Callable[[], None]) -> None:
    """Run the web server, and call `announce` once it answers: a signal before it handles them may be lost."""

    async def await_start() -> None:
        while not server.started:  # noqa: ASYNC110 - it sets no event
            await asyncio.sleep(POLL_SECONDS)
        announce()

    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(await_start())
        await server.serve(sockets=[listener])
        waiting.cancel()


def _allow_many_files() -> None:
    """Let this process open as many files as the system lets it: each connection is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def serve(settings: Settings, *, listener: socket.socket, workers: int, announce: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM, then stop everything that was started; call `announce` once a résumé can come."""
    set_up_logging()
    _allow_many_files()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    try:
        with listener, _run_backend(settings, workers=workers) as (connected, await_workers):
            with frozen_after_loading():
                server = create_server(connected)
            await_workers()
            with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
                runner.run(run_server(server, listener, announce))
            logger.info("stopping, once the jobs that run have ended")
    except KeyboardInterrupt:
        return

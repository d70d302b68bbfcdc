"""The private Redis is private, loses nothing, and leaves nothing running."""

import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from tests.waiting import wait_until
from worker.errors.installation import DataFolderInUseError, EmbeddedRedisError, NotRunningError, WorkersBrokenError
from worker.processes.celery_workers import run_workers
from worker.processes.child_process import end_child
from worker.processes.data_folder import choose_socket, open_folder
from worker.processes.private_redis import LOG, SERVERS, find_running, run_private_redis, run_redis
from worker.processes.supervisor import Supervisor
from worker.settings import Settings

# What `serve` does, up to the web server: it says so when all runs, and then waits.
PROGRAM = """
import sys, time
from pathlib import Path
from worker.processes.celery_workers import run_workers
from worker.processes.private_redis import run_private_redis
from worker.store.health_store import open_health
from worker.store.jobs.job_store import open_store
from worker.settings import Settings
settings = Settings(data=Path(sys.argv[1]), heartbeat_seconds=1)
with run_private_redis(settings) as url:
    connected = settings.model_copy(update={"redis_url": url})
    with run_workers(connected, workers=1):
        while not open_health(connected).workers_answer():
            time.sleep(0.05)
        print(url, flush=True)
        sys.stdin.read()
"""


def answers(redis: Redis) -> bool:
    try:
        return bool(redis.ping())
    except RedisConnectionError:
        return False


def test_what_was_stored_is_there_after_a_restart(tmp_path: Path) -> None:
    for expected in (None, b"kept"):
        with run_private_redis(Settings(data=tmp_path)) as url, Redis.from_url(url) as redis:
            assert redis.get("key") == expected
            redis.set("key", "kept")


def test_every_write_is_on_disk_before_it_is_acknowledged_and_nothing_is_evicted(settings: Settings) -> None:
    with Redis.from_url(str(settings.redis_url)) as redis:
        wanted = {"appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction", "port": "0"}
        assert {name: redis.config_get(name)[name] for name in wanted} == wanted


def test_nobody_else_can_reach_the_data(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with run_private_redis(Settings(data=folder)) as url:
        assert folder.stat().st_mode & 0o077 == 0
        assert Path(url.removeprefix("unix://")).stat().st_mode & 0o077 == 0


def test_the_server_that_runs_in_a_folder_is_found(settings: Settings, tmp_path: Path) -> None:
    assert find_running(settings.model_copy(update={"redis_url": None})) == settings
    with pytest.raises(NotRunningError, match="ROLEFIT_DATA"):
        find_running(Settings(data=tmp_path / "elsewhere"))
    assert not (tmp_path / "elsewhere").exists()


def test_a_second_program_on_the_same_folder_is_told(settings: Settings) -> None:
    with pytest.raises(DataFolderInUseError, match="Another rolefit is running"), run_private_redis(settings):
        pass


def test_a_folder_with_a_long_path_gets_a_short_socket_that_goes_again(tmp_path: Path) -> None:
    with run_private_redis(Settings(data=tmp_path / ("long" * 25))) as url, Redis.from_url(url) as redis:
        assert redis.ping()
        socket = Path(url.removeprefix("unix://"))
        assert socket.parent.stat().st_mode & 0o077 == 0
    assert not socket.parent.exists()


def test_where_the_temporary_folder_has_a_long_path_too_the_socket_goes_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("long" * 20)
    long.mkdir()
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(long))
    with run_redis(long) as url, Redis.from_url(url) as redis:
        assert redis.ping()
        assert find_running(Settings(data=long)).redis_url == url
        socket = Path(url.removeprefix("unix://"))
    assert not socket.parent.exists()


def test_a_server_that_runs_and_does_not_answer_gets_no_second_one_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worker.processes.private_redis.ANSWER_SECONDS", 0.1)
    folder = open_folder(tmp_path)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(choose_socket(folder)))
        silent.listen()
        with pytest.raises(EmbeddedRedisError, match="does not answer"), run_redis(folder):
            pass


def test_a_server_that_cannot_start_says_where_its_log_is(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 25)
    (folder / "appendonlydir").mkdir(parents=True)
    (folder / "appendonlydir" / "appendonly.aof.manifest").write_text("no manifest", encoding="utf-8")
    with pytest.raises(EmbeddedRedisError, match=str(folder / LOG)), run_redis(folder):
        pass
    assert (folder / LOG).stat().st_size


def test_workers_that_are_stopped_stop(settings: Settings) -> None:
    others = set(psutil.Process().children(recursive=True))
    with run_workers(settings, workers=1):
        started = wait_until(lambda: set(psutil.Process().children(recursive=True)) - others)
    assert not any(child.is_running() for child in started)


def test_workers_that_are_stopped_while_they_are_started_anew_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    first_ended, restarting = threading.Event(), threading.Event()

    def end(child: subprocess.Popen[bytes], *, seconds: float) -> None:
        end_child(child, seconds=seconds)
        first_ended.set()

    class SlowSupervisor(Supervisor):
        def start(self) -> subprocess.Popen[bytes]:
            if not children:
                children.append(super().start())
                return children[0]
            restarting.set()
            first_ended.wait()
            children.append(super().start())
            return children[-1]

    children: list[subprocess.Popen[bytes]] = []
    monkeypatch.setattr("worker.processes.supervisor.end_child", end)
    supervisor = SlowSupervisor([sys.executable, "-c", "import sys; sys.stdin.read()"])
    children[0].kill()
    assert restarting.wait(10)
    stopping = threading.Thread(target=supervisor.stop, daemon=True)
    stopping.start()
    stopping.join(10)
    assert not stopping.is_alive()
    assert [child.poll() is not None for child in children] == [True, True]


def test_a_child_that_the_system_has_no_room_for_is_started_once_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    starts: list[subprocess.Popen[bytes]] = []
    refusals = iter([BlockingIOError("no processes left"), OSError("no memory left")])

    class PoorSupervisor(Supervisor):
        def start(self) -> subprocess.Popen[bytes]:
            if starts and (refusal := next(refusals, None)):
                raise refusal
            starts.append(super().start())
            return starts[-1]

    monkeypatch.setattr("worker.processes.supervisor.RESTART_SECONDS", 0.01)
    supervisor = PoorSupervisor([sys.executable, "-c", "import sys; sys.stdin.read()"])
    starts[0].kill()
    wait_until(lambda: len(starts) > 1)
    assert supervisor.is_running()
    supervisor.stop()


def test_workers_that_cannot_start_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def gives_up() -> bool:
        try:
            supervisor.check()
        except WorkersBrokenError:
            return True
        return False

    monkeypatch.setattr("worker.processes.supervisor.RESTART_SECONDS", 0.01)
    supervisor = Supervisor([sys.executable, "-c", "raise SystemExit(1)"])
    wait_until(gives_up)
    supervisor.stop()


def test_a_server_that_is_killed_is_started_anew_with_all_that_was_acknowledged(tmp_path: Path) -> None:
    with run_private_redis(Settings(data=tmp_path)) as url:
        redis = Redis.from_url(url)
        redis.set("key", "kept")
        psutil.Process(redis.info("server")["process_id"]).kill()
        wait_until(lambda: answers(redis))
        assert redis.get("key") == b"kept"


def test_a_data_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EmbeddedRedisError, match="ROLEFIT_DATA"):
        open_folder(tmp_path / "file" / "data")


def read_name(process: psutil.Process) -> str:
    """Return the name of a process, empty if it has ended."""
    with suppress(psutil.NoSuchProcess):
        return process.name()
    return ""


def test_when_the_program_is_killed_its_workers_end_and_the_next_start_takes_over(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM, tmp_path], stdin=-1, stdout=-1) as program:
        assert program.stdout
        url = program.stdout.readline().decode().strip()
        children = psutil.Process(program.pid).children(recursive=True)
        names = {child: read_name(child) for child in children}
        orphan = next(child for child in children if names[child] in SERVERS)
        # Redis may have a child of its own for a moment, which writes its file again and may be gone by now.
        workers = [child for child in children if names[child] not in {*SERVERS, ""}]
        assert len(workers) == 3  # the main process, its child, and the process that reads for it
        with Redis.from_url(url) as redis:
            redis.set("key", "kept")
        program.send_signal(signal.SIGKILL)
    wait_until(lambda: not any(child.is_running() for child in [orphan, *workers]))
    with run_private_redis(Settings(data=tmp_path)) as url, Redis.from_url(url) as redis:
        assert redis.get("key") == b"kept"
        assert not orphan.is_running()


def test_a_single_append_only_file_of_an_older_server_is_read_on(tmp_path: Path) -> None:
    """Servers before Redis 7 kept one file in the data folder, later ones a folder of several."""
    command = [b"SET", b"kept", b"since before"]
    lines = [b"*%d" % len(command), *(b"$%d\r\n%s" % (len(word), word) for word in command), b""]
    (tmp_path / "appendonly.aof").write_bytes(b"\r\n".join(lines))
    for _ in range(2):
        with run_redis(tmp_path) as url, Redis.from_url(url) as redis:
            assert redis.get("kept") == b"since before"

"""What breaks around the service is said in one true sentence, harms nothing else, and never blocks deletion."""

import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from redis import Redis

from tests.service_process import serving
from tests.waiting import wait_until
from worker.errors.installation import EmbeddedRedisError, NotRunningError
from worker.errors.store import StoreFullError
from worker.processes.append_only_repair import repair_append_only_file
from worker.processes.child_process import end_child, start_child
from worker.processes.data_folder import choose_socket
from worker.processes.disk_reserve import RESERVE_BYTES
from worker.processes.private_redis import find_running, find_server, run_private_redis, run_redis
from worker.settings import Settings
from worker.store.jobs.job_store import JobStore, open_store
from worker.store.retention import read_retention

PASSWORD = "a secret of Redis"  # noqa: S105 - fictional


def find_files(folder: Path) -> list[Path]:
    return sorted([*folder.glob("appendonlydir/*.incr.aof"), *folder.glob("appendonly.aof")])


@pytest.mark.parametrize("damage", [bytes(1000), b"garbage" * 20, b"*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$9\r\nbro"])
def test_a_damaged_end_of_the_file_is_cut_off_after_a_copy_is_kept(
    tmp_path: Path, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with run_private_redis(Settings(data=tmp_path)) as url, Redis.from_url(url) as redis:
        redis.set("key", "kept")
        shutil.copytree(tmp_path, tmp_path / "crash", ignore=shutil.ignore_patterns("*.sock", "reserve"))
    crashed = tmp_path / "crash"
    with find_files(crashed)[-1].open("ab") as file:
        file.write(damage)
    with run_private_redis(Settings(data=crashed)) as url, Redis.from_url(url) as redis:
        assert redis.get("key") == b"kept"
    copies = list(crashed.glob("damaged-*"))
    if damage.startswith(b"*3"):  # cut short, which the server mends by itself
        assert copies == []
        return
    assert damage in copies[0].read_bytes()
    assert copies[0].stat().st_mode & 0o077 == 0
    assert sum("damaged" in record.message for record in caplog.records) == 1


def test_a_copy_of_a_damaged_file_is_deleted_in_time_while_the_service_runs(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    young, old = tmp_path / "damaged-1", tmp_path / "damaged-2"
    with run_private_redis(settings):
        for copy in (young, old):
            copy.touch()
        past = time.time() - read_retention(settings).record - 60
        os.utime(old, (past, past))
        wait_until(lambda: not old.exists())
        assert young.exists()


def test_the_file_that_was_written_last_is_the_one_that_is_mended(tmp_path: Path) -> None:
    """It has the highest number, not the last name; a crash while the file is written anew leaves two."""
    with run_redis(tmp_path) as url, Redis.from_url(url) as redis:
        redis.set("key", "kept")
    [manifest] = tmp_path.glob("appendonlydir/*.manifest")
    [first] = find_files(tmp_path)
    (first.parent / "appendonly.aof.9.incr.aof").write_bytes(first.read_bytes())
    (first.parent / "appendonly.aof.10.incr.aof").write_bytes(b"garbage" * 20)
    lines = [line for line in manifest.read_text(encoding="utf-8").splitlines() if "type i" not in line]
    lines += [f"file appendonly.aof.{number}.incr.aof seq {number} type i" for number in (9, 10)]
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with run_redis(tmp_path) as url, Redis.from_url(url) as redis:
        assert redis.get("key") == b"kept"


def test_a_file_that_cannot_be_copied_is_not_mended_and_no_piece_of_a_copy_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "appendonly.aof"
    file.write_bytes(b"garbage" * 20)

    def fill_the_disk(_: Path, copy: Path) -> None:
        copy.write_bytes(b"garb")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("shutil.copyfile", fill_the_disk)
    with pytest.raises(EmbeddedRedisError, match="Make room"):
        repair_append_only_file(tmp_path, find_server())
    assert file.read_bytes() == b"garbage" * 20
    assert not list(tmp_path.glob("damaged-*"))


def test_a_folder_that_cannot_be_written_to_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()  # as a read-only file system refuses to open the file
    with pytest.raises(EmbeddedRedisError, match=rf"Cannot write to the folder {tmp_path}: .+ROLEFIT_DATA"):
        run_private_redis(Settings(data=tmp_path)).__enter__()


def test_a_link_planted_where_a_short_socket_goes_is_never_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared, target = tmp_path / "tmp", tmp_path / "target"
    shared.mkdir()
    target.mkdir(mode=0o755)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(shared))
    folder = tmp_path / ("long" * 25)
    choose_socket(folder).parent.symlink_to(target)
    (target / "redis.sock").touch()
    with pytest.raises(EmbeddedRedisError, match="link"):
        run_private_redis(Settings(data=folder)).__enter__()
    with pytest.raises(NotRunningError):
        find_running(Settings(data=folder))
    assert target.stat().st_mode & 0o777 == 0o755
    assert (target / "redis.sock").exists()


def test_a_service_that_is_killed_leaves_no_process_behind(tmp_path: Path) -> None:
    with serving("--workers", "1", ROLEFIT_DATA=str(tmp_path)) as (server, _):
        family = psutil.Process(server.pid).children(recursive=True)
        assert any("server" in child.name() for child in family)
        server.send_signal(signal.SIGKILL)
        wait_until(lambda: not [one for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE], 20)


def fail_to_serve(**variables: str) -> str:
    """Return what a service that cannot start says last; it ends with 2 and never says that it is ready."""
    done = subprocess.run(
        [sys.executable, "-m", "service", "serve", "--port", "0", "--workers", "0"],
        env={**os.environ, **variables, "ROLEFIT_REDIS_TIMEOUT_SECONDS": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "ready" not in done.stderr
    assert PASSWORD not in done.stderr
    return done.stderr.splitlines()[-1]


def test_a_dead_store_is_named_and_nothing_is_said_to_be_ready() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    said = fail_to_serve(ROLEFIT_REDIS_URL=f"redis://127.0.0.1:{port}/0", ROLEFIT_REDIS_PASSWORD=PASSWORD)
    assert said == f"rolefit: Redis at 127.0.0.1:{port} does not answer. Start it, or change ROLEFIT_REDIS_URL."


def test_a_wrong_password_is_said_to_be_that() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with ExitStack() as stack:
        options = ["--port", str(port), "--save", "", "--bind", "127.0.0.1", "--requirepass", "right"]
        stack.callback(end_child, start_child([find_server(), *options]), seconds=2)
        for password in (PASSWORD, ""):
            variables = {"ROLEFIT_REDIS_PASSWORD": password} if password else {}
            said = fail_to_serve(ROLEFIT_REDIS_URL=f"redis://127.0.0.1:{port}/0", **variables)
            assert said.startswith(f"rolefit: Redis at 127.0.0.1:{port} refuses the password.")


def test_a_second_service_on_the_same_folder_says_so(tmp_path: Path) -> None:
    with run_private_redis(Settings(data=tmp_path)):
        done = subprocess.run(
            [sys.executable, "-m", "service", "serve", "--port", "0", "--workers", "1"],
            env={**os.environ, "ROLEFIT_DATA": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(f"rolefit: Another rolefit is running on {tmp_path}.")


def test_on_a_nearly_full_disk_documents_are_refused_and_on_a_full_one_the_reserve_lets_delete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = [10**9]
    with run_private_redis(Settings(data=tmp_path)) as url:
        jobs: JobStore = open_store(Settings(redis_url=url))
        job = jobs.submit(b"bytes", name="cv")
        assert (tmp_path / "reserve").stat().st_size == RESERVE_BYTES
        monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free[0]))
        free[0] = 10**7
        wait_until(lambda: is_refused(jobs))
        assert (tmp_path / "reserve").exists()
        free[0] = 10**4
        wait_until(lambda: not (tmp_path / "reserve").exists())
        jobs.delete(job.id)
        free[0] = 10**9
        wait_until(lambda: not is_refused(jobs) and (tmp_path / "reserve").exists())


def is_refused(jobs: JobStore) -> bool:
    try:
        jobs.submit(b"bytes", name="cv")
    except StoreFullError:
        return True
    return False

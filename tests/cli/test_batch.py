"""A batch yields one row a file, in order, whatever the files are and whatever dies meanwhile."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import orjson
import psutil
import pytest
from redis import Redis

from tests.resumes import RESUME_TEXT, build_encrypted_pdf, build_pdf
from tests.waiting import wait_until
from worker.files import read_file
from worker.folder_batch import IN_FLIGHT_A_WORKER, MAX_HELD_BACK_PER_JOB, run_batch, run_batch_redis
from worker.outcomes.results import Outcome
from worker.settings import Settings
from worker.store.keys import PENDING


def write_files(folder: Path, contents: dict[str, bytes]) -> dict[str, Path]:
    files = {name: folder / name for name in contents}
    for name, content in contents.items():
        files[name].write_bytes(content)
    return files


def summarise(outcomes: Iterable[Outcome]) -> dict[str, str]:
    rows = [json.loads(outcome.line) for outcome in outcomes]
    return {row["document"]["name"]: row.get("error", {"code": "scored"})["code"] for row in rows}


@pytest.mark.usefixtures("running_workers")
def test_every_file_is_a_row_in_the_order_given(tmp_path: Path, settings: Settings) -> None:
    small = settings.model_copy(update={"max_upload_bytes": 100_000})
    odd = {
        "encrypted.pdf": build_encrypted_pdf(RESUME_TEXT, password="secret"),  # noqa: S106 - fictional
        "empty.pdf": b"",
        "huge.pdf": bytes(100_001),
        "photo.pdf": b"GIF89a" + bytes(64),
    }
    good = {f"cv-{number}.pdf": build_pdf(f"{RESUME_TEXT}\n{number}") for number in range(12)}
    files = write_files(tmp_path, odd | good) | {"missing.pdf": tmp_path / "missing.pdf"}
    rows = summarise(run_batch(files, settings=small, workers=2))
    codes = ["encrypted", "empty-file", "too-large", "unsupported-type"]
    assert rows == dict(zip(odd, codes, strict=True)) | dict.fromkeys(good, "scored") | {"missing.pdf": "unreadable"}
    assert list(rows) == list(files)


@pytest.mark.usefixtures("running_workers")
def test_a_batch_that_is_broken_off_leaves_nothing_in_the_store(tmp_path: Path, settings: Settings) -> None:
    files = write_files(tmp_path, {f"cv-{number}.pdf": build_pdf(RESUME_TEXT) for number in range(9)})
    outcomes = run_batch(files, settings=settings, workers=2)
    next(outcomes)
    outcomes.close()
    with Redis.from_url(str(settings.redis_url)) as redis:
        assert redis.zcard(PENDING) == 0


def count_reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the list to which every file that a batch reads from now on is added."""
    reads: list[Path] = []

    def read(path: Path, *, max_bytes: int) -> bytes:
        reads.append(path)
        return read_file(path, max_bytes=max_bytes)

    monkeypatch.setattr("worker.folder_batch.read_file", read)
    return reads


def test_a_row_that_is_known_at_once_waits_for_no_other_file(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = count_reads(monkeypatch)
    files = {f"{number}.pdf": tmp_path / f"{number}.pdf" for number in range(1000)}
    outcomes = run_batch(files, settings=settings, workers=1)
    assert "cannot be opened" in orjson.loads(next(outcomes).line)["error"]["message"]
    assert len(reads) == 1
    assert len(list(outcomes)) == 999


def test_a_slow_file_holds_up_a_bounded_number_of_others(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = count_reads(monkeypatch)

    def stop(_: object) -> None:
        raise TimeoutError

    monkeypatch.setattr("worker.folder_batch._RunningBatch.collect_outcomes", stop)
    files = write_files(tmp_path, {"slow.pdf": build_pdf(RESUME_TEXT)})
    files |= {f"{number}.pdf": tmp_path / f"{number}.pdf" for number in range(1000)}
    with pytest.raises(TimeoutError):
        next(run_batch(files, settings=settings, workers=1))
    assert len(reads) == IN_FLIGHT_A_WORKER * MAX_HELD_BACK_PER_JOB


def test_a_batch_of_its_own_survives_its_worker_and_cleans_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, temporary = tmp_path / "data", tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    files = write_files(tmp_path, {f"cv-{number}.pdf": build_pdf(RESUME_TEXT) for number in range(12)})
    before = set(psutil.Process().children())
    chosen = Settings(data=data, soft_limit_seconds=8, hard_limit_seconds=13, heartbeat_seconds=1)
    outcomes = run_batch(files, settings=chosen, workers=1)
    first = next(outcomes)
    worker = next(child for child in psutil.Process().children() if child not in before and "python" in child.name())
    worker.kill()
    assert list(summarise([first, *outcomes])) == list(files)
    assert set(psutil.Process().children()) <= before
    assert [path.name for path in data.iterdir()] == ["batches.lock"]
    assert list(temporary.iterdir()) == []


def test_what_a_killed_batch_left_is_removed_by_the_next(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from worker.folder_batch import run_batch_redis; "
        "from worker.settings import Settings\n"
        "with run_batch_redis(Settings(data=Path(sys.argv[1]))) as its:\n"
        "    print(its.redis_url, flush=True); sys.stdin.read()"
    )
    data = tmp_path / "data"
    with subprocess.Popen([sys.executable, "-c", program, data], stdin=-1, stdout=-1) as killed:
        assert killed.stdout
        killed.stdout.readline()
        (server,) = psutil.Process(killed.pid).children()
        killed.kill()
    assert server.is_running()
    with run_batch_redis(Settings(data=data)):
        wait_until(lambda: not server.is_running())
    assert [path.name for path in data.iterdir()] == ["batches.lock"]

"""Redis full, killed, or out of disk; workers that cannot start: typed answers, nothing lost, and no restart."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from flask.testing import FlaskClient
from redis import Redis

from service import create_app
from service.http.access import make_token
from tests.resumes import RESUME_TEXT, build_pdf
from tests.waiting import wait_until
from tests.web import assert_problem, upload, wait_for_end
from worker.processes.private_redis import SERVERS, run_private_redis
from worker.settings import Settings
from worker.store.keys import CLEAN

TOKEN, ENTRY = make_token("anna")
CV = build_pdf(RESUME_TEXT)


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Settings]:
    """Settings with a private Redis of the test's own."""
    with run_private_redis(Settings(data=tmp_path)) as url:
        yield Settings(data=tmp_path, redis_url=url)


@pytest.fixture
def client(alone: Settings) -> FlaskClient:
    return create_app(alone).test_client()


def find_server() -> psutil.Process:
    """Return the private Redis that was started last."""
    servers = [child for child in psutil.Process().children() if child.name() in SERVERS]
    return max(servers, key=lambda server: server.create_time())


def accepts(client: FlaskClient) -> bool:
    answer = upload(client, CV)
    if answer.status_code != 202:
        assert answer.get_json(force=True)["code"] in {"store-unavailable", "store-full"}
        assert answer.status_code == 503
    return answer.status_code == 202


@pytest.mark.usefixtures("running_workers")
def test_a_full_redis_refuses_loses_nothing_and_takes_more_once_there_is_room(settings: Settings) -> None:
    client = create_app(settings).test_client()
    before = upload(client, CV).headers["Location"]
    with Redis.from_url(str(settings.redis_url)) as redis:
        allowed = redis.config_get("maxmemory")["maxmemory"]
        redis.config_set("maxmemory", 1)
        try:
            assert_problem(upload(client, CV), 503, "store-full")
            assert int(upload(client, CV).headers["Retry-After"]) > 0
        finally:
            redis.config_set("maxmemory", allowed)
    assert wait_for_end(client, before)["state"] == "done"
    assert wait_for_end(client, upload(client, CV).headers["Location"])["state"] == "done"


@pytest.mark.parametrize("token", ["", TOKEN], ids=["open", "token"])
def test_on_a_full_redis_one_can_still_delete(alone: Settings, token: str) -> None:
    client = create_app(alone.model_copy(update={"tokens": ENTRY if token else None})).test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    address = upload(client, CV).headers["Location"]
    with Redis.from_url(str(alone.redis_url)) as redis:
        redis.set(CLEAN, 1)
        redis.config_set("maxmemory", 1)
        assert client.get(address).status_code == 200
        assert client.delete(address).status_code == 204
        assert not redis.exists(CLEAN)


def test_a_private_redis_that_is_killed_is_back_at_once_with_all_that_was_accepted(client: FlaskClient) -> None:
    address = upload(client, CV).headers["Location"]
    find_server().kill()
    wait_until(lambda: accepts(client))
    assert client.get(address).get_json()["state"] == "queued"


def test_a_full_disk_refuses_and_once_there_is_room_it_goes_on(client: FlaskClient, alone: Settings) -> None:
    address = upload(client, CV).headers["Location"]
    size = max(file.stat().st_size for file in alone.data.rglob("appendonly*") if file.is_file())
    find_server().rlimit(resource.RLIMIT_FSIZE, (size, size))  # as if the disk were full
    assert_problem(upload(client, CV), 503, "store-unavailable")
    wait_until(lambda: accepts(client))  # the server that was started anew has room
    assert client.get(address).get_json()["state"] == "queued"


def test_workers_that_cannot_start_end_the_start_with_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "spacy.py").write_text("raise SystemExit('spaCy is broken')")
    done = subprocess.run(
        [sys.executable, "-m", "service", "serve", "--port", "0", "--workers", "1"],
        env={**os.environ, "ROLEFIT_DATA": str(tmp_path / "data"), "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )
    assert done.returncode == 2
    assert "spaCy is broken" in done.stderr
    assert "not started again" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("rolefit: The workers end as soon as they are started")

"""What version 0.1.0 stored is read: queued jobs are scored, reports are shown, and all of it can be deleted."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from flask.testing import FlaskClient
from redis import Redis

from service import create_app
from skills.judging.report_types import read_report
from tests.waiting import wait_until
from tests.web import wait_for_end
from worker.processes.celery_workers import run_workers
from worker.processes.private_redis import run_private_redis
from worker.settings import Settings
from worker.store.jobs.job_store import open_store

# Written by the program of that version; every document is fictional. `ids` says which job is which.
STORED = json.loads(Path(__file__).with_name("stored_by_0_1_0.json").read_text(encoding="utf-8"))
IDS: dict[str, str] = STORED["ids"]
PERIOD_SECONDS = 7 * 86_400
LEASE_SECONDS = 1  # the worker of that version is gone, and its lease with it


def write_key(redis: Redis, key: str, value: Any) -> None:  # noqa: ANN401 - as JSON has it
    """Store a value under a key, in the type that Redis has for it, for as long as that version kept it."""
    if isinstance(value, str):
        redis.set(key, value)
    elif isinstance(value, list):
        (redis.sadd if key.startswith(("rolefit:ended", "_kombu")) else redis.rpush)(key, *value)
    elif key == "rolefit:pending":
        redis.zadd(key, value)
    else:
        redis.hset(key, mapping=value)
    if key.startswith("rolefit:") and key != "rolefit:metrics":
        redis.expire(key, LEASE_SECONDS if key.startswith("rolefit:lease:") else PERIOD_SECONDS)


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """Settings with the data folder of that version, on which this version's Redis runs."""
    alone = Settings(data=tmp_path, heartbeat_seconds=1)
    with run_private_redis(alone) as url, Redis.from_url(url) as redis:
        for key, value in STORED["keys"].items():
            write_key(redis, key, value)
    with run_private_redis(alone) as url:
        yield alone.model_copy(update={"redis_url": url})


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return create_app(settings).test_client()


def test_its_queued_running_and_failed_jobs_are_scored(settings: Settings, client: FlaskClient) -> None:
    open_store(settings).retry(IDS["failed"])
    with run_workers(settings, workers=1):
        ended = {name: wait_for_end(client, f"/v1/matches/{IDS[name]}") for name in IDS if name != "batch"}
        wait_until(lambda: client.get(f"/v1/batches/{IDS['batch']}").get_json()["state"] == "done")
    assert {job["state"] for job in ended.values()} == {"done"}
    assert {name: job["attempts"] for name, job in ended.items()} == dict.fromkeys(ended, 1) | {"running": 2}


def test_its_report_and_batch_are_shown(settings: Settings, client: FlaskClient) -> None:
    report = open_store(settings).read_report(IDS["done"])
    assert report
    assert read_report(report).document.name == "done.txt"
    shown = client.get(f"/v1/matches/{IDS['done']}").get_json()
    assert shown["report"]["roles"] == json.loads(report)["roles"]
    assert "done.txt" in client.get(f"/matches/{IDS['done']}").text
    batch = client.get(f"/v1/batches/{IDS['batch']}").get_json()
    rows = {row["name"]: row for row in batch["rows"]}
    states = {"done.txt": "done", "second.txt": "queued", "empty.txt": "failed"}
    assert {name: row["state"] for name, row in rows.items()} == states
    assert rows["done.txt"]["scores"] == {role["id"]: role["score"] for role in shown["report"]["roles"]}
    assert len(rows["done.txt"]["details"]["reasons"]) == 3
    assert client.get(f"/batches/{IDS['batch']}").status_code == 200


def test_an_idempotency_key_that_it_saw_stands_for_the_same_job(client: FlaskClient) -> None:
    content = STORED["keys"][f"rolefit:document:{IDS['failed']}"].replace("Edition five\n", "")
    files = {"file": (BytesIO(content.encode()), "again.txt")}
    again = client.post("/v1/matches", data=files, headers={"Idempotency-Key": "monday"})
    assert again.get_json()["id"] == IDS["done"]


def test_all_of_it_can_be_deleted(settings: Settings, client: FlaskClient) -> None:
    assert client.delete(f"/v1/batches/{IDS['batch']}").status_code == 204
    for name in ("queued", "lost", "running", "failed"):
        assert client.delete(f"/v1/matches/{IDS[name]}").status_code == 204
    with Redis.from_url(str(settings.redis_url)) as redis:
        left = {key.decode() for key in cast("list[bytes]", redis.keys("*"))}
        assert redis.zcard("rolefit:pending") == 0
    assert not [key for key in left for record in IDS.values() if record in key]
    assert not [key for key in left if key.startswith(("rolefit:request:", "rolefit:result:", "rolefit:document:"))]

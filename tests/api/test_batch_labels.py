"""A batch has a name and a note, is added to, and both leave with it."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from redis import Redis
from werkzeug.test import TestResponse

from service import create_app
from tests.described import assert_described
from tests.resumes import vary_resume
from tests.waiting import wait_until
from tests.web import assert_problem
from worker.settings import Settings
from worker.store.keys import CLEAN

pytestmark = pytest.mark.usefixtures("running_workers")
NAME, NOTE = "Berlin, round two", "Quilla asked for these"
MOST = 4  # documents of a batch


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[FlaskClient]:
    with create_app(settings.model_copy(update={"max_batch_documents": MOST})).test_client() as client:
        yield client


def make_form(numbers: Sequence[int], **fields: str) -> dict[str, Any]:
    return {"file": [(BytesIO(vary_resume(number).encode()), f"{number}.txt") for number in numbers], **fields}


def send(client: FlaskClient, numbers: Sequence[int], **fields: str) -> str:
    return str(client.post("/v1/batches", data=make_form(numbers, **fields)).headers["Location"])


def extend(client: FlaskClient, address: str, numbers: Sequence[int], key: str = "") -> TestResponse:
    return client.post(address, data=make_form(numbers), headers={"Idempotency-Key": key} if key else {})


def read_done(client: FlaskClient, address: str) -> dict[str, Any]:
    def done() -> dict[str, Any]:
        batch: dict[str, Any] = client.get(address).get_json()
        return batch if batch["state"] == "done" else {}

    return wait_until(done)


def list_names(batch: dict[str, Any]) -> list[str]:
    return sorted(row["name"] for row in batch["rows"])


def test_a_batch_is_named_when_it_is_sent_or_later_and_found_by_its_name(client: FlaskClient) -> None:
    address = send(client, [1], name=f" {NAME} ")
    assert (client.get(address).get_json()["name"], client.get(address).get_json()["note"]) == (NAME, "")
    changed = client.patch(address, json={"note": NOTE})
    assert_described(changed.get_json(), "BatchLabel")
    assert (changed.get_json()["name"], changed.get_json()["note"]) == (NAME, NOTE)
    second = client.patch(address, json={"name": "Second"}).get_json()
    assert (second["name"], second["note"]) == ("Second", NOTE)
    assert f"={second['file_name']}.csv" in client.get(f"{address}.csv").headers["Content-Disposition"]
    assert client.patch(address, json={}).get_json() == second
    assert client.get(address).get_json()["note"] == NOTE
    listed = {batch["id"]: batch["name"] for batch in client.get("/v1/batches").get_json()["batches"]}
    assert listed[address.rpartition("/")[2]] == "Second"


@pytest.mark.parametrize("name", ["2026", "true", "null", '"Berlin"', "[]"])
def test_a_name_may_look_like_json(client: FlaskClient, name: str) -> None:
    assert client.get(send(client, [1], name=name)).get_json()["name"] == name


@pytest.mark.parametrize("body", [{"name": "x" * 201}, {"note": "x" * 2_001}, {"name": 7}], ids=["name", "note", "7"])
def test_a_name_or_note_that_is_none_is_refused(client: FlaskClient, body: dict[str, Any]) -> None:
    address = send(client, [1])
    assert_problem(client.patch(address, json=body), 400, "invalid-request")
    assert_problem(client.patch("/v1/batches/never-was", json={"name": "x"}), 404, "unknown-batch")


def test_what_is_written_of_a_batch_leaves_the_store_with_it(client: FlaskClient, redis_url: str) -> None:
    address = send(client, [1], name=NAME)
    batch_id = address.rpartition("/")[2]
    with Redis.from_url(redis_url) as redis:
        read_done(client, address)
        redis.set(CLEAN, 1)
        client.patch(address, json={"note": NOTE})
        assert not redis.exists(CLEAN)  # the note before it is to leave the disk
        before = set(redis.scan_iter("rolefit:request:*"))
        extend(client, address, [2], "again")
        assert all(redis.ttl(key) > 0 for key in redis.scan_iter(f"*{batch_id}*"))
        assert len(set(redis.scan_iter("rolefit:request:*")) - before) == 1
        read_done(client, address)
        client.delete(address)
        assert not list(redis.scan_iter(f"*{batch_id}*"))
        assert set(redis.scan_iter("rolefit:request:*")) <= before


def test_documents_are_added_to_a_batch_once_for_each_key(client: FlaskClient) -> None:
    address = send(client, [1, 2])
    read_done(client, address)
    for _ in range(2):
        added = extend(client, address, [3, 4], "monday")
        assert added.status_code == 202
        assert_described(added.get_json(), "BatchAnswer")
    batch = read_done(client, address)
    assert list_names(batch) == ["1.txt", "2.txt", "3.txt", "4.txt"]
    assert {rank for row in batch["rows"] for rank in row["ranks"].values()} == {1, 2, 3, 4}
    assert_problem(extend(client, address, [4, 3], "monday"), 409, "key-reused")
    assert list_names(read_done(client, address)) == list_names(batch)


def test_a_batch_that_was_added_to_is_over_when_all_of_it_is(client: FlaskClient) -> None:
    address = send(client, [1])
    read_done(client, address)
    extend(client, address, [2, 3, 4])
    held = client.get(address, headers={"Prefer": "wait=20"}).get_json()
    assert held["counts"] == {"queued": 0, "running": 0, "done": 4, "failed": 0}


def test_a_batch_takes_no_more_than_it_may_have(client: FlaskClient) -> None:
    address = send(client, [1, 2])
    assert_problem(extend(client, address, [3, 4, 5]), 413, "too-many-documents")
    assert extend(client, address, [3, 4]).status_code == 202
    assert_problem(client.post(address, data={}), 400, "invalid-request")
    assert_problem(extend(client, "/v1/batches/never-was", [1]), 404, "unknown-batch")
    assert list_names(read_done(client, address)) == ["1.txt", "2.txt", "3.txt", "4.txt"]

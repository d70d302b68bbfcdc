"""Whoever follows a batch is sent what has changed, and no row twice."""

from io import BytesIO
from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient

from tests.described import assert_described
from tests.resumes import vary_resume
from tests.waiting import wait_until
from tests.web import assert_problem

pytestmark = pytest.mark.usefixtures("running_workers")


def make_file(number: int) -> tuple[BytesIO, str]:
    return BytesIO(vary_resume(number).encode()), f"{number}.txt"


@pytest.fixture
def address(client: FlaskClient) -> str:
    files = [*map(make_file, range(4)), (BytesIO(b""), "empty.txt")]
    return str(client.post("/v1/batches", data={"file": files}).headers["Location"])


def follow(client: FlaskClient, address: str, cursor: str = "") -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"{address}/updates?cursor={cursor}", headers={"Prefer": "wait=20"}).get_json()
    assert_described(answer, "BatchUpdates")
    return answer


def follow_to_the_end(client: FlaskClient, address: str) -> tuple[dict[int, dict[str, Any]], dict[str, Any]]:
    """Return the rows as a client has them that puts in every update, and the last answer."""
    rows: dict[int, dict[str, Any]] = {}
    cursor = ""
    while True:
        answer = follow(client, address, cursor)
        rows |= {row["number"]: row for row in answer["rows"]}
        if answer["state"] == "done":
            return rows, answer
        assert answer["cursor"] != cursor
        cursor = answer["cursor"]


def test_the_updates_together_are_the_batch(client: FlaskClient, address: str) -> None:
    rows, last = follow_to_the_end(client, address)
    for role, numbers in last["ranks"].items():
        for rank, number in enumerate(numbers, start=1):
            rows[number]["ranks"][role] = rank
    whole = client.get(address).get_json()
    assert rows == {row["number"]: row for row in whole["rows"]}
    assert (last["state"], last["counts"]) == (whole["state"], whole["counts"])


def test_an_update_has_only_what_has_changed(client: FlaskClient, address: str) -> None:
    rows, last = follow_to_the_end(client, address)
    starred, deleted = rows[2]["job"], rows[3]["job"]
    client.patch(f"/v1/matches/{starred}", json={"star": True})
    client.delete(f"/v1/matches/{deleted}")
    answer = follow(client, address, last["cursor"])
    changed = {row["number"]: row for row in answer["rows"] if row["job"]}
    assert sorted(changed) == [2, 3]
    assert (changed[2]["mark"]["star"], changed[3]["state"]) == (True, "erased")
    assert all(3 not in numbers for numbers in answer["ranks"].values())
    again = client.get(f"{address}/updates?cursor={answer['cursor']}").get_json()
    assert [row for row in again["rows"] if row["job"]] == []


def test_a_request_is_held_until_there_is_news(client: FlaskClient, address: str) -> None:
    _, last = follow_to_the_end(client, address)
    client.post(address, data={"file": [make_file(7)]})

    def arrived() -> bool:
        answer = follow(client, address, last["cursor"])
        return any(row["name"] == "7.txt" and row["state"] == "done" for row in answer["rows"])

    wait_until(arrived)
    held = client.get(f"{address}/updates?cursor={follow(client, address)['cursor']}", headers={"Prefer": "wait=1"})
    assert held.headers["Preference-Applied"] == "wait=1"


def test_an_update_is_small_beside_the_batch(client: FlaskClient, address: str) -> None:
    rows, last = follow_to_the_end(client, address)
    client.patch(f"/v1/matches/{rows[1]['job']}", json={"star": True})
    update = follow(client, address, last["cursor"])
    assert len(orjson.dumps(update)) < len(client.get(address).data) / 2


@pytest.mark.parametrize("cursor", ["x", "-1", "9" * 16])
def test_a_cursor_of_no_answer_is_refused(client: FlaskClient, address: str, cursor: str) -> None:
    assert_problem(client.get(f"{address}/updates?cursor={cursor}"), 400, "invalid-request")
    assert_problem(client.get("/v1/batches/never-was/updates"), 404, "unknown-batch")

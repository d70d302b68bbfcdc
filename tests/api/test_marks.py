"""A star, a status and a note are kept of a résumé, found again, and gone with it."""

from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from redis import Redis

from tests.described import assert_described
from tests.resumes import RESUME_TEXT, build_unseen_pdf
from tests.waiting import wait_until
from tests.web import assert_problem, upload, wait_for_end
from worker.store.keys import CLEAN

pytestmark = pytest.mark.usefixtures("running_workers")
NOTE = "Zebrafish: ask Quilla for references"


@pytest.fixture
def address(client: FlaskClient) -> str:
    address: str = upload(client, build_unseen_pdf()).headers["Location"]
    wait_for_end(client, address)
    return address


def read_mark(client: FlaskClient, address: str) -> dict[str, Any]:
    mark: dict[str, Any] = client.get(address).get_json()["mark"]
    return mark


def test_what_is_kept_changes_by_what_is_named_and_says_when(client: FlaskClient, address: str) -> None:
    assert read_mark(client, address) == {"star": False, "status": "new", "note": "", "changed_at": None}
    answer = client.patch(address, json={"star": True, "status": "to-call"})
    assert_described(answer.get_json(), "Mark")
    first = answer.get_json()
    assert (first["star"], first["status"], first["note"]) == (True, "to-call", "")
    second = client.patch(address, json={"note": NOTE}).get_json()
    assert (second["star"], second["status"], second["note"]) == (True, "to-call", NOTE)
    assert second["changed_at"] > first["changed_at"]
    assert read_mark(client, address) == second
    assert client.patch(address, json={"star": False, "note": ""}).get_json()["note"] == ""


def test_a_note_replaces_only_the_note_that_its_writer_knows(client: FlaskClient, address: str) -> None:
    assert client.patch(address, json={"note": "Of Ada", "note_before": ""}).status_code == 200
    kept = read_mark(client, address)
    refused = client.patch(address, json={"note": "Of Ben", "note_before": "", "star": True})
    assert_problem(refused, 409, "note-changed")
    assert read_mark(client, address) == kept
    assert client.patch(address, json={"note": "", "note_before": "Of Ada"}).get_json()["note"] == ""


def test_a_report_and_its_score_stay_as_they_are(client: FlaskClient, address: str) -> None:
    """Nothing follows from a mark by itself."""
    before = client.get(address).get_json()
    client.patch(address, json={"status": "not-now"})
    after = client.get(address).get_json()
    assert (after["state"], after["report"]) == (before["state"], before["report"])


@pytest.mark.parametrize(
    "body", [{"status": "rejected"}, {"star": "perhaps"}, {"star": 0}, {"note": "x" * 2_001}, {"note": 7}], ids=str
)
def test_what_cannot_be_kept_is_refused(client: FlaskClient, address: str, body: dict[str, Any]) -> None:
    assert_problem(client.patch(address, json=body), 400, "invalid-request")
    assert read_mark(client, address)["changed_at"] is None


@pytest.mark.parametrize("body", ["{", "[]", ""])
def test_a_body_that_is_no_object_is_refused_in_plain_words(client: FlaskClient, address: str, body: str) -> None:
    answer = client.patch(address, data=body, content_type="application/json")
    assert_problem(answer, 400, "invalid-request")
    assert answer.get_json(force=True)["detail"] == "The body is no JSON object. See /docs."


def test_nobody_marks_what_is_anothers_or_is_not(
    client: FlaskClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert_problem(client.patch("/v1/matches/never-was", json={"star": True}), 404, "unknown-job")
    monkeypatch.setattr("service.api.matches.get_owner", lambda: "a stranger")
    assert_problem(client.patch(address, json={"star": True}), 404, "unknown-job")


def test_a_note_is_deleted_with_its_report_and_expires_with_it(
    client: FlaskClient, address: str, redis_url: str
) -> None:
    with Redis.from_url(redis_url) as redis:
        redis.set(CLEAN, 1)
        client.patch(address, json={"note": NOTE})
        assert not redis.exists(CLEAN)  # the note before it is to leave the disk
        key = f"rolefit:job:{address.rpartition('/')[2]}"
        assert redis.hget(key, "note") == NOTE.encode()
        assert redis.ttl(key) > 0
        client.delete(address)
        assert not redis.exists(key)


def test_rows_have_marks_and_are_found_by_them(client: FlaskClient) -> None:
    files = [(BytesIO(f"{RESUME_TEXT}\n{number}".encode()), f"{number}.txt") for number in range(3)]
    batch = client.post("/v1/batches", data={"file": files}).headers["Location"]
    wait_until(lambda: client.get(batch).get_json()["state"] == "done")
    rows = {row["name"]: row for row in client.get(batch).get_json()["rows"]}
    client.patch(f"/v1/matches/{rows['1.txt']['job']}", json={"star": True, "status": "to-call", "note": NOTE})
    client.patch(f"/v1/matches/{rows['2.txt']['job']}", json={"status": "looked-at"})

    def names(query: str) -> set[str]:
        return {row["name"] for row in client.get(f"{batch}?{query}").get_json()["rows"]}

    assert names("starred=1") == names("q=zebrafish") == {"1.txt"}
    assert names("starred=0") == {"0.txt", "2.txt"}
    assert names("status=to-call&status=looked-at") == {"1.txt", "2.txt"}
    assert names("status=new") == {"0.txt"}


def test_a_blind_answer_shows_no_note(client: FlaskClient, address: str) -> None:
    client.patch(address, json={"star": True, "note": NOTE})
    assert "Quilla" not in client.get(f"{address}?blind=1").text
    assert client.get(f"{address}?blind=1").get_json()["mark"]["star"]


def test_an_upload_that_is_listed_shows_its_mark(client: FlaskClient, address: str) -> None:
    client.patch(address, json={"star": True})
    listed = {match["id"]: match for match in client.get("/v1/matches").get_json()["matches"]}
    assert listed[address.rpartition("/")[2]]["mark"]["star"]

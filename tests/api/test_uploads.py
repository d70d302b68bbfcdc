"""`GET` and `DELETE` of `/v1/matches` and `/v1/batches`: found again without an address, and deleted together."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from service import create_app
from service.http.access import make_token
from tests.described import assert_described
from tests.resumes import RESUME_TEXT, build_unseen_pdf
from tests.waiting import wait_until
from tests.web import assert_problem, upload, wait_for_end
from worker.settings import Settings

pytestmark = pytest.mark.usefixtures("running_workers")
KINDS = ["matches", "batches"]


@pytest.fixture
def client(settings: Settings, request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    """A client whose owner has sent nothing before."""
    owner = f"owner-{abs(hash(request.node.name))}"
    secret, entry = make_token(owner)
    with create_app(settings.model_copy(update={"tokens": entry})).test_client() as client:
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
        yield client


def send_batch(client: FlaskClient, *contents: bytes) -> str:
    files = [(BytesIO(content), f"{number}.pdf") for number, content in enumerate(contents)]
    location: str = client.post("/v1/batches", data={"file": files}).headers["Location"]
    return location


def list_all(client: FlaskClient, kind: str, **query: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - what a client may ask
    answer: list[dict[str, Any]] = client.get(f"/v1/{kind}", query_string=query).get_json()[kind]
    return answer


def test_a_report_is_found_again_without_its_address(client: FlaskClient) -> None:
    address = upload(client, build_unseen_pdf(), name="cv.pdf").headers["Location"]
    report = wait_for_end(client, address)["report"]
    answer = client.get("/v1/matches").get_json()
    assert_described(answer, "MatchList")
    (match,) = answer["matches"]
    assert f"/v1/matches/{match['id']}" == address
    assert (match["name"], match["state"]) == ("cv.pdf", "done")
    assert match["scores"] == {role["id"]: role["score"] for role in report["roles"]}


def test_a_document_that_failed_is_listed_with_the_reason(client: FlaskClient) -> None:
    wait_for_end(client, upload(client, b"%PDF-1.4 damaged").headers["Location"])
    (match,) = list_all(client, "matches")
    assert (match["state"], match["error"]["code"], match["scores"]) == ("failed", "unreadable", {})


def test_a_batch_is_found_again_and_its_documents_in_it_alone(client: FlaskClient) -> None:
    address = send_batch(client, build_unseen_pdf(), b"")
    wait_until(lambda: client.get(address).get_json()["state"] == "done")
    answer = client.get("/v1/batches").get_json()
    assert_described(answer, "BatchList")
    (batch,) = answer["batches"]
    assert f"/v1/batches/{batch['id']}" == address
    assert (batch["state"], batch["documents"], batch["ended"]) == ("done", 2, 2)
    assert batch["first_document"]
    assert list_all(client, "matches") == []


def test_a_client_that_follows_next_sees_everything_once(client: FlaskClient) -> None:
    sent = [upload(client, RESUME_TEXT.encode()).headers["Location"].rpartition("/")[2] for _ in range(5)]
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        answer = client.get("/v1/matches", query_string={"limit": 2, "cursor": cursor}).get_json()
        seen += [match["id"] for match in answer["matches"]]
        cursor = answer["next"]
    assert seen == sent[::-1]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "cursor=x", "cursor=bmFuOmE"])
def test_a_page_that_cannot_be_is_refused(client: FlaskClient, kind: str, query: str) -> None:
    assert_problem(client.get(f"/v1/{kind}?{query}"), 400, "invalid-request")


def test_several_are_deleted_at_once_and_what_there_was_not_is_said(client: FlaskClient) -> None:
    ids = [upload(client, RESUME_TEXT.encode()).headers["Location"].rpartition("/")[2] for _ in range(3)]
    answer = client.delete("/v1/matches", query_string={"id": [ids[0], "never-was", ids[2]]})
    assert_described(answer.get_json(), "Deletion")
    assert answer.get_json() == {"deleted": [ids[0], ids[2]], "unknown": ["never-was"]}
    assert [match["id"] for match in list_all(client, "matches")] == [ids[1]]
    assert_problem(client.get(f"/v1/matches/{ids[0]}"), 404, "unknown-job")


def test_batches_are_deleted_with_their_documents(client: FlaskClient) -> None:
    addresses = [send_batch(client, build_unseen_pdf()) for _ in range(2)]
    jobs = [client.get(address).get_json()["rows"][0]["job"] for address in addresses]
    ids = [address.rpartition("/")[2] for address in addresses]
    answer = client.delete("/v1/batches", query_string={"id": [*ids, "never-was"]}).get_json()
    assert answer == {"deleted": ids, "unknown": ["never-was"]}
    assert list_all(client, "batches") == []
    for job in jobs:
        assert_problem(client.get(f"/v1/matches/{job}"), 404, "unknown-job")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("query", ["", "?" + "&".join(["id=x"] * 101)])
def test_deleting_without_an_id_or_with_too_many_deletes_nothing(client: FlaskClient, kind: str, query: str) -> None:
    upload(client, RESUME_TEXT.encode())
    assert_problem(client.delete(f"/v1/{kind}{query}"), 400, "invalid-request")
    assert len(list_all(client, "matches")) == 1


def test_what_is_anothers_is_neither_listed_nor_deleted(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    job = upload(client, RESUME_TEXT.encode()).headers["Location"].rpartition("/")[2]
    batch = send_batch(client, RESUME_TEXT.encode()).rpartition("/")[2]
    with monkeypatch.context() as patch:
        for kind in KINDS:
            patch.setattr(f"service.api.{kind}.get_owner", lambda: "a stranger")
        for kind, record in zip(KINDS, (job, batch), strict=True):
            assert list_all(client, kind) == []
            answer = client.delete(f"/v1/{kind}", query_string={"id": record}).get_json()
            assert answer == {"deleted": [], "unknown": [record]}
    assert [match["id"] for match in list_all(client, "matches")] == [job]
    assert [found["id"] for found in list_all(client, "batches")] == [batch]

"""Roles that an owner writes over HTTP: drafted from a posting, edited, scored against, deleted."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from service import create_app
from service.http.access import make_token
from tests.described import assert_described
from tests.postings import POSTINGS, RESUMES
from tests.web import assert_problem, wait_for_end
from worker.settings import Settings
from worker.store.connection import open_redis

POSTING = "Data Engineer\n\nRequirements\n- 3+ years of Python\n- Kafka or RabbitMQ\n- Not older than 35\n- Quuxflow\n"
TWINS = ["machine-learning-engineer", "machine-learning-software-engineer"]

pytestmark = pytest.mark.usefixtures("running_workers")


@pytest.fixture
def role(client: FlaskClient) -> Iterator[dict[str, Any]]:
    """A role of one's own, drafted from the posting."""
    drafted = client.post("/v1/roles", json={"posting": POSTING})
    assert drafted.status_code == 201
    yield drafted.get_json()
    client.delete(drafted.headers["Location"])


def list_lines(role: dict[str, Any]) -> list[dict[str, Any]]:
    return [line for dimension in role["dimensions"] for line in dimension["requirements"]]


def send_batch(client: FlaskClient, **fields: str) -> dict[str, Any]:
    files = [(BytesIO(RESUMES[name].encode()), f"{name}.txt") for name in ("data-engineer", "designer")]
    batch = client.post("/v1/batches", data={"file": files, **fields})
    assert batch.status_code == 202, batch.text
    return wait_for_end(client, batch.headers["Location"])


def find_row(batch: dict[str, Any], name: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [row for row in batch["rows"] if row["name"] == f"{name}.txt"]
    return rows[0]


def test_a_draft_has_the_sentence_behind_each_line_and_why_others_are_left_out(role: dict[str, Any]) -> None:
    assert_described(role, "OwnRoleDescription")
    assert (role["id"], role["title"]) == ("data-engineer", "Data Engineer")
    assert {line["quote"] for line in list_lines(role)} <= {line.strip("- ") for line in POSTING.splitlines()}
    assert sum(line["possible"] for line in list_lines(role)) == pytest.approx(100)
    assert {left["sentence"]: left["reason"] for left in role["left_out"]} == {
        "Not older than 35": "protected-criterion",
        "Quuxflow": "unknown-name",
    }


def test_an_own_role_is_listed_and_shown_as_it_was_drafted(client: FlaskClient, role: dict[str, Any]) -> None:
    listed = client.get("/v1/roles").get_json()
    assert_described(listed, "RoleList")
    assert [each["id"] for each in listed["roles"]] == [*TWINS, role["id"]]
    assert client.get(f"/v1/roles/{role['id']}").get_json() == listed["roles"][2] == role


def test_what_get_shows_put_takes_and_changes(client: FlaskClient, role: dict[str, Any]) -> None:
    python, brokers = list_lines(role)[-2:]
    python["possible"], brokers["possible"] = 80, 20
    for line in list_lines(role)[:-2]:
        line["possible"] = 0
    brokers |= {"skills": ["apache-kafka", "docker"], "enough": 2, "title": "Kafka and Docker", "example": ""}
    saved = client.put(f"/v1/roles/{role['id']}", json=role)
    assert saved.status_code == 200, saved.text
    shown = list_lines(saved.get_json())[-1]
    assert (shown["possible"], shown["enough"], shown["skills"]) == (20, 2, ["apache-kafka", "docker"])
    assert "Docker" in shown["example"]
    assert saved.get_json()["left_out"] == role["left_out"]
    assert client.get(f"/v1/roles/{role['id']}").get_json() == saved.get_json()


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"possible": 99}, "invalid-request", "they add up to"),
        ({"skills": ["pyhton"]}, "invalid-request", "Did you mean 'python'"),
        ({"skills": [], "duties": []}, "invalid-request", "asks for nothing"),
        ({"example": "Wrote nothing."}, "invalid-request", "shows nothing that is asked for"),
        (
            {"title": "Python, under 30 years of age"},
            "protected-criterion",
            "A role may ask for experience or a degree",
        ),
    ],
)
def test_a_role_is_refused_for_what_a_file_is_refused_for(
    client: FlaskClient, role: dict[str, Any], change: dict[str, Any], code: str, words: str
) -> None:
    before = client.get(f"/v1/roles/{role['id']}").get_json()
    list_lines(role)[-2].update(change)
    refused = client.put(f"/v1/roles/{role['id']}", json=role)
    problem = refused.get_json(force=True)
    assert (refused.status_code, problem["code"]) == (400, code)
    assert words in problem["detail"]
    assert client.get(f"/v1/roles/{role['id']}").get_json() == before


def test_a_role_that_everybody_has_is_not_replaced(client: FlaskClient, role: dict[str, Any]) -> None:
    assert_problem(client.put(f"/v1/roles/{TWINS[0]}", json=role), 400, "invalid-request")


def test_a_posting_that_asks_for_nothing_known_is_refused(client: FlaskClient) -> None:
    assert_problem(client.post("/v1/roles", json={"posting": "Gardener\n\n- A green thumb"}), 400, "empty-posting")


def test_two_postings_for_one_post_become_two_roles_and_a_repeated_request_becomes_one(client: FlaskClient) -> None:
    posting = POSTINGS["site-reliability-engineer"]
    sent = [client.post("/v1/roles", json={"posting": posting}, headers=head) for head in ({}, KEY, KEY)]
    ids = [each.get_json()["id"] for each in sent]
    assert ids[1] == ids[2] == f"{ids[0]}-2"
    assert_problem(client.post("/v1/roles", json={"posting": POSTING}, headers=KEY), 409, "key-reused")
    for role_id in set(ids):
        assert client.delete(f"/v1/roles/{role_id}").status_code == 204


KEY = {"Idempotency-Key": "my posting"}


def test_a_batch_is_scored_against_the_roles_that_it_names(client: FlaskClient, role: dict[str, Any]) -> None:
    batch = send_batch(client, role=role["id"])
    assert batch["roles"] == [*TWINS, role["id"]]
    assert find_row(batch, "data-engineer")["scores"][role["id"]] > find_row(batch, "designer")["scores"][role["id"]]
    table = client.get(f"/v1/batches/{batch['id']}.csv").text.splitlines()[0]
    assert role["id"] in table.split(",")
    line = f"{role['id']}.python"
    asked = {"order": role["id"], "role": role["id"], "min_score": 1, "requirement": line}
    found = client.get(f"/v1/batches/{batch['id']}", query_string=asked).get_json()
    assert [row["name"] for row in found["rows"]] == ["data-engineer.txt"]
    assert found["rows"][0]["quotes"] == [{"where": "requirement", "text": "Python (3+ years)"}]


def test_what_names_a_role_of_nobody_is_refused(client: FlaskClient) -> None:
    for address in ("/v1/matches", "/v1/batches"):
        sent = client.post(address, data={"file": (BytesIO(b"text"), "cv.txt"), "role": "astronaut"})
        assert_problem(sent, 404, "unknown-role")


def read_report(client: FlaskClient, job_id: str) -> dict[str, Any]:
    report: dict[str, Any] = client.get(f"/v1/matches/{job_id}?include=text").get_json()["report"]
    return report


def test_a_batch_that_is_there_is_scored_again_as_if_it_had_been_sent_with_the_role(
    client: FlaskClient, role: dict[str, Any]
) -> None:
    beside, plain = send_batch(client, role=role["id"]), send_batch(client)
    row = find_row(plain, "data-engineer")
    client.patch(f"/v1/matches/{row['job']}", json={"star": True, "note": "Ask"})
    queued = client.put(f"/v1/batches/{plain['id']}/roles", json={"roles": [role["id"]]})
    assert queued.status_code == 202
    assert_described(queued.get_json(), "BatchAnswer")
    again = wait_for_end(client, queued.headers["Location"])
    after = find_row(again, "data-engineer")
    assert after["scores"] == find_row(beside, "data-engineer")["scores"]
    assert (after["job"], after["mark"]["note"]) == (row["job"], "Ask")
    reports = [read_report(client, find_row(batch, "data-engineer")["job"]) for batch in (beside, again)]
    assert reports[0] == reports[1]


def test_a_changed_weight_changes_the_score_of_a_batch_that_is_scored_again(
    client: FlaskClient, role: dict[str, Any]
) -> None:
    batch = send_batch(client, role=role["id"])
    before = find_row(batch, "designer")["scores"][role["id"]]
    *others, first, last = list_lines(role)
    first |= {"skills": ["figma"], "title": "Figma", "example": "", "advice": "", "possible": 90}
    for line, points in ((last, 10), *((line, 0) for line in others)):
        line["possible"] = points
    assert client.put(f"/v1/roles/{role['id']}", json=role).status_code == 200
    assert find_row(client.get(f"/v1/batches/{batch['id']}").get_json(), "designer")["scores"][role["id"]] == before
    queued = client.put(f"/v1/batches/{batch['id']}/roles", json={"roles": [role["id"]]})
    after = wait_for_end(client, queued.headers["Location"])
    assert find_row(after, "designer")["scores"][role["id"]] > before + 50


def test_a_batch_loses_the_roles_that_are_taken_from_it(client: FlaskClient, role: dict[str, Any]) -> None:
    batch = send_batch(client, role=role["id"])
    queued = client.put(f"/v1/batches/{batch['id']}/roles", json={"roles": []})
    after = wait_for_end(client, queued.headers["Location"])
    assert after["roles"] == TWINS
    assert set(find_row(after, "designer")["scores"]) == set(TWINS)


def test_a_report_without_the_role_is_not_taken_for_one_with_it(client: FlaskClient, role: dict[str, Any]) -> None:
    document = RESUMES["tester"].encode()
    roles = []
    for fields in ({}, {"role": role["id"]}, {"role": role["id"]}):
        sent = client.post("/v1/matches", data={"file": (BytesIO(document), "cv.txt"), **fields})
        ended = wait_for_end(client, sent.headers["Location"])
        roles.append((ended["attempts"] > 0, [each["id"] for each in ended["report"]["roles"]]))
    assert roles == [(True, TWINS), (True, [*TWINS, role["id"]]), (False, [*TWINS, role["id"]])]


def test_the_list_of_uploads_shows_the_score_for_a_role_of_ones_own(client: FlaskClient, role: dict[str, Any]) -> None:
    file = {"file": (BytesIO(RESUMES["data-engineer"].encode()), "cv.txt"), "role": role["id"]}
    sent = client.post("/v1/matches", data=file)
    *_, own = wait_for_end(client, sent.headers["Location"])["report"]["roles"]
    assert (own["id"], own["score"] > 0) == (role["id"], True)
    line = re.search(r'<li>\s+<label class="pick">.*?</li>', client.get("/uploads").text, re.DOTALL)
    assert line
    shown = dict(re.findall(r'<span class="points [^"]*">(\w+) (\d+\.\d)</span>', line[0]))
    assert set(shown) == {"MLE", "MLSE", "DE"}
    assert shown["DE"] == f"{own['score']:.1f}"


def test_a_resume_that_is_there_is_scored_again_as_if_it_had_been_sent_with_the_role(
    client: FlaskClient, role: dict[str, Any]
) -> None:
    document = RESUMES["data-engineer"].encode() + b"Terraform\n"
    file, fields = {"file": (BytesIO(document), "cv.txt")}, {"role": role["id"]}
    address = client.post("/v1/matches", data=file).headers["Location"]
    wait_for_end(client, address)
    client.patch(address, json={"note": "Ask"})
    queued = client.put(f"{address}/roles", json={"roles": [role["id"]]})
    assert (queued.status_code, queued.headers["Location"]) == (202, address)
    assert_described(queued.get_json(), "JobAnswer")
    after = wait_for_end(client, address)
    beside = client.post("/v1/matches", data={"file": (BytesIO(document), "cv.txt"), **fields}).headers["Location"]
    assert after["report"]["roles"] == wait_for_end(client, beside)["report"]["roles"]
    assert [each["id"] for each in after["report"]["roles"]] == [*TWINS, role["id"]]
    assert after["mark"]["note"] == "Ask"
    assert "checked" in client.get(f"{address.removeprefix('/v1')}/roles").text
    client.put(f"{address}/roles", json={"roles": []})
    assert [each["id"] for each in wait_for_end(client, address)["report"]["roles"]] == TWINS


def test_a_document_of_a_batch_is_not_scored_for_roles_of_its_own(client: FlaskClient, role: dict[str, Any]) -> None:
    job = find_row(send_batch(client), "designer")["job"]
    refused = client.put(f"/v1/matches/{job}/roles", json={"roles": [role["id"]]})
    assert_problem(refused, 400, "invalid-request")
    page = client.post(f"/matches/{job}/roles", data={"role": role["id"]})
    assert "Have their batch scored again" in page.text
    assert_problem(client.put("/v1/matches/nobody/roles", json={"roles": []}), 404, "unknown-job")
    assert client.get("/matches/nobody/roles").status_code == 404


def holds(settings: Settings, word: str) -> bool:
    """Return whether a hash or a string of the store holds a word."""
    redis = open_redis(settings)
    values: list[object] = []
    for key in redis.scan_iter("rolefit:*"):
        kind = redis.type(key)
        values += redis.hvals(key) if kind == b"hash" else [redis.get(key)] if kind == b"string" else []
    return any(word in str(value) for value in values)


def test_a_deleted_role_is_gone_and_what_it_scored_stays_as_it_was(client: FlaskClient, settings: Settings) -> None:
    role = client.post("/v1/roles", json={"posting": "Editor\n\nRequirements\n- Python at Quibblefax\n"}).get_json()
    batch = send_batch(client, role=role["id"])
    assert holds(settings, "Quibblefax")
    assert client.delete(f"/v1/roles/{role['id']}").status_code == 204
    assert_problem(client.get(f"/v1/roles/{role['id']}"), 404, "unknown-role")
    assert_problem(client.delete(f"/v1/roles/{role['id']}"), 404, "unknown-role")
    assert client.get(f"/v1/batches/{batch['id']}").get_json() == batch
    client.delete(f"/v1/batches/{batch['id']}")
    assert not holds(settings, "Quibblefax")


def test_an_owner_sees_uses_and_deletes_no_role_of_another(settings: Settings) -> None:
    tokens = {owner: make_token(owner) for owner in ("anna", "bela")}
    app = create_app(settings.model_copy(update={"tokens": ",".join(kept for _, kept in tokens.values())}))
    anna, bela = app.test_client(), app.test_client()
    for client, owner in ((anna, "anna"), (bela, "bela")):
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {tokens[owner][0]}"
    address = anna.post("/v1/roles", json={"posting": POSTING}).headers["Location"]
    assert [role["id"] for role in bela.get("/v1/roles").get_json()["roles"]] == TWINS
    assert_problem(bela.get(address), 404, "unknown-role")
    assert_problem(bela.delete(address), 404, "unknown-role")
    sent = bela.post("/v1/matches", data={"file": (BytesIO(b"text"), "cv.txt"), "role": "data-engineer"})
    assert_problem(sent, 404, "unknown-role")
    assert anna.delete(address).status_code == 204

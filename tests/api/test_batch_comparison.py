"""A candidate who sends a new version is found again, with what is new in it and which points that moved."""

from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.described import assert_described
from tests.resumes import RESUME_TEXT, vary_resume
from tests.waiting import wait_until
from tests.web import assert_problem

pytestmark = pytest.mark.usefixtures("running_workers")
MORE = RESUME_TEXT + "\nTuned XGBoost models and served them with Kubernetes and Terraform in production.\n"
NAMELESS = RESUME_TEXT.partition("\n")[2]
SOMEBODY_ELSE = RESUME_TEXT.replace("Quilla Brandvold", "Ottoline Marsh")


def send(client: FlaskClient, fields: Mapping[str, str] = MappingProxyType({}), /, **texts: str) -> str:
    files = [(BytesIO(text.encode()), f"{name}.txt") for name, text in texts.items()]
    address: str = client.post("/v1/batches", data={"file": files, **fields}).headers["Location"]
    wait_until(lambda: client.get(address).get_json()["state"] == "done")
    return address


def compare(client: FlaskClient, later: str, earlier: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"{later}/comparison?earlier={earlier.rpartition('/')[2]}").get_json()
    assert_described(answer, "BatchComparison")
    return answer


def test_a_new_version_says_which_points_and_words_are_new(client: FlaskClient) -> None:
    earlier = send(client, quilla=RESUME_TEXT, other=vary_resume(3), gone=vary_resume(4))
    later = send(client, quilla_new=MORE, other=vary_resume(3), added=vary_resume(5))
    answer = compare(client, later, earlier)
    (revision,) = answer["changed"]
    assert (answer["same"], answer["added"], answer["gone"]) == (1, ["added.txt"], ["gone.txt"])
    assert (revision["name"], revision["matched_by"], revision["same_text"]) == ("quilla_new.txt", "person", False)
    assert "HashiCorp Terraform" in revision["skills"]["more"]
    rows = {row["name"]: row for address in (later, earlier) for row in client.get(address).get_json()["rows"]}
    new, old = rows["quilla_new.txt"], rows["quilla.txt"]
    assert (revision["job"], revision["earlier_job"]) == (new["job"], old["job"])
    assert revision["points"]
    for key, change in revision["points"].items():
        difference = new["details"]["points"].get(key, 0) - old["details"]["points"].get(key, 0)
        assert change == pytest.approx(difference, abs=0.051)
    for role, change in revision["scores"].items():
        assert change == {"before": old["scores"][role], "after": new["scores"][role]}


def test_points_of_a_role_that_one_batch_alone_was_scored_for_are_no_change(client: FlaskClient) -> None:
    role = client.post("/v1/roles", json={"posting": "Data Engineer\n\nRequirements\n- Python"}).headers["Location"]
    earlier = send(client, {"role": role.rpartition("/")[2]}, quilla=RESUME_TEXT)
    answer = compare(client, send(client, quilla=RESUME_TEXT), earlier)
    assert (answer["changed"], answer["same"]) == ([], 1)
    client.delete(role)


def test_the_way_back_is_the_opposite(client: FlaskClient) -> None:
    before, after = send(client, quilla=RESUME_TEXT), send(client, quilla=MORE)
    (there,), (back,) = (compare(client, *pair)["changed"] for pair in ((after, before), (before, after)))
    assert back["points"] == {key: -change for key, change in there["points"].items()}
    assert (back["skills"]["less"], back["skills"]["more"]) == (there["skills"]["more"], there["skills"]["less"])


@pytest.mark.parametrize(
    ("name", "text", "matched"),
    [("quilla", NAMELESS, "file"), ("quilla", SOMEBODY_ELSE, None)],
    ids=["file", "two people"],
)
def test_a_file_of_the_same_name_is_the_same_person_unless_it_names_another(
    client: FlaskClient, name: str, text: str, matched: str | None
) -> None:
    answer = compare(client, send(client, **{name: text}), send(client, quilla=RESUME_TEXT))
    assert [revision["matched_by"] for revision in answer["changed"]] == ([matched] if matched else [])
    assert answer["added"] == ([] if matched else [f"{name}.txt"])


def test_two_of_one_name_are_told_apart_by_their_files(client: FlaskClient) -> None:
    texts = {"a": RESUME_TEXT, "b": MORE}
    answer = compare(client, send(client, **texts), send(client, **texts))
    assert (answer["changed"], answer["same"], answer["added"]) == ([], 2, [])


def test_a_batch_that_is_not_there_cannot_be_compared_with(client: FlaskClient) -> None:
    address = send(client, quilla=RESUME_TEXT)
    assert_problem(client.get(f"{address}/comparison?earlier=never-was"), 404, "unknown-batch")
    assert_problem(client.get(f"{address}/comparison"), 400, "invalid-request")

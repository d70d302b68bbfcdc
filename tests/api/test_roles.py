"""The profiles over HTTP."""

import pytest
from flask.testing import FlaskClient

from tests.web import assert_problem

TWINS = ["machine-learning-engineer", "machine-learning-software-engineer"]


def test_both_roles_are_listed_with_everything_they_ask_for(client: FlaskClient) -> None:
    roles = client.get("/v1/roles").get_json()["roles"]
    assert [role["id"] for role in roles] == TWINS
    for role in roles:
        points = [item["possible"] for dimension in role["dimensions"] for item in dimension["requirements"]]
        assert sum(points) == pytest.approx(100)


def test_one_role_is_shown_as_it_is_listed(client: FlaskClient) -> None:
    listed = client.get("/v1/roles").get_json()["roles"]
    assert [client.get(f"/v1/roles/{role_id}").get_json() for role_id in TWINS] == listed


def test_an_unknown_role_is_a_problem_that_names_the_known_ones(client: FlaskClient) -> None:
    answer = client.get("/v1/roles/astronaut")
    assert_problem(answer, 404, "unknown-role")
    assert TWINS[0] in answer.get_json(force=True)["detail"]

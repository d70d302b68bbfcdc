"""Every error has one form and a stable code."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service import create_app
from service.http.body_limits import list_body_limits
from service.http.problems import FLASK_CODES, STATUSES
from tests.web import assert_problem
from worker.errors.installation import NoStoreNamedError
from worker.settings import Settings


@pytest.fixture
def app() -> Flask:
    return create_app(Settings(redis_url="redis://127.0.0.1:1"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_an_address_without_anything_is_a_problem(client: FlaskClient) -> None:
    assert_problem(client.get("/nothing/here"), 404, "not-found")


def test_a_wrong_method_is_a_problem_and_names_the_right_ones(client: FlaskClient) -> None:
    answer = client.put("/v1/matches")
    assert_problem(answer, 405, "method-not-allowed")
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize(("method", "address"), [("POST", "/v1/roles"), ("PATCH", "/v1/batches/any")])
def test_json_that_is_nested_too_deeply_is_malformed(client: FlaskClient, method: str, address: str) -> None:
    answer = client.open(address, method=method, data="[" * 60_000, content_type="application/json")
    assert_problem(answer, 400, "invalid-request")


def test_a_fault_of_ours_is_a_problem_that_tells_nothing_of_its_cause(app: Flask) -> None:
    def break_down() -> str:
        raise ZeroDivisionError("a secret")

    app.add_url_rule("/broken", view_func=break_down)
    answer = app.test_client().get("/broken")
    assert_problem(answer, 500, "internal-error")
    assert "secret" not in answer.text


def test_every_code_of_flask_has_the_status_of_the_table() -> None:
    assert {code: status for status, (code, _) in FLASK_CODES.items()}.items() <= STATUSES.items()


def test_an_application_without_a_store_says_how_to_get_one() -> None:
    with pytest.raises(NoStoreNamedError, match="rolefit serve"):
        create_app(Settings(redis_url=None))


def test_every_request_that_changes_something_has_a_limit_for_its_body(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if {"POST", "PUT", "PATCH"} & (rule.methods or set())]
    assert list_body_limits(Settings()).keys() == {rule.endpoint for rule in rules}

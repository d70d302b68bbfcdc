"""The API describes itself, correctly and completely."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import ValidationError
from openapi_spec_validator import validate

from service import create_app
from skills.roles.profiles import load_profiles
from tests.described import assert_described, describe_api
from tests.own_roles import write_role
from tests.reports import as_json
from tests.resumes import RESUME_TEXT, build_pdf
from tests.web import upload, wait_for_end
from worker.pipeline import score_document
from worker.settings import Settings

# Pages, their parts and the description itself are not part of the API that it describes.
UNDESCRIBED = {
    "/",
    "/matches/<job_id>",
    "/roles",
    "/roles/own",
    "/roles/own/<role_id>",
    "/roles/own/<role_id>/delete",
    "/batches/<batch_id>/roles",
    "/matches/<job_id>/roles",
    "/uploads",
    "/batches/<batch_id>",
    "/batches/<batch_id>/comparison",
    "/openapi.json",
    "/docs",
    "/docs/<path:file>",
    "/static/<path:filename>",
    "/deleted",
    "/sample",
    "/guides/<name>",
    "/favicon.ico",
    "/robots.txt",
}


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(Settings(redis_url="redis://127.0.0.1:1"))


@pytest.fixture(scope="module")
def roles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_role(tmp_path_factory.mktemp("roles"))


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    return describe_api()


def test_the_description_is_valid_openapi_3_1(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1")
    validate(description)


def test_every_route_and_method_is_described(app: Flask, description: dict[str, Any]) -> None:
    routes = {
        (rule.rule.replace("<", "{").replace(">", "}"), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule not in UNDESCRIBED
    }
    described = {(path, method) for path, item in description["paths"].items() for method in item}
    assert described == routes


def test_the_description_says_where_the_service_is_and_what_a_client_may_send(description: dict[str, Any]) -> None:
    assert [server["url"] for server in description["servers"]] == ["/"]
    bodies = description["paths"]["/v1/matches"]["post"]["requestBody"]["content"]
    assert set(bodies) == {"multipart/form-data", "application/pdf", "application/octet-stream"}
    for kind, key in (("matches", "job_id"), ("batches", "batch_id")):
        parameters = description["paths"][f"/v1/{kind}/{{{key}}}"]["get"]["parameters"]
        assert "If-None-Match" in {each["name"] for each in parameters if each["in"] == "header"}


def test_a_field_that_may_be_left_out_of_a_body_is_optional_in_generated_clients(description: dict[str, Any]) -> None:
    schemas = description["components"]["schemas"]
    for name in ("UploadForm", "BatchForm", "BatchBody", "MarkBody", "RoleBody", "RequirementBody"):
        fields, required = schemas[name]["properties"], schemas[name].get("required", ())
        assert len(required) < len(fields)
        assert not [field for field, schema in fields.items() if "default" in schema], name
    assert schemas["Mark"]["properties"]["star"]["default"] is False  # an answer always has it


def test_every_error_is_described_as_a_problem(description: dict[str, Any]) -> None:
    operations = [operation for item in description["paths"].values() for operation in item.values()]
    errors = [
        answer for operation in operations for status, answer in operation["responses"].items() if int(status) >= 400
    ]
    assert len(errors) >= 2 * len(operations)
    assert all(list(answer["content"]) == ["application/problem+json"] for answer in errors)


@pytest.mark.parametrize("own", [True, False])
def test_a_report_holds_what_is_described_and_nothing_else(*, own: bool, roles: Path) -> None:
    settings = Settings(profiles=roles if own else None)
    assert_described(as_json(score_document(RESUME_TEXT.encode(), name="cv.txt", settings=settings)), "Report")


@pytest.mark.parametrize(
    "wrong",
    [
        {"score": 1},
        {"text": None},
        {"verdict": {"best_fit": None, "margin": 1.0, "close": True}},
        {"skills": [{"id": "python"}]},
    ],
)
def test_what_is_not_described_is_found(wrong: dict[str, Any]) -> None:
    report = as_json(score_document(RESUME_TEXT.encode(), name="cv.txt"))
    with pytest.raises(ValidationError):
        assert_described(report | wrong, "Report")


@pytest.mark.usefixtures("running_workers")
def test_a_job_holds_what_is_described_and_nothing_else(settings: Settings) -> None:
    client = create_app(settings).test_client()
    sent = upload(client, build_pdf(RESUME_TEXT))
    assert_described(sent.get_json(), "JobAnswer")
    assert_described(wait_for_end(client, sent.headers["Location"]), "JobAnswer")
    failed = upload(client, b"%PDF-1.4 damaged")
    assert_described(wait_for_end(client, failed.headers["Location"]), "JobAnswer")


def test_a_profile_holds_what_is_described_and_nothing_else(client: FlaskClient) -> None:
    assert_described(client.get("/v1/roles").get_json(), "RoleList")
    for profile in load_profiles():
        assert_described(client.get(f"/v1/roles/{profile.id}").get_json(), "RoleDescription")


def test_a_refusal_holds_what_is_described_and_nothing_else(app: Flask) -> None:
    assert_described(app.test_client().get("/v1/roles/unknown").get_json(), "Problem")


def test_the_page_about_the_api_loads_nothing_from_other_hosts(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/docs").text
    assert "://" not in page
    for file in ("css/swagger-ui.css", "js/swagger-ui-bundle.js"):
        with client.get(f"/docs/{file}") as answer:
            assert answer.status_code == 200

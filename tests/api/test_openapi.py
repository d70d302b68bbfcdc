"""The API describes itself, correctly and completely."""

import json
from typing import Any

import pytest
from flask import Flask
from openapi_spec_validator import validate

from service import create_app
from service.api.schemas import Job, Report, Role
from skills.roles.profiles import describe_profile, load_profiles
from tests.resumes import RESUME_TEXT, build_pdf
from tests.web import upload, wait_for_end
from worker.pipeline import score_document
from worker.settings import Settings

# Pages, their parts and the description itself are not part of the API that it describes.
UNDESCRIBED = {
    "/",
    "/matches/<job_id>",
    "/roles",
    "/batches/<batch_id>",
    "/openapi.json",
    "/docs",
    "/docs/<path:file>",
    "/static/<path:filename>",
}


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(Settings(redis_url="redis://127.0.0.1:1"))


@pytest.fixture(scope="module")
def description(app: Flask) -> dict[str, Any]:
    answer: dict[str, Any] = app.test_client().get("/openapi.json").get_json()
    return answer


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


def test_every_error_is_described_as_a_problem(description: dict[str, Any]) -> None:
    operations = [operation for item in description["paths"].values() for operation in item.values()]
    errors = [
        answer for operation in operations for status, answer in operation["responses"].items() if int(status) >= 400
    ]
    assert len(errors) >= 2 * len(operations)
    assert all(list(answer["content"]) == ["application/problem+json"] for answer in errors)


def test_a_report_holds_what_is_described_and_nothing_else() -> None:
    report = json.loads(json.dumps(score_document(build_pdf(RESUME_TEXT), name="cv.pdf")))
    assert Report.model_validate(report).model_dump(mode="json", by_alias=True, exclude_unset=True) == report


@pytest.mark.usefixtures("running_workers")
def test_a_job_holds_what_is_described_and_nothing_else(settings: Settings) -> None:
    client = create_app(settings).test_client()
    job = wait_for_end(client, upload(client, build_pdf(RESUME_TEXT)).headers["Location"])
    assert Job.model_validate(job).model_dump(mode="json", by_alias=True, exclude_unset=True).keys() == job.keys()


def test_a_profile_holds_what_is_described_and_nothing_else() -> None:
    for profile in load_profiles():
        role = describe_profile(profile)
        assert Role.model_validate(role).model_dump(mode="json", exclude_unset=True) == role


def test_the_page_about_the_api_loads_nothing_from_other_hosts(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/docs").text
    assert "://" not in page
    for file in ("css/swagger-ui.css", "js/swagger-ui-bundle.js"):
        with client.get(f"/docs/{file}") as answer:
            assert answer.status_code == 200

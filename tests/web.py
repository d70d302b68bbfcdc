"""Talking to the application as a client does."""

from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.waiting import wait_until


def upload(client: FlaskClient, content: bytes, *, name: str = "cv.pdf") -> TestResponse:
    """Send a document."""
    return client.post("/v1/matches", data={"file": (BytesIO(content), name)})


def wait_for_end(client: FlaskClient, address: str) -> dict[str, Any]:
    """Return the job at an address once it has ended."""

    def ended() -> dict[str, Any]:
        job: dict[str, Any] = client.get(address).get_json()
        return job if job["state"] in {"done", "failed"} else {}

    return wait_until(ended)


def assert_problem(response: TestResponse, status: int, code: str) -> None:
    """Check that an answer is the error of this code."""
    assert response.content_type == "application/problem+json"
    body = response.get_json(force=True)
    assert (response.status_code, body["status"], body["code"]) == (status, status, code)
    assert body["detail"].endswith(".")

"""Every answer carries an id, and so do the log lines of its request."""

import logging

import pytest

from service import create_app
from tests.resumes import RESUME_TEXT, build_pdf
from tests.web import upload
from worker.logs import set_up_logging
from worker.settings import Settings


def test_an_id_that_is_sent_comes_back(settings: Settings) -> None:
    client = create_app(settings).test_client()
    assert client.get("/healthz", headers={"X-Request-Id": "trace-7.b"}).headers["X-Request-Id"] == "trace-7.b"


@pytest.mark.parametrize("given", ["", "two words", "x" * 65, "a\tb", "é"])
def test_an_id_that_may_not_stand_in_a_log_is_replaced(settings: Settings, given: str) -> None:
    client = create_app(settings).test_client()
    answers = [client.get("/nowhere", headers={"X-Request-Id": given}).headers["X-Request-Id"] for _ in range(2)]
    assert len({*answers, given}) == 3


def test_the_log_line_of_an_upload_names_the_request(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    kept = logging.getLogger().handlers[:]
    set_up_logging()
    try:
        client = create_app(settings.model_copy(update={"redis_url": f"{settings.redis_url}?db=9"})).test_client()
        identity = upload(client, build_pdf(RESUME_TEXT)).headers["X-Request-Id"]
    finally:
        logging.getLogger().handlers[:] = kept
    assert f"request={identity}" in capsys.readouterr().err

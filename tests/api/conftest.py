"""A client of the application, for the tests of the API that need no settings of their own."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from service import create_app
from worker.settings import Settings


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[FlaskClient]:
    """A client of the application with the session's settings."""
    with create_app(settings).test_client() as client:
        yield client

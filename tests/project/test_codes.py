"""Every error has one code, and the code, the description and the documents name the same ones."""

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest

import service
import skills
import worker
from service import create_app
from service.http.problems import FLASK_CODES, STATUSES
from skills.errors import RolefitError
from worker.files import ROOT
from worker.queue.webhook_task import REFUSED
from worker.settings import Settings

API = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
PROGRAMS = ("__main__", "worker.celery", "worker.queue.webhook_app")  # which start something when they are imported


def list_errors(kind: type[RolefitError] = RolefitError) -> Iterator[type[RolefitError]]:
    for each in kind.__subclasses__():
        yield each
        yield from list_errors(each)


@pytest.fixture(scope="module")
def codes() -> set[str]:
    """The codes of all errors in the three packages."""
    for package in (skills, worker, service):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith(PROGRAMS):
                import_module(module.name)
    ours = {error.code for error in list_errors() if error.__module__.startswith(("skills", "worker", "service"))}
    return {*ours, *(code for code, _ in FLASK_CODES.values()), REFUSED}


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    app = create_app(Settings(redis_url="redis://127.0.0.1:1"))
    answer: dict[str, Any] = app.test_client().get("/openapi.json").get_json()
    return answer


def list_rows(heading: str) -> list[tuple[set[str], str]]:
    """Return the codes of each row of the first table after a heading, and what the second column says."""
    table = API.partition(heading)[2].partition("|---|")[2].partition("\n\n")[0]
    rows = (line.split("|") for line in table.splitlines() if line.startswith("| `"))
    return [(set(re.findall(r"`([a-z-]+)`", cells[1])), cells[2].strip()) for cells in rows]


def join(rows: list[tuple[set[str], str]]) -> set[str]:
    return set().union(*(codes for codes, _ in rows))


DOCUMENTS = join(list_rows("| code | the document |"))
REQUESTS = {code: int(status) for codes, status in list_rows("| code | status | the request |") for code in codes}
DELIVERIES = join(list_rows("| code | the receiver |"))
COMMANDS = join(list_rows("| code | the command |"))


def test_every_code_of_an_error_is_documented_and_no_other(codes: set[str]) -> None:
    assert codes == DOCUMENTS | REQUESTS.keys() | DELIVERIES | COMMANDS


def test_the_documented_statuses_are_those_of_the_answers() -> None:
    assert {code: status.value for code, status in STATUSES.items()} == REQUESTS


def test_the_description_names_every_code_of_a_refusal_under_its_status(description: dict[str, Any]) -> None:
    described = {
        (code, int(status))
        for path in description["paths"].values()
        for operation in path.values()
        for status, answer in operation["responses"].items()
        if int(status) >= 400
        for code in re.findall(r"`([a-z-]+)`", answer["description"])
    }
    # Refused before an operation is known.
    assert described == {pair for pair in REQUESTS.items() if pair[0] not in {"not-found", "method-not-allowed"}}
    assert set(description["components"]["schemas"]["Problem"]["properties"]["code"]["enum"]) == REQUESTS.keys()

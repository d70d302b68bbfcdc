"""The README tells the truth of today."""

import re
from pathlib import Path

import click
import pytest

from service import create_app
from service.cli import main
from worker.settings import Settings

README = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_stands_in_the_table_with_its_meaning(name: str) -> None:
    field = Settings.model_fields[name]
    default = "[^|]+" if field.default_factory else re.escape(str(field.default).lower())
    row = rf"\| `ROLEFIT_{name.upper()}` \| {default} \| {re.escape(field.description or '?')} \|"
    assert re.search(row, README)


def test_no_setting_stands_in_the_readme_that_is_none() -> None:
    named = set(re.findall(r"ROLEFIT_([A-Z_]+)", README))
    assert named == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("command", main.commands)
def test_every_command_and_option_stands_in_the_table(command: str) -> None:
    (row,) = re.findall(rf"\| `(rolefit {command}(?: .*?)?)` \| ", README)
    options = [parameter for parameter in main.commands[command].params if isinstance(parameter, click.Option)]
    for option in options:
        assert option.opts[0] in row


def test_every_call_of_the_api_is_described(settings: Settings) -> None:
    app = create_app(settings)
    described = set(app.test_client().get("/openapi.json").get_json()["paths"])
    pages = {"/", "/docs", "/openapi.json"}
    rules = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules()}
    assert {rule for rule in rules if rule.startswith(("/v1", "/healthz", "/readyz", "/metrics"))} == described
    assert pages <= rules

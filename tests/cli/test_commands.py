"""Every command is listed, and the list is all there is."""

from importlib.resources import files
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from service.cli import COMMANDS, main

SHARED = {"__init__", "passed_over"}


def test_every_module_is_a_command_that_the_help_lists() -> None:
    modules = {path.stem for path in Path(str(files("service.cli"))).rglob("*.py")}
    assert modules - SHARED == set(COMMANDS)
    shown = CliRunner().invoke(main, ["--help"]).stdout
    assert [name for name in COMMANDS if f"  {name} " not in shown] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_begins_with_what_the_list_says(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert (command.help or "").startswith(COMMANDS[name].removesuffix("."))


def test_what_is_no_command_is_wrong_usage() -> None:
    assert CliRunner().invoke(main, ["unknown"]).exit_code == 2

"""What the documents for candidates and operators say is true of the program."""

import re
from pathlib import Path

import pytest

from worker.settings import SECRETS, Settings
from worker.store import keys

ROOT = Path(__file__).parent.parent.parent
DOCS = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_figures_of_the_model_card_are_those_of_the_readme() -> None:
    section = README.partition("## How good is it")[2].partition("\n## ")[0]
    figures = re.findall(r"(?<!\d)\.\d+", DOCS["model-card.md"])
    assert len(figures) >= 8
    assert [figure for figure in figures if figure not in section] == []


@pytest.mark.parametrize("name", DOCS)
def test_every_variable_that_a_document_names_is_a_setting(name: str) -> None:
    named = set(re.findall(r"ROLEFIT_([A-Z_]+)", DOCS[name]))
    assert named <= {field.upper() for field in Settings.model_fields} | {
        f"{secret}_FILE".upper() for secret in SECRETS
    }


def test_everything_that_is_kept_in_redis_stands_in_the_table_of_retention() -> None:
    single = {name.removeprefix("rolefit:") for name in vars(keys).values() if str(name).startswith("rolefit:")}
    assert {"pending", "clean"} <= single
    assert {name for name in {*single, *keys.Prefix} if f"`{name}`" not in DOCS["retention.md"]} == set()


def test_no_other_module_and_no_script_spells_the_name_of_a_key_out() -> None:
    files = [*(ROOT / "worker").rglob("*.py"), *(ROOT / "service").rglob("*.py"), *(ROOT / "worker").rglob("*.lua")]
    spelt = {file for file in files if re.search(r"""["']rolefit:[\w{]""", file.read_text(encoding="utf-8"))}
    assert spelt == {ROOT / "worker" / "store" / "keys.py"}


def test_the_period_of_retention_is_the_default_of_today() -> None:
    assert f"{Settings.model_fields['retention_days'].default} days by default" in DOCS["retention.md"]

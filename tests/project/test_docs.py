"""What the documents for candidates and operators say is true of the program."""

import re
from pathlib import Path

import pytest

from worker.settings import Settings

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
    assert named <= {field.upper() for field in Settings.model_fields}


def test_everything_that_is_kept_in_redis_stands_in_the_table_of_retention() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "worker").rglob("*.py"))
    sources += (ROOT / "service" / "http" / "rate_limits.py").read_text(encoding="utf-8")
    kinds = set(re.findall(r"""name_(?:secret_)?key\("(\w+)"|["']rolefit:(\w+)""", sources))
    named = {first or second for first, second in kinds}
    assert {"document", "report", "clean"} <= named
    assert {kind for kind in named if f"`{kind}`" not in DOCS["retention.md"]} == set()


def test_the_period_of_retention_is_the_default_of_today() -> None:
    assert f"{Settings.model_fields['retention_days'].default} days by default" in DOCS["retention.md"]

"""`rolefit skills` answers an editor's questions about the vocabulary."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main


def run(*words: str) -> str:
    result = CliRunner().invoke(main, ["skills", *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("word", ["pytorch", "PyTorch", "py-torch"])
def test_an_entry_is_found_by_id_and_by_any_spelling(word: str) -> None:
    assert run(word).startswith("PyTorch  (pytorch, framework, ml-frameworks.toml)")


def test_an_entry_shows_its_parents_conditions_and_requirements() -> None:
    shown = run("LoRA")
    assert "below: peft < fine-tuning < deep-learning < machine-learning < artificial-intelligence" in shown
    assert "only in this letter case" in shown
    assert "machine-learning: Machine learning algorithms" in shown


def test_an_assistant_is_evidence_for_no_requirement() -> None:
    assert "evidence for no requirement" in run("ChatGPT")


def test_a_text_is_shown_name_by_name(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("SKILLS\nPyTorch\n\nEXPERIENCE\nListened to Zep.\n", encoding="utf-8")
    counted, left_out = run("--text", str(text)).splitlines()
    assert counted == "2: PyTorch -> pytorch  counted"
    assert left_out.startswith("5: Zep -> zep  not counted: alone it may mean something else")


def test_the_tree_shows_a_skill_below_its_parent() -> None:
    lines = run("--tree").splitlines()
    parent = lines.index("    Deep Learning (method)")
    assert "      Transformer Model (method)" in lines[parent:]


def test_an_unknown_word_ends_with_one_line_that_says_what_to_do() -> None:
    result = CliRunner().invoke(main, ["skills", "no such thing"])
    assert result.exit_code == 2
    assert "skills/data/vocabulary" in result.output


@pytest.mark.parametrize("words", [[], ["x", "--tree"]])
def test_one_question_at_a_time(words: list[str]) -> None:
    assert CliRunner().invoke(main, ["skills", *words]).exit_code == 2

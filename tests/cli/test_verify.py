"""A report is a receipt: whoever has the document can check it, and any change of either is named."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from service.cli import main
from skills.finding.skill.vocabulary import vocabulary_version
from skills.roles.profiles import FOLDER, profiles_version
from skills.toml_files import DATA
from tests.reports import as_json
from tests.resumes import RESUME_TEXT, build_pdf
from worker.files import ROOT
from worker.pipeline import score_or_explain
from worker.versions import fingerprint_code

VERSIONS = ["rolefit", "code", "vocabulary", "profiles", "reader"]


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    return as_json(score_or_explain(build_pdf(RESUME_TEXT), name="cv.pdf"))


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    file = tmp_path / "cv.pdf"
    file.write_bytes(build_pdf(RESUME_TEXT))
    return file


def verify(receipt: Any, file: Path) -> Result:  # noqa: ANN401 - any JSON value
    """Check what is written as JSON, or as it is where it is a text, against a file."""
    written = file.parent / "report.json"
    written.write_text(receipt if isinstance(receipt, str) else json.dumps(receipt), encoding="utf-8")
    return CliRunner().invoke(main, ["verify", str(written), str(file)])


def write_line(result: dict[str, Any]) -> str:
    return json.dumps(result) + "\n"


def edit(report: dict[str, Any], path: list[str | int], value: object) -> dict[str, Any]:
    """Return a copy of a report with another value at a path."""
    edited: dict[str, Any] = json.loads(json.dumps(report))
    part: Any = edited
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    return edited


def test_a_report_that_comes_out_again_is_identical(report: dict[str, Any], resume: Path) -> None:
    done = verify(write_line(report), resume)
    assert (done.exit_code, done.stdout) == (0, "identical\n")


def test_a_job_as_the_api_answers_it_is_a_receipt_without_its_text(report: dict[str, Any], resume: Path) -> None:
    answer = {key: value for key, value in report.items() if key != "text"}
    assert verify({"id": "x", "state": "done", "report": answer, "error": None}, resume).exit_code == 0
    assert verify(answer, resume).exit_code == 0


def test_the_row_of_a_batch_that_is_on_the_file_is_checked(report: dict[str, Any], resume: Path) -> None:
    other = as_json(score_or_explain(build_pdf(f"{RESUME_TEXT}, Dutch"), name="other.pdf"))
    mine = edit(report, ["document", "name"], f"{resume.parent.name}/cv.pdf")
    assert verify(write_line(other) + write_line(mine), resume).exit_code == 0
    wrong = edit(mine, ["roles", 0, "score"], 99.0)
    assert "roles[0].score: 99.0" in verify(write_line(other) + write_line(wrong), resume).stdout


def test_a_failure_is_a_receipt_too(tmp_path: Path) -> None:
    file = tmp_path / "bad.pdf"
    file.write_bytes(b"%PDF-1.7 and nothing after it")
    failure = as_json(score_or_explain(file.read_bytes(), name="bad.pdf"))
    assert verify(failure, file).exit_code == 0
    assert "error.code" in verify(edit(failure, ["error", "code"], "encrypted"), file).stdout


def test_one_changed_byte_of_the_document_is_told_and_no_words_are_compared(
    report: dict[str, Any], resume: Path
) -> None:
    resume.write_bytes(build_pdf(RESUME_TEXT) + b"%")
    done = verify(edit(report, ["roles", 0, "score"], 99.0), resume)
    (line,) = done.stdout.splitlines()
    assert (done.exit_code, line.startswith("differs: the document: ")) == (1, True)
    assert report["document"]["sha256"] in line


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (["roles", 0, "dimensions", 1, "score"], 12.3, "roles[0].dimensions[1].score: 12.3 → "),
        (["roles", 1, "gaps", 0, "advice"], "Learn COBOL.", "roles[1].gaps[0].advice: Learn COBOL. → "),
        (["verdict", "best_fit"], None, "verdict.best_fit: null → "),
        (["skills", 0, "label"], "Cobol", "skills[0].label: Cobol → "),
        (["document", "pages"], 7, "document.pages: 7 → 1"),
        (["document", "name"], "mine.pdf", "document.name: mine.pdf → cv.pdf"),
        (["text"], "Another text", "text: Another text → Quilla Brandvold"),
        (["approved"], "yes", "approved: yes → (missing)"),
        (["skills"], [], "skills: [] → "),
    ],
)
def test_one_edited_word_of_the_report_is_named_with_both_values(
    path: list[str | int], value: object, line: str, report: dict[str, Any], resume: Path
) -> None:
    done = verify(edit(report, path, value), resume)
    assert done.exit_code == 1
    assert done.stdout.startswith(f"differs: {line}")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_report_of_another_version_is_named_as_such_and_its_words_are_not_compared(
    version: str, report: dict[str, Any], resume: Path
) -> None:
    older = edit(edit(report, ["versions", version], "older"), ["roles", 0, "score"], 99.0)
    done = verify(older, resume)
    (line,) = done.stdout.splitlines()
    assert done.exit_code == 1
    assert f"the report is of older, this is {report['versions'][version]}" in line


def test_a_report_names_every_version_that_decides(report: dict[str, Any]) -> None:
    assert sorted(report["versions"]) == sorted(VERSIONS)


def test_all_knowledge_lies_where_a_version_counts_it() -> None:
    assert {file.parent for file in DATA.rglob("*.*")} == {
        DATA,
        FOLDER,
        *(folder for folder in (DATA / "vocabulary").iterdir()),
    }


@pytest.mark.parametrize(
    "file",
    [*DATA.glob("*.toml"), *FOLDER.glob("*.toml"), DATA / "vocabulary/ml/statistics.toml"],
    ids=lambda file: file.name,
)
def test_one_byte_more_in_any_file_of_the_knowledge_is_another_version(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = shutil.copytree(DATA, tmp_path / "data")
    with (copy / file.relative_to(DATA)).open("a", encoding="utf-8") as changed:
        changed.write("#")
    profiles, vocabulary = profiles_version(), vocabulary_version()
    monkeypatch.setattr("skills.roles.profiles.FOLDER", copy / "profiles")
    assert (profiles_version.__wrapped__() == profiles) is (file.parent != FOLDER)
    assert (vocabulary_version(copy / "vocabulary") == vocabulary) is (file.parent == FOLDER)


@pytest.mark.parametrize("file", ["skills/judging/scoring.py", "worker/reading/layout/reading_order.py"])
def test_an_edited_line_of_the_code_that_decides_is_another_version(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("skills", "worker"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("data", "__pycache__"))
    monkeypatch.setattr("worker.versions.ROOT", tmp_path)
    assert fingerprint_code.__wrapped__() == fingerprint_code()
    (tmp_path / file).write_text("", encoding="utf-8")
    assert fingerprint_code.__wrapped__() != fingerprint_code()


@pytest.mark.parametrize(
    "words", ["name,score\ncv.pdf,71\n", "[1, 2]", "{}", '{"state": "queued", "report": null}', ""]
)
def test_what_is_no_report_is_wrong_usage_that_says_what_one_is(words: str, resume: Path) -> None:
    done = verify(words, resume)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "rolefit score --json" in done.stderr


def test_a_batch_without_a_row_on_the_file_is_wrong_usage(report: dict[str, Any], resume: Path) -> None:
    rows = [edit(edit(report, ["document", "name"], name), ["document", "sha256"], "0") for name in ("a.pdf", "b.pdf")]
    done = verify("".join(map(write_line, rows)), resume)
    assert (done.exit_code, "no row of it is on cv.pdf" in done.stderr) == (2, True)

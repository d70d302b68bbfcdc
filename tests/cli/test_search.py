"""`rolefit search` finds documents in the results of a batch."""

from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result

from service.cli import main
from skills.judging.report import write_report
from skills.knowledge import load_knowledge
from tests.reading_text import make_document
from tests.reports import rename
from tests.resumes import LONG_RESUME_TEXT, RESUME_TEXT
from worker.errors.documents import EncryptedDocumentError
from worker.outcomes.failure import Failure, JobError
from worker.outcomes.results import encode_result

TEXTS = {"quilla.txt": RESUME_TEXT, "ottoline.txt": LONG_RESUME_TEXT}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    knowledge = load_knowledge()
    scored = [rename(write_report(make_document(text), knowledge), name) for name, text in TEXTS.items()]
    failure = Failure({"name": "locked.pdf"}, JobError.of(EncryptedDocumentError()))
    path = tmp_path_factory.mktemp("results") / "results.jsonl"
    lines = [*map(encode_result, scored), encode_result(failure)]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def run(results: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["search", str(results), *words])


def test_documents_are_found_by_words_and_by_skills_in_any_spelling(results: Path) -> None:
    found = run(results, "k8s", "Brandvold")
    assert found.exit_code == 0
    (line,) = found.stdout.splitlines()
    assert "quilla.txt: " in line
    assert "Kubernetes" in line
    assert found.stderr == "1 of 3 documents\n"
    assert "locked.pdf" in run(results, "password").stdout
    assert run(results, "unheard-of").stdout == ""


def test_a_word_with_spaces_is_a_phrase(results: Path) -> None:
    assert "quilla.txt" in run(results, "Docker and Kubernetes").stdout
    assert "quilla.txt" not in run(results, "Kubernetes and Docker").stdout


def test_the_lines_that_answer_are_printed_as_they_are(results: Path) -> None:
    printed = run(results, "Brandvold", "--json").stdout_bytes
    assert printed == results.read_bytes().splitlines(keepends=True)[0]
    assert orjson.loads(printed)["document"]["name"] == "quilla.txt"


def test_a_file_of_something_else_is_refused_with_its_line(tmp_path: Path) -> None:
    for content in ("name,score\n", '{"roles": []}\n', "[1]\n"):
        other = tmp_path / "other.csv"
        other.write_text(content, encoding="utf-8")
        refused = run(other, "x")
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert "Line 1 of" in refused.stderr

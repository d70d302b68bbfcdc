"""The command line: run in this process, and as a program of its own where that could make a difference."""

import csv
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from service.cli import main
from tests.resumes import RESUME_TEXT, build_pdf
from tests.waiting import wait_until
from tests.word import build_docx
from worker.errors.documents import InternalError
from worker.outcomes.results import StoredResult
from worker.store.jobs.job import JobState
from worker.store.jobs.job_store import JobStore

TWINS = ["machine-learning-engineer", "machine-learning-software-engineer"]
COLUMNS = ["name", *TWINS, "best_fit", "margin", "close", "error", "message", "person_name"]

Rolefit = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment(tmp_path: Path, redis_url: str) -> dict[str, str]:
    """The session's Redis and workers, which spares each batch the start of its own."""
    return {**os.environ, "ROLEFIT_DATA": str(tmp_path / "data"), "ROLEFIT_REDIS_URL": redis_url, "COLUMNS": "100"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three résumés, one in a folder of its own, a PDF that is none, and what is passed over."""
    folder = tmp_path / "cvs"
    (folder / "more").mkdir(parents=True)
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "d.pdf").write_bytes(b"left by a system")
    for name in ("b.pdf", "a.PDF", "more/c.pdf"):
        (folder / name).write_bytes(build_pdf(RESUME_TEXT))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing after it")
    (folder / "song.mp3").write_bytes(b"a song")
    (folder / "~$b.docx").write_bytes(b"who has the file open")
    return folder


@pytest.fixture
def program(environment: dict[str, str]) -> Rolefit:
    def run(*words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "service", *map(str, words)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)

    return run


@pytest.fixture
def rolefit(environment: dict[str, str]) -> Iterator[Rolefit]:
    """The program without the start of a process, which takes longer than most commands."""

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        done = CliRunner().invoke(main, [*map(str, words)], env=environment, catch_exceptions=False)
        return subprocess.CompletedProcess(list(map(str, words)), done.exit_code, done.stdout, done.stderr)

    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield run
    for number, handler in handlers.items():
        signal.signal(number, handler)


def read_rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def name_rows(text: str) -> list[str]:
    return [row["document"]["name"] for row in read_rows(text)]


def test_score_shows_both_scores_and_quotes_the_evidence(program: Rolefit, folder: Path) -> None:
    done = program("score", folder / "b.pdf")
    assert done.returncode == 0
    assert "Machine Learning Software Engineer" in done.stdout
    assert "Built data pipelines in “Python” with Apache Spark and Airflow." in done.stdout


def test_score_as_json_is_one_report_a_line_with_its_text(rolefit: Rolefit, folder: Path) -> None:
    done = rolefit("score", "--json", folder / "b.pdf", folder / "broken.pdf")
    scored, failed = read_rows(done.stdout)
    assert scored["schema"] == "rolefit/report/1"
    assert scored["text"].startswith("Quilla Brandvold")
    assert (failed["document"]["name"], failed["error"]["code"]) == ("broken.pdf", "unreadable")
    assert done.returncode == 1


def test_score_takes_every_document_of_a_folder_and_says_what_it_passed_over(rolefit: Rolefit, folder: Path) -> None:
    done = rolefit("score", "--json", folder)
    assert name_rows(done.stdout) == ["a.PDF", "b.pdf", "broken.pdf", "more/c.pdf"]
    assert "3 passed over (2 hidden, or left by a system or a program, 1 of a kind" in done.stderr
    for name, reason in (("song.mp3", "of a kind"), ("~$b.docx", "hidden"), ("__MACOSX/d.pdf", "hidden")):
        assert f"  {name}: {reason}" in done.stderr
    assert done.returncode == 1


def test_score_reads_standard_input(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "service", "score", "--json", "-"]
    done = subprocess.run(command, env=environment, capture_output=True, input=build_pdf(RESUME_TEXT), check=False)
    (report,) = read_rows(done.stdout.decode())
    assert (done.returncode, report["document"]["name"]) == (0, "standard input")
    assert report["document"]["media_type"] == "application/pdf"


def test_a_folder_without_a_document_is_wrong_usage(rolefit: Rolefit, tmp_path: Path) -> None:
    done = rolefit("score", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "No document in" in done.stderr


@pytest.mark.parametrize(("form", "begins"), [("html", b"<!doctype html>"), ("pdf", b"%PDF-")])
def test_score_writes_a_page_or_a_pdf_of_a_document(
    rolefit: Rolefit, folder: Path, tmp_path: Path, form: str, begins: bytes
) -> None:
    out = tmp_path / f"report.{form}"
    done = rolefit("score", folder / "b.pdf", "--format", form, "--out", out)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert out.read_bytes().startswith(begins)


@pytest.mark.parametrize("form", ["text", "json"])
def test_score_writes_to_a_file_what_it_else_prints(rolefit: Rolefit, folder: Path, tmp_path: Path, form: str) -> None:
    printed = rolefit("score", folder / "b.pdf", "--format", form).stdout
    out = tmp_path / f"report.{form}"
    done = rolefit("score", folder / "b.pdf", "--format", form, "--out", out)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert out.read_text() == printed


@pytest.mark.parametrize("words", [["--format", "text"], ["--format", "json"], ["--format", "pdf"]])
@pytest.mark.parametrize("name", ["b.pdf", "../cvs/b.pdf"])
def test_score_writes_over_no_document(rolefit: Rolefit, folder: Path, name: str, words: list[str]) -> None:
    before = (folder / "b.pdf").read_bytes()
    done = rolefit("score", folder / "b.pdf", *words, "--out", folder / name)
    assert (done.returncode, done.stdout) == (2, "")
    assert (folder / "b.pdf").read_bytes() == before


@pytest.mark.parametrize("command", ["score", "batch"])
def test_no_document_of_a_folder_is_written_over(rolefit: Rolefit, folder: Path, command: str) -> None:
    (folder / "d.txt").write_text(RESUME_TEXT)
    done = rolefit(command, folder, "--out", folder / "d.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert "d.txt is a document to score. Choose another --out." in " ".join(done.stderr.split())
    assert (folder / "d.txt").read_text() == RESUME_TEXT


def test_a_page_that_cannot_be_written_is_told_in_one_line(rolefit: Rolefit, folder: Path, tmp_path: Path) -> None:
    done = rolefit("score", folder / "b.pdf", "--format", "html", "--out", tmp_path / "missing" / "report.html")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("rolefit: Cannot write to")


def test_a_failure_is_told_on_stderr(rolefit: Rolefit, folder: Path) -> None:
    done = rolefit("score", folder / "broken.pdf")
    assert (done.returncode, done.stdout) == (1, "")
    assert "broken.pdf" in done.stderr


def test_batch_alone_brings_its_own_store_and_workers_and_takes_them_away(
    program: Rolefit, folder: Path, environment: dict[str, str]
) -> None:
    del environment["ROLEFIT_REDIS_URL"]
    done = program("batch", folder / "more", "--workers", 1)
    assert (done.returncode, name_rows(done.stdout)) == (0, ["c.pdf"])
    assert not list(Path(environment["ROLEFIT_DATA"]).glob("batch-*"))


@pytest.mark.usefixtures("running_workers")
def test_batch_writes_one_row_a_document_in_the_order_of_names(rolefit: Rolefit, folder: Path) -> None:
    done = rolefit("batch", folder, "--workers", 1)
    assert name_rows(done.stdout) == ["a.PDF", "b.pdf", "broken.pdf", "more/c.pdf"]
    assert read_rows(done.stdout)[2]["error"]["code"] == "unreadable"
    assert "3 scored, 1 failed (1 unreadable)" in done.stderr
    assert "3 passed over (2 hidden, or left by a system or a program, 1 of a kind" in done.stderr.replace("\n", " ")
    assert "Best for Machine Learning Engineer" in done.stderr
    assert done.returncode == 1


@pytest.mark.usefixtures("running_workers")
def test_batch_takes_documents_of_every_kind_and_says_which_it_cannot_read(rolefit: Rolefit, tmp_path: Path) -> None:
    (tmp_path / "cv.docx").write_bytes(build_docx(RESUME_TEXT))
    (tmp_path / "cv.txt").write_text(RESUME_TEXT)
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    rows = read_rows(rolefit("batch", tmp_path).stdout)
    assert [row["document"]["name"] for row in rows] == ["cv.docx", "cv.txt", "old.doc"]
    assert rows[0]["verdict"] == rows[1]["verdict"]
    assert rows[2]["error"]["code"] == "unsupported-type"


@pytest.mark.usefixtures("running_workers")
def test_batch_as_csv_has_a_column_a_role(rolefit: Rolefit, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "rows.csv"
    done = rolefit("batch", folder, "--workers", 1, "--format", "csv", "--out", out)
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == COLUMNS
    assert [row["name"] for row in rows] == ["a.PDF", "b.pdf", "broken.pdf", "more/c.pdf"]
    assert [bool(row[TWINS[0]]) for row in rows] == [True, True, False, True]
    assert done.stdout == ""


@pytest.mark.usefixtures("running_workers")
@pytest.mark.parametrize(
    ("out", "more"),
    [("/dev/full", []), ("/proc/rows", []), ("x" * 300, []), ("x" * 300, ["--resume"])],
    ids=["full", "folder", "name", "resumed"],
)
def test_a_file_that_cannot_be_written_is_told_in_one_line(
    rolefit: Rolefit, folder: Path, out: str, more: list[str]
) -> None:
    done = rolefit("batch", folder / "more", "--workers", 1, "--out", out, *more)
    assert (done.returncode, done.stdout) == (2, "")
    assert "rolefit: Cannot write to" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("running_workers")
@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_resume_cuts_a_torn_row_and_does_only_what_is_missing(
    rolefit: Rolefit, folder: Path, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "rows"
    words = ("batch", folder, "--workers", 1, "--format", form, "--out", out)
    rolefit(*words)
    whole = out.read_bytes()
    out.write_bytes(whole[: len(whole) - 9])
    done = rolefit(*words, "--resume")
    assert out.read_bytes() == whole
    assert "1/1" in done.stderr
    assert "3 scored, 1 failed" in done.stderr


@pytest.mark.usefixtures("running_workers")
def test_resume_with_nothing_missing_starts_nothing(rolefit: Rolefit, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "rows.jsonl"
    rolefit("batch", folder, "--workers", 1, "--out", out)
    before = out.read_bytes()
    done = rolefit("batch", folder, "--workers", 1, "--out", out, "--resume")
    assert (done.returncode, out.read_bytes()) == (1, before)
    assert "4 rows kept; 0 documents to score." in done.stderr


@pytest.mark.parametrize("form", ["jsonl", "csv"])
@pytest.mark.parametrize("text", ["Dear all,\nno rows here.\n", "A résumé of one line"], ids=["lines", "no line end"])
def test_resume_leaves_a_file_of_another_kind_alone(
    rolefit: Rolefit, folder: Path, tmp_path: Path, text: str, form: str
) -> None:
    out = tmp_path / "letters.txt"
    out.write_text(text)
    done = rolefit("batch", folder, "--format", form, "--out", out, "--resume")
    assert (done.returncode, out.read_text()) == (2, text)
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("running_workers")
def test_an_interrupted_batch_can_be_continued(environment: dict[str, str], rolefit: Rolefit, tmp_path: Path) -> None:
    folder, out = tmp_path / "many", tmp_path / "rows.jsonl"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:03}.pdf").write_bytes(build_pdf(f"{RESUME_TEXT}\n{number}"))
    words = ["batch", str(folder), "--workers", "1", "--out", str(out)]
    command = [sys.executable, "-m", "service", *words]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as batch:
        wait_until(lambda: out.exists() and out.read_bytes().count(b"\n") >= 3)
        batch.send_signal(signal.SIGINT)
        _, said = batch.communicate(timeout=20)
    assert batch.returncode == 130
    assert "--resume" in said
    kept = out.read_text()
    assert 3 <= kept.count("\n") < 60
    assert rolefit(*words, "--resume").returncode == 0
    assert out.read_text().startswith(kept)
    assert name_rows(out.read_text()) == [f"{number:03}.pdf" for number in range(60)]


@pytest.mark.usefixtures("running_workers")
def test_a_name_that_a_spreadsheet_would_run_is_defused(rolefit: Rolefit, tmp_path: Path) -> None:
    folder, out = tmp_path / "cvs", tmp_path / "rows.csv"
    folder.mkdir()
    (folder / "=1+1.pdf").write_bytes(b"%PDF-")
    rolefit("batch", folder, "--workers", 1, "--format", "csv", "--out", out)
    assert out.read_text().splitlines()[1].startswith("'=1+1.pdf,")
    assert rolefit("batch", folder, "--format", "csv", "--out", out, "--resume").returncode == 1
    assert out.read_text().count("\n") == 2


@pytest.mark.parametrize(
    "words",
    [
        ["score"],
        ["score", "no-such-file.pdf"],
        ["score", __file__, __file__, "--format", "pdf"],
        ["score", __file__, "--out", "report.html"],
        ["batch", "no-such-folder"],
        ["batch", ".", "--resume"],
        ["batch", ".", "--out", "/missing/rows"],
        ["batch", ".", "--format", "xml"],
        ["roles", "astronaut"],
        ["serve", "--workers", "0"],
        ["fly"],
    ],
)
def test_wrong_usage_ends_with_2_and_says_why(rolefit: Rolefit, environment: dict[str, str], words: list[str]) -> None:
    del environment["ROLEFIT_REDIS_URL"]
    done = rolefit(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [["serve", "--port", "0"], ["batch", "."], ["score", __file__]])
def test_a_setting_that_is_wrong_is_told_in_one_line(
    rolefit: Rolefit, environment: dict[str, str], words: list[str]
) -> None:
    environment["ROLEFIT_MAX_PAGES"] = "abc"
    done = rolefit(*words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("rolefit: Change ROLEFIT_MAX_PAGES:")


def test_a_name_that_is_not_utf_8_is_written_as_json(rolefit: Rolefit, tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"\xff.pdf")
    file.write_bytes(b"%PDF-")
    assert name_rows(rolefit("score", "--json", file).stdout) == ["\\udcff.pdf"]


def test_jobs_lists_what_failed_without_a_name_and_tries_it_again(rolefit: Rolefit, store: JobStore) -> None:
    failed, scored = store.submit(b"bytes", name="jane-doe.pdf"), store.submit(b"bytes", name="jane-doe.pdf")
    store.open_attempts().fail(failed.id, InternalError())
    store.open_attempts().finish(
        scored.id, StoredResult(b"{}")
    )  # a job that waits would be taken up, and fail, before it is listed
    for words, ids in (((), {failed.id, scored.id}), (("--failed",), {failed.id})):
        done = rolefit("jobs", *words)
        listed = {line.split()[0] for line in done.stdout.splitlines()}
        assert (done.returncode, listed & {failed.id, scored.id}, "jane" in done.stdout) == (0, ids, False)
    line = next(line for line in rolefit("jobs", "--failed").stdout.splitlines() if failed.id in line)
    assert line.split()[-1] == "internal-error"
    assert rolefit("jobs", "--retry", failed.id).returncode == 0
    assert store.find(failed.id).state != JobState.FAILED or store.find(failed.id).attempts == 1


def test_in_a_pipe_a_row_is_a_line_however_narrow_the_terminal_is(
    rolefit: Rolefit, environment: dict[str, str], store: JobStore
) -> None:
    environment["COLUMNS"] = "40"
    failed = store.submit(b"bytes", name="cv.pdf")
    store.open_attempts().fail(failed.id, InternalError())
    assert any(line.split()[::4] == [failed.id, "internal-error"] for line in rolefit("jobs").stdout.splitlines())
    lines = rolefit("roles", TWINS[0]).stdout.splitlines()
    assert any(line.split()[0].isascii() and line.endswith("  Required Skills") for line in lines if line)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_learns_to_complete_commands_and_options(
    program: Rolefit, environment: dict[str, str], shell: str
) -> None:
    script = program("completion", shell).stdout
    assert f"_ROLEFIT_COMPLETE={shell}_complete" in script
    assert ("autoload -Uz compinit" in script) == (shell == "zsh")  # without it zsh knows no `compdef`
    environment |= {"_ROLEFIT_COMPLETE": f"{shell}_complete", "COMP_WORDS": "rolefit ba", "COMP_CWORD": "1"}
    environment["COMP_CWORD"] = "ba" if shell == "fish" else "1"
    assert "batch" in program().stdout


def test_a_job_that_cannot_be_tried_again_is_told_in_one_line(rolefit: Rolefit) -> None:
    done = rolefit("jobs", "--retry", "no-such-job")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_jobs_without_a_running_service_says_how_to_find_it(rolefit: Rolefit, environment: dict[str, str]) -> None:
    del environment["ROLEFIT_REDIS_URL"]
    done = rolefit("jobs")
    assert (done.returncode, done.stdout) == (2, "")
    assert "ROLEFIT_DATA" in done.stderr


def test_roles_shows_every_line_with_its_source(rolefit: Rolefit) -> None:
    shown = rolefit("roles", TWINS[0]).stdout
    assert "Required Skills" in shown
    roles = json.loads(rolefit("roles", "--json").stdout)["roles"]
    assert [role["id"] for role in roles] == TWINS
    assert json.loads(rolefit("roles", TWINS[1], "--json").stdout) == roles[1]

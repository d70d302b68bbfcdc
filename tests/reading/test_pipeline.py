"""Bytes become a report, or the row that says why there is none."""

from pathlib import Path
from typing import NoReturn
from unittest.mock import ANY

import pytest
from celery import Celery

from skills.errors import KnowledgeError
from tests.reports import as_json
from tests.resumes import RESUME_TEXT, build_encrypted_pdf, build_pdf
from worker.outcomes.results import encode_result
from worker.pipeline import score_document, score_file, score_or_explain
from worker.queue.upkeep import load_before_fork
from worker.settings import Settings


def test_a_report_quotes_the_text_it_rests_on() -> None:
    report = score_document(build_pdf(RESUME_TEXT), name="cv.pdf")
    mentions = [mention for skill in report.skills for mention in skill.mentions]
    assert mentions
    assert all(report.text[mention.start : mention.end] == mention.text for mention in mentions)


def test_the_same_bytes_give_the_same_report() -> None:
    content = build_pdf(RESUME_TEXT)
    first, second = (encode_result(score_document(content, name="cv.pdf")) for _ in range(2))
    assert first == second


def test_a_document_that_cannot_be_scored_is_a_row_that_says_why() -> None:
    row = score_or_explain(build_encrypted_pdf(RESUME_TEXT, password="secret"), name="cv.pdf")  # noqa: S106 - fictional
    assert as_json(row) == {
        "document": {"name": "cv.pdf", "sha256": ANY, "media_type": "application/pdf"},
        "error": {"code": "encrypted", "message": ANY},
    }


def test_what_is_no_resume_is_a_row_that_says_so() -> None:
    row = score_or_explain(b"INVOICE\nBill to: Fernmark\nSubtotal 10\nVAT 2\nTotal due 12", name="bill.txt")
    assert as_json(row)["error"]["code"] == "not-a-resume"


def test_a_fault_of_our_own_files_is_not_blamed_on_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(_own: Path | None) -> NoReturn:
        raise KnowledgeError("profiles/x.toml: points is wrong.")

    monkeypatch.setattr("worker.pipeline.load_knowledge", break_down)
    with pytest.raises(KnowledgeError):
        score_or_explain(build_pdf(RESUME_TEXT), name="cv.pdf")


def test_a_worker_whose_knowledge_is_broken_ends_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(_own: Path | None) -> NoReturn:
        raise KnowledgeError("profiles/x.toml: points is wrong.")

    monkeypatch.setattr("worker.queue.upkeep.load_knowledge", break_down)
    with pytest.raises(SystemExit, match=r"\Arolefit: profiles/x.toml: points is wrong.\Z"):
        load_before_fork(sender=Celery().WorkController(concurrency=1))


def test_a_file_above_the_limit_or_gone_is_a_row_that_says_so(tmp_path: Path) -> None:
    settings = Settings(max_upload_bytes=10)
    large, gone = tmp_path / "large.pdf", tmp_path / "gone.pdf"
    large.write_bytes(build_pdf(RESUME_TEXT))
    rows = [as_json(score_file(path, name=path.name, settings=settings)) for path in (large, gone)]
    assert rows[0] == {"document": {"name": "large.pdf"}, "error": {"code": "too-large", "message": ANY}}
    assert "cannot be opened" in rows[1]["error"]["message"]

"""Bytes become a report, or the row that says why there is none."""

import json
from pathlib import Path
from typing import NoReturn

import pytest
from celery.signals import worker_init

import worker.queue.upkeep  # noqa: F401 - connects to the signal
from skills.errors import KnowledgeError
from tests.resumes import RESUME_TEXT, build_encrypted_pdf, build_pdf
from worker.pipeline import score_document, score_file, score_or_explain
from worker.settings import Settings


def test_a_report_quotes_the_text_it_rests_on() -> None:
    report = score_document(build_pdf(RESUME_TEXT), name="cv.pdf")
    mentions = [mention for skill in report["skills"] for mention in skill["mentions"]]
    assert mentions
    assert all(report["text"][mention["start"] : mention["end"]] == mention["text"] for mention in mentions)


def test_the_same_bytes_give_the_same_report() -> None:
    content = build_pdf(RESUME_TEXT)
    first, second = (json.dumps(score_document(content, name="cv.pdf")) for _ in range(2))
    assert first == second


def test_a_document_that_cannot_be_scored_is_a_row_that_says_why() -> None:
    row = score_or_explain(build_encrypted_pdf(RESUME_TEXT, password="secret"), name="cv.pdf")  # noqa: S106 - fictional
    assert row["error"]["code"] == "encrypted"
    assert row["document"]["name"] == "cv.pdf"
    assert row["document"]["media_type"] == "application/pdf"
    assert len(row["document"]["sha256"]) == 64


def test_what_is_no_resume_is_a_row_that_says_so() -> None:
    row = score_or_explain(b"INVOICE\nBill to: Fernmark\nSubtotal 10\nVAT 2\nTotal due 12", name="bill.txt")
    assert row["error"]["code"] == "not-a-resume"


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
        worker_init.send(sender=None)


def test_a_file_above_the_limit_or_gone_is_a_row_that_says_so(tmp_path: Path) -> None:
    settings = Settings(max_upload_bytes=10)
    large, gone = tmp_path / "large.pdf", tmp_path / "gone.pdf"
    large.write_bytes(build_pdf(RESUME_TEXT))
    assert score_file(large, name="large.pdf", settings=settings)["error"]["code"] == "too-large"
    assert "cannot be opened" in score_file(gone, name="gone.pdf", settings=settings)["error"]["message"]

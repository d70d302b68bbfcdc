"""Bytes become a report, or the row that says why there is none."""

import json

from tests.resumes import RESUME_TEXT, build_encrypted_pdf, build_pdf
from worker.pipeline import score_document, score_or_explain


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

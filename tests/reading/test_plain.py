"""Plain text is read in the ways it is written."""

import codecs

import pytest

from skills.document import Document
from tests.resumes import RESUME_TEXT, build_pdf
from worker.errors.documents import NoTextError, TooComplexError
from worker.pipeline import read_resume, score_document
from worker.settings import Settings

WORDS = "Résumé – “Python”"


def read(content: bytes, *, max_characters: int = 200_000) -> Document:
    return read_resume(content, name="cv.txt", settings=Settings(max_pages=30, max_characters=max_characters))


def test_the_same_words_give_the_same_report_as_the_pdf() -> None:
    plain, pdf = (score_document(content, name="cv") for content in (RESUME_TEXT.encode(), build_pdf(RESUME_TEXT)))
    assert plain.document.media_type == "text/plain"
    assert plain.text == pdf.text
    assert plain.roles == pdf.roles
    assert plain.verdict == pdf.verdict


@pytest.mark.parametrize(
    "content",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        WORDS.encode("utf-16"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        WORDS.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big-endian", "windows-1252"],
)
def test_every_usual_encoding_is_read(content: bytes) -> None:
    assert read(content).text == WORDS


def test_a_word_broken_at_the_end_of_a_line_is_whole_again() -> None:
    assert read(b"Machine Learning Engi-\nneer\nWrote micro-\n\nservices").text.split("\n") == [
        "Machine Learning Engineer",
        "Wrote microservices",
    ]


@pytest.mark.parametrize("hyphen", ["\u2010", "\u2011"])
def test_the_hyphens_of_typesetters_are_hyphens(hyphen: str) -> None:
    content = f"Knows scikit{hyphen}learn and ma{hyphen}\nchine learning"
    assert read(content.encode()).text == "Knows scikit-learn and machine\nlearning"


def test_lines_end_in_any_of_the_usual_ways() -> None:
    assert read(b"one\r\ntwo\rthree\n\n\x0cfour\x1a").text.split("\n") == ["one", "two", "three", "four"]


@pytest.mark.parametrize(
    ("line", "read_as"),
    [
        ('"- Built services, 2019"', "- Built services, 2019"),
        ('"Ada" and "Lin"', '"Ada" and "Lin"'),
        ("R&amp;D, 2019 &ndash; 2021", "R&D, 2019 – 2021"),
        ("At AT&T; in R&D, 2019", "At AT&T; in R&D, 2019"),
        ("2019 \u00ad 2021, trans\u00adformers", "2019 - 2021, transformers"),
    ],
)
def test_what_a_line_was_wrapped_in_is_no_part_of_it(line: str, read_as: str) -> None:
    assert read(line.encode()).text == read_as


def test_space_alone_is_no_text() -> None:
    with pytest.raises(NoTextError):
        read(b" \n\t\n")


def test_more_text_than_allowed_is_too_complex() -> None:
    with pytest.raises(TooComplexError):
        read(b"word " * 30, max_characters=100)

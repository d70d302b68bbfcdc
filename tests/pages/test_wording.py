"""What is said of a report in sentences."""

from dataclasses import replace
from typing import get_args

import pytest

from service.presentation.sentences import HIDDEN_REASONS, describe_size, describe_warning, list_cautions
from skills.document import ReadingWarning
from tests.reports import DOCUMENT
from worker.files import ROOT
from worker.reading.hidden_text import HiddenReason


@pytest.mark.parametrize(
    ("code", "characters", "sentence"),
    [
        (
            "hidden-text",
            1,
            "Page 2 holds 1 character that nobody can see, which did not count. Find out why they are there.",
        ),
        ("low-confidence", 40, "Page 2 was hard to read: 40 characters in doubt. Compare the text with the document."),
        (
            "not-recognised",
            0,
            "Page 2 is a picture, at least in part, which Rolefit as installed here cannot read.",
        ),
        ("something-new", 7, "Something new: page 2, 7 characters."),
    ],
)
def test_a_warning_says_where_how_much_and_what_to_do(code: str, characters: int, sentence: str) -> None:
    assert describe_warning(ReadingWarning(code, 2, characters, "")) == sentence


@pytest.mark.parametrize("reason", get_args(HiddenReason))
def test_a_warning_of_hidden_text_says_why_nobody_sees_it(reason: HiddenReason) -> None:
    said = describe_warning(ReadingWarning("hidden-text", 2, 40, "", reason))
    assert f"which did not count: {HIDDEN_REASONS[reason]}. Find out why" in said


@pytest.mark.parametrize("reason", get_args(HiddenReason))
def test_every_reason_of_a_warning_is_documented(reason: HiddenReason) -> None:
    assert f"`{reason}`" in (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def test_pictures_of_text_are_a_caution_even_when_they_read_well() -> None:
    assert list_cautions(DOCUMENT) == []
    ((caution, excerpt),) = list_cautions(replace(DOCUMENT, read_with="ocr"))
    assert ("pictures" in caution, excerpt) == (True, "")


def test_a_size_is_told_in_words() -> None:
    assert describe_size(DOCUMENT) == "1 page, 2,400 characters"

"""What is said of a report in sentences."""

from dataclasses import replace

import pytest

from service.presentation.sentences import describe_size, describe_warning, list_cautions
from skills.document import ReadingWarning
from tests.reports import DOCUMENT


@pytest.mark.parametrize(
    ("code", "characters", "sentence"),
    [
        (
            "hidden-text",
            1,
            "Page 2 holds 1 character that nobody can see, which did not count. Find out why they are there.",
        ),
        ("low-confidence", 40, "Page 2 was hard to read: 40 characters in doubt. Compare the text with the document."),
        ("something-new", 7, "Something new: page 2, 7 characters."),
    ],
)
def test_a_warning_says_where_how_much_and_what_to_do(code: str, characters: int, sentence: str) -> None:
    assert describe_warning(ReadingWarning(code, 2, characters, "")) == sentence


def test_pictures_of_text_are_a_caution_even_when_they_read_well() -> None:
    assert list_cautions(DOCUMENT) == []
    ((caution, excerpt),) = list_cautions(replace(DOCUMENT, read_with="ocr"))
    assert ("pictures" in caution, excerpt) == (True, "")


def test_a_size_is_told_in_words() -> None:
    assert describe_size(DOCUMENT) == "1 page, 2,400 characters"

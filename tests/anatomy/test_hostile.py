"""No text makes the reading of its anatomy slow."""

from time import process_time

import pytest

from skills.anatomy.anatomy import read_anatomy
from skills.anatomy.headings import find_heading

MAX_SECONDS = 2.0


@pytest.mark.parametrize(
    "text",
    [
        f"Tools: {'Alpha, Beta (Gamma, Delta), ' * 400}end. More",
        f"2020 {'-' * 5000} x",
        f"2020 {'- ' * 5000} x",
        "2020 - May Acme\n" * 1500,
        "Jan 2020 - Feb " * 2000,
        "\n".join(["2016 - 2019"] * 2000),
        "Engineer, " * 3000,
        "(" * 5000 + "2019",
        "| " * 5000 + "Engineer",
        "Engineer\n" * 3000,
        f"2019{' ' * 5000}Engineer{' ' * 5000}",
        "EXPERIENCE\n" * 2000,
    ],
    ids=range(12),
)
def test_no_text_is_slow(text: str) -> None:
    began = process_time()
    read_anatomy(text)
    assert process_time() - began < MAX_SECONDS


def test_no_heading_is_slow() -> None:
    began = process_time()
    assert find_heading("A B C D E F G H I J K L M N O P Q R S T U V W X Y Z A B C 1") is None
    assert process_time() - began < MAX_SECONDS

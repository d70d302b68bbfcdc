"""A label of a link is no skill."""

import pytest

from tests.reading_text import find_skills


@pytest.mark.parametrize(
    "line", ["ada@example.org | GitHub | LinkedIn", "+44 20 7946 0000 • Github", "Google Scholar, GitHub"]
)
def test_a_label_beside_a_contact_is_no_skill(line: str) -> None:
    assert find_skills(f"Ada Novak\n{line}\n\nSKILLS\nPython\n") == {"python"}


def test_the_same_word_in_a_list_of_skills_is_one() -> None:
    assert len(find_skills("Ada Novak\n\nSKILLS\nPython, GitHub\n")) == 2

"""What was published, spoken, patented and awarded stands among the entries, each as what it is."""

import pytest

from skills.anatomy.anatomy import read_anatomy

PUBLISHED = """Ada Lima
EXPERIENCE
Research Scientist, Fernmark Lab, 2019 - 2023
- Trained models.
PUBLICATIONS
[1] A. Lima, B. Rye, "Sparse Attention for Long Letters," in Proc. ICML, 2021.
[2] A. Lima. Reading Old Handwriting. PhD thesis, Larch College, 2019.
[3] A. Lima. Letters at scale. Invited talk, Example Days 2022.
PATENTS
Ranking of offers with little feedback, 2020
AWARDS
First prize of the Larch Hackathon, 2018
"""

EXPECTED = [
    ("publication", "Sparse Attention for Long Letters", 2021),
    ("thesis", "Reading Old Handwriting", 2019),
    ("talk", "Letters at scale", 2022),
    ("patent", "Ranking of offers with little feedback", 2020),
    ("award", "First prize of the Larch Hackathon", 2018),
]


def list_published(text: str) -> list[tuple[str, str, int | None]]:
    entries = [entry for entry in read_anatomy(text).entries if entry.kind != "post"]
    return [
        (entry.kind, " ".join(text[slice(*(entry.title or (0, 0)))].split()), entry.until and entry.until.year)
        for entry in entries
    ]


def test_what_was_published_is_an_entry_of_its_kind() -> None:
    assert list_published(PUBLISHED) == EXPECTED


@pytest.mark.parametrize("bullet", ["- ", "\u2022 "])
def test_it_is_the_same_with_a_bullet_in_place_of_a_number(bullet: str) -> None:
    text = PUBLISHED
    for number in ("[1] ", "[2] ", "[3] "):
        text = text.replace(number, bullet)
    assert list_published(text) == EXPECTED


def test_citations_that_wrap_are_parted_where_their_authors_begin() -> None:
    text = (
        "PUBLICATIONS\nAda Lima, Bo Rye, Cora Shaw. 2023. Exemplars of Rules:\nLetters that explain themselves. "
        "Meeting of the\nAssociation for Computational Linguistics, ACL 2023\n"
        "Ada Lima, Bo Rye, Dan Fir,\nCora Shaw. 2022. A Single Front for Many Letters. EMNLP 2022\n"
    )
    assert list_published(text) == [
        ("publication", "Exemplars of Rules: Letters that explain themselves", 2023),
        ("publication", "A Single Front for Many Letters", 2022),
    ]


def test_an_author_whose_name_is_a_kind_makes_no_award() -> None:
    text = "PUBLICATIONS\nEllery Grant, Ada Lima. Letters at scale. ICML 2021.\n"
    assert [kind for kind, *_ in list_published(text)] == ["publication"]

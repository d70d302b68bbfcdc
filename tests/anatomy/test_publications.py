"""Publications are found in every style of citation: kind, title, venue, field and year."""

import pytest

from skills.anatomy.studies.publications import find_publications

TITLE = "Sparse Attention for Long Documents"
ML, DS, SW = "machine-learning", "data-science", "software"

STYLES = {
    "IEEE": f'[1] A. Lovelace, B. Hopper, and C. Shaw, "{TITLE}," in Proc. ICML, 2021, pp. 1-9.',
    "APA": f"Lovelace, A., & Hopper, B. (2021). {TITLE}. In Proceedings of ICML.",
    "MLA": f'Lovelace, Ada. "{TITLE}." ICML, 2021.',
    "ACM": f"1. Ada Lovelace and Brian Hopper. 2021. {TITLE}. In ICML.",
    "Chicago": f"Ada Lovelace, Brian Hopper, and Cora Shaw. “{TITLE}.” ICML 2021.",
    "Vancouver": f"Lovelace A, Hopper B. {TITLE}. ICML. 2021.",
    "bullets": f"• {TITLE}. ICML 2021.",
    "bracketed venue": f"- {TITLE} (ICML 2021)",
    "dash": f"{TITLE} – ICML 2021",
    "comma": f"{TITLE}, ICML 2021",
    "number and star": f"[C1] Ada Lovelace*, Brian Hopper*. {TITLE}. ICML, 2021.",
    "no dots": f"• A Lovelace, B Hopper, {TITLE}, ICML 2021",
    "accents and quotes of one side": f"É. Lovelace, B. Hopper, ”{TITLE},” ICML, 2021",
    "and others": f"A. Lovelace et al. {TITLE}. ICML, 2021.",
}


@pytest.mark.parametrize("style", STYLES)
def test_title_venue_and_year_are_found_in_every_style(style: str) -> None:
    line = STYLES[style]
    (item,) = find_publications(line)
    assert line[slice(*item.title)] == TITLE
    assert item.venue is not None
    assert (line[slice(*item.venue)], item.field, item.year, item.kind) == ("ICML", ML, 2021, "paper")


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("Deep things that learn. NeurIPS 2020.", ML),
        ("Deep things that learn. arXiv preprint, cs.LG, 2020.", ML),
        ("Parsing at scale. EMNLP 2019.", ML),
        ("Hearing noise. Interspeech 2019.", ML),
        ("Streams of clicks. KDD 2018.", DS),
        ("Flaky tests in the wild. ICSE 2022.", SW),
        ("A log-structured store. OSDI 2022.", SW),
        ("Joins on new hardware. PVLDB 2017.", SW),
        ("Proteins fold. Nature, 2017.", ""),
    ],
)
def test_a_venue_says_the_field(line: str, field: str) -> None:
    assert [item.field for item in find_publications(line)] == [field]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("System and method for ranking offers. US Patent 10,123,456, 2020.", "patent"),
        ("Ranking with little feedback. Master's thesis, Example University, 2019.", "thesis"),
        ("How we serve ten models. Invited talk, Example Days 2020.", "talk"),
        ("• Rolling shutters, open source Python package, 300 stars, 2021", "software"),
        ("National coding cup, first place, 2018", "award"),
    ],
)
def test_an_item_says_its_kind(line: str, kind: str) -> None:
    assert [item.kind for item in find_publications(line)] == [kind]


def test_items_that_wrap_are_one_each() -> None:
    text = (
        f"[1] A. Lovelace. {TITLE}.\nIn ICML, 2021.\n[2] A. Lovelace. A log-structured store for\nnumbers. OSDI 2022."
    )
    items = find_publications(text)
    assert [text[slice(*item.title)] for item in items] == [TITLE, "A log-structured store for\nnumbers"]
    assert [item.year for item in items] == [2021, 2022]


@pytest.mark.parametrize("line", ["PUBLICATIONS", "References on request", "• Python, Go, SQL"])
def test_what_names_neither_venue_nor_year_is_no_publication(line: str) -> None:
    assert find_publications(line) == []

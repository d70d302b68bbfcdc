"""Contacts are told by one set of patterns from what only looks like them."""

import time

import pytest

from skills.text.contacts import CONTACT


@pytest.mark.parametrize(
    "contact",
    [
        "ada.lima+work@mail.example.org",
        "https://example.com/ada",
        "https:/ example.com/ada",
        "www.example.com",
        "github.com/ada",
        "+1 206 555 0147",
        "(020) 7946-0958",
    ],
)
def test_a_contact_is_found_whole(contact: str) -> None:
    match = CONTACT.search(f"Ada Lima | {contact} | Lisbon")
    assert match is not None
    assert match[0].rstrip(" |") == contact


@pytest.mark.parametrize("text", ["2016 - 2018", "C++ and C#", "ADA@", "CI/CD", "120 ms to 36 ms", "Node.js/Express"])
def test_dates_figures_and_names_of_products_are_none(text: str) -> None:
    assert CONTACT.search(text) is None


@pytest.mark.parametrize("piece", ["a.", "1 ", "w-", "@", "+1("])
def test_no_text_makes_the_search_slow(piece: str) -> None:
    started = time.process_time()
    assert not list(CONTACT.finditer(piece * 50_000 + "!"))[1_000_000:]
    assert time.process_time() - started < 3

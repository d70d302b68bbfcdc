"""Tokens keep their place and are compared in one form."""

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from skills.text.tokenizer import Tokenizer
from skills.text.tokens import normalize

TOKENIZER = Tokenizer(Vocab())


@given(st.text())
def test_every_token_is_the_text_at_its_place(text: str) -> None:
    doc = TOKENIZER(text)
    places = doc.user_data["places"]
    assert [text[start:end] for start, end in zip(places.starts, places.ends, strict=True)] == [t.text for t in doc]


def test_words_inside_addresses_are_no_tokens() -> None:
    doc = TOKENIZER("Julia, julia@perl.example, https://rust.example/go and github.com/spring/flask wrote Java")
    assert [token.text for token in doc] == ["Julia", ",", ",", "and", "wrote", "Java"]


def test_an_address_that_lost_a_slash_is_still_one() -> None:
    assert [token.text for token in TOKENIZER("See https:/ julia.example/go now")] == ["See", "now"]


def test_hyphens_and_line_breaks_separate_words_like_spaces() -> None:
    assert [token.text for token in TOKENIZER("scikit-learn cross-\nvalidation")] == [
        "scikit", "learn", "cross", "validation",
    ]  # fmt: skip


def test_british_spelling_and_possessives_compare_equal_to_american() -> None:
    assert normalize("Visualisation") == normalize("visualization")
    assert normalize("modelling") == normalize("modeling")
    assert normalize("API's") == "api"


def test_an_item_of_a_list_is_a_sentence_of_its_own() -> None:
    doc = TOKENIZER("Trained models\n• Wrote tests. Shipped it; slept")
    numbered = zip(doc.user_data["places"].sentences, doc, strict=True)
    sentences = groupby(numbered, key=lambda item: item[0])
    assert [" ".join(token.text for _, token in tokens) for _, tokens in sentences] == [
        "Trained models",
        "•",
        "Wrote tests .",
        "Shipped it ;",
        "slept",
    ]

"""Tokens keep their place and are compared in one form."""

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from skills.text.tokenizer import MAX_WORDS, KnownWords, Tokenizer
from skills.text.tokens import normalize

TOKENIZER = Tokenizer(Vocab())


def list_words(text: str) -> list[str]:
    words: list[str] = TOKENIZER(text)._.token_table.words
    return words


@given(st.text())
def test_every_word_is_the_text_and_the_token_at_its_place(text: str) -> None:
    doc = TOKENIZER(text)
    table = doc._.token_table
    assert doc.text == text
    assert [text[start:end] for start, end in zip(table.starts, table.ends, strict=True)] == table.words
    assert [(doc[i].text, doc[i].idx) for i in table.positions] == list(zip(table.words, table.starts, strict=True))


def test_words_inside_addresses_are_no_tokens() -> None:
    text = "Julia, julia@perl.example, https://rust.example/go and github.com/spring/flask wrote Java"
    assert list_words(text) == ["Julia", ",", ",", "and", "wrote", "Java"]


def test_an_address_that_lost_a_slash_is_still_one() -> None:
    assert list_words("See https:/ julia.example/go now") == ["See", "now"]


def test_hyphens_and_line_breaks_separate_words_like_spaces() -> None:
    assert list_words("scikit-learn cross-\nvalidation") == [
        "scikit", "learn", "cross", "validation",
    ]  # fmt: skip


def test_british_spelling_and_possessives_compare_equal_to_american() -> None:
    assert normalize("Visualisation") == normalize("visualization")
    assert normalize("modelling") == normalize("modeling")
    assert normalize("API's") == "api"


def test_an_item_of_a_list_is_a_sentence_of_its_own() -> None:
    table = TOKENIZER("Trained models\n• Wrote tests. Shipped it; slept")._.token_table
    numbered = zip(table.sentences, table.words, strict=True)
    sentences = groupby(numbered, key=lambda item: item[0])
    assert [" ".join(word for _, word in words) for _, words in sentences] == [
        "Trained models",
        "•",
        "Wrote tests .",
        "Shipped it ;",
        "slept",
    ]


def test_of_the_words_of_all_documents_only_so_many_are_remembered() -> None:
    known = KnownWords()
    words = [f"Word{number}" for number in range(MAX_WORDS + 10)]
    assert [known[word] for word in words] == [normalize(word) for word in words]
    assert len(known) == MAX_WORDS

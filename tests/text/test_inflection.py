"""Inflected forms are made by rule."""

import pytest

from skills.text.inflection import conjugate, pluralize


@pytest.mark.parametrize(
    ("noun", "plural"), [("model", "models"), ("library", "libraries"), ("array", "arrays"), ("process", "processes")]
)
def test_nouns_get_their_regular_plural(noun: str, plural: str) -> None:
    assert pluralize(noun) == plural


@pytest.mark.parametrize(
    ("verb", "form"),
    [("tune", "tuning"), ("ship", "shipped"), ("train", "trained"), ("deploy", "deployed"), ("classify", "classified")],
)
def test_verbs_get_their_regular_forms(verb: str, form: str) -> None:
    assert form in conjugate(verb)


def test_an_irregular_past_replaces_the_regular_one() -> None:
    assert conjugate("build", "built") == ("build", "builds", "building", "built")

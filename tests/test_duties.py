"""Duties are actions on objects within a sentence."""

import pytest

from tests.reading_text import find_duties, find_mentions


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("Trained neural networks on images", "develop-models"),
        ("development of predictive models", "develop-models"),
        ("Predictive models were developed for three banks", "develop-models"),
        ("Tuned and evaluated classification models", "select-and-tune-models"),
        ("Cleaned and merged raw data", "prepare-data"),
        ("Integrated the recommendation engine into the shop", "integrate-models"),
        ("Deployed machine learning models to production", "deploy-models"),
        ("Designed, developed and maintained scalable web applications", "develop-software"),
        ("Maintaining the application", "maintain-software"),
        ("Worked closely with data scientists", "work-with-data-people"),
    ],
)
def test_a_duty_is_found_in_active_passive_and_noun_form(text: str, duty: str) -> None:
    assert duty in find_duties(text)


def test_action_and_object_of_different_sentences_make_no_duty() -> None:
    assert find_duties("Trained for a marathon. Neural networks are a hobby.") == set()


def test_a_skill_can_be_the_object_of_a_duty() -> None:
    assert "develop-models" in find_duties("Implemented logistic regression")


def test_the_span_reaches_from_action_to_object() -> None:
    text = "I have trained deep neural networks"
    (mention,) = (found for found in find_mentions(text) if found.concept == "develop-models")
    assert mention.text == text[mention.start : mention.end]
    assert mention.text.startswith("trained")

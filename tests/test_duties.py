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


def test_one_duty_on_two_things_is_two_pieces_of_evidence() -> None:
    found = find_mentions("Trained neural networks and decision trees. Trained neural networks again.")
    assert {mention.goal for mention in found if mention.concept == "develop-models"} == {
        "neural-network",
        "decision-trees",
    }


def test_a_post_is_shown_by_the_head_of_a_resume_or_of_a_present_entry() -> None:
    assert "hold-modeling-post" in find_duties("Data Scientist\nAda Example\n\nEDUCATION\nBachelor")
    filler = "Wrote letters to many people about many things. " * 8
    assert "hold-modeling-post" not in find_duties(f"{filler} Asked a data scientist for advice. {filler}")
    assert "hold-modeling-post" in find_duties(f"{filler}\nEXPERIENCE\nData Scientist, May 2017 - Present\n{filler}")


def test_a_heading_is_no_part_of_a_duty() -> None:
    assert find_duties("Ada\n\nWORK EXPERIENCE\nwith software engineers") == set()

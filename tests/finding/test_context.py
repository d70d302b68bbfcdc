"""What stands before a mention can take it back."""

import pytest

from tests.reading_text import find_duties, find_mentions, find_skills


@pytest.mark.parametrize("text", ["No experience with Kubernetes.", "Eager to learn PyTorch", "I have never used Java"])
def test_a_skill_denied_or_wished_for_is_none(text: str) -> None:
    assert find_skills(text) == set()


def test_a_wish_reaches_no_further_than_its_clause() -> None:
    assert find_skills("Eager to learn PyTorch. Fluent in Java.") == {"java"}
    assert find_skills("No experience with PyTorch, but five years of Java") == {"java"}


def test_a_wished_for_duty_is_none() -> None:
    assert find_duties("Would like to learn to train neural networks.") == set()


def test_hobbies_show_no_skill() -> None:
    assert find_skills("HOBBIES\nPython, Java") == set()


def test_a_skill_that_is_claimed_or_learned_at_work_is_not_demonstrated() -> None:
    (used,) = find_mentions("EXPERIENCE\nShipped it in Python")
    (claimed,) = find_mentions("EXPERIENCE\nFamiliar with Python")
    (learned,) = find_mentions("EXPERIENCE\nSelf-teaching Python")
    assert (used.use, claimed.use, learned.use) == ("demonstrated", "listed", "studied")


@pytest.mark.parametrize("words", ["Learned how to use", "Deepening my knowledge of", "Acquired knowledge of"])
def test_what_was_learned_in_a_post_is_studied(words: str) -> None:
    (mention,) = find_mentions(f"EXPERIENCE\n{words} Python")
    assert mention.use == "studied"


def test_a_product_named_in_a_job_title_alone_is_no_skill() -> None:
    assert "java" not in find_skills("EXPERIENCE\nJava Developer, May 2017 - June 2019")
    assert "java" in find_skills("EXPERIENCE\nJava Developer, May 2017 - June 2019\n• Wrote services in Java")


def test_a_product_at_the_end_of_a_line_is_no_part_of_the_title_below_it() -> None:
    assert "tensorflow" in find_skills("EXPERIENCE\nShipped it with TensorFlow\nResearch Assistant, Acme, 2016 - 2019")


def test_each_cue_reaches_on_its_own() -> None:
    assert find_skills("Familiar with Python, no experience with Java.") == {"python"}


@pytest.mark.parametrize("text", ["I don\u2019t know Java", "Not well\u2010versed? I have never used Java"])
def test_typographic_signs_hide_no_cue(text: str) -> None:
    assert find_skills(text) == set()


def test_a_cue_reaches_no_further_than_its_line_of_a_list_or_its_section() -> None:
    assert "python" in find_skills("SKILLS\nNo experience with Java\nWork Experience\nPython, Docker")
    (_, docker) = find_mentions("SKILLS\nKnowledge of Git\nWork Experience\nDocker")
    assert docker.use == "demonstrated"


@pytest.mark.parametrize("text", ["Aspiring Machine Learning Engineer", "I have never been a data scientist"])
def test_a_post_that_is_only_hoped_for_is_none(text: str) -> None:
    assert "hold-modeling-post" not in find_duties(text)

"""Where a paper appeared says nothing of what its author can do."""

import pytest

from skills.anatomy.names.event_names import find_event_places
from skills.knowledge import load_knowledge
from tests.reading_text import make_document


def find_skills(text: str) -> set[str]:
    document = make_document(text)
    return {mention.concept for mention in load_knowledge().find_mentions(document.text, document.lines)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In Proc. of the Conference on Computer Vision, 2023.", "Conference on Computer Vision"),
        ("Reviewer, British Machine Vision Conference 2022", "British Machine Vision Conference"),
        ("IEEE Transactions on Medical Imaging", "IEEE Transactions on Medical Imaging"),
        ("Journal of Machine Learning\nResearch 21", "Journal of Machine Learning\nResearch"),
        ("Neural Information Processing Systems (NeurIPS)", "Neural Information Processing Systems"),
    ],
)
def test_a_name_reaches_over_the_capitalized_words_beside_its_noun(text: str, name: str) -> None:
    assert name in [text[start:end] for start, end in find_event_places(text)]


def test_a_skill_within_the_name_of_an_event_is_none() -> None:
    assert find_skills("Published at the Symposium on Information Theory and the Deep Learning Indaba.") == set()


def test_a_skill_beside_the_name_of_an_event_is_one() -> None:
    assert "pytorch" in find_skills("Trained in PyTorch; published in the Journal of Imaging.")

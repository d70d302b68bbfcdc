"""A quote of a duty holds the whole name of the thing that was done, and nothing of what follows."""

import pytest

from tests.reading_text import find_mentions


def find_quotes(text: str, duty: str) -> list[str]:
    return [mention.text for mention in find_mentions(f"PROJECTS\n{text}") if mention.concept == duty]


@pytest.mark.parametrize(
    ("text", "duty", "quote"),
    [
        ("Built predictive-maintenance models on turbines.", "develop-models", "Built predictive-maintenance models"),
        (
            "Deployed an LLM-driven trading platform for two banks.",
            "deploy-models",
            "Deployed an LLM-driven trading platform",
        ),
        (
            "Built a classifier (Random Forest with class weights) for claims.",
            "develop-models",
            "Built a classifier (Random Forest with class weights)",
        ),
        (
            "Implemented a CNN (ResNet) model to read scans.",
            "develop-models",
            "Implemented a CNN (ResNet) model",
        ),
        ("Implemented EfficientNet-B7 for banks.", "develop-models", "Implemented EfficientNet-B7"),
        ("Forecasts: predict\noptimal repair intervals for ladles.", "predict", "predict\noptimal repair intervals"),
        ("Ways to predict whether a ship is late.", "predict", "predict whether a ship"),
        ("Learned to predict Fern interactions.", "predict", "predict Fern interactions"),
        ("Ways to predict the usual empathy.", "predict", "predict the usual empathy"),
        ("Shipping production Python tools for a bank.", "develop-software", "Shipping production Python tools"),
        (
            "Developed a machine learning prototype to please.",
            "develop-models",
            "Developed a machine learning prototype",
        ),
        ("Developed a website\nlayout for a school.", "develop-software", "Developed a website\nlayout"),
    ],
)
def test_a_quote_ends_with_the_name_of_the_thing(text: str, duty: str, quote: str) -> None:
    assert find_quotes(text, duty) == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "Trained a neural network on images.",
        "Trained a neural network using images.",
        "Trained a neural network, deployed it.",
        "Trained a neural network (see below.",
        "Trained a neural network\nLed a team.",
        "Trained a neural network Fernwell University",
    ],
)
def test_a_quote_takes_in_nothing_of_what_follows(text: str) -> None:
    assert find_quotes(text, "develop-models") == ["Trained a neural network"]


def test_no_quote_reaches_over_a_bullet_of_any_shape() -> None:
    for bullet in (*"•○▪✓❖+o»→·", *"◆★☑✅~", "--", "1.", "2)", "> -"):
        assert "maintain-software" not in [
            mention.concept
            for mention in find_mentions(f"EXPERIENCE\n{bullet} Led the tests to improve\n{bullet} Software was sold.")
        ], bullet

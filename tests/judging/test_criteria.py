"""What no role may ask for is told from what only sounds like it."""

import pytest

from skills.roles.protected_criteria import find_criterion, load_criteria


@pytest.mark.parametrize(
    ("sentence", "criterion"),
    [
        ("Aged 25 to 35", "age"),
        ("A young professional", "age"),
        ("Under 40 years", "age"),
        ("Male candidates preferred", "gender"),
        ("US citizens only", "nationality"),
        ("Native speaker of English", "language-origin"),
        ("Unmarried, no family", "family"),
        ("Not pregnant", "pregnancy"),
        ("In good health", "health"),
        ("No disabilities", "disability"),
        ("A practising Christian", "religion"),
        ("Not a member of a trade union", "union-and-politics"),
        ("Send a photo", "appearance"),
    ],
)
def test_a_protected_criterion_is_recognised(sentence: str, criterion: str) -> None:
    assert find_criterion(sentence) == criterion


@pytest.mark.parametrize(
    "sentence",
    [
        "Languages, storage and packages",
        "React Native and cloud-native services",
        "Finds race conditions and data races",
        "SQL with UNION ALL",
        "Audits models for gender bias",
        "Healthcare and health records",
        "Belief propagation in networks of sensors",
        "Single sign-on for a single-page application",
        "We are an equal opportunity employer, regardless of age, gender or disability",
    ],
)
def test_what_only_sounds_like_one_is_let_pass(sentence: str) -> None:
    assert find_criterion(sentence) is None


def test_every_criterion_gives_its_reason_in_a_sentence() -> None:
    assert all(criterion.reason.endswith(".") for criterion in load_criteria().criteria.values())

"""Profiles come from the article, and each requirement can be met."""

import pytest

from skills.judging.scoring import choose_best, score_profiles
from skills.knowledge import load_knowledge, write_example
from skills.roles.profiles import ALL_POINTS, Requirement, RoleProfile, load_profiles
from skills.roles.role_description import describe_profile
from tests.reading_text import find_mentions

REQUIREMENTS = {item.id: item for profile in load_profiles() for item in profile.requirements}


def test_there_are_the_two_roles_of_the_article() -> None:
    assert [profile.title for profile in load_profiles()] == [
        "Machine Learning Engineer",
        "Machine Learning Software Engineer",
    ]


@pytest.mark.parametrize("profile", load_profiles(), ids=lambda profile: profile.id)
def test_the_weights_of_the_five_dimensions_add_up_to_one(profile: RoleProfile) -> None:
    description = describe_profile(profile)
    weights = [dimension.weight for dimension in description.dimensions]
    assert len(weights) == len(["responsibilities", "skills", "education", "tools", "industries"])
    assert sum(weights) == pytest.approx(1)
    assert sum(item.possible for item in profile.requirements) == pytest.approx(ALL_POINTS)


def test_shared_requirements_are_worth_the_same_to_both_roles() -> None:
    first, second = ({item for item in profile.requirements if item.shared} for profile in load_profiles())
    assert first == second != set()


@pytest.mark.parametrize("requirement", REQUIREMENTS.values(), ids=REQUIREMENTS)
def test_the_example_of_a_requirement_meets_it_in_full(requirement: Requirement) -> None:
    best = choose_best(find_mentions(write_example(requirement)))
    knowledge = load_knowledge()
    for role in score_profiles(best, knowledge.profiles, knowledge.evidence_ids):
        for score in role.requirements:
            if score.requirement.id == requirement.id:
                assert score.points == requirement.possible


@pytest.mark.parametrize("product", ["vLLM", "Amazon SageMaker", "TensorFlow", "ChatGPT"])
def test_a_product_proves_no_algorithms(product: str) -> None:
    skill = next(skill.id for skill in load_knowledge().vocabulary.skills.values() if skill.label == product)
    for requirement in ("machine-learning", "machine-learning-in-depth", "deep-learning"):
        assert skill not in load_knowledge().evidence_ids[requirement]

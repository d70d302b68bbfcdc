"""An editor of the vocabulary sees which names stand in a text, and why one does not count."""

import pytest

from skills.finding.skill.explanation import explain_skills, list_paths
from skills.finding.skill.vocabulary import load_vocabulary
from skills.knowledge import load_knowledge


def explain(text: str) -> dict[str, str]:
    return {place.text: place.why_not for place in explain_skills(load_knowledge().nlp(text))}


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("We served models with vLLM.", "vLLM", ""),
        ("She plays in the band Zep.", "Zep", "alone it may mean something else"),
        ("Lectures at the University of Scala.", "Scala", "part of the name of a school"),
        ("Ran planet-scale systems.", "planet-scale", "apart and in small letters"),
        ("Wrote queries in Spark SQL.", "SQL", "part of the name of 'spark-sql'"),
        ("Offered guidance on the RAG pipeline.", "guidance", "its letter case"),
    ],
)
def test_a_name_that_does_not_count_says_why(text: str, name: str, reason: str) -> None:
    why_not = explain(text)[name]
    assert why_not.startswith(reason) if reason else not why_not


def test_a_skill_knows_every_way_up_to_a_root() -> None:
    skills = load_vocabulary().skills
    paths = list_paths(skills["rlhf"], skills)
    assert ["reinforcement-learning", "machine-learning", "artificial-intelligence"] in paths
    assert all(not skills[path[-1]].broader for path in paths)

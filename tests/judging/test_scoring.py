"""What a score promises: additive, monotone, proof against repetition."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills.errors import KnowledgeError
from skills.finding.mentions import Mention
from skills.finding.uses import MentionUse
from skills.judging.scoring import RequirementScore, RoleScore, choose_best, score_profiles
from skills.judging.scoring_figures import load_scoring
from skills.knowledge import load_knowledge

CONCEPTS = sorted({concept for group in load_knowledge().evidence_ids.values() for concept in group})


def mentions() -> st.SearchStrategy[Mention]:
    return st.builds(
        Mention,
        concept=st.sampled_from(CONCEPTS),
        text=st.just("x"),
        page=st.just(1),
        start=st.integers(0, 5000),
        end=st.integers(5001, 5100),
        section=st.just("experience"),
        use=st.sampled_from(["demonstrated", "listed", "studied"]),
    )


def score_both(found: list[Mention]) -> list[RoleScore]:
    knowledge = load_knowledge()
    return score_profiles(choose_best(found), knowledge.profiles, knowledge.evidence_ids)


@given(st.lists(mentions()))
def test_a_score_is_the_sum_of_its_points_and_stays_within_bounds(found: list[Mention]) -> None:
    for score in score_both(found):
        assert score.score == round(sum(item.points for item in score.requirements), 1)
        assert 0 <= score.score <= 100
        assert all(0 <= item.points <= item.requirement.possible for item in score.requirements)


@given(st.lists(mentions()), mentions())
def test_more_evidence_never_lowers_a_score(found: list[Mention], more: Mention) -> None:
    for before, after in zip(score_both(found), score_both([*found, more]), strict=True):
        assert after.score >= before.score


@given(st.lists(mentions()))
def test_repetition_never_raises_a_score(found: list[Mention]) -> None:
    for once, thrice in zip(score_both(found), score_both(found * 3), strict=True):
        assert once.score == thrice.score


@given(st.lists(mentions()))
def test_every_point_traces_to_evidence(found: list[Mention]) -> None:
    for score in score_both(found):
        assert all(item.evidence for item in score.requirements if item.points)


@given(st.lists(mentions(), unique_by=lambda mention: mention.concept), st.randoms())
def test_the_order_of_mentions_changes_nothing(found: list[Mention], random: st.DataObject) -> None:
    shuffled = sorted(found, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert score_both(found) == score_both(shuffled)


def test_a_mention_is_printed_without_its_words() -> None:
    assert "Julia" not in repr(Mention("julia-language", "Julia Jenkins", 1, 0, 13, "skills", "listed"))


def mention(concept: str, use: MentionUse = "demonstrated", *, start: int = 0, target: str = "") -> Mention:
    return Mention(concept, "x", 1, start, start + 1, "experience", use, target)


def score_requirement(found: list[Mention], requirement: str) -> RequirementScore:
    scores = (item for role in score_both(found) for item in role.requirements)
    return next(item for item in scores if item.requirement.id == requirement)


def test_the_best_mention_of_a_concept_is_its_best_use_and_the_first_of_these() -> None:
    listed, late, early = mention("python", "listed"), mention("python", start=9), mention("python", start=5)
    longer = early._replace(end=8)
    assert choose_best([listed, late, longer, early]) == {"python": (early,)}


def test_one_duty_on_two_objects_is_two_pieces_of_evidence() -> None:
    model, pipeline = mention("develop-models", target="model"), mention("develop-models", start=5, target="pipeline")
    assert choose_best([model, pipeline]) == {"develop-models": (model, pipeline)}
    one, two = score_requirement([model], "develop-models"), score_requirement([model, pipeline], "develop-models")
    assert 0 < one.points < two.points
    assert two.evidence == (model, pipeline)


def test_a_duty_is_shown_for_each_object_by_its_best_use() -> None:
    weak = mention("develop-models", "studied", target="model")
    strong, other = weak._replace(use="demonstrated", start=7, end=8), mention("develop-models", start=3, target="app")
    assert set(choose_best([weak, strong, other])["develop-models"]) == {strong, other}


def test_what_is_demonstrated_earns_more_than_what_is_listed_and_this_more_than_what_was_studied() -> None:
    uses: list[MentionUse] = ["studied", "listed", "demonstrated"]
    studied, listed, demonstrated = (
        score_requirement([mention("deep-learning", use)], "deep-learning") for use in uses
    )
    assert 0 < studied.points < listed.points < demonstrated.points


def test_figures_that_lack_the_worth_of_a_use_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    known = load_scoring()
    lacking = replace(known, worths={use: worth for use, worth in known.worths.items() if use != "studied"})
    monkeypatch.setattr("skills.judging.scoring_figures.read_toml", lambda _path, _schema: lacking)
    with pytest.raises(KnowledgeError, match=r"scoring\.toml: worths\.studied: missing"):
        load_scoring.__wrapped__()


def test_what_is_demonstrated_in_a_project_earns_less_than_at_work_and_more_than_what_is_listed() -> None:
    worked, listed = mention("deep-learning"), mention("deep-learning", "listed")
    project = worked._replace(section="projects")
    at_work, in_project, in_list = (score_requirement([found], "deep-learning") for found in (worked, project, listed))
    assert in_list.points < in_project.points < at_work.points


def test_of_a_project_and_a_post_that_show_the_same_the_post_counts() -> None:
    project, worked = mention("deep-learning")._replace(section="projects"), mention("deep-learning", start=9)
    assert choose_best([project, worked])["deep-learning"] == (worked,)


@pytest.mark.parametrize("use", get_args(MentionUse))
def test_a_degree_counts_in_full_however_it_is_shown(use: MentionUse) -> None:
    item = score_requirement([mention("masters-degree", use)], "advanced-degree")
    assert item.points == score_requirement([mention("masters-degree")], "advanced-degree").points
    assert 0 < item.points < item.requirement.possible  # two degrees are asked for in full


def test_large_language_models_are_machine_learning_and_deep_learning() -> None:
    for requirement in ("machine-learning", "machine-learning-in-depth", "deep-learning"):
        assert score_requirement([mention("large-language-models")], requirement).points > 0


def test_evidence_stands_in_the_order_of_the_text() -> None:
    found = [mention("statistics", start=9), mention("linear-algebra", start=3)]
    assert score_requirement(found, "mathematics-and-statistics").evidence == tuple(reversed(found))

"""What a score promises: additive, monotone, proof against repetition."""

from hypothesis import given
from hypothesis import strategies as st

from skills.finding.mentions import Mention
from skills.judging.scoring import RoleScore, choose_best, score_profiles
from skills.knowledge import load_knowledge

CONCEPTS = sorted({concept for group in load_knowledge().concepts.values() for concept in group})


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
    return score_profiles(choose_best(found), knowledge.profiles, knowledge.concepts)


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

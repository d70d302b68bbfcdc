"""What one more piece of evidence adds, and what is asked for together."""

from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills.judging.report import write_report
from skills.judging.report_types import PhraseEvidence
from skills.judging.scoring import measure_together, measure_worths
from skills.knowledge import load_knowledge
from skills.roles.profiles import Requirement, load_profiles
from tests.judging.test_scoring import score_both
from tests.reading_text import find_mentions, make_document

TOGETHER = next(item for item in load_profiles()[1].requirements if item.together)
SOFTWARE = "EXPERIENCE\nWorked, May 2019 - June 2021\n• Developed web applications and microservices"
LEARNING = "EXPERIENCE\nWorked, May 2019 - June 2021\n• Compared random forest and k-means clustering"


def make_requirement(*, enough: float, bend: float) -> Requirement:
    return Requirement("a", "A", "skills", 10.0, "Learn it.", "Did it.", skills=("python",), enough=enough, bend=bend)


@given(st.floats(1.0, 30.0), st.sampled_from([0.3, 1.0, 4.0, 20.0]), st.floats(0.0, 40.0), st.floats(0.0, 5.0))
def test_every_curve_rises_from_nothing_to_enough_and_never_falls(
    enough: float, bend: float, shown: float, more: float
) -> None:
    requirement = make_requirement(enough=enough, bend=bend)
    assert measure_worths(requirement, []) == 0
    assert measure_worths(requirement, [enough]) == pytest.approx(1)
    assert 0 <= measure_worths(requirement, [shown]) <= measure_worths(requirement, [shown, more]) <= 1


def test_a_smaller_bend_gives_the_first_piece_more() -> None:
    first = [measure_worths(make_requirement(enough=6, bend=bend), [1.0]) for bend in (0.3, 1.0, 4.0, 20.0)]
    assert first == sorted(first, reverse=True)
    assert first[0] > 2 * first[-1]


def test_what_is_asked_for_together_needs_both() -> None:
    scored = {
        name: {item.requirement.id: item for item in score_both(list(find_mentions(text)))[1].requirements}
        for name, text in (("software", SOFTWARE), ("learning", LEARNING), ("both", SOFTWARE + "\n" + LEARNING))
    }
    assert scored["software"][TOGETHER.id].points == scored["learning"][TOGETHER.id].points == 0
    assert scored["software"][TOGETHER.id].evidence == ()
    both = scored["both"]
    assert both[TOGETHER.id].met > 0
    assert both[TOGETHER.id].met == measure_together(TOGETHER, {name: item.met for name, item in both.items()})
    assert both[TOGETHER.id].met == pytest.approx(prod(both[part].met for part in TOGETHER.together))
    concepts = {mention.concept for mention in both[TOGETHER.id].evidence}
    known = load_knowledge().evidence_ids
    assert all(not concepts.isdisjoint(known[part]) for part in TOGETHER.together)


def test_a_learned_phrase_is_evidence_with_its_place() -> None:
    requirement = next(item for item in load_profiles()[0].requirements if item.phrases)
    text = f"EXPERIENCE\nWorked, May 2019 - June 2021\n• Then {requirement.phrases[0]} for all"
    report = write_report(make_document(text), load_knowledge())
    (found,) = (item for item in report.requirements[requirement.id].evidence if isinstance(item, PhraseEvidence))
    assert found.phrase == requirement.phrases[0]
    assert text[found.start : found.end] == found.text
    assert found.use == "demonstrated"

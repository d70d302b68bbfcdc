"""Learned phrases are evidence in small letters, and hold nobody's name."""

import re

import pytest

from skills.anatomy.titles.title_nouns import holds_title_noun
from skills.blindness.swaps import load_swaps
from skills.finding.finds import LEARNED, get_table, list_finds
from skills.finding.learned import load_learned
from skills.finding.learned_finder import is_plain
from skills.knowledge import load_knowledge
from skills.text.phrases import normalize_phrase
from skills.text.tokens import Find

PHRASES = sorted({phrase for group in load_learned().phrases.values() for phrase in group})


def list_identity_words() -> set[str]:
    """Return the words of every name, school, employer, place and origin that the blindness suite puts in."""
    asked = [kind for kind in load_swaps() if kind.where in {"name", "words", "pattern", "label"}]
    named = [kind for kind in asked if kind.id.startswith(("name", "place", "school", "employer", "birth", "nation"))]
    return {word.lower() for kind in named for value in kind.values for word in re.findall(r"[^\W\d_]{3,}", value)}


def find_learned(text: str) -> list[str]:
    doc = load_knowledge().nlp(text)
    table = get_table(doc)
    return [text[table.starts[find.start] : table.ends[find.end - 1]] for find in list_finds(doc, LEARNED)]


def test_phrases_are_learned() -> None:
    assert PHRASES
    assert all(phrase == normalize_phrase(phrase) for phrase in PHRASES)


def test_no_phrase_holds_a_name_a_school_an_employer_or_a_place() -> None:
    common = {"science", "data", "technology", "institute", "technical", "college", "state", "university", "systems"}
    words = {word for phrase in PHRASES for word in phrase.split()}
    assert words.isdisjoint(list_identity_words() - common)


def test_no_phrase_is_named_as_a_skill_or_duty_is() -> None:
    knowledge = load_knowledge()
    assert set(knowledge.vocabulary.skills).isdisjoint(PHRASES)


@pytest.mark.parametrize(
    ("words", "plain"),
    [("heat demand", True), ("Heat demand", True), ("Heat", False), ("heat Demand", False), ("HEAT DEMAND", False)],
)
def test_a_phrase_has_small_letters_but_for_the_beginning_of_a_sentence(words: str, *, plain: bool) -> None:
    table = get_table(load_knowledge().nlp(words))
    assert is_plain(Find(0, len(words.split()), ""), table) is plain


def test_within_a_sentence_a_capital_makes_a_name() -> None:
    table = get_table(load_knowledge().nlp("Met Heat demand"))
    assert not is_plain(Find(1, 3, ""), table)


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_is_found_where_people_write_of_work_and_not_in_a_name(phrase: str) -> None:
    assert phrase in " ".join(find_learned(f"EXPERIENCE\n• Then fern {phrase}, daily"))
    assert find_learned(f"EXPERIENCE\n• Worked at {phrase.title()} Dumont") == []
    assert not holds_title_noun(phrase.split())


def test_a_phrase_within_a_skill_or_duty_proves_nothing_more() -> None:
    assert "predict" in PHRASES
    assert find_learned("EXPERIENCE\n• Built a model to predict tides") == []

"""Fictional people after 2023 stand in the order in which someone who hires for both roles would put them."""

from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest
from _pytest.mark.structures import ParameterSet
from pydantic.dataclasses import dataclass

from skills.judging.scoring import choose_best, score_profiles
from skills.knowledge import load_knowledge
from skills.toml_files import STRICT, read_toml
from tests.people import FOLDER
from tests.reading_text import make_document

ORDERED = FOLDER / "ordered"


@dataclass(frozen=True, slots=True, config=STRICT)
class Order:
    """Each person of `above` must score at least `gap` points more for the role than each of `below`."""

    role: str
    gap: float
    above: tuple[str, ...]
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True, config=STRICT)
class Bound:
    """Between which scores a person must stay; `miss` says why this does not hold yet."""

    role: str
    person: str
    above: float = 0.0
    below: float = 100.0
    miss: str = ""


@dataclass(frozen=True, slots=True, config=STRICT)
class Miss:
    """Pairs of an order that do not hold yet, and why: take one away as soon as it holds."""

    role: str
    above: tuple[str, ...]
    below: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, config=STRICT)
class OrderFile:
    """The form of `people/ordered/order.toml`."""

    orders: tuple[Order, ...]
    bounds: tuple[Bound, ...]
    misses: tuple[Miss, ...] = ()


ORDER = read_toml(ORDERED / "order.toml", OrderFile)
MISSES = {(miss.role, *pair): miss.reason for miss in ORDER.misses for pair in product(miss.above, miss.below)}


@cache
def score_person(person: str) -> dict[str, float]:
    knowledge = load_knowledge()
    document = make_document((ORDERED / f"{person}.txt").read_text(encoding="utf-8"))
    best = choose_best(knowledge.find_mentions(document.text, document.lines))
    scores = score_profiles(best, knowledge.profiles, knowledge.evidence_ids)
    return {score.profile.id: score.score for score in scores}


def expect_failure(reason: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(strict=True, reason=reason)] if reason else []


def list_pairs() -> Iterator[ParameterSet]:
    for order in ORDER.orders:
        for pair in product(order.above, order.below):
            marks = expect_failure(MISSES.get((order.role, *pair), ""))
            yield pytest.param(order.role, *pair, order.gap, marks=marks)


def list_bounds() -> Iterator[ParameterSet]:
    for bound in ORDER.bounds:
        yield pytest.param(bound, marks=expect_failure(bound.miss), id=f"{bound.role}-{bound.person}")


@pytest.mark.parametrize(("role", "above", "below", "gap"), [*list_pairs()])
def test_people_stand_in_their_order(role: str, above: str, below: str, gap: float) -> None:
    assert score_person(above)[role] >= score_person(below)[role] + gap


@pytest.mark.parametrize("bound", [*list_bounds()])
def test_people_keep_their_bounds(bound: Bound) -> None:
    assert bound.above < score_person(bound.person)[bound.role] < bound.below


def test_everybody_has_a_place() -> None:
    named = {person for order in ORDER.orders for person in (*order.above, *order.below)}
    assert named == {file.stem for file in ORDERED.glob("*.txt")}

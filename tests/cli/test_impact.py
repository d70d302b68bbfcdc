"""Impact ratios are those that a person computes by hand, and those of a library that is made for it."""

import math
from collections.abc import Sequence
from random import Random

import pytest

from service.audit.impact_ratios import AuditedPerson, CategoryImpact, RoleImpact, measure_attribute, measure_role


def measure(
    scores: Sequence[float], sexes: Sequence[str | None], races: Sequence[str | None] | None = None
) -> RoleImpact:
    people = map(AuditedPerson, sexes, races or [None] * len(sexes))
    return measure_role("Clerk", scores, people)


def find_category(role: RoleImpact, attribute: str, category: str) -> CategoryImpact:
    (impact,) = (item for item in role.attributes if item.attribute == attribute)
    (found,) = (item for item in impact.categories if item.category == category)
    return found


def test_rates_and_ratios_are_those_computed_by_hand() -> None:
    """Of 200 people with 100 above the median, 60 of 80 men and 40 of 120 women: rates 3/4 and 1/3, ratio 4/9."""
    scores = [80.0] * 60 + [20.0] * 20 + [80.0] * 40 + [20.0] * 80
    role = measure(scores, ["Male"] * 80 + ["Female"] * 120)
    male, female = (find_category(role, "Sex", name) for name in ("Male", "Female"))
    assert (role.people, role.median, role.ties) == (200, 50.0, 0)
    assert (male.people, male.above, male.rate, male.ratio, male.ratio_interval) == (80, 60, 0.75, 1.0, None)
    assert (female.people, female.above) == (120, 40)
    assert female.rate == pytest.approx(1 / 3)
    assert female.ratio == pytest.approx(4 / 9)


@pytest.mark.parametrize(("above", "people"), [(0, 7), (1, 9), (50, 100), (99, 100), (7, 7)])
def test_intervals_are_those_of_scipy(above: int, people: int) -> None:
    from scipy.stats import binomtest  # noqa: PLC0415 - takes seconds, which nobody waits for who only collects
    from scipy.stats.contingency import relative_risk  # noqa: PLC0415

    groups = ["a"] * people + ["b"] * 10
    impact = measure_attribute("Sex", groups, [True] * above + [False] * (people - above) + [True] * 10)
    (item,) = [item for item in impact.categories if item.category == "a"]
    bounds = binomtest(above, people).proportion_ci(0.95, method="wilson")
    assert (item.rate_interval.low, item.rate_interval.high) == pytest.approx((bounds.low, bounds.high))
    if item.ratio_interval:
        risk = relative_risk(above, people, 10, 10).confidence_interval(0.95)
        assert (item.ratio_interval.low, item.ratio_interval.high) == pytest.approx((risk.low, risk.high))


def test_intervals_are_those_of_the_formulas() -> None:
    """Wilson (1927) for a share, Katz et al. (1978) for a ratio of shares, both with z = 1.96."""
    scores = [80.0] * 60 + [20.0] * 20 + [80.0] * 40 + [20.0] * 80
    female = find_category(measure(scores, ["Male"] * 80 + ["Female"] * 120), "Sex", "Female")
    z, p, n = 1.959964, 1 / 3, 120
    middle, half = (p + z * z / (2 * n)) / (1 + z * z / n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    half /= 1 + z * z / n
    assert female.rate_interval.low == pytest.approx(middle - half, rel=1e-5)
    assert female.rate_interval.high == pytest.approx(middle + half, rel=1e-5)
    spread = z * math.sqrt(1 / 40 - 1 / 120 + 1 / 60 - 1 / 80)
    assert female.ratio_interval
    assert female.ratio_interval.low == pytest.approx(4 / 9 * math.exp(-spread), rel=1e-5)
    assert female.ratio_interval.high == pytest.approx(4 / 9 * math.exp(spread), rel=1e-5)


def test_intersections_are_measured_against_the_highest_of_them() -> None:
    scores = [90.0, 80.0, 30.0, 20.0, 70.0, 10.0]
    sexes = ["F", "F", "F", "M", "M", "M"]
    races = ["A", "A", "B", "A", "B", "B"]
    role = measure(scores, sexes, races)
    both = "Race or ethnicity, and sex"
    assert find_category(role, both, "A, F").ratio == 1
    assert find_category(role, both, "B, M").ratio == 0.5
    assert find_category(role, both, "B, F").ratio == 0


def test_who_scores_exactly_the_median_is_not_above_it_and_told() -> None:
    role = measure([10.0, 50.0, 50.0, 50.0, 90.0], ["F", "F", "M", "M", "M"])
    assert (role.median, role.ties) == (50.0, 3)
    assert find_category(role, "Sex", "M").above == 1


def test_the_unknown_count_for_the_median_and_in_no_category() -> None:
    role = measure([10.0, 20.0, 30.0, 40.0, 90.0], ["F", "M", "F", None, None], ["A", None, "A", "A", None])
    assert role.median == 30
    assert [impact.unknown for impact in role.attributes] == [2, 2, 3]
    assert sum(item.people for item in role.attributes[0].categories) == 3


def test_a_category_under_two_percent_is_apart_and_never_the_highest() -> None:
    scores = [float(i) for i in range(100)]
    sexes = [*["F", "M"] * 49, "F", "X"]
    impact = measure(scores, sexes).attributes[0]
    assert [item.category for item in impact.categories] == ["F", "M"]
    (small,) = impact.excluded
    assert (small.category, small.people, small.rate, small.ratio) == ("X", 1, 1.0, None)
    assert max(item.ratio or 0 for item in impact.categories) == 1


def test_two_percent_exactly_is_not_under_it() -> None:
    assert not measure([float(i) for i in range(50)], [*["F"] * 49, "X"]).attributes[0].excluded


def test_where_nobody_scores_above_the_median_there_is_no_ratio() -> None:
    impact = measure([50.0] * 4, ["F", "M", "F", "M"]).attributes[0]
    assert [(item.rate, item.ratio) for item in impact.categories] == [(0.0, None), (0.0, None)]


def test_a_ratio_of_none_above_is_zero_without_an_upper_bound() -> None:
    low = find_category(measure([1.0, 2.0, 3.0, 4.0], ["F", "F", "M", "M"]), "Sex", "F")
    assert (low.ratio, low.ratio_interval) == (0.0, None)
    assert (low.rate_interval.low, round(low.rate_interval.high, 4)) == (0.0, 0.6576)


@pytest.mark.parametrize("seed", range(5))
def test_rates_and_ratios_match_fairlearn(seed: int) -> None:
    from fairlearn.metrics import MetricFrame, selection_rate  # noqa: PLC0415 - takes seconds too

    random = Random(seed)  # noqa: S311 - the same people each time
    sexes = random.choices(["F", "M", "X"], k=300)
    scores = [round(random.gauss(50 + 5 * (sex == "M"), 15), 1) for sex in sexes]
    role = measure(scores, sexes)
    above = [score > role.median for score in scores]
    frame = MetricFrame(metrics=selection_rate, y_true=above, y_pred=above, sensitive_features=sexes)
    ours = role.attributes[0].categories
    assert {item.category: item.rate for item in ours} == pytest.approx(dict(frame.by_group))
    assert min(item.ratio or 0 for item in ours) == pytest.approx(frame.ratio(method="between_groups"))

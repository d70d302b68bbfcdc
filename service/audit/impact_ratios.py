"""Impact ratios: how often each group of people scores above the median, against the group that does so most often.

The form is that of New York City's Local Law 144 for tools that score, 6 RCNY § 5-300 and § 5-301 (c) and (d): the
median of the full sample; by sex, by race or ethnicity and by both the scoring rate (the share of a category above that
median) and the impact ratio (that rate by the highest one); how many people are not counted because their category
is unknown. A category of less than 2 % of the sample has no ratio and is listed separately, with its number and rate.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import exp, sqrt
from statistics import NormalDist, median

from service.language import message

SMALL_SHARE = 0.02
CONFIDENCE = 0.95
DEVIATIONS = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


@dataclass(frozen=True, slots=True)
class AuditedPerson:
    """The groups a person belongs to, as the table names them; None where unknown."""

    sex: str | None = None
    race_ethnicity: str | None = None

    @property
    def both(self) -> str | None:
        """The intersection of the two, None if either is unknown."""
        return f"{self.race_ethnicity}, {self.sex}" if self.sex and self.race_ethnicity else None


@dataclass(frozen=True, slots=True)
class Interval:
    """The bounds of a 95 % confidence interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CategoryImpact:
    """How many people of a category score above the median; `rate` is their share, 0 to 1, with Wilson's interval.

    `ratio` is None where the category is excluded, or nobody of any category scores above the median. Its interval
    is None where there is no ratio, for the highest category itself, and where it
    has no upper bound.
    """

    category: str
    people: int
    above: int
    rate: float
    rate_interval: Interval
    ratio: float | None = None
    ratio_interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class AttributeImpact:
    """The categories of an attribute by name, those under 2 % separately, and how many people are of no known one."""

    attribute: str
    categories: tuple[CategoryImpact, ...]
    excluded: tuple[CategoryImpact, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class RoleImpact:
    """The impact of one role's scores. `ties` is how many score exactly the median, and so not above it."""

    role: str
    people: int
    median: float
    ties: int
    attributes: tuple[AttributeImpact, ...]


ATTRIBUTES: dict[str, Callable[[AuditedPerson], str | None]] = {
    message("Sex"): lambda person: person.sex,
    message("Race or ethnicity"): lambda person: person.race_ethnicity,
    message("Race or ethnicity, and sex"): lambda person: person.both,
}


def _bound_rate(count: int, people: int) -> Interval:
    """Return Wilson's interval of a share (1927, without correction for continuity)."""
    rate, square = count / people, DEVIATIONS**2
    middle = rate + square / (2 * people)
    reach = DEVIATIONS * sqrt(rate * (1 - rate) / people + square / (4 * people**2))
    scale = 1 + square / people
    return Interval(max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale))


def _bound_ratio(item: CategoryImpact, highest: CategoryImpact) -> Interval:
    """Return the interval of a ratio of two shares, neither of them 0, from its logarithm (Katz et al. 1978)."""
    variance = 1 / item.above - 1 / item.people + 1 / highest.above - 1 / highest.people
    factor = exp(DEVIATIONS * sqrt(variance))
    ratio = item.rate / highest.rate
    return Interval(ratio / factor, ratio * factor)


def _count_category(category: str, above: Sequence[bool]) -> CategoryImpact:
    count, people = sum(above), len(above)
    return CategoryImpact(category, people, count, count / people, _bound_rate(count, people))


def _compare(item: CategoryImpact, highest: CategoryImpact) -> CategoryImpact:
    """Return a category with its ratio to the highest one."""
    if not highest.above:
        return item
    is_bounded = item is not highest and item.above > 0
    return replace(
        item,
        ratio=item.rate / highest.rate,
        ratio_interval=_bound_ratio(item, highest) if is_bounded else None,
    )


def measure_attribute(attribute: str, categories: Sequence[str | None], above: Sequence[bool]) -> AttributeImpact:
    """Return the impact by an attribute; for each person a category, None if unknown, and whether they score above."""
    members: dict[str, list[bool]] = {}
    for category, is_above in zip(categories, above, strict=True):
        if category is not None:
            members.setdefault(category, []).append(is_above)
    counted = [_count_category(category, members[category]) for category in sorted(members)]
    kept = [item for item in counted if item.people >= SMALL_SHARE * len(categories)]
    highest = max(kept, key=lambda item: item.rate, default=None)
    return AttributeImpact(
        attribute,
        tuple(_compare(item, highest) for item in kept if highest),
        tuple(item for item in counted if item not in kept),
        categories.count(None),
    )


def measure_role(role: str, scores: Sequence[float], people: Iterable[AuditedPerson]) -> RoleImpact:
    """Return the impact of a role's scores, of which there is one for each person."""
    middle, known = median(scores), list(people)
    above = [score > middle for score in scores]
    attributes = (
        measure_attribute(attribute, [find(person) for person in known], above)
        for attribute, find in ATTRIBUTES.items()
    )
    ties = sum(score == middle for score in scores)
    return RoleImpact(role, len(scores), middle, ties, tuple(attributes))

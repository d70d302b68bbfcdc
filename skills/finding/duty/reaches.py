"""Reaches: from an act to what it was done to; those of a sentence become quotes that repeat no words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from skills.finding.duty.acts import LINKS, FoundAction
from skills.finding.duty.duties import Duty
from skills.finding.duty.noun_phrases import NounPhrases
from skills.text.tokens import Find


class FoundObject(NamedTuple):
    """An object in the rows of a token table; `phrase` is its spelling in `data/duties.toml`, or the id of a skill.

    `named` says that it is a skill, `alone` that it may be quoted without the act.
    """

    start: int
    end: int
    name: str
    phrase: str
    named: bool = False
    alone: bool = True


class Reach(NamedTuple):
    """The rows `start` to `end` of a duty, from its action to its object, and `first` to `last` of the object.

    `target` names the object.
    It `speaks` for itself, without the action, if it may stand alone and is a skill or has a name of several words.
    """

    start: int
    end: int
    first: int
    last: int
    target: str
    speaks: bool


def _split_items(targets: Iterable[FoundObject], norms: Sequence[str]) -> list[list[FoundObject]]:
    """Return objects by the items of their list: “a YOLO based model for object detection” is one thing, not three."""
    ordered = sorted(targets)
    items = [ordered[:1]]
    for left, right in pairwise(ordered):
        if LINKS.isdisjoint(norms[left.end : right.start]):
            items[-1].append(right)
        else:
            items.append([right])
    return items


def list_reaches(
    action: FoundAction, targets: Iterable[FoundObject], norms: Sequence[str], phrases: NounPhrases
) -> Iterator[Reach]:
    """Yield the reach from an act to each thing that it is done to, with all words of the thing's name."""
    for item in _split_items(targets, norms):
        first, end = phrases.find_start(item[0].start), max(found.end for found in item)
        last = phrases.find_end(action.start, end) if action.start < first else end
        target = next((found for found in item if found.named), item[0])
        if last > end and phrases.name_another(last):
            continue
        speaks = target.alone and (target.named or last - first > 1)
        yield Reach(min(action.start, first), max(action.end, last), first, last, target.phrase, speaks)


def _order_by_length(reach: Reach) -> tuple[int, int]:
    return reach.end - reach.start, reach.start


def _keep_shortest(reaches: Iterable[Reach]) -> list[Reach]:
    """Return the shortest reach, the first of equals, to each object, short ones first."""
    shortest: dict[str, Reach] = {}
    for reach in sorted(reaches, key=_order_by_length):
        shortest.setdefault(reach.target, reach)
    return list(shortest.values())


def _part(duty: str, reaches: Iterable[Reach], taken: set[int]) -> Iterator[Find]:
    """Yield spans that share no word; of a reach into `taken` words only its thing, if that speaks for itself."""
    for reach in reaches:
        for start, end in ((reach.start, reach.end), (reach.first, reach.last))[: 1 + reach.speaks]:
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                yield Find(start, end, duty, reach.target)
                break


def part_all(
    reaches: Mapping[str, Iterable[Reach]], duties: Iterable[Duty], named: Mapping[str, set[int]]
) -> Iterator[Find]:
    """Yield the duties of a sentence, in the order of `duties`, so that none repeats words of one it is weaker than.

    `reaches` holds them by the duty's id, `named` the rows of skills that say the same as it does.
    """
    taken: dict[str, set[int]] = {}
    for duty in duties:
        if duty.id in reaches and duty.id not in taken:
            words = named.get(duty.id, set()).union(*(taken.get(other, ()) for other in duty.weaker_than))
            found = list(_part(duty.id, _keep_shortest(reaches[duty.id]), words))
            taken[duty.id] = {row for find in found for row in range(find.start, find.end)}
            yield from found

"""Parts the runs of boxes of text that lie over each other, as boxes of Word do that were given too little room."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from worker.reading.layout.runs import Run
from worker.reading.layout.side_order import MIN_LINES

# In heights of the text: how much of two lines that lie over each other is one above the other.
MIN_OVERLAP = 0.5


def _overlap(one: Run, other: Run) -> bool:
    """Return whether two runs of different words are printed over each other in most of their length."""
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    narrow = min(one.x1 - one.x0, other.x1 - other.x0)
    return 2 * width > narrow and height > MIN_OVERLAP * min(one.height, other.height) and one.text != other.text


def _find_overlaid(runs: Sequence[Run]) -> Iterator[range]:
    """Yield the places in the order of drawing at which a box may begin whose lines lie over lines drawn before."""
    drawn = [run for run in runs if run.words[0].glyph >= 0]
    for one, other in pairwise(sorted(drawn, key=attrgetter("y1"))):
        if other.y0 < one.y1 and _overlap(one, other):
            first, last = sorted((one.order, other.order))
            yield range(first + 1, last + 1)


def part_overlaid(runs: Sequence[Run]) -> list[Sequence[Run]]:
    """Return the runs of a page by boxes that lie over each other, if there are such; the first drawn comes first.

    `runs` are all runs of a page, as they were drawn. A box begins where drawing went up the most.
    """
    starts = {0, len(runs)}
    for places in _find_overlaid(runs):
        start = max(places, key=lambda place: runs[place - 1].y1 - runs[place].y1)
        if runs[start].y1 < runs[start - 1].y0 and min(start, len(runs) - start) >= MIN_LINES:
            starts.add(start)
    return [runs[first:last] for first, last in pairwise(sorted(starts))]

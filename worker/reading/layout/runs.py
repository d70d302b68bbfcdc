"""Makes runs of the words of a page, and rows of the runs.

It uses only boxes, so the words may come from a PDF or from optical recognition.
"""

# ruff: noqa: FURB136 - to call min and max would take a third of the time in which words become runs

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter

# In heights of the text, so that they hold for points and for pixels.
SAME_BASELINE = 0.4
MAX_SPACE_WIDTH = 1.0
MIN_SPACE_WIDTH = 0.04


@dataclass(slots=True)  # not frozen: that would take three times as long to make, and a page has hundreds
class Word:
    """Letters without a space between them, and their box, y downwards, in points, pixels or any other unit.

    `y1` is the baseline, or else the bottom of the box. `confidence`, 0 to 1, is that of optical recognition.
    `glyph` is the number of its first glyph on the page, -1 where there are only pictures of glyphs. `turned` words are
    whole lines that run upwards or downwards.
    """

    text: str = field(repr=False)
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float = 1.0
    glyph: int = -1
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Words that were drawn one after the other on one line with nothing but spaces between them.

    Its box is measured y downwards, `y1` being the baseline; `order` counts the runs of a page as they were drawn.
    """

    text: str = field(repr=False)
    x0: float
    y0: float
    x1: float
    y1: float
    order: int
    words: Sequence[Word] = field(repr=False)

    @property
    def height(self) -> float:
        """How far the text reaches above its baseline."""
        return self.y1 - self.y0


RunRow = list[Run]


def _follows(word: Word, before: Word) -> bool:
    """Return whether a word stands on the same line as the one before it, a space away."""
    height, height_before = word.y1 - word.y0, before.y1 - before.y0
    height = height_before if height_before < height else height
    bottom = before.y1 if before.y1 < word.y1 else word.y1
    top = before.y0 if before.y0 > word.y0 else word.y0
    return bottom - top > height / 2 and -height / 2 < word.x0 - before.x1 < MAX_SPACE_WIDTH * height


def _join_words(words: Sequence[Word], order: int) -> Run:
    parts = [words[0].text]
    for before, word in pairwise(words):
        touching = word.x0 - before.x1 < MIN_SPACE_WIDTH * (word.y1 - word.y0)
        parts.append(word.text if touching else f" {word.text}")
    tallest = max(words, key=lambda word: word.y1 - word.y0)  # no superscript
    return Run("".join(parts), words[0].x0, tallest.y0, words[-1].x1, tallest.y1, order, words)


def find_runs(words: Iterable[Word]) -> Iterator[Run]:
    """Yield the runs that words form, in the order in which they were drawn."""
    run: list[Word] = []
    order = 0
    for word in words:
        if run and not _follows(word, run[-1]):
            yield _join_words(run, order)
            order += 1
            run = []
        run.append(word)
    if run:
        yield _join_words(run, order)


def find_rows(runs: Iterable[Run]) -> list[RunRow]:
    """Group runs that stand on one baseline, from the top; each row from left to right."""
    rows: list[RunRow] = []
    for run in sorted(runs, key=attrgetter("y1", "x0")):
        if rows and run.y1 - rows[-1][0].y1 <= SAME_BASELINE * min(run.height, rows[-1][0].height):
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        row.sort(key=attrgetter("x0"))
    return rows

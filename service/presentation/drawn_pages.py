"""The pages of a résumé as pictures: the boxes of marks on them, and the heights at which lines of the text stand."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from service.presentation.marked_text import EvidenceMark
from skills.document import PagePlaces, WordPlace

MAX_SPACE_WIDTH = 1.0  # between two words of a box, in heights of their text
MARGIN = 0.04  # around the words of a box, in the same measure
DECIMALS = 1


@dataclass(frozen=True, slots=True)
class MarkBox:
    """A part of a mark on one line of a page, in the page's unit of length."""

    mark: EvidenceMark
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class BoxedPage:
    """A page with a picture, and the boxes of the marks on it, the longer ones first."""

    places: PagePlaces
    boxes: Sequence[MarkBox] = field(repr=False)

    def find_height(self, offset: int) -> float | None:
        """Return how far down the first word from an offset stands, as a share of the page's height."""
        words = self.places.words
        number = bisect_left(words, offset, key=attrgetter("start"))
        return round(words[number].y0 / self.places.height, 3) if number < len(words) else None


def _cut(word: WordPlace, start: int, end: int) -> WordPlace:
    """Return the place of the letters of a word that lie in a span, as if all letters were of one width."""
    first, last = max(start, word.start), min(end, word.end)
    step = (word.x1 - word.x0) / (word.end - word.start)
    x0, x1 = word.x0 + (first - word.start) * step, word.x0 + (last - word.start) * step
    return WordPlace(first, last, x0, word.y0, x1, word.y1)


def _follows(word: WordPlace, before: WordPlace) -> bool:
    """Return whether a word stands on the line of the one before it, a space away."""
    height = min(word.y1 - word.y0, before.y1 - before.y0)
    together = min(word.y1, before.y1) - max(word.y0, before.y0) > height / 2
    return together and abs(word.x0 - before.x1) < MAX_SPACE_WIDTH * height


def _join(words: Sequence[WordPlace]) -> list[list[WordPlace]]:
    """Return the words of a span line by line."""
    lines: list[list[WordPlace]] = []
    for word in words:
        if lines and _follows(word, lines[-1][-1]):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _box_mark(mark: EvidenceMark, words: Sequence[WordPlace]) -> Iterator[MarkBox]:
    first = bisect_left(words, mark.start + 1, key=attrgetter("end"))
    last = bisect_left(words, mark.end, key=attrgetter("start"))
    for line in _join([_cut(word, mark.start, mark.end) for word in words[first:last]]):
        x0, y0 = min(word.x0 for word in line), min(word.y0 for word in line)
        x1, y1 = max(word.x1 for word in line), max(word.y1 for word in line)
        margin = MARGIN * (y1 - y0)
        edges = (x0 - margin, y0 - margin, x1 - x0 + 2 * margin, y1 - y0 + 2 * margin)
        yield MarkBox(mark, *(round(edge, DECIMALS) for edge in edges))


def draw_marks(places: Iterable[PagePlaces], marks: Iterable[EvidenceMark]) -> dict[int, BoxedPage]:
    """Return the pages with pictures, by number, and the boxes of the marks on them."""
    longest_first = sorted(marks, key=lambda mark: mark.start - mark.end)
    return {
        page.page: BoxedPage(page, [box for mark in longest_first for box in _box_mark(mark, page.words)])
        for page in places
    }

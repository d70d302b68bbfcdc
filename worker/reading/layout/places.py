"""Says where on a page each word of the text stands, by the boxes of the words that the text was made of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from skills.document import Line, PagePlaces, WordPlace
from worker.reading.clean_text import clean_line
from worker.reading.layout.lines import PrintedLine
from worker.reading.layout.runs import Word

MAX_PAGES = 10  # of which places are kept and pictures drawn; a résumé has two or three
# Letters of the text that may have no box, such as the end of a word that was broken over two lines.
MAX_SKIPPED_LETTERS = 40
DESCENT = 0.25  # of a word's height over its baseline, that g and p reach below it
DECIMALS = 1
QUARTER_TURN = 90  # degrees


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as its words were read: `rotation` in degrees clockwise, and width and height after the rotation."""

    words: Sequence[Word] = field(repr=False)
    width: float
    height: float
    rotation: float


def list_words(lines: Iterable[PrintedLine]) -> list[Word]:
    """Return the words of lines in reading order."""
    return [word for line in lines for run in line.runs for word in run.words]


def _place_words(text: str, words: Iterable[Word], start: int, end: int) -> Iterator[WordPlace]:
    """Yield the places of words in `text[start:end]`, which was made of them in this order.

    A word that was changed in the text, such as a mended one, has no place; the search goes on with the next.
    """
    for word in words:
        letters = clean_line(word.text)
        last = min(end, start + MAX_SKIPPED_LETTERS + len(letters))
        at = text.find(letters, start, last)
        if at < 0 and letters.endswith("-"):
            letters = letters[:-1]
            at = text.find(letters, start, last)
        if at >= 0 and letters:
            start = at + len(letters)
            bottom = word.y1 + (DESCENT * (word.y1 - word.y0) if word.glyph >= 0 else 0)
            yield WordPlace(at, start, *(round(edge, DECIMALS) for edge in (word.x0, word.y0, word.x1, bottom)))


def place_words(text: str, lines: Iterable[Line], sheets: Sequence[Sheet]) -> tuple[PagePlaces, ...]:
    """Return where the words of a text stand on its first pages."""
    ends = {line.page: line.end for line in lines}
    places: list[PagePlaces] = []
    start = 0
    for page, sheet in enumerate(sheets[:MAX_PAGES], start=1):
        end = ends.get(page, start)
        words = tuple(_place_words(text, sheet.words, start, end))
        width, height = round(sheet.width, DECIMALS), round(sheet.height, DECIMALS)
        places.append(PagePlaces(page, width, height, sheet.rotation, words))
        start = end
    return tuple(places)

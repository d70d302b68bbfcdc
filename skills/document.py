"""A résumé as text: what a reader hands over and every later step counts its offsets in."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter

ENGLISH = "en"  # a document in another language is refused


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How a line looks: its size where the document's body has 1, and whether all of it is bold.

    `ruled` says that a rule is drawn right above or below it; `level` is that of a heading by its style in Word, 1 to
    9, and 0 for all else. A reader that does not know a property leaves it as it is for the body.
    """

    size: float = 1.0
    bold: bool = False
    ruled: bool = False
    level: int = 0


BODY = LineStyle()


@dataclass(frozen=True, slots=True)
class Line:
    """A visual line: `text[start:end]` of its document, offsets in code points, `page` counted from 1."""

    page: int
    start: int
    end: int
    style: LineStyle = BODY


def find_page(lines: Sequence[Line], offset: int) -> int:
    """Return the page of the line that an offset stands in or behind."""
    if lines[0].page == lines[-1].page:
        return lines[0].page
    return lines[max(0, bisect_right(lines, offset, key=attrgetter("start")) - 1)].page


class WarningCode(StrEnum):
    """What a reader warns of; the sentences are in service/presentation/sentences.py."""

    HIDDEN_TEXT = "hidden-text"
    LOW_CONFIDENCE = "low-confidence"
    NOT_RECOGNISED = "not-recognised"
    PORTFOLIO = "portfolio"
    MIXED_LANGUAGE = "mixed-language"


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """Something the reader left out or doubts; `excerpt` holds its first words.

    `code` is a `WarningCode` or, in a stored report, one of an earlier version. `reason` says by a code why that is so,
    such as `tiny`; reports of earlier versions have none.
    """

    code: str
    page: int
    characters: int
    excerpt: str = field(repr=False)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WordPlace:
    """Where `text[start:end]` of a document stands on its page: a box, y downwards, in the page's unit of length."""

    start: int
    end: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class PagePlaces:
    """Where the words of a page stand, in text order.

    The boxes are those of the page once it is rotated clockwise by `turn` degrees from how its file shows it; it then
    has this width and height. Places are stored, so that `turn` keeps its name.
    """

    page: int
    width: float
    height: float
    turn: float
    words: tuple[WordPlace, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """One résumé. Lines are in reading order, joined by one newline each, and do not overlap.

    `places` are those of the first pages, if somebody asked for them and the format has fixed pages.
    """

    name: str = field(repr=False)
    sha256: str
    media_type: str
    text: str = field(repr=False)
    lines: tuple[Line, ...] = field(repr=False)
    pages: int
    read_with: str
    reader: str
    language: str = ENGLISH
    warnings: tuple[ReadingWarning, ...] = ()
    places: tuple[PagePlaces, ...] = field(default=(), repr=False)

"""A résumé as text: what a reader hands over and every later step counts its offsets in."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """A visual line: `text[start:end]` of its document, offsets in code points, `page` counted from 1."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """Something the reader left out or doubts, such as `hidden-text`; `excerpt` holds its first words."""

    code: str
    page: int
    characters: int
    excerpt: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """One résumé. Lines are in reading order, joined by one newline each, and do not overlap."""

    name: str = field(repr=False)
    sha256: str
    media_type: str
    text: str = field(repr=False)
    lines: tuple[Line, ...] = field(repr=False)
    pages: int
    language: str
    read_with: str
    reader: str
    warnings: tuple[ReadingWarning, ...] = ()

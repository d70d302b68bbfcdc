"""A place in a text."""

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """The character range `text[start:end]`."""

    start: int
    end: int


def find_lines(text: str, start: int, end: int) -> Span:
    """Return the lines in which `text[start:end]` stands, without the line break behind them."""
    behind = text.find("\n", end)
    return Span(text.rfind("\n", 0, start) + 1, len(text) if behind < 0 else behind)


def blank_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text with spaces in place of what stands in the spans."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = " " * (end - start)
    return "".join(characters)

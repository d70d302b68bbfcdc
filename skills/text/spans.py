"""A place in a text."""

from typing import NamedTuple


class Span(NamedTuple):
    """The character range `text[start:end]`."""

    start: int
    end: int

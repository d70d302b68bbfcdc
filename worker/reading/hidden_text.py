"""Collects the text of a document that nobody sees, by the reason for that, and warns of it."""

import re
from collections.abc import Iterator
from typing import Literal

from skills.document import ReadingWarning, WarningCode
from worker.reading.clean_text import EXCERPT_CHARACTERS, clean_line

HiddenReason = Literal[
    "clipped",
    "covered",
    "ground-colour",
    "invisible-mode",
    "layer-off",
    "marked-hidden",
    "outside-page",
    "replacement-text",
    "tiny",
    "transparent",
]

WORDS = re.compile(r"[^\W\d_]{3,}")
MIN_HIDDEN_LETTERS = 10  # in words of three letters or more: clipped letters and page numbers have fewer
PRODUCER = re.compile(
    r"\b(?:created|designed|generated|made|powered|printed) (?:by|in|on|using|with) \S+", re.IGNORECASE
)


def _is_suspicious(hidden: str) -> bool:
    """Return whether hidden text may be meant to deceive: words, not only a page number or a producer's mark."""
    words = WORDS.findall(PRODUCER.sub("", hidden))
    return sum(map(len, words)) >= MIN_HIDDEN_LETTERS


class HiddenText:
    """The text that a reader left out of a page, or of a document without pages."""

    def __init__(self) -> None:
        self._texts: dict[HiddenReason, list[str]] = {}

    def add(self, text: str, reason: HiddenReason) -> None:
        """Add a text that was left out."""
        if words := text.split():
            self._texts.setdefault(reason, []).extend(words)

    def warn(self, *, page: int = 1) -> Iterator[ReadingWarning]:
        """Yield a warning for each reason why text was left out, if the text may be an attempt to deceive."""
        for reason, words in self._texts.items():
            text = " ".join(words)
            if _is_suspicious(text):
                excerpt = clean_line(text[: 2 * EXCERPT_CHARACTERS])[:EXCERPT_CHARACTERS]
                yield ReadingWarning(WarningCode.HIDDEN_TEXT, page, sum(map(len, words)), excerpt, reason)

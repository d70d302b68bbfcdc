"""Cleans the lines that a reader found and joins them into the text that offsets count in."""

import unicodedata
from collections.abc import Sequence

from skills.document import Line

# Unicode categories of characters that are never seen: controls, formats such as the soft hyphen, lone surrogates.
UNSEEN = frozenset({"Cc", "Cf", "Cs"})

# How much of a text a warning quotes.
EXCERPT_CHARACTERS = 80

# NFKC would spell these out as letters of the word before: Java™, JavaTM.
MARKS = str.maketrans("\u2122\u2120", "  ")


def _replace_unseen(character: str) -> str:
    category = unicodedata.category(character)
    if category not in UNSEEN:
        return character
    return "" if category == "Cf" else " "


def clean_line(line: str) -> str:
    """Return a line with ligatures and similar forms spelt out (NFKC), without invisible characters or outer spaces."""
    spelt = line if line.isascii() else unicodedata.normalize("NFKC", line.translate(MARKS))
    return (spelt if spelt.isprintable() else "".join(map(_replace_unseen, spelt))).strip()


def clean_lines(text: str) -> list[str]:
    """Return the lines of a page, cleaned, without those that are empty."""
    return [line for part in text.splitlines() if (line := clean_line(part))]


def assemble_text(pages: Sequence[Sequence[str]]) -> tuple[str, tuple[Line, ...]]:
    """Join the lines of all pages by newlines; return the text and where in it each line stands."""
    lines: list[Line] = []
    start = 0
    for number, page in enumerate(pages, start=1):
        for words in page:
            lines.append(Line(number, start, start + len(words)))
            start += len(words) + 1
    return "\n".join(words for page in pages for words in page), tuple(lines)

"""Cleans the lines that a reader found and joins them into the text that offsets count in."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from string import ascii_letters

from skills.document import BODY, Line, LineStyle
from worker.errors.documents import TooComplexError

# Unicode categories of characters that are never seen: controls, formats such as the soft hyphen, lone surrogates.
UNSEEN = frozenset({"Cc", "Cf", "Cs"})

NO_LETTERS = bytes(set(range(128)) - set(ascii_letters.encode()))

# How much of a text a warning quotes.
EXCERPT_CHARACTERS = 80

SIZE_DECIMALS = 1  # of a line, where the body is 1

# The hyphens that programs set at the end of a line, or where a line must not end: NFKC leaves them.
PLAIN_HYPHENS = str.maketrans("\u2010\u2011", "--")
# NFKC would spell out marks as letters of the word before: Java™, JavaTM.
PLAIN_SIGNS = str.maketrans("\u2122\u2120", "  ") | PLAIN_HYPHENS

# Fonts that lack a dash have a soft hyphen drawn for it.
DRAWN_DASH = re.compile(r"(?<= )\u00ad(?= )")


def _replace_unseen(character: str) -> str:
    category = unicodedata.category(character)
    if category not in UNSEEN:
        return character
    return "" if category == "Cf" else " "


def clean_line(line: str) -> str:
    """Return a line with ligatures and the like spelt out (NFKC), without invisible characters or outer spaces."""
    spelt = line if line.isascii() else unicodedata.normalize("NFKC", DRAWN_DASH.sub("-", line).translate(PLAIN_SIGNS))
    return (spelt if spelt.isprintable() else "".join(map(_replace_unseen, spelt))).strip()


def keep_letters(text: str) -> bytes:
    """Return the letters A to Z of a text, large and small: as bytes they are counted a hundred times as fast."""
    return text.encode("ascii", "ignore").translate(None, NO_LETTERS)


def clean_lines(text: str) -> list[str]:
    """Return the lines of a page, cleaned, without those that are empty."""
    return [line for part in text.splitlines() if (line := clean_line(part))]


@dataclass(frozen=True, slots=True)
class StyledLine:
    """A cleaned line and how it looks. `size` is in any unit, the same throughout a document; 0 if unknown."""

    text: str = field(repr=False)
    size: float = 0.0
    bold: bool = False
    ruled: bool = False
    level: int = 0


def check_characters(characters: int, *, most: int) -> None:
    """Raise TooComplexError if a text has more characters than are read."""
    if characters > most:
        raise TooComplexError(f"it holds more than {most:,} characters")


def _find_body_size(lines: Sequence[StyledLine]) -> float:
    """Return the median size of the text's characters."""
    sized = sorted((line.size, len(line.text)) for line in lines if line.size)
    half = sum(characters for _, characters in sized) / 2
    ends = accumulate(characters for _, characters in sized)
    return next((size for (size, _), end in zip(sized, ends, strict=True) if end >= half), 0.0)


def _list_styles(lines: Sequence[StyledLine]) -> Iterator[LineStyle]:
    """Yield the styles of lines; lines that look the same have the same object."""
    body, known = _find_body_size(lines), {(1.0, False, False, 0): BODY}
    for line in lines:
        size = round(line.size / body, SIZE_DECIMALS) if line.size and body else 1.0
        look = size, line.bold, line.ruled, line.level
        if look not in known:
            known[look] = LineStyle(*look)
        yield known[look]


def assemble_text(pages: Sequence[Sequence[StyledLine]]) -> tuple[str, tuple[Line, ...]]:
    """Join the lines of all pages by newlines; return the text and where in it each line stands."""
    numbered = [(number, line) for number, page in enumerate(pages, start=1) for line in page]
    styles = _list_styles([line for _, line in numbered])
    lines: list[Line] = []
    start = 0
    for (number, line), style in zip(numbered, styles, strict=True):
        lines.append(Line(number, start, start + len(line.text), style))
        start += len(line.text) + 1
    return "\n".join(line.text for _, line in numbered), tuple(lines)

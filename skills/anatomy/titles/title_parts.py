"""The parts of a text in which job titles are looked for: lines, the near words of long ones, and two wrapped lines."""

import re

from skills.anatomy.headings import is_heading
from skills.anatomy.titles.title_words import read_pieces

MAX_CONTEXT_CHARACTERS = 100
MODIFIERS = frozenset("LFGKM")
MAX_WRAPPED_CHARACTERS = 40
MIN_FULL_CHARACTERS = 60  # of a line that text may have been wrapped at
SENTENCE_BEFORE = re.compile(r"[.!?)\]]\s+\Z")
MAX_STOP_CHARACTERS = 4
BRACKET = re.compile(r"\s*\((?P<said>[^()]*)\)\Z")
UNSAID_LEVELS = frozenset({"", "other"})  # of words that say no level
NAME_BEHIND = re.compile(r" [A-Z]")


def is_full_line(start: int, end: int) -> bool:
    """Return whether text may be wrapped at the end of a line: it is long, from `start` to `end` without its break."""
    return end - start >= MIN_FULL_CHARACTERS


def _begin_wrapped(text: str, line: int, start: int) -> int:
    """Return where a title begins whose trade opens a line: with the line before, if that says no more of it."""
    before = max(start, text.rfind("\n", 0, max(line - 1, 0)) + 1)
    pieces = read_pieces(text, before, line) if 0 < line - before <= MAX_WRAPPED_CHARACTERS else []
    opens = pieces and all(piece.word.sign in MODIFIERS for piece in pieces) and not is_heading(text[before:line])
    return before if opens else line


def _begin_near(text: str, first: int, place: int) -> int:
    """Return where the words near a place begin, `first` if it is near itself."""
    return text.find(" ", place - MAX_CONTEXT_CHARACTERS, place) + 1 or place if _is_far(first, place) else first


def _end_near(text: str, place: int, last: int) -> int:
    return max(text.rfind(" ", place, place + MAX_CONTEXT_CHARACTERS), place + 1) if _is_far(place, last) else last


def _is_far(start: int, end: int) -> bool:
    return end - start > MAX_CONTEXT_CHARACTERS


def find_part_around(text: str, place: int, start: int, end: int) -> tuple[int, int]:
    """Return what may hold the title of a trade: its line, or the near words of a long one."""
    line_end = text.find("\n", place, end)
    last = end if line_end < 0 else line_end
    first = max(start, text.rfind("\n", 0, place) + 1)
    if first == place:
        first = _begin_wrapped(text, place, start)
    return _begin_near(text, first, place), _end_near(text, place, last)


def begin_in_line_before(text: str, place: int, start: int) -> int | None:
    """Return where the end of the full line before a trade's begins, if only words of its title part them."""
    line = text.rfind("\n", 0, place) + 1
    before = text.rfind("\n", 0, max(line - 1, 0)) + 1
    full = is_full_line(before, line - 1) and start < line
    if not full or any(piece.word.sign not in MODIFIERS for piece in read_pieces(text, line, place)):
        return None
    return _begin_near(text, max(before, start), line)


def end_in_line_behind(text: str, place: int, end: int) -> int | None:
    """Return where the beginning of the next line ends, if a trade closes a full line."""
    line_end = text.find("\n", place, end)
    line = text.rfind("\n", 0, place) + 1
    if not is_full_line(line, line_end) or " " in text[place:line_end].strip():
        return None
    behind = text.find("\n", line_end + 1, end)
    return _end_near(text, line_end, end if behind < 0 else behind)


def is_wrapped(text: str, start: int, end: int) -> bool:
    """Return whether a title over two lines is one, where line breaks were lost before it.

    A sentence ends right before it, or a name follows with nothing between; of a list of technologies before it the
    last then belongs to a trade alone: “Java / Developer Fernmark Bank”.
    """
    if SENTENCE_BEFORE.search(text[max(0, start - MAX_STOP_CHARACTERS) : start]):
        return True
    line = text.index("\n", start, end)
    before, behind = read_pieces(text, start, line), read_pieces(text, line, end)
    follows = read_pieces(text, end, end + MAX_WRAPPED_CHARACTERS)[:1]
    named = NAME_BEHIND.match(text, end) is not None and follows[0].word.sign != "D"
    return named and (before[-1].word.sign != "K" or behind[0].word.sign == "T")


def end_before_bracket(text: str, start: int, end: int) -> int:
    """Return where a title ends without a bracket that closes it (“Analyst (Java)”), unless that says a level."""
    bracket = BRACKET.search(text[start:end], 1)
    if bracket is None:
        return end
    said = read_pieces(text, start + bracket.start("said"), start + bracket.end("said"))
    levels = bool(said) and not any(piece.word.level in UNSAID_LEVELS for piece in said)
    return end if levels else start + bracket.start()

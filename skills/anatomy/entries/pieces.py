"""The pieces of a head beside its title: employer, place and what is neither."""

import re
from collections.abc import Sequence

from skills.anatomy.dates import is_duration
from skills.anatomy.entries.page import Page, Span, Title
from skills.anatomy.entries.rows import load_entry_words

ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
STATE = re.compile(r"[A-Z]{2}\.?(?:\s+\d{5})?")
MAX_PLACE_WORDS = 3


def _names_state(page: Page, span: Span) -> bool:
    """Return whether a piece ends with a state: “Seattle, WA”."""
    town, comma, state = page.text[slice(*span)].rpartition(",")
    return bool(town and comma) and STATE.fullmatch(state.strip()) is not None


def _is_known_place(page: Page, span: Span) -> bool:
    return _names_state(page, span) or page.text[slice(*span)].lower().strip(" .") in load_entry_words().places


def is_place(page: Page, span: Span) -> bool:
    """Return whether a piece is a place, or ends with one and is short: “Greater London”."""
    words = page.text[slice(*span)].lower().strip(" .").split()
    ends_with_place = len(words) <= MAX_PLACE_WORDS and words[-1:] != [] and words[-1] in load_entry_words().places
    return ends_with_place or _is_known_place(page, span)


def _is_spoken_of(page: Page, span: Span) -> bool:
    """Return whether a piece of a head is a label, or says how a post was held or for how long, rather than where."""
    words = page.text[slice(*span)]
    known = load_entry_words()
    beside = words.lower().rstrip(".") in known.employment | known.head_labels | known.dated
    return beside or is_duration(words) or not any(map(str.isalpha, words)) or ADDRESS.match(words) is not None


def _join_states(page: Page, pieces: Sequence[Span]) -> list[Span]:
    """Return pieces with each state joined to the town before it: “Seattle, WA”."""
    joined: list[Span] = []
    for piece in pieces:
        near = joined and page.text[joined[-1][1] : piece[0]].strip() == ","
        if near and STATE.fullmatch(page.text, *piece):
            joined[-1] = joined[-1][0], piece[1]
        else:
            joined.append(piece)
    return joined


def read_pieces(page: Page, first: int, last: int, start: int, title: Title | None) -> list[Span]:
    """Return the pieces of the rows from `first` to `last` behind `start`, without a title and how it was held.

    On a row of several posts the titles of all of them are left out.
    """
    pieces: list[Span] = []
    for row in range(first, last + 1):
        begin = max(page.rows[row].start, start)
        end = page.rows[row].end
        others = page.titles[row] if len(page.periods[row]) > 1 else ()
        taken = [
            (one.start, min(one.end, end)) for one in (title, *others) if one and one.start < end and begin < one.end
        ]
        pieces += page.split(begin, end, taken)
    return [piece for piece in _join_states(page, pieces) if not _is_spoken_of(page, piece)]


def tell_apart(page: Page, pieces: Sequence[Span]) -> tuple[Span | None, Span | None]:
    """Return the organisation and the place among the pieces of a head beside its title."""
    places = [piece for piece in pieces if _is_known_place(page, piece)]
    places = places or [piece for piece in pieces if is_place(page, piece)]
    others = [piece for piece in pieces if piece not in places]
    if not places and len(others) > 1 and page.text[others[0][1] : others[1][0]].strip() == ",":
        places = [others[1]]
    if places and not others:
        return _part_mode(page, places[0])
    places.sort(key=lambda piece: not _names_state(page, piece))
    return (others[0] if others else None), (places[0] if places else None)


def _part_mode(page: Page, piece: Span) -> tuple[Span | None, Span]:
    """Return the employer that stands in one piece with where the work is done (“Fernmark Labs Remote”), and that."""
    name, space, mode = page.text[slice(*piece)].rpartition(" ")
    if not space or mode.lower() not in load_entry_words().employment:
        return None, piece
    return (piece[0], piece[0] + len(name)), (piece[1] - len(mode), piece[1])

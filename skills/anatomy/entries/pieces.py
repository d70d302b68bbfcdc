"""The pieces of a head beside its title, such as employer and place."""

import re
from collections.abc import Sequence

from skills.anatomy.dates import is_duration
from skills.anatomy.entries.row_table import RowTable, Title
from skills.anatomy.entries.rows import load_entry_words
from skills.text.spans import Span

ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
STATE = re.compile(r"[A-Z]{2}\.?(?:\s+\d{5})?")
MAX_PLACE_WORDS = 3
BRACKET = re.compile(r"\s?\([^()\n]*\)")


def _names_state(table: RowTable, span: Span) -> bool:
    """Return whether a piece ends with a state: “Seattle, WA”."""
    town, comma, state = table.text[slice(*span)].rpartition(",")
    return bool(town and comma) and STATE.fullmatch(state.strip()) is not None


def _is_known_place(table: RowTable, span: Span) -> bool:
    return _names_state(table, span) or table.text[slice(*span)].lower().strip(" .") in load_entry_words().places


def is_place(table: RowTable, span: Span) -> bool:
    """Return whether a piece is a place, or ends with one and is short: “Greater London”."""
    words = table.text[slice(*span)].lower().strip(" .").split()
    ends_with_place = len(words) <= MAX_PLACE_WORDS and words[-1:] != [] and words[-1] in load_entry_words().places
    return ends_with_place or _is_known_place(table, span)


def _is_no_name(table: RowTable, span: Span) -> bool:
    """Return whether a piece of a head is a label, an address, or how a post was held or for how long."""
    words = table.text[slice(*span)]
    known = load_entry_words()
    said = words.lower().rstrip(".")
    beside = any(said in group for group in (known.employment, known.head_labels, known.dated))
    return beside or is_duration(words) or not any(map(str.isalpha, words)) or ADDRESS.match(words) is not None


def _join_states(table: RowTable, pieces: Sequence[Span]) -> list[Span]:
    """Return pieces with each state joined to the town before it: “Seattle, WA”."""
    joined: list[Span] = []
    for piece in pieces:
        near = joined and table.text[joined[-1][1] : piece[0]].strip() == ","
        if near and STATE.fullmatch(table.text, *piece):
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined


def _leave_bracket_out(table: RowTable, title: Title | None, pieces: list[Span]) -> list[Span]:
    """Return pieces without those in a bracket right behind a title, if another may be the employer."""
    bracket = BRACKET.match(table.text, title.end) if title else None
    if bracket is None:
        return pieces
    others = [piece for piece in pieces if not bracket.start() <= piece.start < bracket.end()]
    return others if any(not is_place(table, piece) for piece in others) else pieces


def read_pieces(table: RowTable, first: int, last: int, start: int, title: Title | None) -> list[Span]:
    """Return the pieces of the rows from `first` to `last` behind `start`, without a title and how it was held.

    On a row of several posts the titles of all of them are left out.
    """
    pieces: list[Span] = []
    for row in range(first, last + 1):
        begin = max(table.rows[row].start, start)
        end = table.rows[row].end
        others = table.titles[row] if len(table.periods[row]) > 1 else ()
        on_row = [each for each in (title, *others) if each and each.start < end and begin < each.end]
        taken = [Span(each.start, min(each.end, end)) for each in on_row]
        pieces += table.split(begin, end, taken)
    named = [piece for piece in _join_states(table, pieces) if not _is_no_name(table, piece)]
    return _leave_bracket_out(table, title, named)


def find_organisation_and_place(table: RowTable, pieces: Sequence[Span]) -> tuple[Span | None, Span | None]:
    """Return the organisation and the place among the pieces of a head beside its title."""
    places = [piece for piece in pieces if _is_known_place(table, piece)]
    places = places or [piece for piece in pieces if is_place(table, piece)]
    others = [piece for piece in pieces if piece not in places]
    if not places and len(others) > 1 and table.text[others[0][1] : others[1][0]].strip() == ",":
        places = [others[1]]
    if places and not others:
        return _split_mode(table, places[0])
    places.sort(key=lambda piece: not _names_state(table, piece))
    return (others[0] if others else None), (places[0] if places else None)


def _split_mode(table: RowTable, piece: Span) -> tuple[Span | None, Span]:
    """Split a piece into an employer and where the work is done: “Fernmark Labs Remote”."""
    name, space, mode = table.text[slice(*piece)].rpartition(" ")
    if not space or mode.lower() not in load_entry_words().employment:
        return None, piece
    return Span(piece.start, piece.start + len(name)), Span(piece.end - len(mode), piece.end)

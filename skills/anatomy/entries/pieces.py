"""The pieces of a head beside its title, such as employer and place."""

import re
from collections.abc import Sequence

from skills.anatomy.dates import is_duration
from skills.anatomy.entries.row_table import RowTable, Title
from skills.anatomy.entries.rows import MAX_PLACE_WORDS, find_known_place, load_entry_words
from skills.anatomy.studies.degree_words import WORD, load_degrees, names_school
from skills.text.spans import Span

ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
STATE = re.compile(r"[A-Z]{2}\.?(?:\s+\d{5})?(?!\w)")
# A school's name goes on behind them: “University of Alnapur”.
OF_PLACE = re.compile(r" (?:of|for|at|in) ")
BRACKET = re.compile(r"\s?\([^()\n]*\)")


def _is_place_name(words: str) -> bool:
    return words.lower().strip(" .") in load_entry_words().places


def _find_school_end(text: str, start: int, end: int) -> int | None:
    """Return where the last word for a school within a range ends; a town may begin with one: “College Park”."""
    ends = [word.end() for word in WORD.finditer(text, start, end) if names_school(word[0])]
    own = len(ends) == 1 and text[start : ends[0]].isalpha() and not OF_PLACE.match(text, ends[0])
    return None if not ends or own else ends[-1]


def _names_state(table: RowTable, span: Span) -> bool:
    """Return whether a piece ends with a state or country: “Seattle, WA”, “Pune, Maharashtra”; a school is no town."""
    town, comma, state = table.text[slice(*span)].rpartition(",")
    if not town or not comma or _find_school_end(table.text, span.start, span.start + len(town)):
        return False
    short = len(town.split()) <= MAX_PLACE_WORDS
    return STATE.fullmatch(state.strip()) is not None or (short and _is_place_name(state))


def _is_known_place(table: RowTable, span: Span) -> bool:
    return _names_state(table, span) or _is_place_name(table.text[slice(*span)])


def is_place(table: RowTable, span: Span) -> bool:
    """Return whether a piece is a place, or ends with one and is short: “Greater London”, but not “Bank of India”."""
    words = table.text[slice(*span)].lower().strip(" .").split()
    short = 0 < len(words) <= MAX_PLACE_WORDS and not {"of", "at"} & {*words} and not names_school(" ".join(words))
    return (short and words[-1] in load_entry_words().places) or _is_known_place(table, span)


def _is_no_name(table: RowTable, span: Span) -> bool:
    """Return whether a piece of a head is a label, an address, or how a post was held or for how long."""
    words = table.text[slice(*span)]
    known = load_entry_words()
    said = words.lower().rstrip(".")
    beside = any(said in group for group in (known.employment, known.head_labels, known.dated))
    return beside or is_duration(words) or not any(map(str.isalpha, words)) or ADDRESS.match(words) is not None


def _part_from_town(text: str, piece: Span) -> tuple[Span | None, Span | None]:
    """Return the school and the town of a piece before a state: “Vellmont University / Alnapur”; either may be all."""
    end = _find_school_end(text, *piece)
    if end is None:
        return None, piece
    if end == piece.end or OF_PLACE.match(text, end):
        return piece, None
    return Span(piece.start, end), Span(end + 1, piece.end)


def _join_states(table: RowTable, pieces: Sequence[Span]) -> list[Span]:
    """Return pieces with each state joined to the town before it, which is apart from a school: “Seattle, WA”."""
    joined: list[Span] = []
    for piece in pieces:
        near = joined and table.text[joined[-1][1] : piece[0]].strip() == ","
        if near and STATE.fullmatch(table.text, *piece):
            school, town = _part_from_town(table.text, joined.pop())
            joined += [*([school] if school else []), Span(town.start if town else piece.start, piece.end)]
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


def _find_state(text: str, piece: Span) -> int | None:
    """Return where the state or country ends that a piece opens with, if something follows.

    One that belongs to a school's name is none: “Ohio State University”.
    """
    code = STATE.match(text, *piece)
    end = code.end() if code else find_known_place(text, piece.start)
    behind = text[end : piece.end].split() if end else []
    own = behind and (behind[0].lower() in load_degrees().schools_of_states or names_school(behind[0]))
    return end if behind and not own else None


def _part_from_school(table: RowTable, pieces: Sequence[Span], title: Title) -> list[Span]:
    """Return the pieces of a degree's head with the place that stands before a school apart from it.

    “BSc Botany Sangli, Maharashtra Walchand College”: a town right behind the degree is joined to its state or country.
    """
    parted: list[Span] = []
    for piece in pieces:
        before = parted[-1] if parted else None
        if before is None or table.text[before.end : piece.start].strip() != ",":
            parted.append(piece)
            continue
        is_town = (
            len(parted) == 1 and before.start > title.start and not table.text[title.reach : before.start].strip(" ")
        )
        end = _find_state(table.text, piece)
        if end and (is_town or names_school(table.text[end : piece.end])):
            parted += [Span(piece.start, end), Span(end + 1, piece.end)]
        else:
            parted.append(piece)
        if is_town and _is_known_place(table, parted[1]):
            parted[:2] = [Span(before.start, parted[1].end)]
    return parted


def _end_before_next_degree(table: RowTable, row: int, title: Title | None) -> int:
    behind = table.list_degrees(row) if title and title.degree else []
    return next((each.start for each in behind if title and each.start > title.start), table.rows[row].end)


def read_pieces(table: RowTable, first: int, last: int, start: int, title: Title | None) -> list[Span]:
    """Return the pieces of the rows from `first` to `last` behind `start`, without a title and how it was held.

    On a row of several posts the titles of all of them are left out; the pieces of a degree end at the next.
    """
    pieces: list[Span] = []
    for row in range(first, last + 1):
        begin = max(table.rows[row].start, start)
        end = _end_before_next_degree(table, row, title)
        others = table.titles[row] if len(table.periods[row]) > 1 else ()
        on_row = [each for each in (title, *others) if each and each.start < end and begin < each.end]
        taken = [Span(each.start, min(each.reach, end)) for each in on_row]
        pieces += table.split(begin, end, taken)
    if title and title.degree:
        pieces = _part_from_school(table, pieces, title)
    named = [piece for piece in _join_states(table, pieces) if not _is_no_name(table, piece)]
    return _leave_bracket_out(table, title, named)


def find_organisation_and_place(
    table: RowTable, pieces: Sequence[Span], *, degree: bool
) -> tuple[Span | None, Span | None]:
    """Return the organisation, of a degree rather a school, and the place among the pieces beside a title."""
    places = [piece for piece in pieces if _is_known_place(table, piece)]
    places = places or [piece for piece in pieces if is_place(table, piece)]
    others = [piece for piece in pieces if piece not in places]
    if not places and len(others) > 1 and table.text[others[0][1] : others[1][0]].strip() == ",":
        places = [others[1]]
    if places and not others:
        return _split_mode(table, places[0])
    places.sort(key=lambda piece: not _names_state(table, piece))
    place = _widen_place(table, pieces, places[0]) if places else None
    others = [piece for piece in others if not place or piece.end <= place.start or place.end <= piece.start]
    schools = [piece for piece in others if degree and names_school(table.text[slice(*piece)])]
    return next(iter(schools or others), None), place


def _widen_place(table: RowTable, pieces: Sequence[Span], place: Span) -> Span:
    """Return a place with the state or country behind it, and the town before it unless that may be the employer."""
    first = last = pieces.index(place)
    town, comma, _ = table.text[slice(*place)].partition(",")
    has_town = comma and not _is_place_name(town)
    while _follows_comma(table, pieces, last + 1) and _is_known_place(table, pieces[last + 1]):
        last += 1
    if not has_town and first > 1 and _follows_comma(table, pieces, first):
        first -= 1
    return Span(pieces[first].start, pieces[last].end)


def _follows_comma(table: RowTable, pieces: Sequence[Span], index: int) -> bool:
    return index < len(pieces) and table.text[pieces[index - 1].end : pieces[index].start].strip() == ","


def _split_mode(table: RowTable, piece: Span) -> tuple[Span | None, Span]:
    """Split a piece into an employer and where the work is done: “Fernmark Labs Remote”."""
    name, space, mode = table.text[slice(*piece)].rpartition(" ")
    if not space or mode.lower() not in load_entry_words().employment:
        return None, piece
    return Span(piece.start, piece.start + len(name)), Span(piece.end - len(mode), piece.end)

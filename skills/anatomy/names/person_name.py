"""Finds the name of a résumé's person to show it: by its place, its form and the e-mail address beside it.

Finds more than `proper_names` does, where what is found can show no skill.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from skills.anatomy.names.link_labels import load_link_labels
from skills.anatomy.names.proper_names import LAST_FIRST, find_name, load_proper_names, reads_like_name
from skills.text.contacts import CONTACT, may_hold_contact

# Sidebars may push a name down the page.
MAX_LINES = 60
MAX_LINE_CHARACTERS, MAX_SHORT_LINE_CHARACTERS = 200, 60  # in the first lines and below
MIN_WORD_LETTERS = 3  # of a word that shows that an address is made of a name
MAX_JOINED_LINES = 3
MAX_TOP_LINES = 6
MIN_WORDS = 2
MAX_SMALL_WORDS = 3

SEPARATOR = re.compile(
    r"\s*[|\u2022\u00b7\u2225\u22c4\u25cf\u2666/:;\t(]\s*|\s+[-\u2013\u2014]\s+|,\s|\s{3,}|\s(?=[@+\d])"
)
WORD = re.compile(r"[^\W\d_]+")
DOMAIN = re.compile(r"\s+[\w-]+(?:\.[\w-]+){1,3}(?=\s|$)")


class Piece(NamedTuple):
    """A part of a line that may be a name, at `text[start:end]`."""

    start: int
    end: int
    words: str


@cache
def _list_words_behind_name() -> frozenset[str]:
    """Return the words that may follow a name on its line without being part of it: degrees, and labels of links."""
    return frozenset(name.strip(".") for name in load_proper_names().post_nominals) | load_link_labels()


def _strip_titles(said: str) -> tuple[int, int]:
    """Return which characters of a piece are left without titles before it, and degrees and the like behind it."""
    known = load_proper_names()
    words = list(re.finditer(r"\S+", said))
    while words and words[0][0].rstrip(".") in known.honorifics:
        del words[0]
    while words and (
        words[-1][0].strip(",.") in _list_words_behind_name() or (len(words) > MIN_WORDS and words[-1][0].islower())
    ):
        del words[-1]
    return (words[0].start(), words[-1].end()) if words else (0, 0)


def _list_pieces(line: str, start: int) -> Iterator[Piece]:
    contact = CONTACT.search(line) if may_hold_contact(line) else None
    cuts = [(contact.start(), len(line))] if contact else []
    cuts += [match.span() for pattern in (SEPARATOR, DOMAIN) for match in pattern.finditer(line)]
    done = 0
    for cut, behind in [*sorted(cuts), (len(line), len(line))]:
        first, last = _strip_titles(line[done:cut])
        words = line[done + first : done + last].rstrip(", ") if cut > done else ""
        if words and not words.isspace() and reads_like_name(words.split()):
            yield Piece(start + done + first, start + done + first + len(words), words)
        done = max(done, behind)


def _read_whole_line(line: str, start: int) -> Iterator[Piece]:
    """Yield a line that may be a name as a whole: with the last name first (“Lima, Ada”), or in small letters."""
    said = line.strip(" *#_,")
    small = said.islower() and 1 < len(said.split()) <= MAX_SMALL_WORDS and reads_like_name(said.title().split())
    if small or (LAST_FIRST.fullmatch(said) and reads_like_name(said.replace(",", "").split())):
        first = start + line.index(said)
        yield Piece(first, first + len(said), said)


def _join_lines(pieces: Sequence[Piece], text: str) -> Iterator[Piece]:
    """Yield the pieces, and those of one word each that stand below one another as one."""
    for number, piece in enumerate(pieces):
        yield piece
        end = piece
        for behind in pieces[number + 1 : number + MAX_JOINED_LINES]:
            if " " in end.words or " " in behind.words or text[end.end : behind.start].strip(" ") != "\n":
                break
            end = behind
            yield Piece(piece.start, end.end, " ".join(text[piece.start : end.end].split()))


def _count_shared(piece: Piece, handle: str) -> int:
    """Return how many letters of an e-mail address's first part a name makes up: one word at least, or an initial."""
    words = WORD.findall(piece.words.lower())
    whole = [word for word in words if len(word) >= MIN_WORD_LETTERS and word in handle]
    initials = [word[0] for word in words if word not in whole]
    rest, found = handle, 0
    for said in [*whole, *initials] if whole else ():
        if said in rest:
            rest, found = rest.replace(said, "", 1), found + len(said)
    return found


def _holds_part(line: str, handle: str) -> bool:
    """Return whether a word of a line is part of an e-mail address; most lines hold none, and so no name."""
    if not handle or len(line) > MAX_SHORT_LINE_CHARACTERS:
        return False
    return any(len(word) >= MIN_WORD_LETTERS and word in handle for word in WORD.findall(line.lower()))


def find_person_name(text: str, address: str) -> tuple[int, int] | None:
    """Return where the person's name stands; `address` is their e-mail address, or nothing."""
    pieces, whole, start, handle = list[Piece](), list[Piece](), 0, address.partition("@")[0].lower()
    for number, line in enumerate(text.split("\n", MAX_LINES)[:MAX_LINES]):
        if len(line) <= MAX_LINE_CHARACTERS and (number < MAX_TOP_LINES or _holds_part(line, handle)):
            pieces += _list_pieces(line, start)
            whole += _read_whole_line(line, start)
        start += len(line) + 1
    shared = [(piece, _count_shared(piece, handle)) for piece in (*_join_lines(pieces, text), *whole)]
    named = [(piece, count) for piece, count in shared if count and len(piece.words.split()) >= MIN_WORDS]
    if named:
        best, _ = max(named, key=lambda pair: (pair[1], -len(pair[0].words.split())))
        return best.start, best.end
    opens = [piece for piece in whole if not text[: piece.start].strip() and "," in piece.words]
    if opens and not address:
        return opens[0].start, opens[0].end
    return _find_first(text, pieces, len(text) if address else 0)


def _find_first(text: str, pieces: Sequence[Piece], reach: int) -> tuple[int, int] | None:
    """Return the name that the first lines begin with, or the first of two words or more up to `reach`."""
    name = find_name(text)
    start = text.find(name) if name else -1
    joined = [piece for piece in _join_lines(pieces, text) if piece.start <= start < piece.end]
    if joined:
        return joined[0].start, joined[:MIN_WORDS][-1].end
    end = min(reach, sum(len(line) + 1 for line in text.split("\n", MAX_TOP_LINES)[:MAX_TOP_LINES]))
    top = (piece for piece in pieces if piece.end <= end and len(piece.words.split()) >= MIN_WORDS)
    first = next(top, None)
    return (first.start, first.end) if first else None

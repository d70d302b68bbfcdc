"""Where a job title begins: behind what a line runs into it with, and with the words before it that no list knows."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from skills.anatomy.headings import is_heading
from skills.anatomy.titles.title_words import Piece, load_job_titles
from skills.text.tokens import HYPHENS

# The last words of a firm's name, which a dash parts from a title.
FIRM_END = re.compile(r"(?<=U)[FGKM]+-")
# Items between commas, and the last of them with a title of several words behind it.
LIST = re.compile(r"(?:,[^TECL,.|&]{1,4}){2}(?:,&?|&)$")
LISTED = re.compile(r"U{1,2}N?(?=[TFKC])|[FK]N?(?=[FK][/&]?[FK]?[TE]|C|T/)|[UFK](?:/?[UFK])?N?(?=L|E[FGKM]*[TC])")
# What a sentence may not end with, so that a word behind it is no title's: “by search through SEO Volunteer”.
TAKES_OBJECT = re.compile(r"\b(?:through|using|via|with|within|on|into) $")
# Nor with these before a tool: “the move to SQL Database Administrator”.
TAKES_TOOL = re.compile(r"\b(?:to|from) $")
TOOL = re.compile(r"K(?=[LFGKE]*[TEC])")
# Behind a comma, what stands before a level ends a list, too: “Oracle, PL/SQL Sr. Developer”.
BEFORE_LEVEL = re.compile(r"(?<=,)[UFK](?:/?[UFK])?N?(?=L[FGKUM/]*[TC])")
OBJECT = re.compile(r"[FGKU]N?(?:[/&][FKU]N?)*(?=[LFGKE]*[TEC]N?[UM(])")
MIN_LIST_SIGNS = 5
MIN_CAPITALS = 4
MAX_LINK_CHARACTERS = 16
MIN_HEADING_CHARACTERS = 5
# What an assistant or a specialist is of may be any words: “Rehabilitation Assistant”.
SPECIALITY = re.compile(r"(?:^|(?<=[|.,(/-]))[FGKM]{0,2}U{1,2}[FG]?$")
SPECIALIZED = frozenset({"junior", "senior", "other"})
# An unknown word that is none but an adjective may open a title of one phrase: “Geophysical Data Scientist”.
ADJECTIVE = re.compile(r"[A-Z][a-z]{3,}(?:al|ic|ary|ive)")
# Before the words that open a title: nothing, a sentence's end or a mark of a list.
SENTENCE_END = re.compile(r"(?P<word>[^\W\d_]{2,})[.!?)] $")
MAX_WORD_CHARACTERS = 20
OPENING_SIGNS = frozenset("UFGKMLE&/")
MAX_OPENING_PIECES = 5
# Behind a title that its employer or date follows: only then may the words before it be no employer.
FOLLOWED = re.compile(r"[-,|@]?w?[UM]|-[FGK]|[,|(-]?D|@")


def _skip_small(text: str, pieces: Sequence[Piece], first: int, last: int) -> int:
    """Return where a title written with capitals begins: behind the end of a sentence that runs into it."""
    trades = [piece for piece in pieces[first:last] if piece.word.sign in "TEC"]
    if text[trades[-1].start].isupper():
        while not text[pieces[first].start].isalnum() or text[pieces[first].start : pieces[first].end].islower():
            first += 1
    return first


def _count_joined_names(text: str, pieces: Sequence[Piece]) -> int:
    """Return how many unknown names a title opens with that a hyphen joins to it: “Port Springfield-Programmer”."""
    count = next(number for number, piece in enumerate(pieces) if piece.word.sign != "U")
    joined = count and text[pieces[count - 1].end] in HYPHENS and text[pieces[count].start].isupper()
    return count if joined else 0


def _count_firm(shape: str, first: int, last: int) -> int:
    """Return how many pieces a title opens with that end a firm's name before a dash: “Acme Solutions - Consultant”."""
    end = FIRM_END.match(shape, first, last)
    return end.end() - first if end else 0


def _count_listed(shape: str, first: int) -> int:
    """Return how many pieces a title opens with that end a list before it: “SQL, HTML, CSS Software Engineer”."""
    runs_on = first >= MIN_LIST_SIGNS and LIST.search(shape, 0, first)
    item = LISTED.match(shape, first) if runs_on else BEFORE_LEVEL.match(shape, first)
    return item.end() - first if item else 0


def _count_object(text: str, pieces: Sequence[Piece], shape: str, first: int) -> int:
    """Return how many pieces a title opens with that a word before it asks for, where an employer follows it."""
    start = pieces[first].start
    before = text[max(0, start - MAX_LINK_CHARACTERS) : start]
    asked = TAKES_OBJECT.search(before)
    promoted = before.rstrip().lower().endswith(load_job_titles().promoted)
    tool = TOOL.match(shape, first) if TAKES_TOOL.search(before) and not promoted else None
    said = OBJECT.match(shape, first) if asked else tool
    return said.end() - first if said else 0


def _count_heading(text: str, pieces: Sequence[Piece]) -> int:
    """Return how many pieces a title opens with that are a heading in capitals: “HONORS Research Assistant”."""
    count = sum(1 for _ in takewhile(lambda piece: text[piece.start : piece.end].isupper(), pieces))
    if not 0 < count < len(pieces) or not text[pieces[count].start + 1 : pieces[count].start + 2].islower():
        return 0
    words = text[pieces[0].start : pieces[count].start]
    return count if len(words) > MIN_HEADING_CHARACTERS and is_heading(words) else 0


def _count_specialities(shape: str, first: int, level: str) -> int:
    """Return how many pieces before an assistant or specialist say of what, where they open their part of a line.

    Behind a comma, what stands before a level is the end of a list: “NumPy, Pandas Sr. Developer”.
    """
    found = SPECIALITY.search(shape, 0, first) if level in SPECIALIZED else None
    return first - found.start() if found and (shape[first] == "E" or found.start() == 0) else 0


def _count_adjectives(text: str, pieces: Sequence[Piece], first: int) -> int:
    """Return how many words before a whole title are an adjective that belongs to it: 0 or 1."""
    before = pieces[first - 1] if first and pieces[first].word.sign == "C" else None
    adjacent = before is not None and before.word.sign == "U" and text[before.end : pieces[first].start] == " "
    return int(adjacent and before is not None and ADJECTIVE.fullmatch(text, before.start, before.end) is not None)


def _count_certified(text: str, pieces: Sequence[Piece]) -> int:
    """Return how many pieces a title opens with that name a certificate: “Cloudera Certified Developer”."""
    certified = load_job_titles().certified_before
    places = [place for place, piece in enumerate(pieces) if text[piece.start : piece.end].lower() in certified]
    return places[-1] + 1 if places and places[-1] else 0


def _count_mixed(text: str, pieces: Sequence[Piece]) -> int:
    """Return how many pieces run into a title in capitals, which they have not all: “TensorFlow DEVELOPER”."""
    trade = next(piece for piece in reversed(pieces) if piece.word.sign in "TEC")
    said = text[trade.start : trade.end]
    if not said.isupper() or len(said) < MIN_CAPITALS:
        return 0
    count = sum(1 for _ in takewhile(lambda piece: piece.word.sign in "UK" and not _has_capitals(text, piece), pieces))
    return count if count and pieces[count - 1].end < pieces[count].start else 0


def _has_capitals(text: str, piece: Piece) -> bool:
    return text[piece.start : piece.end].isupper()


def find_opening(text: str, pieces: Sequence[Piece], shape: str, span: tuple[int, int]) -> int:
    """Return which of the pieces a title of the shape's `span` begins with."""
    first, last = span
    first = _skip_small(text, pieces, first, last)
    first += _count_joined_names(text, pieces[first:last])
    first += _count_firm(shape, first, last)
    first += _count_listed(shape, first)
    first += _count_object(text, pieces, shape, first)
    first += _count_heading(text, pieces[first:last])
    first += _count_mixed(text, pieces[first:last]) if first else 0
    first += _count_certified(text, pieces[first:last])
    first -= _count_specialities(shape, first, pieces[first].word.level)
    return first - _count_adjectives(text, pieces, first)


def _list_pieces_before(text: str, pieces: Sequence[Piece], first: int) -> Iterator[Piece]:
    """Yield the words with a capital right before a title, the nearest first."""
    behind = pieces[first].start
    for piece in reversed(pieces[:first]):
        said, parted = text[piece.start : piece.end], text[piece.end : behind].strip(" ")
        adjacent = not parted or (piece.word.sign == "L" and parted == ".")
        if piece.word.sign not in OPENING_SIGNS or not adjacent or (said.islower() and said != "and"):
            return
        yield piece
        behind = piece.start


def _begins_part(text: str, place: int) -> bool:
    """Return whether a place is where a line begins, or a sentence behind another."""
    if not place or text[place - 1] == "\n":
        return True
    end = SENTENCE_END.search(text, max(0, place - MAX_WORD_CHARACTERS), place)
    return end is not None and end["word"].lower() not in load_job_titles().abbreviations


def count_opening_words(text: str, pieces: Sequence[Piece], shape: str, span: tuple[int, int]) -> int:
    """Return how many words before a title belong to it, one of which no list knows: “Armed Courier Fernmark Ltd”.

    Levels and fields among them count, too. They open a line or a sentence, and an employer or a date follows the
    title.
    """
    first, last = span
    words = list(_list_pieces_before(text, pieces, first))
    signs = {piece.word.sign for piece in words}
    if "U" not in signs or len(words) > MAX_OPENING_PIECES or words[-1].word.sign in "&/":
        return 0
    if not _begins_part(text, words[-1].start) or not FOLLOWED.match(shape, last):
        return 0
    said = {text[piece.start : piece.end].lower() for piece in words}
    heading = is_heading(text[words[-1].start : pieces[first].start])
    return 0 if heading or said & load_job_titles().certified_before else len(words)

"""Publications by a grammar: papers, talks, patents, theses, awards and open software, with title, venue and year.

Authors are recognised only to find where the title begins: who wrote with whom is nobody's evidence. Needs no spaCy.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from pydantic.dataclasses import dataclass

from skills.text.bullets import COMMON_BULLETS
from skills.text.phrases import whole_words_of
from skills.text.spans import Span
from skills.toml_files import DATA, STRICT, read_toml

PublicationKind = Literal["paper", "patent", "thesis", "talk", "award", "software"]

ITEM = re.compile(
    r"[ \t]*(?:\[\w{1,8}\]|\(?\d{1,3}[.)\]]|[A-Z]\d{1,2}[.:)]?(?=\s)"
    rf"|[-*\u2013\u2014\u00b7{COMMON_BULLETS}])[ \t]+"
)
QUOTED = re.compile('["\u201c\u201d\u201e\u00ab](?P<title>[^"\u201c\u201d\u00bb]{8,300})["\u201d\u201c\u00bb]')
YEAR = re.compile(r"(?<![\d.:/-])(?:19\d|20[0-3])\d(?![\d:])")
UPPER = r"[A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u017f]"
NAME = rf"{UPPER}[\w'\u2019-]+"
INITIALS = rf"(?:(?:{UPPER}\.[ -]?){{1,3}}|{UPPER}{{1,2}} )"
# “A. Lovelace”, “Lovelace, A.”, “Ada B. Lovelace”, “Lovelace A”.
PERSON = (
    rf"(?:{INITIALS}{NAME}(?: {NAME})?|{NAME},? {INITIALS}|{NAME}(?: {UPPER}\.?)?(?: {NAME}){{1,2}}"
    rf"|{NAME} {UPPER}{{1,2}}(?!\w))"
)
MARKS = r"[*\u2020\u2021\d]*"
AUTHORS = re.compile(
    rf"[*\u2020 ]*{PERSON}{MARKS}(?:(?:,?\s(?:and|&)\s|[,;]\s|,?\s&\s){PERSON}{MARKS})*(?:,?\set al\.?)?"
    rf"(?:[ .,]*\(?(?:19|20)\d\d[a-z]?\)?)?\s*(?:[.:]|,(?=\s(?!(?:and |& )?{PERSON}[,;.&])[^,]{{20}})|(?<=[.)]))\s*"
)
# A title ends with its sentence, at a dash or bracket, or at a comma before a venue.
TITLE_END = re.compile(
    r"[.?!](?=\s|$)|,(?= (?:in |In |Proc|Journal |Transactions [A-Z]{3,}|[A-Z]\w+ \d|(?:19|20)\d\d))"
    r"|\s[|\u2013\u2014]\s|\s\((?=[A-Z]|(?:19|20)\d\d)"
)
MIN_TITLE_CHARACTERS = 8
# Of so many lines that open with authors, each opens an item if the one before it has come to its end.
MIN_AUTHORED_LINES = 2
CLOSING = (".", ")", "]", '"', "\u201d", *"0123456789")
MAX_KIND_WORDS = 2  # of a heading: “Invited talks”


@dataclass(frozen=True, slots=True, config=STRICT)
class Venues:
    """Venues of one field: short names as they are written, full names in any letter case."""

    short: tuple[str, ...]
    full: tuple[str, ...]


@dataclass(frozen=True, slots=True, config=STRICT)
class VenuesFile:
    """The schema of `data/venues.toml`."""

    venues: dict[str, Venues]
    kinds: dict[PublicationKind, tuple[str, ...]]


class Publication(NamedTuple):
    """An item at `text[start:end]`; `field` is its venue's, empty where the venue does not say or is not known."""

    start: int
    end: int
    kind: PublicationKind
    title: Span
    venue: Span | None
    field: str
    year: int | None


@cache
def load_venues() -> VenuesFile:
    """Return the venues and the words of the kinds."""
    return read_toml(DATA / "venues.toml", VenuesFile)


@cache
def _compile_venues() -> list[tuple[str, re.Pattern[str], re.Pattern[str]]]:
    """Return the patterns of the short and full names of each field's venues, those of no field last."""
    return [
        (
            field if field != "other" else "",
            re.compile(whole_words_of(venues.short)),
            re.compile(whole_words_of(venues.full), re.IGNORECASE),
        )
        for field, venues in load_venues().venues.items()
    ]


@cache
def _compile_kinds() -> list[tuple[PublicationKind, re.Pattern[str]]]:
    return [(kind, re.compile(whole_words_of(words), re.IGNORECASE)) for kind, words in load_venues().kinds.items()]


def find_venue(text: str, start: int, end: int) -> tuple[Span, str] | None:
    """Return the place and field of the first venue that is named in a part of a text, rather one of a known field."""
    for field, short, full in _compile_venues():
        found = short.search(text, start, end) or full.search(text, start, end)
        if found:
            return Span(*found.span()), field
    return None


def _split_items(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the items of a part of a text.

    One opens at its number or bullet; where there are none, at its authors, or behind a line that ends one.
    """
    lines = [Span(*line.span()) for line in re.compile(r"[^\n]+").finditer(text, start, end)]
    marked = {line for line in lines if ITEM.match(text, *line)}
    authored = {line for line in lines if AUTHORS.match(text, line.start, end)}
    openers = marked or (authored if len(authored) >= MIN_AUTHORED_LINES else set(lines))
    first = lines[0].start if lines else end
    for before, line in pairwise(lines):
        said = text[before.start : before.end].rstrip()
        closed = said.endswith(CLOSING) or (openers is not authored and YEAR.search(said) is not None)
        if line in openers and (marked or closed):
            yield Span(first, before.end)
            first = line.start
    if lines:
        yield Span(first, lines[-1].end)


def _find_kind_comma(text: str, start: int, end: int) -> int:
    """Return where the first comma stands before words that name the item's kind: “…, first place”."""
    commas = (match.start() for match in re.compile(", ").finditer(text, start, end))
    return next((at for at in commas if any(kind.match(text, at + 2) for _, kind in _compile_kinds())), end)


def _find_title(text: str, start: int, end: int) -> Span:
    """Return where the title of an item stands: between quotes, else behind its authors up to its venue or end."""
    quoted = QUOTED.search(text, start, end)
    if quoted:
        return Span(quoted.start("title"), quoted.start("title") + len(quoted["title"].rstrip(" .,;:\n")))
    authors = AUTHORS.match(text, start, end)
    first = authors.end() if authors and authors.end() + MIN_TITLE_CHARACTERS < end else start
    behind = min(first + MIN_TITLE_CHARACTERS, end)
    last = TITLE_END.search(text, behind, end)
    stop = min(last.start() if last else end, _find_kind_comma(text, behind, end))
    return Span(first, first + len(text[first:stop].rstrip(" .,;:\n")))


def name_kind(text: str, start: int, end: int) -> PublicationKind | None:
    """Return the kind that a short heading names: “Patents”, but neither “Publications” nor “Talks and Patents”."""
    said = text[start:end].strip(" :\n").rstrip("sS")
    named = [kind for kind, pattern in _compile_kinds() if pattern.search(said)]
    return named[0] if len(named) == 1 and len(said.split()) <= MAX_KIND_WORDS else None


def _read_item(text: str, start: int, end: int, usual: PublicationKind) -> Publication | None:
    opening = ITEM.match(text, start, end)
    first = opening.end() if opening else start
    title = _find_title(text, first, end)
    if title.end - title.start < MIN_TITLE_CHARACTERS:
        return None
    around = text[first : title.start] + " | " + text[title.end : end]
    authored = AUTHORS.match(text, first, title.start) is not None
    described = text[title.end : end] if authored else around  # an author may be called Grant
    kind = next((kind for kind, pattern in _compile_kinds() if pattern.search(described)), None)
    venue = find_venue(text, title.end, end) or find_venue(text, first, title.start)
    if kind is None and venue is None and not YEAR.search(around):
        return None
    years = [int(year) for year in YEAR.findall(around)]
    return Publication(
        start, end, kind or usual, title, venue and venue[0], venue[1] if venue else "", max(years, default=None)
    )


def find_publications(
    text: str, start: int = 0, end: int | None = None, *, usual: PublicationKind = "paper"
) -> list[Publication]:
    """Return the items of a section of publications, talks, patents or awards, in order.

    What does not say its kind is of the `usual` one.
    """
    items = _split_items(text, start, len(text) if end is None else end)
    return [found for item in items if (found := _read_item(text, *item, usual))]

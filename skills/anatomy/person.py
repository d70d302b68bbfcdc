"""The person of a résumé: name, contact and place as they stand at its top. Shown to people, and never judged."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pydantic.dataclasses import dataclass as checked_dataclass

from skills.anatomy.entries.rows import load_entry_words
from skills.anatomy.names.proper_names import find_name
from skills.anatomy.sections import TOP
from skills.text.contacts import EMAIL, LINK
from skills.text.phrases import any_of
from skills.toml_files import DATA, STRICT, read_toml

CONTACT_SECTIONS = frozenset({TOP, "identity"})
# A top without headings is a whole résumé; contacts stand at its beginning.
MOST_TOP_CHARACTERS = 1200
# A place without a label stands in one of the first lines.
MOST_PLACE_LINES = 7
FEWEST_DIGITS, FEWEST_LABELLED_DIGITS, MOST_DIGITS = 9, 7, 15

MAIL = re.compile(EMAIL)
PAGE = re.compile(LINK, re.IGNORECASE)
# What ends a link that stands in a sentence or a bracket.
LINK_END = re.compile(r"[.,;:)\]>|\u2026]+$")
TELEPHONE = re.compile(r"(?<![\w.@/-])\+?\(?\d(?:[ ().\u2010-\u2015/-]{0,3}\d){6,16}(?![\w@])")
YEARS = re.compile(r"(?:19|20)\d\d\W{1,3}(?:19|20)\d\d")
PIECES = re.compile(r"\s*[|\u2022\u00b7;\t\u25cf\u2666\u22c4]\s*|\s+[-\u2013\u2014]\s+|\s{3,}")
NAMED = r"[^\W\d_a-z][\w.'\u2019-]*(?: [^\W\d_a-z][\w.'\u2019-]*){0,3}"
# “Bremen, Germany”, “Oakland, CA 94607”.
TOWN = re.compile(rf"{NAMED}, (?:{NAMED}, )?(?P<land>[A-Z]{{2}}(?: \d{{5}})?|{NAMED})")


@checked_dataclass(frozen=True, slots=True, config=STRICT)
class PersonFile:
    """The schema of `data/person.toml`."""

    telephone_labels: tuple[str, ...]
    place_labels: tuple[str, ...]
    others: tuple[str, ...]
    networks: dict[str, tuple[str, ...]]


class Span(NamedTuple):
    """A character range."""

    start: int
    end: int


class Link(NamedTuple):
    """A page of the person's at `text[start:end]`; `network` is what it is on (“GitHub”), empty for any other."""

    start: int
    end: int
    network: str


@dataclass(frozen=True, slots=True)
class Person:
    """Where a text says who the person is and how to reach them; None is what it does not say."""

    name: Span | None
    email: Span | None
    phone: Span | None
    place: Span | None
    links: tuple[Link, ...]


@cache
def _load_person() -> PersonFile:
    return read_toml(DATA / "person.toml", PersonFile)


@cache
def _label(*, of_place: bool) -> re.Pattern[str]:
    """Match the label that a telephone number, or a place, stands behind."""
    labels = _load_person().place_labels if of_place else _load_person().telephone_labels
    if of_place:
        return re.compile(rf"(?<!\w)(?:{any_of(labels)}):[ \t]*(?P<place>(?:(?!\. )[^|;\n\u2022])+)", re.IGNORECASE)
    return re.compile(rf"(?<!\w)(?:{any_of(labels)})[.:#)\s]*$", re.IGNORECASE)


def _list_parts(text: str, openings: Sequence[tuple[int, str]]) -> Iterator[Span]:
    """Yield the parts of a text that say how to reach the person: its top, and the sections on contact."""
    for (start, section), (end, _) in pairwise([*openings, (len(text), "")]):
        if section in CONTACT_SECTIONS and not text[start:end].lstrip(" *#_").lower().startswith(_load_person().others):
            yield Span(start, min(end, start + MOST_TOP_CHARACTERS))


def _find_name(text: str) -> Span | None:
    name = find_name(text)
    start = text.find(name) if name else -1
    return Span(start, start + len(name)) if name else None


def _find_mail(text: str) -> Span | None:
    at = text.find("@")
    found = MAIL.search(text, max(0, at - 64)) if at >= 0 else None
    return Span(*found.span()) if found else None


def _is_telephone(text: str, start: int, end: int) -> bool:
    said = text[start:end]
    digits = sum(map(str.isdecimal, said))
    labelled = _label(of_place=False).search(text, max(0, start - 20), start) is not None
    fewest = FEWEST_LABELLED_DIGITS if labelled or said.startswith("+") else FEWEST_DIGITS
    return fewest <= digits <= MOST_DIGITS and (labelled or not YEARS.search(said))


def _find_telephone(text: str, parts: Sequence[Span]) -> Span | None:
    for part in parts:
        for match in TELEPHONE.finditer(text, *part):
            if _is_telephone(text, *match.span()):
                return Span(*match.span())
    return None


def _name_network(address: str) -> str:
    host = re.sub(r"^https?:(?:/ ?){1,2}", "", address.lower()).partition("/")[0]
    for network, servers in _load_person().networks.items():
        if any(f".{host}.".find(f".{server}.") >= 0 for server in servers):
            return network
    return ""


def _find_links(text: str, parts: Sequence[Span]) -> Iterator[Link]:
    for part in parts:
        for match in PAGE.finditer(text, *part):
            address = LINK_END.sub("", match[0])
            yield Link(match.start(), match.start() + len(address), _name_network(address))


def _is_place(piece: str, *, beside_contact: bool) -> bool:
    town = TOWN.fullmatch(piece)
    if town is None:
        return piece.lower() in load_entry_words().places
    land = town["land"]
    return beside_contact or land[:2].isupper() or land.lower() in load_entry_words().places


def _find_place(text: str, part: Span, name: Span | None, contacts: Sequence[Span]) -> Span | None:
    """Return where a piece of the first lines, other than the name's, names a place."""
    start = part.start
    for line in text[part.start : part.end].split("\n")[:MOST_PLACE_LINES]:
        beside = any(start <= span.start <= start + len(line) for span in contacts)
        done = 0
        for end, behind in [*(match.span() for match in PIECES.finditer(line)), (len(line), len(line))]:
            piece = line[done:end]
            first = start + done + len(piece) - len(piece.lstrip(" ,."))
            if name and name.start <= first < name.end:
                piece = ""
            if piece and _is_place(piece.strip(" ,."), beside_contact=beside):
                return Span(first, first + len(piece.strip(" ,.")))
            done = behind
        start += len(line) + 1
    return None


def _find_labelled_place(text: str, parts: Sequence[Span]) -> Span | None:
    for part in parts:
        match = _label(of_place=True).search(text, *part)
        if match and (said := match["place"].rstrip()):
            return Span(match.start("place"), match.start("place") + len(said))
    return None


def find_person(text: str, openings: Sequence[tuple[int, str]]) -> Person:
    """Return the person of a text; `openings` are the offset and id of each of its sections."""
    parts = list(_list_parts(text, openings))
    name, email, phone = _find_name(text), _find_mail(text), _find_telephone(text, parts)
    links = tuple(_find_links(text, parts))
    contacts = [span for span in (email, phone, *(Span(*link[:2]) for link in links)) if span]
    place = _find_labelled_place(text, parts) or _find_place(text, parts[0], name, contacts)
    return Person(name, email, phone, place, links)

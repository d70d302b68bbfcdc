"""The person of a résumé: name, contact and place as they stand at its top. Shown to people, and never judged."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from typing import NamedTuple

from pydantic.dataclasses import dataclass as checked_dataclass

from skills.anatomy.entries.rows import load_entry_words
from skills.anatomy.headings import MAX_HEADING_CHARACTERS
from skills.anatomy.names.person_name import find_person_name
from skills.anatomy.sections import TOP
from skills.text.contacts import CONTACT, EMAIL, LINK
from skills.text.phrases import any_of
from skills.text.spans import Span
from skills.toml_files import DATA, STRICT, read_toml

CONTACT_SECTIONS = frozenset({TOP, "identity"})
# A top without headings is a whole résumé; contacts stand at its beginning.
MAX_TOP_CHARACTERS = 1200
# A place without a label stands in one of the first lines.
MAX_PLACE_LINES, MAX_PLACE_CHARACTERS = 7, 80
MAX_HANDLE_CHARACTERS, MAX_TELEPHONE_CHARACTERS = 64, 40
MIN_DIGITS, MIN_LABELLED_DIGITS, MAX_DIGITS = 9, 7, 15

MAIL = re.compile(EMAIL)
PAGE = re.compile(LINK, re.IGNORECASE)
# What ends a link that stands in a sentence or a bracket.
LINK_END = re.compile(r"[.,;:)\]>|\u2026]+$")
TELEPHONE = re.compile(r"(?<![\w.@/-])\(?\+?\(?\d(?:[ ().\u2010-\u2015/-]{0,3}\d){6,16}(?![\w@])")
CODE_BEHIND, TOWN_BEHIND = re.compile(r"\s\d{4,5}$"), re.compile(r" [^\W\d_a-z][^\W\d_]")
MIN_WHOLE_DIGITS = 11  # of a number with its country's, to which no further figures belong
YEARS = re.compile(r"(?:19|20)\d\d\W{1,3}(?:19|20)\d\d")
PIECES = re.compile(
    r"\s*[|\u2022\u00b7;\t\u25cf\u2666\u22c4\u2225\ufffd]\s*|\s\(|\s{3,}|(?i:\b(?:phone|mobile|e-?mail|tel)\b)"
)
NAMED = r"[^\W\d_a-z][^\W\d_]*(?:[.'\u2019-][^\W\d_]+)*"
PLACE = rf"{NAMED}(?: (?:of |de |do |da )?{NAMED}){{0,3}}"
JOIN, CODE = r"(?:, | [\u2013\u2014-] )", r"(?:,? \d{4,5})?"
# “Bremen, Germany”, “Lausanne – Switzerland”, “Oakland, CA 94607”, “Boston, MA, 02100, USA”.
TOWN = re.compile(
    rf"(?<![\w-])(?P<town>{PLACE})(?:{JOIN}{PLACE}{CODE}){{0,2}}{JOIN}(?P<land>[A-Z]{{2}}|{PLACE}){CODE}(?!\w)"
)
LETTERS_OF_STATE = 2


@checked_dataclass(frozen=True, slots=True, config=STRICT)
class PersonFile:
    """The schema of `data/person.toml`."""

    telephone_labels: tuple[str, ...]
    place_labels: tuple[str, ...]
    others: tuple[str, ...]
    networks: dict[str, tuple[str, ...]]


class Link(NamedTuple):
    """A page of the person's at `text[start:end]`; `network` is what it is on (“GitHub”), empty for any other."""

    start: int
    end: int
    network: str


@dataclass(frozen=True, slots=True)
class Person:
    """The places in a text that say who the person is and how to reach them; None for what it does not say."""

    name: Span | None
    email: Span | None
    phone: Span | None
    place: Span | None
    links: tuple[Link, ...]


@cache
def _load_person() -> PersonFile:
    return read_toml(DATA / "person.toml", PersonFile)


@cache
def _compile_label(*, of_place: bool) -> re.Pattern[str]:
    """Match the label that a telephone number, or a place, stands behind."""
    labels = _load_person().place_labels if of_place else _load_person().telephone_labels
    if of_place:
        return re.compile(rf"(?<!\w)(?:{any_of(labels)}):[ \t]*(?P<place>(?:(?!\. )[^|;\n\u2022])+)", re.IGNORECASE)
    return re.compile(rf"(?<!\w)(?:{any_of(labels)})[.:#)\s]*$", re.IGNORECASE)


def _list_parts(text: str, openings: Sequence[tuple[int, str]]) -> tuple[list[Span], list[Span]]:
    """Return the parts of a text that say how to reach the person, its top and contacts, and all other parts.

    Parts about other people, such as references, are left out.
    """
    contacts, others = list[Span](), list[Span]()
    for (start, section), (end, _) in pairwise([*openings, (len(text), "")]):
        heading = text[start : start + MAX_HEADING_CHARACTERS].lstrip(" *#_").lower()
        if not heading.startswith(_load_person().others):
            near = section in CONTACT_SECTIONS
            (contacts if near else others).append(Span(start, min(end, start + MAX_TOP_CHARACTERS) if near else end))
    return contacts, others


def _list_lines(text: str, parts: Iterable[Span]) -> Iterator[Span]:
    for part in parts:
        start = part.start
        for line in text[part.start : part.end].split("\n"):
            yield Span(start, start + len(line))
            start += len(line) + 1


def _find_name(text: str, email: Span | None) -> Span | None:
    found = find_person_name(text, text[email.start : email.end] if email else "")
    return Span(*found) if found else None


def _find_mail(text: str, parts: Sequence[Span]) -> Span | None:
    for part in parts:
        at = text.find("@", *part)
        found = MAIL.search(text, max(part.start, at - MAX_HANDLE_CHARACTERS), part.end) if at >= 0 else None
        if found:
            return Span(*found.span())
    return None


def _is_telephone(text: str, start: int, end: int, *, sure: bool) -> bool:
    """Return whether figures are a telephone number; to be `sure`, only with a label or “+” before them."""
    said = text[start:end]
    digits = sum(map(str.isdecimal, said))
    labelled = "+" in said or _compile_label(of_place=False).search(text, max(0, start - 20), start) is not None
    if sure or labelled:
        return labelled and MIN_LABELLED_DIGITS <= digits <= MAX_DIGITS
    return MIN_DIGITS <= digits <= MAX_DIGITS and not YEARS.search(said)


def _cut_postcode(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place of a telephone number without the code of a town that stands behind it: “1003 Lausanne”."""
    code = CODE_BEHIND.search(text, start, end)
    if (
        code
        and TOWN_BEHIND.match(text, end)
        and sum(map(str.isdecimal, text[start : code.start()])) >= MIN_WHOLE_DIGITS
    ):
        return start, code.start()
    return start, end


def _find_telephone(text: str, parts: Sequence[Span], *, sure: bool) -> Span | None:
    places = (_cut_postcode(text, *match.span()) for part in parts for match in TELEPHONE.finditer(text, *part))
    return next((Span(*place) for place in places if _is_telephone(text, *place, sure=sure)), None)


def _list_international(text: str, parts: Sequence[Span]) -> Iterator[Span]:
    """Yield where “+” stands, with which a number is a telephone number anywhere in the text."""
    for part in parts:
        plus = text.find("+", *part)
        while plus >= 0:
            yield Span(plus, min(part.end, plus + MAX_TELEPHONE_CHARACTERS))
            plus = text.find("+", plus + 1, part.end)


def _name_network(address: str) -> str:
    host = re.sub(r"^https?:(?:/ ?){1,2}", "", address.lower()).partition("/")[0]
    for network, servers in _load_person().networks.items():
        if any(f".{host}.".find(f".{server}.") >= 0 for server in servers):
            return network
    return ""


def _find_links(text: str, parts: Sequence[Span]) -> Iterator[Link]:
    for line in _list_lines(text, parts):
        said = text[line.start : line.end]
        if "/" in said or "www." in said.lower():
            for match in PAGE.finditer(text, *line):
                address = LINK_END.sub("", match[0])
                yield Link(match.start(), match.start() + len(address), _name_network(address))


def _is_place(town: str, land: str, *, beside_contact: bool) -> bool:
    known = land.lower() in load_entry_words().places or (len(land) == LETTERS_OF_STATE and land.isupper())
    return known or (beside_contact and not town.isupper())


def _find_in_piece(piece: str, *, beside_contact: bool) -> tuple[int, int] | None:
    """Return where a piece of a line names a place: a town with its land at the end of it, or a place known by name."""
    said = piece.rstrip(" ,.")
    if said.lower() in load_entry_words().places:
        return 0, len(said)
    for town in TOWN.finditer(said) if len(said) <= MAX_PLACE_CHARACTERS else ():
        if town.end() == len(said) and _is_place(town["town"], town["land"], beside_contact=beside_contact):
            return town.span()
    return None


def _list_place_pieces(text: str, line: Span, name: Span | None) -> Iterator[Span]:
    """Yield the pieces of a line between its separators, its contacts and the person's name."""
    cuts = [match.span() for pattern in (PIECES, CONTACT) for match in pattern.finditer(text, *line)]
    done = line.start
    for start, end in [*sorted([*cuts, *([name] if name else [])]), (line.end, line.end)]:
        if line.start <= done < start <= line.end:
            piece = text[done:start]
            yield Span(done + len(piece) - len(piece.lstrip(" ,.")), start)
        done = max(done, end) if start < line.end else done


def _find_place(text: str, name: Span | None, contacts: Sequence[Span], parts: Iterable[Span]) -> Span | None:
    """Return where a piece of the first lines names a place."""
    for line in islice(_list_lines(text, parts), MAX_PLACE_LINES):
        beside = any(line.start <= span.start <= line.end for span in contacts)
        for start, end in _list_place_pieces(text, line, name):
            if found := _find_in_piece(text[start:end], beside_contact=beside):
                return Span(start + found[0], start + found[1])
    return None


def _find_labelled_place(text: str, parts: Sequence[Span]) -> Span | None:
    for line in _list_lines(text, parts):
        match = _compile_label(of_place=True).search(text, *line) if ":" in text[line.start : line.end] else None
        if match and (said := match["place"].rstrip()):
            return Span(match.start("place"), match.start("place") + len(said))
    return None


def find_person(text: str, openings: Sequence[tuple[int, str]]) -> Person:
    """Return the person of a text; `openings` are the offset and id of each of its sections."""
    parts, others = _list_parts(text, openings)
    email = _find_mail(text, [*parts, *others])
    phone = _find_telephone(text, parts, sure=False) or _find_telephone(
        text, list(_list_international(text, others)), sure=True
    )
    name = _find_name(text, email)
    links = tuple(_find_links(text, parts))
    contacts = [span for span in (email, phone, *(Span(*link[:2]) for link in links)) if span]
    place = _find_labelled_place(text, parts) or _find_place(text, name, contacts, parts)
    return Person(name, email, phone, place, links)

"""Writes the parts of a report on the person and the résumé's entries. No score depends on them."""

from collections.abc import Iterator, Mapping, Sequence

from skills.anatomy.anatomy import Anatomy
from skills.anatomy.dates import Period, Point, count_months, find_this_month
from skills.anatomy.entries.entries import Entry
from skills.anatomy.person import find_person
from skills.document import Document, find_page
from skills.judging.person_types import EntryReport, Experience, Extent, PersonReport, Profile

# A post in machine learning, or in software, has a title in one of these fields.
LEARNING_FIELDS = frozenset({"machine-learning", "data-science"})
SOFTWARE_FIELDS = frozenset({"software"})


def _write_month(point: Point) -> str:
    return f"{point.year}-{point.month:02}" if point.month else str(point.year)


def _make_extents(found: Mapping[str, Sequence[int] | None]) -> dict[str, Extent]:
    return {name: Extent(span[0], span[1]) for name, span in found.items() if span}


def _cut(text: str, extents: Mapping[str, Extent], name: str) -> str | None:
    extent = extents.get(name)
    return " ".join(text[extent.start : extent.end].split()) if extent else None


def _describe_entry(entry: Entry, text: str, page: int) -> EntryReport:
    spans = _make_extents({"title": entry.title, "organisation": entry.organisation, "place": entry.place})
    return {
        "kind": entry.kind,
        "title": _cut(text, spans, "title"),
        "organisation": _cut(text, spans, "organisation"),
        "place": _cut(text, spans, "place"),
        "from": entry.since and _write_month(entry.since),
        "to": entry.until and _write_month(entry.until),
        "present": entry.present,
        "page": page,
        "start": entry.start,
        "end": entry.end,
        "spans": spans,
    }


def describe_entries(document: Document, anatomy: Anatomy) -> Iterator[EntryReport]:
    """Yield the entries of a document, in text order."""
    for entry in anatomy.entries:
        yield _describe_entry(entry, document.text, find_page(document.lines, entry.start))


def _list_posts(anatomy: Anatomy, fields: frozenset[str]) -> Iterator[Period]:
    """Yield the time of each post whose title is in one of the fields, or of every post if no fields are given."""
    for entry in anatomy.entries:
        titles = [title for title in anatomy.titles if entry.title and title.start < entry.title[1] <= title.end]
        if entry.kind == "post" and (not fields or any(title.fields & fields for title in titles)):
            yield Period(entry.start, entry.body, "range", entry.since, entry.until, entry.present)


def _count_experience(anatomy: Anatomy) -> Experience:
    now = find_this_month()
    groups = (frozenset[str](), LEARNING_FIELDS, SOFTWARE_FIELDS)
    total, learning, software = (count_months(_list_posts(anatomy, fields), now) for fields in groups)
    return Experience(_write_month(now), total, learning, software)


def describe_person(document: Document, anatomy: Anatomy) -> PersonReport:
    """Return the person of a document."""
    text, person = document.text, find_person(document.text, anatomy.openings)
    spans = _make_extents({"name": person.name, "email": person.email, "phone": person.phone, "location": person.place})
    return PersonReport(
        name=_cut(text, spans, "name"),
        email=_cut(text, spans, "email"),
        phone=_cut(text, spans, "phone"),
        location=_cut(text, spans, "location"),
        profiles=tuple(
            Profile(link.network, text[link.start : link.end], link.start, link.end) for link in person.links
        ),
        months=_count_experience(anatomy),
        spans=spans,
    )

"""Publications, talks, patents and awards as entries: the items of the sections that list these."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from skills.anatomy.dates import Point
from skills.anatomy.entries.entries import Entry
from skills.anatomy.entries.entry_kinds import EntryKind
from skills.anatomy.studies.publications import Publication, PublicationKind, find_publications, name_kind

# The kind of an item whose words name none: that of its heading or its section.
SECTIONS: dict[str, PublicationKind] = {"publications": "paper", "awards": "award"}
# The kind of entry for each kind of item.
KINDS: dict[PublicationKind, EntryKind] = {
    "paper": "publication",
    "patent": "patent",
    "thesis": "thesis",
    "talk": "talk",
    "award": "award",
    "software": "software",
}


def _make_entry(item: Publication) -> Entry:
    return Entry(
        kind=KINDS[item.kind],
        start=item.start,
        body=item.end,
        end=item.end,
        title=item.title,
        organisation=item.venue,
        place=None,
        since=None,
        until=Point(item.year) if item.year else None,
        present=False,
    )


def find_published(text: str, openings: Sequence[tuple[int, str]]) -> Iterator[Entry]:
    """Yield the items of a text's publications and awards; `openings` are the offset and id of each of its sections."""
    for (start, section), (end, _) in pairwise([*openings, (len(text), "")]):
        first = text.find("\n", start, end) + 1
        if section in SECTIONS and first:
            kind = name_kind(text, start, first) or SECTIONS[section]
            yield from map(_make_entry, find_publications(text, first, end, usual=kind))

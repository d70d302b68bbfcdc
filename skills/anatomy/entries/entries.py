"""Entries: the posts, projects, degrees and publications of a résumé, each with what its head says of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.anatomy.date_words import load_dates
from skills.anatomy.dates import Period, Point, find_this_month, is_duration
from skills.anatomy.entries.anchors import DEEDLESS, ends_at_colon, heads_deed
from skills.anatomy.entries.distant_dates import join_distant_dates
from skills.anatomy.entries.entry_kinds import EntryKind
from skills.anatomy.entries.heads import Head, find_heads
from skills.anatomy.entries.pieces import ADDRESS, find_organisation_and_place, is_place, read_pieces
from skills.anatomy.entries.prose_posts import add_prose_posts, split_sentence
from skills.anatomy.entries.row_table import RowTable, Title
from skills.anatomy.entries.run_on_studies import split_run_on_studies
from skills.anatomy.entries.undated import find_undated
from skills.anatomy.studies.degree_words import names_school
from skills.anatomy.studies.degrees import goes_on
from skills.anatomy.titles.title_parts import end_before_bracket
from skills.text.spans import Span

KIND_IN: dict[str, EntryKind] = {
    "projects": "project",
    "education": "degree",
    "publications": "publication",
    "courses": "other",
    "awards": "other",
    "activities": "other",
}
NEVER_POSTS = frozenset({"courses", "publications", "activities"})
# Where what is dated is a post though its title is not known: before any heading, too.
POST_SECTIONS = frozenset({"experience", "top"})
MAX_ORGANISATION_WORDS = 9
# The first post of a group begins so near behind the line of its employer.
MAX_ROWS_TO_GROUP = 2

# The organisation and the place of an entry.
Employer = tuple[Span | None, Span | None]

# When something began and ended.
Time = tuple[Point | None, Point | None]

# The row above and the row below a head that may name its employer.
Beside = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A post, project, degree or publication. Its head is `text[start:body]`, what stands below it `text[body:end]`.

    `title`, `organisation` and `place` are spans of the text, `since` and `until` its dates. What goes on is `present`;
    a degree that does may have an end, which is then to come.
    """

    kind: EntryKind
    start: int
    body: int
    end: int
    title: Span | None
    organisation: Span | None
    place: Span | None
    since: Point | None
    until: Point | None
    present: bool

    @property
    def time(self) -> Time:
        """When it was, as far as that is said."""
        return self.since, self.until

    @property
    def is_dated(self) -> bool:
        """Whether it says when it was."""
        return any(self.time)


def _may_name_employer(table: RowTable, row: int, taken: int) -> bool:
    if not taken < row < len(table.rows) or table.headings[row] or table.rows[row].item or table.rows[row].prose:
        return False
    words = table.rows[row].text.split()
    if ADDRESS.fullmatch(table.rows[row].text):
        return False
    return not table.periods[row] and not table.titles[row] and len(words) <= MAX_ORGANISATION_WORDS


def _is_span_of_time(table: RowTable, row: int) -> bool:
    return 0 <= row < len(table.rows) and is_duration(table.rows[row].text)


def _list_rows_beside(table: RowTable, head: Head, taken: int, limit: int) -> Beside:
    """Return the rows that may name a head's employer; `limit` is where the next begins."""
    up = head.first - 1 - _is_span_of_time(table, head.first - 1)
    down = head.last + 1 + _is_span_of_time(table, head.last + 1)
    above = up if _may_name_employer(table, up, taken) else None
    return above, (down if down < limit and _may_name_employer(table, down, taken) else None)


def _get_row_span(table: RowTable, row: int) -> Span:
    return Span(table.rows[row].start, table.rows[row].end)


def _choose_beside(table: RowTable, beside: Beside, *, named: bool, above_first: bool) -> int | None:
    """Return which of the rows `beside` a head names its place, or its employer if the head is not `named` yet."""
    up, down = beside
    if down is not None and is_place(table, _get_row_span(table, down)):
        return down
    if named:
        return None
    first, second = (up, down) if above_first else (down, up)
    return second if first is None else first


def _lacks_school(table: RowTable, head: Head, pieces: Sequence[Span]) -> bool:
    """Return whether no piece of a degree's head names a school."""
    return head.is_degree and not any(names_school(table.text[slice(*piece)]) for piece in pieces)


def _complete(table: RowTable, head: Head, taken: int, limit: int, *, above_first: bool) -> tuple[Head, list[Span]]:
    """Return a head with the rows beside it that name its employer and place, and the pieces that it consists of."""
    if head.end and head.title:
        return head, split_sentence(table, head.title, head.end)
    pieces = read_pieces(table, head.first, head.last, head.start, head.title)
    while True:
        up, down = _list_rows_beside(table, head, taken, limit)
        named = any(not is_place(table, piece) for piece in pieces)
        if named and _lacks_school(table, head, pieces):
            up, down = (row if row is not None and table.names_school(row) else None for row in (up, down))
            named = False
        row = _choose_beside(table, (up, down), named=named, above_first=above_first)
        if row is None:
            return head, pieces
        found = read_pieces(table, row, row, 0, None)
        if row < head.first:
            head, pieces = head._replace(first=row, start=table.rows[row].start), found + pieces
        else:
            head, pieces = head._replace(last=row), pieces + found


def _choose_kind(table: RowTable, head: Head) -> EntryKind:
    """Return what an entry is; a job title held for a time is a post, whatever heading stands above it."""
    section = table.sections[head.last]
    if head.is_degree:
        return "degree"
    if section in DEEDLESS and head.title is None and heads_deed(table, head.first, head.last, head.period):
        return "project"
    dated_once = head.period is not None and head.period.kind == "single"
    if head.title and section not in NEVER_POSTS and not (dated_once and section in KIND_IN):
        return "post"
    return KIND_IN.get(section, "post" if section in POST_SECTIONS else "other")


def _begins_within(period: Period | None, around: Period | None) -> bool:
    """Return whether a time does not begin before the year of another; so it is, too, if one has no beginning."""
    years = [time.since.year for time in (around, period) if time and time.since]
    return years == sorted(years)


def _heads_a_group(table: RowTable, head: Head, behind: Head) -> bool:
    """Return whether a dated line without a title names the employer of the posts below it."""
    return (
        head.title is None
        and behind.title is not None
        and behind.first - head.last <= MAX_ROWS_TO_GROUP
        and behind.start == table.rows[behind.first].start
        and _begins_within(behind.period, head.period)
        and table.sections[head.first] == table.sections[behind.first] == "experience"
    )


def _limit_rows(table: RowTable, heads: Sequence[Head]) -> list[int]:
    """Return for each head the row that its entry ends before: that of the next head or heading."""
    headings = [row for row, heading in enumerate(table.headings) if heading]
    firsts = [*(head.first for head in heads[1:]), len(table.rows)]
    return [
        min(first, next((row for row in headings if row > head.last), len(table.rows)))
        for head, first in zip(heads, firsts, strict=False)
    ]


def _prefer_above(table: RowTable, heads: Sequence[Head], limits: Sequence[int]) -> bool:
    """Return whether employers stand above the heads, where that is plain, more often than below."""
    plain = [0, 0]
    taken = -1
    for head, limit in zip(heads, limits, strict=True):
        up, down = _list_rows_beside(table, head, taken, limit)
        if (up is None) != (down is None):
            plain[up is None] += 1
        taken = head.last
    return plain[0] >= plain[1]


def find_entries(table: RowTable) -> list[Entry]:
    """Return the entries of a résumé, in text order."""
    heads = split_run_on_studies(table, find_heads(table))
    heads = join_distant_dates(table, sorted([*heads, *find_undated(table, heads)]))
    heads = add_prose_posts(table, heads)
    limits = _limit_rows(table, heads)
    above_first = _prefer_above(table, heads, limits)
    full: list[tuple[Head, list[Span]]] = []
    taken = -1
    for head, limit in zip(heads, limits, strict=True):
        full.append(_complete(table, head, taken, limit, above_first=above_first))
        taken = full[-1][0].last
    return _list_entries(table, full)


def _may_share_employer(table: RowTable, head: Head, before: Head | None) -> bool:
    """Return whether the employer of a post may stand at the one before it."""
    sections = {table.sections[row] for row in (head.first, before.last if before else head.first)}
    return head.title is not None and sections == {"experience"}


def _list_entries(table: RowTable, full: Sequence[tuple[Head, list[Span]]]) -> list[Entry]:
    limits = _limit_rows(table, [head for head, _ in full])
    entries: list[Entry] = []
    employer: Span | None = None
    for number, ((head, pieces), limit) in enumerate(zip(full, limits, strict=True)):
        organisation, place = find_organisation_and_place(table, pieces, degree=head.is_degree)
        behind = full[number + 1][0] if number + 1 < len(full) else None
        if organisation is None and _may_share_employer(table, head, full[number - 1][0] if number else None):
            organisation = employer
        employer = organisation
        if behind and _heads_a_group(table, head, behind):
            continue
        stop = _stop_before(table, behind, limit)
        entries.append(_make_entry(table, head, limit, stop, (organisation, place)))
    return entries


def _goes_on(table: RowTable, head: Head, kind: EntryKind, body: int) -> bool:
    """Return whether an entry goes on: a degree also until a date to come, or where a word of its head says so."""
    until = head.period.until if head.period else None
    if kind == "degree" and head.title and not (head.period and head.period.present):
        to_come = until is not None and until.number > find_this_month().number
        return to_come or goes_on(table.text, head.start, body)
    if head.period is None:
        return table.rows[head.last].text.split()[-1].lower().strip("().") in load_dates().present
    return head.period.present


def _stop_before(table: RowTable, behind: Head | None, limit: int) -> int:
    """Return where an entry ends that the row `limit` or the head `behind` follows, which may begin within that row."""
    if behind is None or behind.first != limit:
        return table.rows[limit - 1].end
    start = table.rows[limit].start
    return max(table.rows[limit - 1].end, start + len(table.text[start : behind.start].rstrip()))


def _name_title(table: RowTable, title: Title) -> Span:
    """Return a title without the bracket that closes it; a degree's is part of it."""
    return Span(title.start, title.end if title.degree else end_before_bracket(table.text, title.start, title.end))


def _make_entry(table: RowTable, head: Head, limit: int, stop: int, employer: Employer) -> Entry:
    title, period = head.title, head.period
    last = table.rows[head.last]
    opens = title is not None and period is not None and title.end <= period.start
    shares_row = limit == head.last
    inline = period is not None and (shares_row or (last.prose and (opens or ends_at_colon(table, head.last, period))))
    body = head.end or (period.end if period and inline and period.start >= last.start else last.end)
    kind = _choose_kind(table, head)
    until = period.until if period else None
    return Entry(
        kind=kind,
        start=head.start,
        body=body,
        end=max(body, stop),
        title=_name_title(table, title) if title else None,
        organisation=employer[0],
        place=employer[1],
        since=(period.since if period else None) or (until if kind == "post" else None),
        until=until,
        present=_goes_on(table, head, kind, body),
    )

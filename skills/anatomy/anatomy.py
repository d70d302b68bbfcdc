"""The anatomy of a résumé: its sections and entries, read from its text."""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from skills.anatomy.dates import Period, find_periods, list_date_spans
from skills.anatomy.entries.entries import Entry, find_entries
from skills.anatomy.entries.published import find_published
from skills.anatomy.entries.row_table import RowTable, Title
from skills.anatomy.entries.rows import EDGE, Row, list_rows
from skills.anatomy.openings import find_row, list_openings
from skills.anatomy.sections import ENTRY_SECTIONS, STUDY_SECTIONS, TOP
from skills.anatomy.studies.degree_names import name_degree
from skills.anatomy.studies.degrees import Degree, find_degrees
from skills.anatomy.titles.job_titles import JobTitle, find_titles
from skills.text.contacts import CONTACT
from skills.text.spans import Span
from skills.text.tokens import blank_addresses

# What joins several titles of one post: “Python Developer, Web Developer”.
SAME_POST = re.compile(r"\s?(?:,|/|&|and)\s")
SPACED_DASH = re.compile(r"\s[-\u2010-\u2015]\s")
# An entry under a heading of another kind opens the section of its own kind.
WORK = frozenset({"post", "project"})
SECTION_OF = {"post": "experience", "degree": "education", "project": "projects"}
# The sections in which entries of another section may stand without opening their own.
SECTIONS_WITH = {"education": STUDY_SECTIONS, "projects": ENTRY_SECTIONS}
BEHIND_ANY_TEXT = sys.maxsize
# The kinds of dated lines without a title.
VAGUE = frozenset({"publication", "other"})
# A list of skills with a label before each line, which no heading stands over.
LABELLED = re.compile(r"[^\W\d_][\w &/,()-]{1,40}:[^.!?,]*,[^.!?]*\.?")
MIN_LABELLED_ROWS = 2

# The sections in which people describe themselves in a few words.
SUMMARIES = frozenset({TOP, "summary"})
# A summary is no longer than this, though what stands before the first heading may be.
SUMMARY_CHARACTERS = 1200
# Contacts at the top may be as long; the length of the summary is counted from their end.
CONTACT_CHARACTERS = 400


class Statement(NamedTuple):
    """A range of a text that says what the person is, or was if not `present`: a summary, or the head of an entry.

    `reach` is where the entry ends, or the summary.
    """

    start: int
    end: int
    reach: int
    present: bool

    @property
    def is_head(self) -> bool:
        """Whether it is the head of an entry with text below it, and no summary."""
        return self.end < self.reach


@dataclass(frozen=True, slots=True)
class Anatomy:
    """The parts of a text: `openings` are the offset and id of each section, `entries` its posts and the like.

    At each of the `breaks` a sentence ends, whatever signs stand there.
    """

    openings: tuple[tuple[int, str], ...]
    entries: tuple[Entry, ...]
    titles: tuple[JobTitle, ...]
    degrees: tuple[Degree, ...]
    statements: tuple[Statement, ...]
    breaks: tuple[int, ...]


def _group_by_row(periods: Sequence[Period], rows: Sequence[Row]) -> list[list[Period]]:
    groups: list[list[Period]] = [[] for _ in rows]
    for period in periods:
        groups[find_row(rows, period.start)].append(period)
    return groups


def _skip_firm(text: str, post: JobTitle) -> int:
    """Return where a title begins behind the end of a firm's name: “Systems - Software Engineer”."""
    dash = SPACED_DASH.search(text, post.start, post.end)
    behind = find_titles(text, dash.end(), post.end) if dash else []
    whole = dash and find_titles(text, post.start, dash.start())
    same = bool(behind) and behind[0].fields == post.fields and behind[0].trade == post.trade
    return behind[0].start if same and not whole else post.start


def _skip_date(text: str, start: int, dates: Sequence[Span]) -> int:
    """Return where a title begins behind a date without a separator: “2019 - Present Director”."""
    end = next((last for first, last in dates if first <= start < last), start)
    return end + len(text[end:]) - len(text[end:].lstrip(EDGE)) if end > start else start


def _is_held(degree: Degree, posts: Sequence[JobTitle], section: str) -> bool:
    """Return whether a degree is part of a post (“PhD Researcher”), or one itself in the experience: “PhD Student”."""
    last = degree.end + (section != "experience")
    return any(post.start <= degree.start and last <= post.end for post in posts)


def _find_title_row(rows: Sequence[Row], title: Title) -> int:
    """Return the row of a title; one that begins in a line of text and goes on in the next is of that one."""
    row = find_row(rows, title.start)
    wraps = rows[row].start < title.start and rows[row].end < title.end and not title.degree
    return row + 1 if wraps and row + 1 < len(rows) else row


def _find_titles(
    text: str, rows: Sequence[Row], posts: Sequence[JobTitle], studies: Sequence[Degree], dates: Sequence[Span]
) -> list[list[Title]]:
    """Return the job titles and degrees of each row; a post that overlaps a degree is none."""
    degrees = [Title(*name_degree(text, degree, dates), degree=True) for degree in studies]
    titles = [
        Title(_skip_date(text, _skip_firm(text, post), dates), post.end, post.end, degree=False)
        for post in posts
        if not any(degree.start < post.end and post.start < degree.reach for degree in degrees)
    ]
    groups: list[list[Title]] = [[] for _ in rows]
    for title in sorted([*titles, *degrees]):
        known = groups[find_row(rows, title.start)]
        joined = known and not (title.degree or known[-1].degree)
        if joined and SAME_POST.fullmatch(text, known[-1].end, title.start):
            known[-1] = known[-1]._replace(end=title.end, reach=title.end)
        else:
            groups[_find_title_row(rows, title)].append(title)
    return groups


def read_row_table(
    text: str, posts: Sequence[JobTitle], studies: Sequence[Degree]
) -> tuple[RowTable, tuple[JobTitle, ...]]:
    """Return the rows of a text with their sections, dates, titles and degrees, and its job titles.

    Where projects stand, a title that a program may be named for is none: “AI Travel Agent”.
    """
    periods = find_periods(text)
    dates = list_date_spans(periods)
    rows = list_rows(text, dates)
    sections, headings = list_openings(rows, posts, periods)
    posts = tuple(post for post in posts if not (post.product and sections[find_row(rows, post.start)] == "projects"))
    degrees = [degree for degree in studies if not _is_held(degree, posts, sections[find_row(rows, degree.start)])]
    titles = _find_titles(text, rows, posts, degrees, dates)
    return RowTable(text, rows, sections, headings, _group_by_row(periods, rows), dates, titles), posts


def _find_lists(table: RowTable, entries: Sequence[Entry]) -> Iterator[tuple[int, str]]:
    """Yield where labelled lists of skills begin behind a degree that is not in a section of studies."""
    run: list[int] = []
    for number, row in enumerate([*table.rows, None]):
        listed = row and ":" in row.text and not row.item and not table.headings[number]
        if row and listed and LABELLED.fullmatch(row.text):
            run.append(number)
            continue
        if len(run) >= MIN_LABELLED_ROWS and _is_behind_degree(table, run[0], entries):
            yield table.rows[run[0]].start, "skills"
        run = []


def _is_behind_degree(table: RowTable, row: int, entries: Sequence[Entry]) -> bool:
    """Return whether a row stands in the body of a degree, but not in a section of studies."""
    start = table.rows[row].start
    inside = [entry for entry in entries if entry.body <= start <= entry.end]
    return bool(inside) and inside[-1].kind == "degree" and table.sections[row] not in STUDY_SECTIONS


def _find_sections(table: RowTable, entries: Sequence[Entry]) -> list[tuple[int, str]]:
    """Return the offset and id of each section: those of headings, and those that entries open by themselves."""
    openings = [(0, TOP)]
    for number, (row, section) in enumerate(zip(table.rows, table.sections, strict=True)):
        if section != openings[-1][1] or table.headings[number]:
            openings.append((row.start if number else 0, section))
    own = [(entry.start, SECTION_OF[entry.kind]) for entry in entries if entry.kind in SECTION_OF]
    return _merge(openings, [*own, *_find_lists(table, entries)])


def _merge(openings: Sequence[tuple[int, str]], own: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return openings, with a further one for each entry outside a section of its own kind."""
    merged: list[tuple[int, str]] = []
    for (start, section), (end, _) in pairwise([*openings, (BEHIND_ANY_TEXT, "")]):
        merged.append((start, section))
        for place, name in sorted(own):
            if start <= place < end and merged[-1][1] != name and section not in SECTIONS_WITH.get(name, ()):
                merged.append((place, name))
    return merged


def _end_contact(text: str) -> int:
    """Return where the last contact at the beginning of a text ends, 0 if there is none."""
    return max((match.end() for match in CONTACT.finditer(text, 0, CONTACT_CHARACTERS)), default=0)


def _find_summaries(text: str, openings: Sequence[tuple[int, str]]) -> Iterator[Statement]:
    for (start, section), (end, _) in pairwise([*openings, (len(text), "")]):
        if section in SUMMARIES:
            first = _end_contact(text) if section == TOP else start
            last = min(end, first + SUMMARY_CHARACTERS)
            yield Statement(start, last, last, present=True)


def _find_statements(text: str, openings: Sequence[tuple[int, str]], entries: Sequence[Entry]) -> list[Statement]:
    """Return the summaries and the heads of work; present is what goes on, and the first post, which is the latest.

    What stands in the experience before its first head is of the first post.
    """
    work = [entry for entry in entries if entry.kind in WORK]
    first = next((entry for entry in work if entry.kind == "post"), None)
    heads = [Statement(entry.start, entry.body, entry.end, present=entry.present or entry is first) for entry in work]
    opening = next((start for start, section in openings if section == "experience"), len(text))
    head = next((entry.start for entry in work if entry.start >= opening), None)
    if head is not None:
        heads.append(Statement(opening, opening, min(head, opening + SUMMARY_CHARACTERS), present=True))
    return sorted([*_find_summaries(text, openings), *heads])


def _settle_state(degree: Degree, entries: Sequence[Entry]) -> Degree:
    """Return a degree as in progress if its entry goes on, which another line than the degree's may say."""
    goes_on = any(entry.present and entry.start <= degree.start < entry.body for entry in entries)
    return degree._replace(state="in-progress") if goes_on and degree.state == "finished" else degree


def _add_published(entries: Sequence[Entry], published: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return all entries in text order, without dated lines that are part of a publication."""
    kept = [
        entry
        for entry in entries
        if not (entry.kind in VAGUE and any(item.start < entry.body and entry.start < item.end for item in published))
    ]
    return tuple(sorted([*kept, *published], key=attrgetter("start")))


def read_anatomy(text: str, said: str | None = None) -> Anatomy:
    """Return the sections and entries of a text; `said` is the text with spaces in place of addresses."""
    said = blank_addresses(text) if said is None else said
    degrees = find_degrees(said)
    table, titles = read_row_table(text, find_titles(said), degrees)
    entries = find_entries(table)
    studies = [entry for entry in entries if entry.kind == "degree"]
    openings = _find_sections(table, entries)
    published = list(find_published(text, openings))
    breaks = {place for entry in entries for place in (entry.start, entry.body)} | {offset for offset, _ in openings}
    return Anatomy(
        tuple(openings),
        _add_published(entries, published),
        titles,
        tuple(_settle_state(degree, studies) for degree in degrees),
        tuple(_find_statements(text, openings, entries)),
        tuple(sorted(breaks)),
    )


def find_openings(text: str) -> tuple[tuple[int, str], ...]:
    """Return the offset and id of each section of a text."""
    return read_anatomy(text).openings

"""Finds the anchors of entries: the dates at which a post, a project or a degree stands."""

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from skills.anatomy.dates import Period, is_duration
from skills.anatomy.entries.row_table import RowTable, Title
from skills.anatomy.entries.rows import load_entry_words, opens_with_deed
from skills.anatomy.titles.job_titles import holds_wish
from skills.anatomy.titles.title_parts import is_full_line

# Where line breaks were lost, the head of the next entry may be at the end of a line, in at most so many characters.
TAIL_CHARACTERS = 130
# A line with a date at its edge is a head only if it is shorter.
MAX_BARE_CHARACTERS = 70
# How many posts may stand on one line.
POSTS_IN_LINE = range(2, 7)
# Where only entries with a title are looked for: no heading says that posts stand there.
TITLED_ONLY = frozenset({"summary", "skills", "languages", "interests", "identity", "additional", "awards"})
# Where deeds stand only below the dated line of a project whose heading is lost or unknown.
DEEDLESS = frozenset({"summary", "skills", "education", "courses", "additional", "activities", "languages"})
WITHOUT_POSTS = frozenset({"publications", "courses"})
# Where a single date belongs to an entry though no title is known beside it.
SINGLE_DATED = frozenset({"projects", "education", "experience"})
# From a year on a line of its own, as in a timeline, to the date of its post.
MAX_ROWS_TO_POST = 3
# From the date of a post to a line that says it again.
MAX_ROWS_TO_REPEAT = 2
# A line that is no longer may be a date that stands on many lines.
MAX_DATE_CHARACTERS = 16
# A place behind a date is no longer: “May 2018, New South Wales”.
PLACE = re.compile(r"[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,2}")
PRONOUN = re.compile(r"^\s*(?:i|he|she|they|we)\b", re.IGNORECASE)
SENTENCE_END = re.compile(r"[a-z]{3}[.;?!]\s")


class Anchor(NamedTuple):
    """The date of an entry, and its row."""

    row: int
    period: Period


def _read_pieces(table: RowTable, start: int, end: int) -> list[str]:
    return [table.text[slice(*piece)] for piece in table.split(start, end)]


def _stands_at_edge(table: RowTable, anchor: Anchor) -> bool:
    """Return whether a date opens or closes its line, alone or with words that belong to it or a place behind it."""
    row, period = table.rows[anchor.row], anchor.period
    before = _read_pieces(table, row.start, period.start)
    behind = [words for words in _read_pieces(table, period.end, row.end) if not is_duration(words)]
    if not behind or all(words.lower().rstrip(".") in load_entry_words().dated for words in before):
        return True
    return len(behind) == 1 and not row.prose and PLACE.fullmatch(behind[0]) is not None


def _find_beside_others(table: RowTable, anchor: Anchor) -> Title | None:
    """Return the title that stands right before a date of a line of several: “Analyst (2016), Lead (2019)”."""
    dates = [period for period in table.periods[anchor.row] if period.kind != "single"]
    if len(dates) not in POSTS_IN_LINE or anchor.period not in dates:
        return None
    starts = [table.rows[anchor.row].start, *(date.end for date in dates[:-1])]
    titles = [
        [title for title in table.titles[anchor.row] if start <= title.start and title.end <= date.start]
        for start, date in zip(starts, dates, strict=True)
    ]
    return titles[dates.index(anchor.period)][-1] if all(titles) else None


def _goes_on_from_text(table: RowTable, row: int) -> bool:
    """Return whether a line goes on from the line of text above it, and is as full as a wrapped one."""
    if not row or not table.rows[row - 1].prose:
        return False
    start, end, _, item, _ = table.rows[row]
    return not item and is_full_line(start, end)


def _list_titles_before(table: RowTable, anchor: Anchor) -> list[Title]:
    """Return the titles shortly before a date on its line, or on the one above it if no other date stands between."""
    row, period = anchor
    if any(other.start < period.start for other in table.periods[row]) or not _goes_on_from_text(table, row):
        near = table.titles[row]
    else:
        last = max((other.end for other in table.periods[row - 1]), default=0)
        near = [*(title for title in table.titles[row - 1] if title.start >= last), *table.titles[row]]
    return [title for title in near if period.start - TAIL_CHARACTERS < title.end <= period.start]


def find_inline(table: RowTable, anchor: Anchor) -> Title | None:
    """Return the title shortly before a date within a line of text, as where all line breaks were lost."""
    row, (first, _, kind, *_) = anchor.row, anchor.period
    if kind == "single":
        return None
    if not table.rows[row].prose and not _goes_on_from_text(table, row):
        return _find_beside_others(table, anchor)
    titles = _list_titles_before(table, anchor)
    if not titles or not table.text[titles[-1].start].isupper():
        return None
    sought = kind == "open" and holds_wish(table.text[titles[-1].end : first])
    if sought or SENTENCE_END.search(table.text, titles[-1].end, first):
        return None
    return titles[-1]


def ends_at_colon(table: RowTable, row: int, period: Period) -> bool:
    """Return whether a short head and its date stand before a colon, behind which the line goes on."""
    start, end, *_ = table.rows[row]
    short = start < period.start < start + MAX_BARE_CHARACTERS
    return short and period.end < end and table.text.startswith(":", period.end)


def heads_deed(table: RowTable, first: int, last: int, period: Period | None) -> bool:
    """Return whether the rows from `first` to `last` stand over what somebody did, and name no school."""
    if any(map(table.names_school, range(first, last + 1))):
        return False
    if period and period.start >= table.rows[last].start and ends_at_colon(table, last, period):
        return opens_with_deed(PRONOUN.sub("", table.text[period.end + 1 : table.rows[last].end]))
    behind = last + 1
    return behind < len(table.rows) and not table.headings[behind] and opens_with_deed(table.rows[behind].text)


def stands_over_deed(table: RowTable, anchor: Anchor) -> bool:
    """Return whether a short dated line stands over what somebody did, under whatever heading."""
    row, period = table.rows[anchor.row], anchor.period
    short = len(row.text) < MAX_BARE_CHARACTERS and not row.item and _stands_at_edge(table, anchor)
    return (short or ends_at_colon(table, anchor.row, period)) and heads_deed(table, anchor.row, anchor.row, period)


def _belongs_to_entry(table: RowTable, anchor: Anchor, *, titled: bool) -> bool:
    """Return whether a date may be that of an entry in its section; `titled` says that a title opens its row."""
    section = table.sections[anchor.row]
    if titled or section in WITHOUT_POSTS:
        return titled
    return anchor.period.kind != "single" or (section in SINGLE_DATED and not table.rows[anchor.row].item)


def _may_be_head(table: RowTable, anchor: Anchor, *, titled: bool) -> bool:
    """Return whether a row with a date at its edge may be the head of an entry."""
    row, section = table.rows[anchor.row], table.sections[anchor.row]
    short = len(row.text) < MAX_BARE_CHARACTERS
    if not row.prose:
        return titled or short or not row.item
    if titled and len(row.text) < 2 * TAIL_CHARACTERS:
        return True
    deed = row.item and (section != "experience" or opens_with_deed(row.text))
    return short and not deed and section not in TITLED_ONLY and anchor.period.kind != "single"


def _is_anchor(table: RowTable, anchor: Anchor) -> bool:
    """Return whether a date is the anchor of an entry."""
    over_deed = table.sections[anchor.row] in DEEDLESS and stands_over_deed(table, anchor)
    if over_deed or find_inline(table, anchor):
        return True
    titled = table.find_leading_title(anchor.row) is not None
    if not _belongs_to_entry(table, anchor, titled=titled):
        return False
    if _stands_at_edge(table, anchor):
        return _may_be_head(table, anchor, titled=titled)
    return titled and not table.rows[anchor.row].prose


def _find_footers(table: RowTable) -> frozenset[int]:
    """Return the rows with a single date that several pages have, the numbers left out: “May 1, 2025 - page 2”."""
    rows = [row for row, periods in enumerate(table.periods) if [period.kind for period in periods] == ["single"]]
    said = {row: re.sub(r"\d+", "", table.rows[row].text) for row in rows}
    counts = Counter(said.values())
    return frozenset(row for row in rows if counts[said[row]] > 1 and len(said[row]) > MAX_DATE_CHARACTERS)


def _repeats_year(table: RowTable, anchor: Anchor, following: Anchor) -> bool:
    """Return whether a year on a line of its own repeats when the post right below began or ended."""
    (row, period), other = anchor, following.period
    if period.kind != "single" or period.until is None or other.kind == "single":
        return False
    years = {point.year for point in (other.since, other.until) if point}
    near = row < following.row <= row + MAX_ROWS_TO_POST
    return near and period.until.year in years and not table.split(table.rows[row].start, table.rows[row].end)


def _says_period_again(table: RowTable, anchor: Anchor, before: Anchor) -> bool:
    """Return whether a line of nothing but a period says that of the post right above again, in whatever form."""
    row, period = table.rows[anchor.row], anchor.period
    if period.kind == "single" or not before.row < anchor.row <= before.row + MAX_ROWS_TO_REPEAT:
        return False
    first = before.period
    same = (period.since, period.until, period.present) == (first.since, first.until, first.present)
    between = range(before.row + 1, anchor.row)
    beside = any(table.titles[other] or table.rows[other].prose for other in between)
    return same and not beside and not table.split(row.start, row.end)


def find_anchors(table: RowTable) -> list[Anchor]:
    """Return the anchors of entries: one of each line, or several where line breaks were lost."""
    anchors, footers = [], _find_footers(table)
    for row, periods in enumerate(table.periods):
        if table.headings[row] or row in footers:
            continue
        inline = [Anchor(row, period) for period in periods if find_inline(table, Anchor(row, period))]
        ranges = [period for period in periods if period.kind != "single"] or periods
        if inline:
            anchors += inline
        elif ranges and _is_anchor(table, Anchor(row, ranges[0])):
            anchors.append(Anchor(row, ranges[0]))
    repeated = {anchor for anchor, following in pairwise(anchors) if _repeats_year(table, anchor, following)}
    repeated |= {anchor for before, anchor in pairwise(anchors) if _says_period_again(table, anchor, before)}
    return [anchor for anchor in anchors if anchor not in repeated]

"""The dates that entries hang on."""

import re
from collections import Counter
from itertools import zip_longest
from typing import NamedTuple

from skills.anatomy.dates import Period, is_duration
from skills.anatomy.entries.row_table import RowTable, Title
from skills.anatomy.entries.rows import load_entry_words, tells_deed
from skills.anatomy.titles.job_titles import holds_wish

# Of a line of text, so many characters at its end may be the head of the next entry, where line breaks were lost.
TAIL_CHARACTERS = 130
# Beside a date at its edge, a line may hold so much else and be a head.
MAX_BARE_CHARACTERS = 70
# How many posts a line may tell of.
POSTS_IN_LINE = range(2, 7)
# Where only entries with a title are looked for: no heading says that posts stand there.
TITLED_ONLY = frozenset({"summary", "skills", "languages", "interests", "identity", "additional", "awards"})
# Where nobody tells what they did, but below the dated line of a project whose heading is lost or unknown.
DEEDLESS = frozenset({"summary", "skills", "education", "courses", "additional", "activities", "languages"})
WITHOUT_POSTS = frozenset({"publications", "courses"})
# Where a single date belongs to an entry though no title is known beside it.
SINGLE_DATED = frozenset({"projects", "education", "experience"})
# From a year alone, as on a line of time, to the date of its post.
MAX_ROWS_TO_POST = 3
# What is no more than a date of its own may stand on many lines.
MAX_DATE_CHARACTERS = 16
# A place behind a date is no longer: “May 2018, New South Wales”.
PLACE = re.compile(r"[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,2}")
PRONOUN = re.compile(r"^\s*(?:i|he|she|they|we)\b", re.IGNORECASE)
SENTENCE_END = re.compile(r"[a-z]{3}[.;?!]\s")


class Anchor(NamedTuple):
    """A date that an entry hangs on, on a row."""

    row: int
    period: Period


def _stands_at_edge(table: RowTable, anchor: Anchor) -> bool:
    """Return whether a date opens or closes its line, alone or with words that belong to it or a place behind it."""
    row, known = table.rows[anchor.row], load_entry_words().dated
    before, behind = (
        [table.text[slice(*piece)] for piece in table.split(*bounds)]
        for bounds in ((row.start, anchor.period.start), (anchor.period.end, row.end))
    )
    beside = [words for words in behind if not is_duration(words)]
    return all(words.lower().rstrip(".") in known for words in before) or (
        not beside or (not row.prose and len(beside) == 1 and PLACE.fullmatch(beside[0]) is not None)
    )


def _find_beside_others(table: RowTable, anchor: Anchor) -> Title | None:
    """Return the title that stands right before a date of a line of several: “Analyst (2016), Lead (2019)”."""
    dates = [period for period in table.periods[anchor.row] if period.kind != "single"]
    if len(dates) not in POSTS_IN_LINE:
        return None
    bounds = zip([table.rows[anchor.row].start, *(date.end for date in dates)], dates, strict=False)
    own = [
        [title for title in table.titles[anchor.row] if start <= title.start and title.end <= date.start]
        for start, date in bounds
    ]
    return own[dates.index(anchor.period)][-1] if anchor.period in dates and all(own) else None


def find_inline(table: RowTable, anchor: Anchor) -> Title | None:
    """Return the title shortly before a date within a line of text, as where all line breaks were lost."""
    row, (first, _, kind, *_) = anchor.row, anchor.period
    if kind == "single":
        return None
    if not table.rows[row].prose:
        return _find_beside_others(table, anchor)
    titles = [title for title in table.titles[row] if first - TAIL_CHARACTERS < title.end <= first]
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
    """Return whether the rows from `first` to `last` stand over what somebody did, and name no school: a project."""
    if any(map(table.names_school, range(first, last + 1))):
        return False
    if period and period.start >= table.rows[last].start and ends_at_colon(table, last, period):
        return tells_deed(PRONOUN.sub("", table.text[period.end + 1 : table.rows[last].end]))
    behind = last + 1
    return behind < len(table.rows) and not table.headings[behind] and tells_deed(table.rows[behind].text)


def stands_over_deed(table: RowTable, anchor: Anchor) -> bool:
    """Return whether a short dated line stands over what somebody did, under whatever heading."""
    row, period = table.rows[anchor.row], anchor.period
    short = len(row.text) < MAX_BARE_CHARACTERS and not row.item and _stands_at_edge(table, anchor)
    return (short or ends_at_colon(table, anchor.row, period)) and heads_deed(table, anchor.row, anchor.row, period)


def _is_anchor(table: RowTable, anchor: Anchor) -> bool:
    if find_inline(table, anchor) or (table.sections[anchor.row] in DEEDLESS and stands_over_deed(table, anchor)):
        return True
    row, section = table.rows[anchor.row], table.sections[anchor.row]
    titled = table.leading_title(anchor.row) is not None
    if section in WITHOUT_POSTS and not titled:
        return False
    if anchor.period.kind == "single" and not (titled or (section in SINGLE_DATED and not row.item)):
        return False
    if not _stands_at_edge(table, anchor):
        return titled and not row.prose
    if row.prose:
        short = len(row.text) < MAX_BARE_CHARACTERS and section not in TITLED_ONLY
        short = short and (not row.item or (section == "experience" and not tells_deed(row.text)))
        return (titled and len(row.text) < 2 * TAIL_CHARACTERS) or (short and anchor.period.kind != "single")
    return not row.item or titled or len(row.text) < MAX_BARE_CHARACTERS


def _find_footers(table: RowTable) -> frozenset[int]:
    """Return the rows with a single date that several pages have, the numbers left out: “May 1, 2025 - page 2”."""
    rows = [row for row, periods in enumerate(table.periods) if [period.kind for period in periods] == ["single"]]
    said = {row: re.sub(r"\d+", "", table.rows[row].text) for row in rows}
    counts = Counter(said.values())
    return frozenset(row for row in rows if counts[said[row]] > 1 and len(said[row]) > MAX_DATE_CHARACTERS)


def _heralds(table: RowTable, anchor: Anchor, behind: Anchor) -> bool:
    """Tell whether a year on a line of its own only says when the post right below began or ended."""
    (row, period), (next_row, other) = anchor, behind
    if period.kind != "single" or not row < next_row <= row + MAX_ROWS_TO_POST or period.until is None:
        return False
    years = {point.year for point in (other.since, other.until) if point} if other.kind != "single" else set[int]()
    return period.until.year in years and not table.split(table.rows[row].start, table.rows[row].end)


def find_anchors(table: RowTable) -> list[Anchor]:
    """Return the dates that entries hang on: one of each line, or several where line breaks were lost."""
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
    return [
        anchor
        for anchor, behind in zip_longest(anchors, anchors[1:])
        if behind is None or not _heralds(table, anchor, behind)
    ]

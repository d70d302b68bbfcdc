"""The heads of entries: the lines around a date that say what was held, where and when, in whatever order."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from skills.anatomy.dates import Period, is_duration
from skills.anatomy.entries.page import Page, Title
from skills.anatomy.entries.rows import load_entry_words, tells_deed
from skills.anatomy.titles.job_titles import holds_wish

Side = Literal["above", "below"]

# A title stands at most so many lines from its date, and an employer from either.
FARTHEST_ROWS = 3
# Of a line of text, so many characters at its end may be the head of the next entry, where line breaks were lost.
TAIL_CHARACTERS = 130
# Beside a date at its edge, a line may hold so much else and be a head.
LONGEST_BARE_CHARACTERS = 70
# Where only entries with a title are looked for: no heading says that posts stand there.
TITLED_ONLY = frozenset({"summary", "skills", "languages", "interests", "identity", "additional", "awards"})
# Where nobody tells what they did, but below the dated line of a project whose heading is lost or unknown.
DEEDLESS = frozenset({"summary", "skills", "education", "courses", "additional", "activities", "languages"})
WITHOUT_POSTS = frozenset({"publications", "courses"})
# Where a single date belongs to an entry though no title is known beside it.
SINGLE_DATED = frozenset({"projects", "education", "experience"})


# What is no more than a date of its own may stand on many lines.
LONGEST_DATE = 16
# A place behind a date is no longer: “May 2018, New South Wales”.
PLACE = re.compile(r"[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,2}")
# What parts a title from an employer behind it.
PARTED = re.compile(r"\s*[,|(.:\u2022\u00b7\n]|\s+[-\u2013\u2014@]\s|\s+at\s")
PRONOUN = re.compile(r"^\s*(?:i|he|she|they|we)\b", re.IGNORECASE)
# A word with a capital, and so where a title begins that runs on from a line of text: “iOS Developer”.
CAPITALIZED = re.compile(r"\b[a-z]?[A-Z]")
BEHIND_SENTENCE = re.compile(r"\.\s+$")
SENTENCE_END = re.compile(r"[a-z]{3}[.;?!]\s")


class Anchor(NamedTuple):
    """A date that an entry hangs on, on a row."""

    row: int
    period: Period


class Head(NamedTuple):
    """A head: its rows (`first` to `last`), where it starts, its date and title if it has them."""

    first: int
    last: int
    start: int
    period: Period | None
    title: Title | None


class Beside(NamedTuple):
    """A title beside a date: its row, and where the head begins that it belongs to."""

    row: int
    start: int
    title: Title


def _is_head_row(page: Page, row: int) -> bool:
    """Return whether a row can be part of a head."""
    return (
        0 <= row < len(page.rows)
        and not page.headings[row]
        and (not page.rows[row].prose or page.own_title(row) is not None)
    )


def _stands_at_edge(page: Page, anchor: Anchor) -> bool:
    """Return whether a date opens or closes its line, alone or with words that belong to it or a place behind it."""
    row, known = page.rows[anchor.row], load_entry_words().dated
    before, behind = (
        [page.text[slice(*piece)] for piece in page.split(*bounds)]
        for bounds in ((row.start, anchor.period.start), (anchor.period.end, row.end))
    )
    beside = [words for words in behind if not is_duration(words)]
    return all(words.lower().rstrip(".") in known for words in before) or (
        not beside or (not row.prose and len(beside) == 1 and PLACE.fullmatch(beside[0]) is not None)
    )


def _find_inline(page: Page, anchor: Anchor) -> Title | None:
    """Return the title shortly before a date within a line of text, as where all line breaks were lost."""
    row, (first, _, kind, *_) = anchor.row, anchor.period
    if kind == "single" or not page.rows[row].prose:
        return None
    titles = [title for title in page.titles[row] if first - TAIL_CHARACTERS < title.end <= first]
    if not titles or not page.text[titles[-1].start].isupper():
        return None
    sought = kind == "open" and holds_wish(page.text[titles[-1].end : first])
    if sought or SENTENCE_END.search(page.text, titles[-1].end, first):
        return None
    return titles[-1]


def ends_at_colon(page: Page, row: int, period: Period) -> bool:
    """Return whether a short head and its date stand before a colon, behind which the line goes on."""
    start, end, *_ = page.rows[row]
    short = start < period.start < start + LONGEST_BARE_CHARACTERS
    return short and period.end < end and page.text.startswith(":", period.end)


def heads_deed(page: Page, first: int, last: int, period: Period | None) -> bool:
    """Return whether the rows from `first` to `last` stand over what somebody did, and name no school: a project."""
    if any(map(page.names_school, range(first, last + 1))):
        return False
    if period and period.start >= page.rows[last].start and ends_at_colon(page, last, period):
        return tells_deed(PRONOUN.sub("", page.text[period.end + 1 : page.rows[last].end]))
    behind = last + 1
    return behind < len(page.rows) and not page.headings[behind] and tells_deed(page.rows[behind].text)


def _heads_deed(page: Page, anchor: Anchor) -> bool:
    """Return whether a short dated line stands over what somebody did, under whatever heading."""
    row, period = page.rows[anchor.row], anchor.period
    short = len(row.text) < LONGEST_BARE_CHARACTERS and not row.item and _stands_at_edge(page, anchor)
    return (short or ends_at_colon(page, anchor.row, period)) and heads_deed(page, anchor.row, anchor.row, period)


def _is_anchor(page: Page, anchor: Anchor) -> bool:
    if _find_inline(page, anchor) or (page.sections[anchor.row] in DEEDLESS and _heads_deed(page, anchor)):
        return True
    row, section = page.rows[anchor.row], page.sections[anchor.row]
    titled = page.leading_title(anchor.row) is not None
    if section in WITHOUT_POSTS and not titled:
        return False
    if anchor.period.kind == "single" and not (titled or (section in SINGLE_DATED and not row.item)):
        return False
    if not _stands_at_edge(page, anchor):
        return titled and not row.prose
    if row.prose:
        short = len(row.text) < LONGEST_BARE_CHARACTERS and not row.item and section not in TITLED_ONLY
        return (titled and len(row.text) < 2 * TAIL_CHARACTERS) or (short and anchor.period.kind != "single")
    return not row.item or titled or len(row.text) < LONGEST_BARE_CHARACTERS


def _find_footers(page: Page) -> frozenset[int]:
    """Return the rows with a single date that several pages have, the numbers left out: “May 1, 2025 - page 2”."""
    rows = [row for row, periods in enumerate(page.periods) if [period.kind for period in periods] == ["single"]]
    said = {row: re.sub(r"\d+", "", page.rows[row].text) for row in rows}
    counts = Counter(said.values())
    return frozenset(row for row in rows if counts[said[row]] > 1 and len(said[row]) > LONGEST_DATE)


def find_anchors(page: Page) -> list[Anchor]:
    """Return the dates that entries hang on: one of each line, or several where line breaks were lost."""
    anchors, footers = [], _find_footers(page)
    for row, periods in enumerate(page.periods):
        if page.headings[row] or row in footers:
            continue
        inline = [Anchor(row, period) for period in periods if _find_inline(page, Anchor(row, period))]
        ranges = [period for period in periods if period.kind != "single"] or periods
        if inline:
            anchors += inline
        elif ranges and _is_anchor(page, Anchor(row, ranges[0])):
            anchors.append(Anchor(row, ranges[0]))
    return anchors


def _walk(page: Page, row: int, step: int, dated: frozenset[int]) -> Iterator[int]:
    """Yield the rows beside a date that can be of its head, nearest first."""
    for other in range(row + step, row + step * (FARTHEST_ROWS + 1), step):
        if not _is_head_row(page, other) or other in dated:
            return
        if page.rows[other].item:
            if step < 0 and _is_title_item(page, other):
                yield other
            return
        yield other


def _find_title_on(page: Page, rows: Iterator[int]) -> Beside | None:
    for row in rows:
        if title := page.own_title(row):
            return Beside(row, page.rows[row].start, title)
    return None


def _find_in_tail(page: Page, row: int) -> Title | None:
    """Return the title that the end of a line of text holds, as where the break before the next head was lost."""
    if row < 0 or page.headings[row]:
        return None
    tail = max(page.rows[row].start, page.rows[row].end - TAIL_CHARACTERS)
    titles = [title for title in page.titles[row] if title.start >= tail]
    if not titles or BEHIND_SENTENCE.search(page.text, tail, titles[-1].start):
        return titles[-1] if titles else None
    capital = CAPITALIZED.search(page.text, titles[-1].start, titles[-1].end)
    return titles[-1]._replace(start=capital.start()) if capital else None


def _is_title_item(page: Page, row: int) -> bool:
    """Tell whether a row is an item of a list and opens with a title that something parts from the rest."""
    if row == len(page.rows) or not page.rows[row].item or page.rows[row].prose or page.headings[row]:
        return False
    title = page.leading_title(row)
    return title is not None and (title.end == page.rows[row].end or PARTED.match(page.text, title.end) is not None)


def _walk_below(page: Page, row: int, dated: frozenset[int]) -> Iterator[int]:
    """Yield the rows below a date that can be of its head: of text, one whose title something parts from the rest."""
    if _is_title_item(page, row + 1) and row + 1 not in dated:
        yield row + 1
    for other in _walk(page, row, 1, dated):
        title = page.leading_title(other)
        parted = title and (PARTED.match(page.text, title.end) or page.text[title.end - 1] == ")")
        if not page.rows[other].prose or parted or page.closing_title(other):
            yield other


class Sides(NamedTuple):
    """The titles beside a date: on its row, above and below it."""

    own: Title | None
    above: Beside | None
    below: Beside | None


def _find_above(page: Page, row: int, dated: frozenset[int], *, lasting: bool) -> Beside | None:
    """Return the title above a date: of a row of the head, or at the end of the line of text right above.

    Only a date that says how long something lasted (`lasting`) belongs to a line of text.
    """
    tail = _find_in_tail(page, row - 1) if lasting else None
    if tail and page.rows[row - 1].prose:
        return Beside(row - 1, tail.start, tail)
    return _find_title_on(page, _walk(page, row, -1, dated)) or (tail and Beside(row - 1, tail.start, tail))


def _look_around(page: Page, anchor: Anchor, dated: frozenset[int]) -> Sides:
    row = anchor.row
    own = _find_inline(page, anchor) or page.leading_title(row) or next(iter(page.titles[row]), None)
    return Sides(
        own,
        None if own else _find_above(page, row, dated, lasting=anchor.period.kind != "single"),
        None if own else _find_title_on(page, _walk_below(page, page.last_row(row, anchor.period.end), dated)),
    )


def _find_habit(sides: Sequence[Sides]) -> Side:
    """Return on which side of their dates the titles stand where that is plain."""
    above = sum(side.above is not None and side.below is None for side in sides)
    below = sum(side.below is not None and side.above is None for side in sides)
    return "below" if below > above else "above"


def _choose(side: Sides, habit: Side) -> Beside | None:
    first, second = (side.below, side.above) if habit == "below" else (side.above, side.below)
    return first or second


def find_heads(page: Page) -> list[Head]:
    """Return the heads of the dated entries, in text order."""
    anchors = find_anchors(page)
    dated = frozenset(anchor.row for anchor in anchors)
    sides = [_look_around(page, anchor, dated) for anchor in anchors]
    habit = _find_habit(sides)
    heads: list[Head] = []
    taken = 0
    for anchor, side in zip(anchors, sides, strict=True):
        head = _make_head(page, anchor, side, habit, taken)
        if head:
            heads.append(head)
            last = page.rows[head.last]
            taken = anchor.period.end if last.prose and side.own else last.end
    return heads


def _make_head(page: Page, anchor: Anchor, side: Sides, habit: Side, taken: int) -> Head | None:
    """Return the head of a date; what stands before `taken` belongs to another."""
    row, period = anchor
    last = page.last_row(row, period.end)
    if side.own:
        start = side.own.start if page.rows[row].prose else page.rows[row].start
        return Head(row, max(last, page.last_row(row, side.own.end)), start, period, side.own)
    above = side.above if side.above and side.above.title.start >= taken else None
    chosen = _choose(side._replace(above=above), habit)
    if chosen:
        start = min(chosen.start, page.rows[row].start)
        last = max(last, page.last_row(chosen.row, chosen.title.end))
        return Head(min(chosen.row, row), last, start, period, chosen.title)
    if page.sections[row] in TITLED_ONLY and not _heads_deed(page, anchor):
        return None
    return Head(row, last, page.rows[row].start, period, None)

"""Posts in prose: “From May 2019 to June 2022 I worked as a data scientist at Fernmark Bank”."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from skills.anatomy.dates import Period
from skills.anatomy.entries.heads import Head
from skills.anatomy.entries.row_table import RowTable, Title
from skills.anatomy.entries.rows import load_entry_words
from skills.anatomy.sections import EXPERIENCE, TOP
from skills.text.bullets import OPENING_SIGNS
from skills.text.spans import Span

# Where people write of their posts in sentences.
PROSE_SECTIONS = frozenset({TOP, "summary", EXPERIENCE})
MAX_CHARACTERS_BESIDE_TITLE = 200
NEW_ITEM = rf"\n[^\S\n]*(?:[{OPENING_SIGNS}]|\n)"
BREAK = re.compile(rf"[.!?](?=\s+[A-Z])|{NEW_ITEM}")
STOP = re.compile(rf"[.!?](?=\s+[A-Z{OPENING_SIGNS}]|\s*$)|{NEW_ITEM}|\s*$")
# Between a date and what it is the date of: an employer's line above “I worked as …”.
BREAK_BEFORE = re.compile(r"[^\w]*\n[^\w]*(?:I )?")
# What parts the employer from what else a sentence says behind a title.
LINK = re.compile(r"\b(?:in|from|for|with|where|until|till|since|to|and|based)\b")


@cache
def _compile_held_before() -> re.Pattern[str]:
    """Match the words right before a title that say that the post was held: “I worked as a”."""
    words = "|".join(word.replace(" ", r"\s+") for word in load_entry_words().told)
    return re.compile(rf"\b(?:{words})\s+(?:(?:an?|the)\s+)?$", re.IGNORECASE)


def _find_sentence(table: RowTable, title: Title) -> Span:
    """Return the sentence around a title, as far as it is near."""
    first = max(0, title.start - MAX_CHARACTERS_BESIDE_TITLE)
    starts = [match.end() for match in BREAK.finditer(table.text, first, title.start)]
    last = min(len(table.text), title.end + MAX_CHARACTERS_BESIDE_TITLE)
    stop = STOP.search(table.text, title.end, last)
    return Span(starts[-1] if starts else first, stop.start() if stop else last)


def _find_period(table: RowTable, row: int, sentence: Span) -> Period | None:
    """Return the first time within a sentence around a row that says how long something lasted."""
    return next(
        (
            period
            for periods in table.periods[max(0, row - 2) : row + 3]
            for period in periods
            if period.kind != "single" and sentence.start <= period.start < sentence.end
        ),
        None,
    )


def _parse_head(table: RowTable, row: int, title: Title) -> Head | None:
    """Parse a sentence with a title: return the head that it is, if it says that the post was held and when."""
    sentence = _find_sentence(table, title)
    period = _find_period(table, row, sentence)
    held = _compile_held_before().search(table.text, sentence.start, title.start)
    if period is None or held is None or BREAK_BEFORE.fullmatch(table.text, period.end, held.start()):
        return None
    first = next(other for other, periods in enumerate(table.periods) if period in periods)
    end = max(sentence.end, period.end)
    last = table.find_last_row(row, end)
    return Head(min(first, row), max(first, last), min(period.start, title.start), period, title, end)


def _find_prose_posts(table: RowTable) -> Iterator[Head]:
    for row, titles in enumerate(table.titles):
        for title in titles if table.sections[row] in PROSE_SECTIONS else ():
            head = None if title.degree else _parse_head(table, row, title)
            if head:
                yield head


def add_prose_posts(table: RowTable, heads: Sequence[Head]) -> list[Head]:
    """Return heads in text order, with those that are sentences in place of what was found on the same rows.

    Where the posts of a résumé have heads of their own, its summary only names them again.
    """
    posts = list(_find_prose_posts(table))
    titles = {head.title: table.sections[head.last] for head in posts}
    if any(head.period and head.title and not head.is_degree and head.title not in titles for head in heads):
        return [head for head in heads if titles.get(head.title, EXPERIENCE) == EXPERIENCE]
    rows = {row for head in posts for row in range(head.first, head.last + 1)}
    return sorted([*posts, *(head for head in heads if rows.isdisjoint(range(head.first, head.last + 1)))])


def split_sentence(table: RowTable, title: Title, end: int) -> list[Span]:
    """Return the pieces of a sentence behind its title, as far as they may be names."""
    links = [Span(*match.span()) for match in LINK.finditer(table.text, title.end, end)]
    pieces = table.split(title.end, end, links)
    return [piece for piece in pieces if table.text[piece.start].isupper() or table.text[piece.start].isdigit()]

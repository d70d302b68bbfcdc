"""The lines of a résumé as a table: each with its section, dates, titles and degrees. Entries are found in it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from skills.anatomy.dates import Period
from skills.anatomy.entries.rows import EDGE, MAX_HEAD_CHARACTERS, Row
from skills.anatomy.studies.degree_words import names_school
from skills.text.spans import Span

# What parts a title from an employer, and an employer from a place. A look at what each may begin with comes first.
SEPARATOR = re.compile(
    r"(?=[\s|;\u2022\u00b7(){}*_`,:]|(?<=\s)[a@])(?:\s*[|;\u2022\u00b7\t\n]\s*|\s+(?:[-\u2010-\u2015]+|/)\s+"
    r"|,\s+|\s{3,}|(?<=\s)(?:at|@)\s+|\s*[(){}]\s*|\s*[*_`]+\s*|:\s+)"
)
# A school's name that goes on behind “at”: “University of Ostrava at Karvina”.
OF_SCHOOL = re.compile(r"\b(?:University|College|School|Institute) [Oo]f (?:[A-Z][\w.]*\s){1,3}$")
MAX_SCHOOL_CHARACTERS = 60
# What stands right before a title that does not open its line.
BEFORE_TITLE = re.compile(r"[|,;:(\u2022\u00b7\u2013\u2014/-]\s*[*_`]*$")
# Names with capitals and commas behind them: “Acme Systems, Bremen, ”.
FIRMS = re.compile(r"(?:[A-Z\d][\w&.'-]*(?: (?:(?:of|the|and|for) )*[A-Z\d&][\w&.'-]*)*, )+")


class Title(NamedTuple):
    """The title of an entry at `text[start:end]`: a job title, or a degree, whose field is repeated up to `reach`."""

    start: int
    end: int
    reach: int
    degree: bool


@dataclass(frozen=True, slots=True)
class RowTable:
    """The rows of a text; `sections`, `headings`, `periods` and `titles` are of the row with the same index.

    `dates` are the places of all dates, in text order.
    """

    text: str = field(repr=False)
    rows: Sequence[Row] = field(repr=False)
    sections: Sequence[str]
    headings: Sequence[bool]
    periods: Sequence[Sequence[Period]]
    dates: Sequence[Span]
    titles: Sequence[Sequence[Title]]

    def split(self, start: int, end: int, taken: Iterable[Span] = ()) -> list[Span]:
        """Return the pieces of a range between its separators, its dates and the ranges `taken`."""
        if start >= end:
            return []
        cuts = [*taken, *self._list_separators(start, end)]
        first = max(0, bisect_left(self.dates, (start, 0)) - 1)  # one may begin in the row above
        cuts += [date for date in self.dates[first : first + 5] if date[0] < end]
        pieces, done = [], start
        for cut_start, cut_end in [*sorted(cuts), (end, end)]:
            if cut_start > done:
                pieces.append(self._strip(done, cut_start))
            done = max(done, cut_end)
        return [piece for piece in pieces if any(map(str.isalnum, self.text[slice(*piece)]))]

    def _list_separators(self, start: int, end: int) -> Iterator[Span]:
        for match in SEPARATOR.finditer(self.text, start, end):
            before = self.text[max(start, match.start() - MAX_SCHOOL_CHARACTERS) : match.start()]
            if not (match[0].startswith("at") and OF_SCHOOL.search(before)):
                yield Span(*match.span())

    def _strip(self, start: int, end: int) -> Span:
        said = self.text[start:end]
        start += len(said) - len(said.lstrip(EDGE))
        return Span(start, start + len(said.strip(EDGE)))

    def find_last_row(self, row: int, end: int) -> int:
        """Return the row of an end offset, for a title or a date that begins in `row` and may go on in the next."""
        while end > self.rows[row].end and row + 1 < len(self.rows):
            row += 1
        return row

    def names_school(self, row: int) -> bool:
        """Return whether a row has a word for a school."""
        return names_school(self.rows[row].text)

    def follows_date(self, title: Title) -> bool:
        """Return whether nothing stands between a date and a title behind it."""
        before = self.text[: title.start].rstrip(EDGE)
        return any(date.end == len(before) for date in self.dates)

    def list_degrees(self, row: int) -> list[Title]:
        """Return the degrees of a row that open it, or that follow a date or the school of the one before."""
        degrees = [title for title in self.titles[row] if title.degree]
        opening = self.find_leading_title(row)
        before = dict(zip(degrees[1:], degrees, strict=False))
        return [
            title
            for title in degrees
            if title == opening
            or self.follows_date(title)
            or (title in before and names_school(self.text[before[title].reach : title.start]))
        ]

    def find_own_title(self, row: int) -> Title | None:
        """Return the title that a row opens with, or that a separator parts from a firm before it."""
        if title := self.find_leading_title(row):
            return title
        start = self.rows[row].start
        apart = (title for title in self.titles[row] if BEFORE_TITLE.search(self.text, start, title.start))
        return self.find_closing_title(row) if self.rows[row].prose else next(apart, None)

    def find_closing_title(self, row: int) -> Title | None:
        """Return the job title that closes a row behind an employer, with or without a full stop: “Acme, Analyst.”."""
        start, end, said, *_ = self.rows[row]
        if len(said) > MAX_HEAD_CHARACTERS or not self.titles[row]:
            return None
        title = self.titles[row][-1]
        closes = self.text[title.end : end] in {"", "."} and not title.degree
        return title if closes and FIRMS.fullmatch(self.text, start, title.start) else None

    def find_leading_title(self, row: int) -> Title | None:
        """Return the title or degree that a row opens with, without its dates."""
        start = self.rows[row].start
        return next((title for title in self.titles[row] if not self.split(start, title.start)), None)

"""The one grammar of dates: ranges, open ranges and single dates, however a résumé writes them.

A text is first written as its shape, one sign for each word and number (“Jan 2020 – now” is `M Y-R`), in which dates
are matched. So the patterns are short, and the words are data.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from skills.anatomy.date_words import LAST_YEAR, Shape, load_dates, number_months, write_shape
from skills.text.spans import Span

MONTHS_PER_YEAR = 12
CENTURIES = (1900, 2000)
LAST_SHORT_YEAR = LAST_YEAR % 100  # of two digits, later ones are of the last century
MAX_SHORT_RANGE_YEARS = 15  # years: “1987-08” is a month
MAX_DURATION_CHARACTERS = 30

PeriodKind = Literal["range", "open", "single"]


class Point(NamedTuple):
    """A year, and its month (1 to 12) if the text says it."""

    year: int
    month: int | None = None

    @property
    def number(self) -> int:
        """The number of the month, counted from year 0; a year alone counts from its first month."""
        return self.year * MONTHS_PER_YEAR + (self.month or 1) - 1


class Period(NamedTuple):
    """A date of a text, at `text[start:end]`.

    A `range` has a beginning and an end, an `open` one has no end, a `single` date has `until` alone. `present` says
    that it reaches to now. `rest` is where the second half stands if words of another column come between:
    “Jul 2016 - Dec | Engineer”, “2019 | Acme”.
    """

    start: int
    end: int
    kind: PeriodKind
    since: Point | None
    until: Point | None
    present: bool = False
    rest: Span | None = None


def find_this_month() -> Point:
    """Return the month that this version takes as the present one, so that a report does not depend on its day."""
    year, _, month = load_dates().this_month.partition("-")
    return Point(int(year), int(month))


# Lines without any of these hold no year: 2020, '20, 1/20, “May 20”. Digits are sought first, as they are rare.
YEAR_LIKE = re.compile(
    r"\d\d(?:(?<=19|20)\d\d|(?<=['\u2019\u2018]\d\d)|(?<=\d/\d\d)|(?<=[a-z][ -]\d\d)|(?<=[a-z]\. \d\d))"
)

FULL = (
    r"(?:(?:Nh?(?: o)?[ .-]{1,2})?M\.?(?: (?:F )?Nh?(?=[, ])|Nh?(?=[, ]))?(?: ?-|[,.'/]| o)? ?\n?Y|M\.?,? ?'N"
    r"|P[,'/-]? ?(?:o )?Y|Y ?[,./-]? ?[MP]\.?|Y[-./]N(?:[-./]N)?(?![-./])|(?:N[./-])?N ?[./-] ?Y|Yy ?(?:Nm)?|Y)"
    r"(?![A-Za-z])"
)
SHORT = r"(?:M\.?,? ?['-]?N|P ?'N|N/N(?:/N)?|[MP]\.?|'N)(?![A-Za-z])"
YEARED = r"(?:M\.?,? ?['-]?N|P ?'N|N/N(?:/N)?|'N)(?![A-Za-z/])"
NOW = r"(?:(?:(?:F[ '-]|o )*(?:R\.?(?: D(?= ?(?:$|[\n~,;)])))?|(?<=F )D))(?![A-Za-z]))"
COMING = r"(?:\(?E\.?\)? )?"
JOIN = rf"\)?(?: ?\n(?=J Y))? ?(?:[-~]+|(?<= )[:/](?= )|-?(?:F )?J-?) ?\n? ?(?:J )?{COMING}\(?"
DASH = rf"\)? ?(?:-+|-?(?:F )?J-?) ?\n? ?(?:J )?{COMING}\(?"
MONTH = r"(?:M\.? ?Y|N[./]Y)(?![A-Za-z/.-])"
# Neither a telephone number (“555-2010-2015”, “(555) 2010-2015”), nor an amount, nor part of a word or longer number.
FIRST = r"(?<![A-Za-z])(?<!T[-. ])(?<!T\) )(?<!N[.,](?=Y))"
# “Start date: Jan 2020, end date:” before the end of a range.
SINCE = r"S(?: ?R)?:? (?:F )?"
LABELLED = r"[ ,;~]*\n?[ ,;~]*(?:L(?: ?R)?+|J):? "
# Groups: `since_…` is the beginning of a date, `until_…` its end, `half_…` a part of its end that stands apart.
RANGE_WITH_LABELS = rf"{SINCE}(?P<since_labelled>{FULL})(?:{LABELLED}| A )(?P<until_labelled>{FULL}|{NOW})"
RANGE_WITH_DASH = "|".join(
    (
        rf"(?P<since_full>{FULL}){JOIN}(?P<until_full>{FULL}|{NOW})",  # Jan 2020 - Mar 2021
        rf"(?P<since_short>{SHORT}){DASH}(?P<until_short>{FULL}|{NOW})",  # Jan - Mar 2020
        rf"(?P<since_two_digits>{YEARED}){DASH}(?P<until_two_digits>{YEARED})",  # Jan '20 - Mar '21
        rf"(?P<since_long>{FULL}){DASH}(?P<until_shortened>{SHORT}|'?N(?![-./,:x]))",  # 2008 - 11
        rf"(?P<until_reversed>{NOW}){JOIN}(?P<since_reversed>{FULL})",  # Present - Jan 2020
    )
)
RANGE = "|".join(
    (
        RANGE_WITH_LABELS,
        rf"(?:{SINCE})?(?:{RANGE_WITH_DASH})",
        rf"(?P<since_comma>{FULL})(?:[,;] ?| ?\()(?P<until_comma>{NOW})(?= ?(?:$|[\n)~]))",  # Jan 2020, present
        r"(?P<since_months>N) ?-+ ?(?P<until_months>N[./](?P<year_of_months>Y))",  # 1 - 3/2020
        # 2020, Jan - Mar
        r"(?P<half_year>Y),? \(?(?P<since_year>M)\.? ?(?:-+|J) ?(?P<until_year>M\.?)(?![A-Za-z ]*[YN'])",
        # Jan 2020 Mar 2021, on lines of their own
        rf"(?:^|(?<=\n)) ?(?P<since_beside>{MONTH}) (?P<until_beside>{MONTH}(?! ?[-~J])|{NOW}(?= ?(?:$|\n)))",
    )
)
OPEN = rf"{SINCE}(?P<since_word>{FULL})|(?P<since_open>{FULL})(?: O(?![A-Za-z])|\)? ?-[- ]*(?=$|[\n~,;)?]|\.\.))"
# A range of several lines in a narrow column: “Jan 2020”, “–”, “Present”.
STACKED = rf"(?P<since_stacked>{FULL}|{YEARED})\)? ?\n ?-+ ?\n? ?(?P<until_stacked>{FULL}|{NOW})(?= ?\)?(?:$|\n))"
# A month below another, or above “present”, each on a line of its own: in a narrow column the later may stand above.
UNDER = (
    rf"(?:^|(?<=\n)) ?(?P<since_under>{MONTH}) ?\n ?(?P<until_under>{MONTH}|{NOW})(?= ?(?:$|\n))"
    rf"(?! ?\n ?{MONTH} ?(?:$|\n))|(?:^|(?<=\n)) ?(?P<until_over>{NOW}) ?\n ?(?P<since_over>{MONTH})(?= ?(?:$|\n))"
)
# A range of two lines in a narrow column; the text between its two halves belongs to the column next to it.
LEFT_COLUMN = (
    rf"(?:^|(?<=\n)) ?(?P<since_left>{FULL}|{SHORT}) ?-+ ?(?!{FULL}|{NOW})(?P<half_left>{SHORT} )?(?=[A-Za-z])[^\n]*"
    rf"\n ?(?P<until_left>{FULL}|{NOW})(?! ?(?:[-~]|J))"
)
RIGHT_COLUMN = (
    rf"(?P<since_right>{FULL}) ?-+ ?(?!{FULL}|{NOW})(?P<half_right>{SHORT})?"
    rf"\n(?! ?(?:{FULL}|{NOW}))[^\n]* (?P<until_right>{FULL}|{NOW})(?=\n|$)"
)
SINGLE = rf"(?<!-)(?P<until_single>{FULL})(?!x|[.,:][NT])"
# What a date may begin with; to look at that first takes a quarter of the time.
BEGINNING = r"(?=[NMPYSFR']|(?<![^\n]) )"
DATE = re.compile(rf"{BEGINNING}{FIRST}(?:{LEFT_COLUMN}|{RIGHT_COLUMN}|{RANGE}|{STACKED}|{UNDER}|{OPEN}|{SINGLE})")
BEGINNINGS = tuple(name for name in DATE.groupindex if name.startswith("since_"))
ENDS = tuple(name for name in DATE.groupindex if name.startswith("until_"))
HALVES = tuple(name for name in DATE.groupindex if name.startswith("half_"))
PRESENT = frozenset("RD")
DURATION = re.compile(r"[~( ]*(?:N ?U[,.) ]*(?:w )?)+")


def _complete(digits: int) -> int:
    """Return the year that two digits stand for."""
    return CENTURIES[digits <= LAST_SHORT_YEAR] + digits


def _choose_month(numbers: Sequence[int], *, year_first: bool) -> int | None:
    """Return the month of a date in figures: of 2020-01-15 and 15.01.2020 the middle one, of 01/15/2020 the first."""
    order = numbers if year_first else numbers[::-1]
    return next((number for number in order if 1 <= number <= MONTHS_PER_YEAR), None)


def _read_point(shape: Shape, places: Sequence[tuple[int, int]], year: int | None = None) -> Point | None:
    """Return the point that parts of a shape stand for; without a year of its own it lies in `year`."""
    pairs = [(shape.signs[i], shape.words[i]) for start, end in places for i in range(start, end)]
    names = [number_months()[word] for sign, word in pairs if sign in "MP"]
    figures = [int(word) for sign, word in pairs if sign == "N"]
    years = [int(word) for sign, word in pairs if sign == "Y"]
    if not years and figures:
        years = [_complete(figures.pop())]
    month = names[0] if names else _choose_month(figures, year_first=pairs[0][0] == "Y")
    return Point(years[0], month) if years else Point(year, month) if year else None


def _find_group(match: re.Match[str], names: Iterable[str]) -> tuple[int, int] | None:
    return next((match.span(name) for name in names if match[name] is not None), None)


def _order(since: Point, until: Point) -> tuple[Point, Point]:
    """Return two points in time's order; a winter's “Nov - Feb 2020” has its first half in the year before."""
    if since.number <= until.number or (since.year == until.year and None in (since.month, until.month)):
        return since, until
    return (since._replace(year=since.year - 1), until) if since.year == until.year else (until, since)


def _is_month(match: re.Match[str], shape: Shape, since: Point, until: Point) -> bool:
    """Return whether what could be the end of a range is the month of a single date: “2019-03”, unlike “2008-11”."""
    month = (
        match["until_shortened"] == "N" and shape.signs[match.start("until_shortened") - 1] == "-" and until.year % 100
    )
    likely_range = since.year <= until.year <= since.year + MAX_SHORT_RANGE_YEARS
    return bool(month) and month <= MONTHS_PER_YEAR and not likely_range


def _read_ends(match: re.Match[str], shape: Shape) -> tuple[Point | None, Point | None, bool]:
    """Return the beginning and end of a date, and whether it reaches to now."""
    first, last, half = (_find_group(match, names) for names in (BEGINNINGS, ENDS, HALVES))
    present = last is None or not PRESENT.isdisjoint(shape.signs[slice(*last)])
    until = None if present or last is None else _read_point(shape, [half, last] if half else [last])
    if first is None:
        return None, until, False
    begun = [first, match.span("year_of_months")] if match["year_of_months"] else [first]
    since = _read_point(shape, begun, until.year if until else None)
    if until is None and not present and last is not None and since:
        until = _read_point(shape, [last], since.year)
    if since and until and match["until_under"]:
        return min(since, until), max(since, until), False
    if since and until and _is_month(match, shape, since, until):
        return None, Point(since.year, until.year % 100), False
    return (*_order(since, until), False) if since and until else (since, until, present)


def _make_period(match: re.Match[str], shape: Shape) -> Period | None:
    since, until, present = _read_ends(match, shape)
    if since is None and until is None:
        return None
    last = _find_group(match, ENDS)
    kind: PeriodKind = "single" if since is None else "range" if last else "open"
    start, end, rest = match.start(), match.end(), None
    if last and "w" in shape.signs[start : last[0]]:
        half, first = _find_group(match, HALVES), _find_group(match, BEGINNINGS)
        dash = shape.signs.index("-", first[1] if first else start)
        end, rest = half[1] if half else dash + 1, Span(shape.starts[last[0]], shape.ends[last[1] - 1])
    while shape.signs[end - 1] in " (\n":
        end -= 1
    while shape.signs[start] in " (\n":
        start += 1
    return Period(shape.starts[start], shape.ends[end - 1], kind, since, until, present, rest)


def _find_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of lines that may hold dates: those with a year and their neighbours."""
    start, end = 0, -1
    for match in YEAR_LIKE.finditer(text):
        if match.start() < end:
            continue
        line = text.rfind("\n", 0, match.start()) + 1
        before = text.rfind("\n", 0, max(line - 1, 0)) + 1
        own = text.find("\n", match.start())
        behind = text.find("\n", own + 1) if own >= 0 else -1
        if behind == own + 2:  # a dash alone
            behind = text.find("\n", behind + 1)
        if before > end >= 0:
            yield start, end
        start, end = (before if before > end else start), behind if behind >= 0 else len(text)
    if end >= 0:
        yield start, end


def find_periods(text: str) -> list[Period]:
    """Return the dates of a text, in text order."""
    periods = []
    for start, end in _find_blocks(text):
        shape = write_shape(text, start, end)
        periods += [_make_period(match, shape) for match in DATE.finditer(shape.signs)]
    return [period for period in periods if period]


def list_date_spans(periods: Iterable[Period]) -> list[Span]:
    """Return where dates stand, in text order; a date with a `rest` stands in two places."""
    halves = (half for period in periods for half in (Span(period.start, period.end), period.rest))
    return sorted(half for half in halves if half)


def is_duration(text: str) -> bool:
    """Return whether a text says how long something took, and nothing else: “(6 years 11 months)”."""
    if len(text) > MAX_DURATION_CHARACTERS or not any(map(str.isdecimal, text)):
        return False
    return DURATION.fullmatch(write_shape(text, 0, len(text)).signs) is not None


def months_between(since: Point, until: Point) -> int:
    """Return how many months lie from one point to another, both counted in where their months are said; at least 1."""
    return max(1, until.number - since.number + (until.month is not None))


def count_months(periods: Iterable[Period], now: Point | None) -> int:
    """Return how many months the periods cover together, those at the same time once; what is present ends `now`."""
    months: set[int] = set()
    for period in periods:
        until = (now or period.since) if period.present else period.until
        if period.since and until:
            months.update(range(period.since.number, period.since.number + months_between(period.since, until)))
    return len(months)

"""Dates have one grammar, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills.anatomy.date_words import write_shape
from skills.anatomy.dates import Period, Point, count_months, find_periods, is_duration, months_between

Ends = tuple[tuple[int, int | None] | None, tuple[int, int | None] | None, bool]


def read(text: str) -> list[Ends]:
    """Return the beginning, end and presence of each date of a text."""
    return [
        (period.since and tuple(period.since), period.until and tuple(period.until), period.present)  # type: ignore[misc]
        for period in find_periods(text)
    ]


@pytest.mark.parametrize(
    "dates",
    [
        "Jan 2020 - Present",
        "January 2020 to date",
        "2020-01 – ongoing",
        "01/2020 – now",
        "Since January 2020",
        "from Jan. 2020",
        "Jan '20 → today",
        "Jan 2020 -> current",
        "_Jan 2020 - Present_",
        "**Jan 2020** ~ **Present**",
        "Jan 2020 | Present",
        "Jan 2020 • Pres.",
        "Jan 2020 till date",
        "Jan 2020 up to present",
        "(Jan 2020 – in progress)",
        "Jan 2020 –",
        "2020, January – heute",
        "Jan 2020 -\nPresent",
        "01.01.2020 bis heute",
        "Present - Jan 2020",
        "Q1 2020 - Currently",
        "Jan 2020 - as of today",
        "Jan 2020 to this day",
        "January 2020 – current position",
        "Jan 2020 – ...",
        "Jan 2020 - ?",
        "Jan 2020 » on-going",
        "Jan 2020 / Present",
        "Jan 2020, Present",
        "Jan 2020 (ongoing)",
        "Jan-20 to Till Date",
        "January 2020 onwards",
        "between Jan 2020 and today",
        "From: Jan 2020  To: Present",
        "Start date: Jan 2020\nEnd date: Present",
        "Jan 2020\n- Present",
        "Jan 2020\n–\nPresent",
        "1st of January 2020 to now",
        "January the 1st, 2020 - Present",
        "01/2020 – heden",
        "styczeń 2020 – obecnie",
        "01/2020 по настоящее время",
        "2020年1月 - 至今",
        "w.e.f. January 2020",
        "effective January 2020",
        "Jan 2020 – curr.",
        "Jan 2020 - still working",
        "01/2020 – d.d.",
        "Jan 2020 \u27f6 Present",
        "Q1 ’20 – now",
        "start_date: 2020-01\n  end_date: present",
        "Jan 2020\tPresent",
    ],
)
def test_what_goes_on_is_known_however_it_is_written(dates: str) -> None:
    assert read(f"Engineer, Acme\n{dates}\nWrote compilers") == [((2020, 1), None, True)]


@pytest.mark.parametrize(
    ("dates", "since", "until"),
    [
        ("Jul 2016 - Dec\n2019", (2016, 7), (2019, 12)),
        ("Sep\n2017 to May 2018", (2017, 9), (2018, 5)),
        ("from 2016 to 2019", (2016, None), (2019, None)),
        ("2016-19", (2016, None), (2019, None)),
        ("05/18 - 06/19", (2018, 5), (2019, 6)),
        ("May – Aug 2019", (2019, 5), (2019, 8)),
        ("’16 – ’19", (2016, None), (2019, None)),
        ("Start date: Jul 2016\nEnd date: Dec 2019", (2016, 7), (2019, 12)),
        ("Jul 2016 -to- Dec 2019", (2016, 7), (2019, 12)),
        ("Jul-16 to Dec-19", (2016, 7), (2019, 12)),
        ("Jul 2016\n- Dec 2019", (2016, 7), (2019, 12)),
        ("1/7/16 - 31/12/19", (2016, 7), (2019, 12)),
        ("between Jul 2016 and Dec 2019", (2016, 7), (2019, 12)),
        ("2008-11", (2008, None), (2011, None)),
        ("Nov - Feb 2020", (2019, 11), (2020, 2)),
        ("15 March 2020 – 01.04.2021", (2020, 3), (2021, 4)),
        ("01/15/2020 - 02/20/2021", (2020, 1), (2021, 2)),
        ("Q3 2021 - Summer 2022", (2021, 7), (2022, 6)),
        ("2019 - 2016", (2016, None), (2019, None)),
        ("janv. 2016 – août 2019", (2016, 1), (2019, 8)),
        ("Q3 ’17 – Winter ’19", (2017, 7), (2019, 12)),
        ("06–09/2016", (2016, 6), (2016, 9)),
        ("2016 (Jun - Sep)", (2016, 6), (2016, 9)),
        ("Jul 2016\tDec 2019", (2016, 7), (2019, 12)),
        ("Start Date Jul - 2016 End Date Dec - 2019", (2016, 7), (2019, 12)),
    ],
)
def test_a_range_is_known_however_it_is_written(
    dates: str, since: tuple[int, int | None], until: tuple[int, int | None]
) -> None:
    assert read(f"Engineer, Acme\n{dates}\nWrote compilers") == [(since, until, False)]


@pytest.mark.parametrize(
    ("date", "point"),
    [
        ("Dec. 2017", (2017, 12)),
        ("2016", (2016, None)),
        ("Q3 2021", (2021, 7)),
        ("2019-03", (2019, 3)),
        ("1987-08", (1987, 8)),
    ],
)
def test_a_single_date_is_no_range(date: str, point: tuple[int, int | None]) -> None:
    period = find_periods(f"Master of Science, {date}")[0]
    assert (period.kind, period.until) == ("single", point)


@pytest.mark.parametrize(
    "text",
    [
        "555-2010-2015",
        "(555) 1998-2012",
        "020 1998-2012",
        "$2010",
        "2015%",
        "2,020 users",
        "2010s",
        "version 20.2",
        "2020+",
    ],
)
def test_telephone_numbers_and_amounts_are_no_dates(text: str) -> None:
    assert read(f"Leeds\n{text}\nWrote compilers") == []


def test_a_date_in_a_narrow_column_goes_on_below_its_first_half() -> None:
    left = "Jul 2016 - Dec Software Engineer\n2019 Acme, Leeds"
    right = "Machine Learning Software Jan 2020 -\nEngineer Present"
    halves = [
        (text[p.start : p.end], text[slice(*(p.rest or (0, 0)))]) for text in (left, right) for p in find_periods(text)
    ]
    assert halves == [("Jul 2016 - Dec", "2019"), ("Jan 2020 -", "Present")]


def test_years_at_the_beginnings_of_heads_are_no_halves_of_one_range() -> None:
    assert [period.kind for period in find_periods("2016 - Engineer at Acme\n2014 - Programmer at Blue")] == [
        "single"
    ] * 2


def test_every_date_stands_where_it_says() -> None:
    text = "Engineer 01/2020 – 03/2021, Programmer (2016 - 2019)\nSince 2022"
    assert [text[p.start : p.end] for p in find_periods(text)] == ["01/2020 – 03/2021", "2016 - 2019", "Since 2022"]


def period(since: tuple[int, int], until: tuple[int, int] | None) -> Period:
    return Period(0, 0, "range", Point(*since), Point(*until) if until else None, until is None)


def test_months_count_both_ends_and_overlaps_once() -> None:
    assert months_between(Point(2020, 1), Point(2020, 12)) == 12
    periods = [period((2019, 1), (2019, 12)), period((2019, 7), (2020, 6)), period((2021, 1), None)]
    assert count_months(periods, Point(2021, 6)) == 24


@pytest.mark.parametrize("text", ["(6 years 11 months)", "10 years 5 months", "3 yrs", "· 2 mos"])
def test_how_long_something_took_is_known(text: str) -> None:
    assert is_duration(text)


def test_a_line_with_a_duration_and_more_is_not_one() -> None:
    assert not is_duration("5 years of Java")


@given(st.text(st.sampled_from("İßⅧ²H3 aJan2020-\n½")) | st.text())
def test_a_shape_has_one_sign_for_each_word(text: str) -> None:
    shape = write_shape(text, 0, len(text))
    assert len(shape.signs) == len(shape.words)


@pytest.mark.parametrize("before", ["İzmir, ", "Halls of 900 m² each, ", "Half-year H3, ", "Plan½b, "])
def test_a_word_of_unusual_characters_moves_no_date_beside_it(before: str) -> None:
    assert read(f"{before}Jan 2019 - Dec 2021\n") == [((2019, 1), (2021, 12), False)]


@pytest.mark.parametrize(
    ("column", "ends"),
    [
        ("Sep 2020\nNov 2021", ((2020, 9), (2021, 11), False)),
        ("Aug 2024\nMay 2024", ((2024, 5), (2024, 8), False)),
        ("Nov 2022\nPresent", ((2022, 11), None, True)),
        ("Present\nJan 2025", ((2025, 1), None, True)),
    ],
)
def test_a_month_below_another_is_the_other_end_of_a_time(column: str, ends: Ends) -> None:
    assert read(f"Wrote tests.\n{column}\nFernmark Bank, Trento") == [ends]

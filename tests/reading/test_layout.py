"""Words come out in the lines and the order in which a person reads them, however the page was drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.reading.layout.broken_words import mend_hyphens
from worker.reading.layout.lines import arrange_lines
from worker.reading.layout.runs import Word

HEIGHT, LETTER, LEADING = 10.0, 5.0, 14.0

MAIN = [
    "Experience",
    "Machine Learning Engineer at Fernmark",
    "Trained models with PyTorch for six",
    "years and put them into production.",
    "Wrote the services that call them.",
    "Education",
    "Example University, Computer Science",
    "Graduated with honours in the spring",
]
SIDEBAR = ["Contact", "Prague", "quilla@example.org", "Skills", "Python", "Java", "Docker"]


def arrange_words(words: Iterable[Word]) -> list[str]:
    """Return the texts of the lines that words form, in reading order."""
    return [line.text for line in arrange_lines(words)]


def place(line: str, x: float, y: float) -> list[Word]:
    """Return the words of a line whose baseline begins at x, y."""
    words = []
    for text in line.split():
        words.append(Word(text, x, y - HEIGHT, x + LETTER * len(text), y))
        x += LETTER * (len(text) + 1)
    return words


def stack(lines: Sequence[str], x: float, *, y: float = 100, leading: float = LEADING) -> list[list[Word]]:
    """Return the words of lines under one another."""
    return [place(line, x, y + leading * number) for number, line in enumerate(lines)]


def flush(lines: Sequence[str], right: float, *, y: float = 100, leading: float = LEADING) -> list[list[Word]]:
    """Return the words of lines under one another that end at the same place."""
    return [place(line, right - LETTER * len(line), y + leading * row) for row, line in enumerate(lines)]


def by_block(*blocks: list[list[Word]]) -> list[Word]:
    """Return the words as they come when one block is drawn after the other."""
    return [word for block in blocks for line in block for word in line]


def by_row(*blocks: list[list[Word]]) -> list[Word]:
    """Return the words as they come when all blocks are drawn at once, row by row."""
    rows = zip_longest(*blocks, fillvalue=[])
    return list(chain.from_iterable(line for row in rows for line in row))


def test_columns_are_read_one_after_the_other_however_they_were_drawn() -> None:
    left, right = stack(MAIN, 50), stack([line.upper() for line in MAIN], 300)
    for words in (by_block(left, right), by_row(left, right), by_block(right, left)):
        assert arrange_words(words) == [*MAIN, *(line.upper() for line in MAIN)]


def test_a_header_above_two_columns_comes_first_and_a_footer_last() -> None:
    header = stack(["Quilla Brandvold, Machine Learning Engineer, Prague, quilla@example.org"], 80, y=60)
    footer = stack(["Page 1 of 2 of the application of Quilla Brandvold for some position"], 80, y=300)
    lines = arrange_words(by_block(stack(MAIN, 50), stack(MAIN, 300), footer, header))
    assert lines == ["Quilla Brandvold, Machine Learning Engineer, Prague, quilla@example.org", *MAIN, *MAIN, lines[-1]]
    assert lines[-1].startswith("Page 1")


def test_a_sidebar_on_lines_of_its_own_is_read_as_a_block() -> None:
    words = by_block(stack(MAIN, 200), stack(SIDEBAR, 40, y=103, leading=17))
    assert arrange_words(words) == [*SIDEBAR, *MAIN]


def test_a_sidebar_drawn_between_the_name_and_the_rest_is_read_as_a_block() -> None:
    name, main = stack(["Quilla Brandvold"], 50, y=60), stack(MAIN * 2, 50)
    words = by_block(name, stack(SIDEBAR, 300, y=103, leading=17), main)
    assert arrange_words(words) == ["Quilla Brandvold", *MAIN, *MAIN, *SIDEBAR]


def test_dates_at_the_right_belong_to_their_lines() -> None:
    left = stack(MAIN, 50)
    dates = [*flush(["Prague", "2020 - 2024"], 500), *flush(["2014 - 2018"], 500, y=100 + 6 * LEADING)]
    beside = by_row(left[:2], dates[:2]) + by_block(left[2:7], dates[2:], left[7:])
    for words in (by_block(left, dates), beside):
        lines = arrange_words(words)
        assert lines[:2] == ["Experience Prague", "Machine Learning Engineer at Fernmark 2020 - 2024"]
        assert lines[6] == "Example University, Computer Science 2014 - 2018"
        assert lines[2:6] == MAIN[2:6]


def test_dates_in_the_left_margin_stand_before_their_entries() -> None:
    words = []
    for entry in range(4):
        y = 100 + 4 * LEADING * entry
        words += by_block([place(f"201{entry}", 40, y)], stack(MAIN[1:4], 120, y=y))
    lines = arrange_words(words)
    assert lines[0::3] == [f"201{entry} {MAIN[1]}" for entry in range(4)]
    assert lines[1::3] == [MAIN[2]] * 4


def test_dates_and_headings_in_a_full_margin_stand_before_their_entries() -> None:
    heads = ["Data Scientist", "Research Assistant"]
    words = by_block([place("Experience", 40, 80)])
    for number, head in enumerate(heads):
        y = 100 + 3 * LEADING * number
        words += by_block([place(f"201{number} - 201{number + 2}", 40, y)], stack([head, MAIN[3], MAIN[4]], 140, y=y))
    words += by_block([place("Education", 40, 190)])
    for number in (2, 3):
        y = 190 + LEADING * (number - 1)
        words += by_block([place(f"201{number} - 201{number + 2}", 40, y)], [place(MAIN[6], 140, y)])
    words += by_block([place("Skills", 40, 232)])
    assert arrange_words(words) == [
        "Experience",
        *("2010 - 2012 Data Scientist", MAIN[3], MAIN[4]),
        *("2011 - 2013 Research Assistant", MAIN[3], MAIN[4]),
        *("Education", f"2012 - 2014 {MAIN[6]}", f"2013 - 2015 {MAIN[6]}"),
        "Skills",
    ]


def test_dates_in_a_margin_with_headings_stand_beside_their_entries_though_they_were_drawn_by_themselves() -> None:
    tops = [100 + 3 * LEADING * entry for entry in range(3)]
    entries = [line for y in tops for line in stack([MAIN[1], MAIN[3]], 140, y=y)]
    dates = [place(f"201{entry} - 201{entry + 1}", 40, y) for entry, y in enumerate(tops)]
    headings = [place("Experience", 40, 80), place("Skills", 40, 230)]
    for words in (by_block(dates, headings[:1], entries, headings[1:]), by_block(headings, entries, dates)):
        lines = [line for entry in range(3) for line in (f"201{entry} - 201{entry + 1} {MAIN[1]}", MAIN[3])]
        assert arrange_words(words) == ["Experience", *lines, "Skills"]


def test_a_text_below_two_columns_begins_with_its_short_lines() -> None:
    text = [
        "Experience",
        "Data Scientist",
        "Trained models for six years and put each of them into production with others",
    ]
    words = by_block(stack(MAIN[4:7], 50), stack(SIDEBAR[:4], 300), stack(text, 50, y=100 + 6 * LEADING))
    assert arrange_words(words) == [*MAIN[4:7], *SIDEBAR[:4], *text]


def test_headings_in_the_left_margin_stand_on_lines_of_their_own() -> None:
    titles = ["Summary", "Work Experience", "Education", "Skills"]
    words = []
    for entry, title in enumerate(titles):
        y = 100 + 4 * LEADING * entry
        words += by_block(stack([title], 40, y=y), stack(MAIN[1:4], 160, y=y))
    assert arrange_words(words) == [*chain.from_iterable([title, *MAIN[1:4]] for title in titles)]


def draw_entries(labels: Sequence[str], entries: Sequence[Sequence[str]], *, middle: bool) -> list[Word]:
    """Return the words of labels at the left of their entries, beside the first line or at the middle of the cell."""
    words, y = [], 100.0
    for label, entry in zip(labels, entries, strict=True):
        down = LEADING * (len(entry) - 1) / 2 if middle else 0.0
        words += by_block([place(label, 40, y + down)], stack(entry, 160, y=y))
        y += LEADING * max(1, len(entry))
    return words


def test_labels_of_rows_below_dates_in_the_same_margin_stand_before_their_rows() -> None:
    labels, values = ["Languages", "Machine learning", "Tools"], ["Python, Java, C++", "PyTorch, pandas", "Git, Docker"]
    dates = [f"201{number} - 201{number + 1}" for number in range(3)]
    words = draw_entries(
        [*dates, "Skills", *labels], [*[MAIN[1:4]] * 3, [], *([value] for value in values)], middle=False
    )
    rows = [*chain.from_iterable(zip(labels, values, strict=True))]
    assert arrange_words(words)[-6:] == rows


def test_dates_at_the_middle_of_their_cells_stand_before_their_entries() -> None:
    dates = [f"201{number} - 201{number + 1}" for number in range(4)]
    lines = arrange_words(draw_entries(dates, [MAIN[1:4]] * 4, middle=True))
    assert lines == [*chain.from_iterable([date, *MAIN[1:4]] for date in dates)]


def test_blocks_beside_each_other_on_baselines_of_their_own_are_read_one_by_one() -> None:
    name = ["Quilla Brandvold", "Machine Learning Engineer"]
    contacts = ["quilla@example.org", "Prague", "+420 111 222 333"]
    left, right = stack(name, 40, y=65, leading=16), stack(contacts, 300, y=60, leading=12)
    assert arrange_words(by_block(left, right)) == [*name, *contacts]
    assert arrange_words(by_block(right, left)) == [*name, *contacts]


def test_dates_on_baselines_of_their_own_stay_beside_their_entries() -> None:
    entries, dates = [MAIN[1:4] for _ in range(3)], ["2020 - 2024", "2016 - 2020", "2014 - 2016"]
    left = [line for number, entry in enumerate(entries) for line in stack(entry, 50, y=100 + 60 * number)]
    right = [line for number, date in enumerate(dates) for line in stack([date], 400, y=105 + 60 * number)]
    lines = arrange_words(by_block(left, right))
    assert [line for line in lines if line in dates] == dates
    assert [lines.index(date) // 4 for date in dates] == [0, 1, 2]


def test_a_head_and_its_date_that_wrap_in_cells_of_their_own_are_whole() -> None:
    head, date = ["Machine Learning Software", "Engineer"], ["Jan 2020 -", "Present"]
    beside = stack(["Quillstone Systems in Prague, maker of instruments", *MAIN[2:5]], 50, y=100 + 2 * LEADING)
    whole = "Machine Learning Software Engineer Jan 2020 - Present"
    assert arrange_words(by_block(stack(head, 50), stack(date, 220), beside))[0] == whole
    company, dates = ["Fernmark in Prague", "Engineer"], ["2020 - 2024", "Full time"]
    lines = arrange_words(by_block(stack(company, 50), stack(dates, 220), beside))
    assert not any("Prague Engineer" in line or "2024 Full" in line for line in lines)


def test_a_table_of_skills_is_read_along_its_rows() -> None:
    labels, values = (
        ["Languages:", "Libraries:", "Tools:"],
        ["Python, Java, C++", "PyTorch, pandas, NumPy", "Git, Docker"],
    )
    rows = [f"{label} {value}" for label, value in zip(labels, values, strict=True)]
    assert arrange_words(by_row(stack(labels, 50), stack(values, 150))) == rows


def test_three_columns_of_short_lists_are_read_one_by_one() -> None:
    lists = [["Web", "HTML", "CSS"], ["Data", "SQL", "pandas"], ["Tools", "Git", "Docker"]]
    words = by_block(*(stack(column, 50 + 150 * number) for number, column in enumerate(lists)))
    assert arrange_words(words) == [*chain.from_iterable(lists)]


def test_rows_of_cards_are_read_card_by_card() -> None:
    cards = [["Web", "Expert", "HTML, CSS, React"], ["Data", "Good", "SQL, pandas"], ["Tools", "Good", "Git, Docker"]]
    rows = [[stack(card, 50 + 150 * column, y=100 + 60 * row) for column, card in enumerate(cards)] for row in range(3)]
    words = by_block(stack(["Skills"], 230, y=80), *chain.from_iterable(rows))
    assert arrange_words(words) == ["Skills", *chain.from_iterable(cards * 3)]


def test_a_text_that_flows_around_a_box_at_its_right_is_whole() -> None:
    across = ["Deployed the models with Docker and monitored their drift for the whole company of Fernmark"]
    words = by_block(stack(SIDEBAR, 300), stack(MAIN, 50), stack(across, 50, y=100 + LEADING * len(MAIN)))
    assert arrange_words(words) == [*SIDEBAR, *MAIN, *across]


def test_two_cards_are_read_one_by_one_though_their_lines_are_indented_above_a_centred_heading() -> None:
    heads = ["Engineer", "Fernmark, Leeds"], ["Analyst", "Oxholme, York"]
    items = [*MAIN[2:5], *MAIN[6:8]], ["Built models in scikit-learn", "Wrote tests", "Automated reports", "with SQL"]
    cards = [
        [*stack(head, x), *stack(item, x + 30, y=128)] for head, item, x in zip(heads, items, (50, 310), strict=True)
    ]
    words = by_block(*cards, stack(["Skills"], 282, y=220), stack(["Python and SQL"], 50, y=240))
    assert arrange_words(words) == [*heads[0], *items[0], *heads[1], *items[1], "Skills", "Python and SQL"]


def test_heads_with_places_and_dates_in_a_block_of_their_own_are_no_cards() -> None:
    heads, dates = ["Fernmark Analytics", "Engineer"], ["Prague, Czechia", "May 2020 - 2024"]
    entries = [[stack(heads, 50, y=y), flush(dates, 400, y=y), stack(MAIN[1:4], 50, y=y + 28)] for y in (100, 200, 300)]
    lines = [f"{heads[0]} {dates[0]}", f"{heads[1]} {dates[1]}", *MAIN[1:4]]
    assert arrange_words(by_block(*chain.from_iterable(entries))) == lines * 3


def test_labels_that_were_drawn_before_what_they_label_are_no_card() -> None:
    labels, values = ["Languages:", "Tools:"], ["Python, Java", "Git, Docker"]
    words = by_block(stack(["Skills"], 50, y=80), stack(labels, 50), stack(values, 150), stack(["Hobbies"], 50, y=140))
    assert arrange_words(words) == ["Skills", "Languages: Python, Java", "Tools: Git, Docker", "Hobbies"]


def test_boxes_that_lie_over_each_other_are_read_one_after_the_other() -> None:
    boxes = [stack(MAIN[:5], 50, y=100, leading=30), stack(MAIN[5:], 50, y=187, leading=30)]
    drawn = [replace(word, glyph=number) for number, word in enumerate(by_block(*boxes))]
    assert arrange_words(drawn) == MAIN


def test_words_that_touch_are_one_and_a_superscript_stays_on_its_line() -> None:
    name = [Word("john", 50, 90, 70, 100), Word("smith", 70, 90, 95, 100)]
    prize = [Word("1", 100, 90, 105, 100), Word("st", 105, 86, 112, 95), Word("prize", 117, 90, 142, 100)]
    assert arrange_words([*name, *prize]) == ["johnsmith 1st prize"]


@pytest.mark.parametrize(
    ("lines", "mended"),
    [
        (["Wrote soft-", "ware in Java"], ["Wrote software", "in Java"]),
        (["a multi-", "cloud set-up"], ["a multi-cloud", "set-up"]),
        (["a data-driven", "team of data-", "driven people"], ["a data-driven", "team of data-driven", "people"]),
        (["the front and back ends: front-", "ends"], ["the front and back ends: front-ends"]),
        (["example.org/one-thing-", "or-another"], ["example.org/one-thing-", "or-another"]),
        (["Prague -", "today"], ["Prague -", "today"]),
        (["Wrote Ja-", "VA"], ["Wrote Ja-", "VA"]),
        (["Machine learn-", "ing"], ["Machine learning"]),
    ],
)
def test_a_word_broken_at_the_end_of_a_line_is_whole_again(lines: list[str], mended: list[str]) -> None:
    assert [line for _, line in mend_hyphens(lines)] == mended


numbers = st.integers(0, 60)
placed = st.builds(
    lambda text, x, y: place(text, 10.0 * x, 7.0 * y)[0], st.sampled_from(["a", "bcd", "e2"]), numbers, numbers
)


@given(st.lists(placed, max_size=30))
def test_no_word_is_lost_or_made_up_wherever_words_stand(words: list[Word]) -> None:
    letters = "".join(sorted(letter for word in words for letter in word.text))
    assert "".join(sorted("".join(arrange_words(words)).replace(" ", ""))) == letters


@given(st.lists(placed, max_size=30), st.sampled_from([0.25, 4.0]))
def test_the_unit_of_the_boxes_makes_no_difference(words: list[Word], scale: float) -> None:
    scaled = [
        replace(word, x0=word.x0 * scale, y0=word.y0 * scale, x1=word.x1 * scale, y1=word.y1 * scale) for word in words
    ]
    assert arrange_words(scaled) == arrange_words(words)

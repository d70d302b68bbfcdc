"""Where sections open: the lines that are headings, and those that only label a part of a post."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Sequence
from operator import attrgetter
from typing import NamedTuple

from skills.anatomy.dates import Period
from skills.anatomy.entries.rows import Row, load_entry_words
from skills.anatomy.headings import find_heading, stands_alone
from skills.anatomy.sections import ENTRY_SECTIONS, TOP, get_use_in
from skills.anatomy.titles.job_titles import JobTitle

# The sections whose headings also label a part of a post; those of `activities` only if they stand there often.
LABELLING = frozenset({"summary", "skills", "awards", "additional", "activities"})
# An item of a list that ends so is no heading: “- Training;”.
ENDS_ITEM = (";", ",", ".")
# The largest distance, in lines, from the date of a post to its title.
MAX_ROWS_TO_TITLE = 3
SENTENCE_ENDS = (".", ":", "!", "?", ";")


class Work(NamedTuple):
    """The rows with a job title, and those with dates that say from when to when."""

    titled: Container[int]
    lasting: Container[int]


def find_row(rows: Sequence[Row], place: int) -> int:
    """Return which of the rows an offset lies in."""
    return max(0, bisect_right(rows, place, key=attrgetter("start")) - 1)


def _find_work(rows: Sequence[Row], posts: Sequence[JobTitle], periods: Sequence[Period]) -> Work:
    return Work(
        {find_row(rows, post.start) for post in posts},
        {find_row(rows, period.start) for period in periods if period.kind != "single"},
    )


def _stands_over_post(rows: Sequence[Row], row: int, work: Work) -> bool:
    """Return whether a post begins behind a row and before the next heading."""
    for other in range(row + 1, len(rows)):
        if other in work.lasting:
            near = range(max(row, other - MAX_ROWS_TO_TITLE), other + MAX_ROWS_TO_TITLE + 1)
            return any(beside in work.titled for beside in near)
        if stands_alone(rows[other].text) and find_heading(rows[other].text) not in {None, *LABELLING}:
            return False
    return False


def _labels_part(line: str, opener: str, *, often: bool) -> bool:
    """Return whether a line with a colon labels a part of an entry, in a section whose heading (`opener`) has none.

    What stands there `often` is no heading.
    """
    label = line.removesuffix(":")
    return label != line and not opener.endswith(":") and (often or label.lower() in load_entry_words().achieved)


def _ends_sentence(rows: Sequence[Row], number: int) -> bool:
    """Return whether a row in small letters is the last word of a wrapped sentence: “… to power this / service”."""
    above = rows[number - 1] if number else None
    goes_on = above is not None and above.prose and not above.text.endswith(SENTENCE_ENDS)
    return goes_on and rows[number].text[:1].islower()


def _may_label(section: str | None, line: str, opener: str, *, often: bool) -> bool:
    """Return whether a heading may be a label within a post: it is frequent, or lacks the capitals of `opener`."""
    if section not in LABELLING or not stands_alone(line):
        return False
    return often or (section != "activities" and opener.isupper() and not line.isupper())


def list_openings(
    rows: Sequence[Row], posts: Sequence[JobTitle], periods: Sequence[Period]
) -> tuple[list[str], list[bool]]:
    """Return the section of each row by the headings alone, and whether the row is one.

    In a dated entry a heading before a colon covers its own line alone, and so does one that shows no skill anywhere.
    One that stands over the next post of the experience only labels a part of the post before (“Overview”).
    """
    sections, headings, current, opener = list[str](), list[bool](), TOP, ""
    counts, labels, work = Counter(row.text for row in rows), set[str](), _find_work(rows, posts, periods)
    for number, row in enumerate(rows):
        often = counts[row.text] > 1
        label = current in ENTRY_SECTIONS and (
            row.text in labels
            or _labels_part(row.text, opener, often=often)
            or (row.item and row.text.endswith(ENDS_ITEM))
        )
        section = None if label or _ends_sentence(rows, number) else find_heading(row.text)
        if (
            current in ENTRY_SECTIONS
            and _may_label(section, row.text, opener, often=often)
            and _stands_over_post(rows, number, work)
        ):
            labels.add(row.text)
            section = None
        heading = section is not None and stands_alone(row.text)
        sections.append(section or current)
        headings.append(heading)
        if section and (heading or not (current in ENTRY_SECTIONS or get_use_in(section) == "none")):
            current, opener = section, row.text
    return sections, headings

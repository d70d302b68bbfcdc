"""No heading, no line of a head and no date decides over more than a few points, whoever the résumé is of.

Taken out or replaced is one at a time; what is written below it stays. Degrees are left out: what the profiles give for
one is for those who fit them to bound.
"""

import re
from collections.abc import Iterator, Sequence

import pytest

from skills.anatomy.anatomy import read_anatomy
from skills.anatomy.dates import find_periods
from skills.anatomy.entries.entries import Entry
from skills.anatomy.headings import is_heading
from skills.document import Line
from skills.judging.scoring import choose_best, score_profiles
from skills.knowledge import load_knowledge
from tests.people import FOLDER, PEOPLE, read_resume

MAX_POINTS = 5.0
UNKNOWN_HEADING = "Whereabouts"


def score(text: str) -> list[float]:
    knowledge = load_knowledge()
    best = choose_best(knowledge.find_mentions(text, (Line(1, 0, len(text)),)))
    return [role.score for role in score_profiles(best, knowledge.profiles, knowledge.evidence_ids)]


def list_lines(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in re.finditer(r"[^\n]+", text))


def change_headings(text: str) -> Iterator[str]:
    for start, end in list_lines(text):
        if is_heading(text[start:end]):
            yield text[:start] + text[end + 1 :]
            yield text[:start] + UNKNOWN_HEADING + text[end:]


def list_work(text: str) -> list[Entry]:
    """Return the entries that have a head and more below it; of what was published the head is all there is."""
    return [entry for entry in read_anatomy(text).entries if entry.kind in {"post", "project", "other"}]


def change_dates(text: str) -> Iterator[str]:
    for entry in list_work(text):
        for period in find_periods(text[entry.start : entry.body]):
            before, behind = text[: entry.start + period.start], text[entry.start + period.end :]
            since = period.since or period.until
            assert since
            yield before + behind
            yield f"{before}{since.year} - {2023 if period.present else 'Present'}{behind}"


def drop_head_lines(text: str) -> Iterator[str]:
    """Yield the text without each line of which all belongs to a head."""
    work = list_work(text)
    for start, end in list_lines(text):
        if any(entry.start <= start and end <= entry.body for entry in work):
            yield text[:start] + text[end + 1 :]


def drop_titles(text: str) -> Iterator[str]:
    for entry in list_work(text):
        if entry.title:
            yield text[: entry.title[0]] + text[entry.title[1] :]


def measure_farthest(text: str, changed: Sequence[str]) -> float:
    """Return by how many points the scores of any of the changed texts differ from those of the text, at most."""
    usual = score(text)
    moves = [abs(one - other) for new in changed for one, other in zip(score(new), usual, strict=True)]
    return round(max(moves, default=0.0), 1)


@pytest.mark.parametrize("person", PEOPLE)
def test_no_heading_date_title_or_line_of_a_head_moves_a_score_far(person: str) -> None:
    text = read_resume(person)
    changed = [*change_headings(text), *change_dates(text), *drop_head_lines(text), *drop_titles(text)]
    assert changed
    assert measure_farthest(text, changed) <= MAX_POINTS


@pytest.mark.parametrize("person", sorted(file.stem for file in (FOLDER / "ordered").glob("*.txt")))
def test_no_single_post_decides_between_people(person: str) -> None:
    """Whether one line is taken for a post or not leaves people in reach of their place in the order."""
    text = (FOLDER / "ordered" / f"{person}.txt").read_text(encoding="utf-8")
    changed = [*change_dates(text), *drop_head_lines(text), *drop_titles(text)]
    assert measure_farthest(text, changed) <= MAX_POINTS

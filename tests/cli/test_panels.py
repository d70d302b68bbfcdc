"""A report in a terminal: the evidence stands in its line, marked, at every width and without colour."""

import re
from collections.abc import Callable
from functools import partial
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from service.presentation import terminal_report
from service.presentation.terminal_report import print_report, quote_line
from skills.judging.report import write_report
from skills.judging.report_types import Report
from skills.knowledge import load_knowledge
from tests.reading_text import make_document
from tests.reports import make_evidence
from tests.resumes import LONG_RESUME_TEXT


@pytest.fixture(scope="module")
def report() -> Report:
    return write_report(make_document(LONG_RESUME_TEXT), load_knowledge())


@pytest.fixture
def draw(report: Report, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    def draw(*, width: int, colour: bool = False) -> str:
        out = StringIO()
        terminal = partial(
            Console, file=out, width=width, force_terminal=colour, color_system="standard" if colour else None
        )
        monkeypatch.setattr(terminal_report, "Console", terminal)
        print_report(report)
        return out.getvalue()

    return draw


@pytest.mark.parametrize("width", [40, 80, 160])
def test_it_is_as_wide_as_the_terminal(draw: Callable[..., str], width: int) -> None:
    drawn = re.sub("\x1b\\[[0-9;]*m", "", draw(width=width, colour=True))
    assert {cell_len(line) for line in drawn.splitlines()} == {width}


@pytest.mark.parametrize("width", [40, 80])
def test_elsewhere_it_is_plain_lines_with_both_scores_whole(
    draw: Callable[..., str], report: Report, width: int
) -> None:
    lines = draw(width=width).splitlines()
    assert lines[0] == report.document.name
    assert [line for line in lines if line != line.rstrip() or line.startswith(("╭", "│", "╰"))] == []
    assert max(map(cell_len, lines)) <= width
    assert [role.score for role in report.roles if f"{role.score:.1f}" not in " ".join(lines[:6])] == []


def list_quotations(report: Report) -> set[str]:
    return {item.text for requirement in report.requirements.values() for item in requirement.evidence}


def test_evidence_stands_in_its_line_and_is_marked_without_colour(draw: Callable[..., str], report: Report) -> None:
    drawn = draw(width=100)
    assert "\x1b" not in drawn
    quoted = re.findall(r"(\w.*)?“(.+?)”(.*\w)?", drawn.partition(": what has most left")[0])
    assert quoted
    assert all(words in list_quotations(report) for _, words, _ in quoted)
    assert any(before or behind for before, _, behind in quoted)


def test_colour_marks_it_where_the_terminal_has_any(draw: Callable[..., str], report: Report) -> None:
    drawn = draw(width=100, colour=True)
    marked = set(re.findall("\x1b\\[1m([^\x1b]+)\x1b\\[0m", drawn))
    assert marked & list_quotations(report)
    assert "“" not in drawn.partition(": what has most left")[0]


@given(st.text("abc d", min_size=1, max_size=60), st.integers(0, 59), st.integers(1, 8), st.integers(16, 40))
def test_a_cut_line_keeps_its_evidence(text: str, start: int, length: int, columns: int) -> None:
    start = min(start, len(text) - 1)
    words = text[start : start + length]
    item = make_evidence(text, start, start + len(words))
    line = quote_line(text, item, columns=columns, plain=True).plain
    assert len(line) <= columns
    assert f"“{' '.join(words.split())}”" in line

"""A shortlist as PDF: who is on it and how they compare, then the summary of each report on a page of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportlab.platypus import Flowable, PageBreak

from service.language import gettext as _
from service.language import ngettext
from service.presentation.pdf_parts import (
    FIGURE_WIDTH,
    WIDTH,
    colour_words,
    set_columns,
    write_paragraph,
    write_words,
)
from service.presentation.pdf_report import build_pdf, show_summary
from service.presentation.role_comparison import list_sides
from service.presentation.sentences import describe_verdict
from service.presentation.shortlists.candidates import TITLE, Candidate


def _show_line(candidate: Candidate, rank: int) -> tuple[Sequence[Flowable], ...]:
    scores = [
        write_paragraph(colour_words(f"{side.role.score:.1f}", side.tone), "figure")
        for side in list_sides(candidate.report)
    ]
    words = _("%(verdict)s %(marks)s.", verdict=describe_verdict(candidate.report), marks=candidate.marks)
    named = [
        write_paragraph(f"{rank}. {write_words(candidate.name)}", "strong"),
        write_paragraph(write_words(words), "quiet"),
    ]
    return named, *([score] for score in scores)


def _show_overview(candidates: Sequence[Candidate], title: str) -> Iterator[Flowable]:
    yield write_paragraph(write_words(title or _(TITLE)), "title")
    sides = list_sides(candidates[0].report)
    roles = " · ".join(colour_words(side.role.title, side.tone) for side in sides)
    words = ngettext(
        "%(num)s on this list. Scores: %(roles)s",
        "%(num)s on this list. Scores: %(roles)s",
        len(candidates),
        roles=roles,
    )
    yield write_paragraph(words, "lead")
    figures = [FIGURE_WIDTH] * max(len(candidate.report.roles) for candidate in candidates)
    lines = [_show_line(candidate, rank) for rank, candidate in enumerate(candidates, start=1)]
    rows = [(*line, *([[]] * (len(figures) + 1 - len(line)))) for line in lines]
    yield set_columns(rows, (WIDTH - sum(figures), *figures))


def write_pdf(candidates: Sequence[Candidate], title: str) -> bytes:
    """Return a shortlist of one candidate or more as PDF, in the order given."""
    parts = [*_show_overview(candidates, title)]
    for candidate in candidates:
        report = replace(candidate.report, document=replace(candidate.report.document, name=candidate.name))
        parts += [PageBreak(), *show_summary(report, list_sides(report), lines=candidate.list_lines())]
    return build_pdf(parts, title or _(TITLE))

"""A report as PDF: a summary on the first page, then where every point comes from, what to do, and the résumé."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.platypus import Flowable, PageBreak, SimpleDocTemplate

from service import language
from service.language import gettext as _
from service.presentation.first_impressions import FirstImpression, ImpressionLine, list_first_impressions
from service.presentation.marked_text import MarkedText, TextPiece, mark_text
from service.presentation.pdf_parts import (
    FIGURE_WIDTH,
    MARGIN,
    WIDTH,
    colour_words,
    draw_bar,
    mark_words,
    set_columns,
    write_paragraph,
    write_words,
)
from service.presentation.report_page import MAX_FIRST_LINES, MAX_QUOTES
from service.presentation.role_comparison import (
    DimensionReach,
    GapRow,
    Side,
    compare_dimensions,
    group_requirements,
    list_gap_groups,
    list_sides,
)
from service.presentation.sentences import (
    LIMITS,
    NOTHING_FOUND,
    NOTHING_MISSING,
    Heading,
    advise,
    begin_excerpt,
    describe_size,
    describe_split,
    describe_verdict,
    list_cautions,
    name_fit,
)
from skills.judging.report_types import Report, RequirementReport

HALF, TEXT_WIDTH = WIDTH / 2, WIDTH - FIGURE_WIDTH
BAR_WIDTH = HALF - 4 * FIGURE_WIDTH


def _show_score(side: Side) -> list[Flowable]:
    fit = [colour_words(name_fit(side.role.score), side.tone)] if side.best else []
    return [
        write_paragraph(" ".join([write_words(side.role.title), *fit]), "strong"),
        write_paragraph(f"{side.role.score:.1f}", "score"),
        draw_bar([(side.shared, "both"), (side.unshared, side.tone)], HALF - 12),
        write_paragraph(write_words(describe_split(side)), "quiet"),
    ]


def _list_lines(lines: Iterable[ImpressionLine], impression: FirstImpression, *, sign: str, nothing: str) -> Flowable:
    """Return lines of points and words in a half of the page, or a sentence if there are none."""
    rows = []
    for line in lines:
        words = f"{line.title} ({line.role})" if impression.of_two else line.title
        rows.append((write_paragraph(f"{sign}{line.points:.1f}", "figure"), write_paragraph(write_words(words))))
    return set_columns(rows, (FIGURE_WIDTH, HALF - FIGURE_WIDTH)) if rows else write_paragraph(nothing)


def _show_impression(impression: FirstImpression) -> Flowable:
    reasons = _list_lines(impression.reasons, impression, sign="+", nothing=_(NOTHING_FOUND))
    gaps = _list_lines(impression.gaps, impression, sign="", nothing=_(NOTHING_MISSING))
    speaks = write_paragraph(write_words(_("What speaks for %(role)s", role=impression.title)), "group")
    return set_columns(
        [([speaks, reasons], [write_paragraph(write_words(_(Heading.MISSING)), "group"), gaps])], (HALF, HALF)
    )


def _show_reach(reach: DimensionReach) -> list[Flowable]:
    found = _("%(earned)s of %(worth)s", earned=reach.earned, worth=reach.worth)
    met = found if reach.found else _("nothing found")
    bar = draw_bar([(reach.score, reach.tone)], BAR_WIDTH * reach.share / 100)
    return [set_columns([(bar, write_paragraph(write_words(met), "quiet"))], (BAR_WIDTH + 6, HALF - BAR_WIDTH - 6))]


def _show_parts(report: Report, sides: Sequence[Side]) -> Iterator[Flowable]:
    yield write_paragraph(write_words(_(Heading.PARTS)), "section")
    legend = " · ".join(colour_words(side.role.title, side.tone) for side in sides)
    yield write_paragraph(legend, "lead")
    rows = [
        (write_paragraph(write_words(row.title)), [part for reach in row.reaches for part in _show_reach(reach)])
        for row in compare_dimensions(report)
    ]
    yield set_columns(rows, (HALF, HALF))


def show_summary(report: Report, sides: Sequence[Side], *, lines: Sequence[str] = ()) -> Iterator[Flowable]:
    """Yield the parts of the summary of a report on one page; `lines` stand below its title."""
    yield write_paragraph(write_words(report.document.name or _("Report")), "title")
    for line in (describe_size(report.document), *lines):
        yield write_paragraph(write_words(line), "lead")
    for caution, excerpt in list_cautions(report.document):
        words = " ".join([caution, *begin_excerpt(excerpt)])
        yield write_paragraph(colour_words(_("Look at this first: %(caution)s", caution=words), "doubt"))
    yield write_paragraph(write_words(describe_verdict(report)), "section")
    for first in range(0, len(sides), 2):
        scores = [_show_score(side) for side in sides[first : first + 2]]
        yield set_columns([scores], [HALF] * len(scores))
    for impression in list_first_impressions(sides, most=MAX_FIRST_LINES):
        yield _show_impression(impression)
    yield from _show_parts(report, sides)
    yield write_paragraph(write_words(_("What a score does not say")), "section")
    for limit in LIMITS:
        yield write_paragraph(f"• {write_words(_(limit))}")
    rolefit, reader = report.versions.rolefit, report.versions.reader
    versions = _("Rolefit %(rolefit)s, read with %(reader)s.", rolefit=rolefit, reader=reader)
    yield write_paragraph(write_words(versions), "quiet")


def _show_requirement(item: RequirementReport, text: MarkedText) -> list[Flowable]:
    quotes = text.list_quotes(item.evidence)
    words = [f"“{write_words(_join(quote.pieces))}”" for quote in quotes[:MAX_QUOTES]]
    more = [write_words(_("and %(count)s more", count=len(quotes) - MAX_QUOTES))] if len(quotes) > MAX_QUOTES else []
    shown = " ".join([" · ".join(words), *more]) if words else write_words(_("nothing found"))
    return [write_paragraph(write_words(item.title)), write_paragraph(f"{write_words(item.source)}: {shown}", "quiet")]


def _show_points(report: Report, text: MarkedText) -> Iterator[Flowable]:
    yield write_paragraph(write_words(_(Heading.POINTS)), "section")
    for group in group_requirements(report):
        points = write_words(_("%(points)s points", points=f"{group.points:.1f}"))
        yield write_paragraph(f"{colour_words(group.title, group.tone)}: {points}", "group")
        for item in sorted(group.requirements, key=lambda item: -item.points):
            earned = _("%(earned)s of %(worth)s", earned=f"{item.points:.1f}", worth=f"{item.possible:.1f}")
            figure = write_paragraph(write_words(earned), "figure")
            yield set_columns([(figure, _show_requirement(item, text))], (FIGURE_WIDTH, TEXT_WIDTH))


def _show_row(row: GapRow) -> Flowable:
    """Return the titles of gaps with their points, then the advice on all of them."""
    titles = [[write_paragraph(write_words(gap.title))] for gap in row.gaps]
    titles[-1].append(write_paragraph(write_words(advise(row)), "quiet"))
    figures = [write_paragraph(f"{gap.points:.1f}", "figure") for gap in row.gaps]
    return set_columns(list(zip(figures, titles, strict=True)), (FIGURE_WIDTH, TEXT_WIDTH))


def _show_gaps(report: Report, sides: Sequence[Side]) -> Iterator[Flowable]:
    yield write_paragraph(write_words(_(Heading.GAPS)), "section")
    for group in list_gap_groups(report, sides):
        points = write_words(_("%(points)s points left", points=f"{group.points:.1f}"))
        yield write_paragraph(f"{colour_words(group.title, group.tone)}: {points}", "group")
        yield from map(_show_row, group.rows)


def _join(pieces: Iterable[TextPiece]) -> str:
    return " ".join("".join(piece.text for piece in pieces).split())


def _mark_piece(piece: TextPiece) -> str:
    return mark_words(piece.text, f"{piece.marks[-1].tone}-soft") if piece.marks else write_words(piece.text)


def _show_text(report: Report, text: MarkedText) -> Iterator[Flowable]:
    yield write_paragraph(write_words(_(Heading.TEXT)), "section")
    for page in text.list_pages(report.document.page_starts):
        if report.document.pages > 1:
            folio = _("Page %(number)s of %(pages)s", number=page.number, pages=report.document.pages)
            yield write_paragraph(write_words(folio), "lead")
        for line in page.lines:
            yield write_paragraph("".join(map(_mark_piece, line.pieces)), "group" if line.heading else "plain")


def build_pdf(parts: Sequence[Flowable], title: str) -> bytes:
    """Return parts as PDF, the same bytes for the same parts."""
    content = BytesIO()
    document = SimpleDocTemplate(
        content,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=title,
        lang=language.current.code,
        invariant=1,
    )
    document.build(list(parts))
    return content.getvalue()


def write_pdf(report: Report) -> bytes:
    """Return a report as PDF, the same bytes for the same report."""
    sides, text = list_sides(report), mark_text(report)
    details = (*_show_points(report, text), *_show_gaps(report, sides), *_show_text(report, text))
    return build_pdf([*show_summary(report, sides), PageBreak(), *details], describe_verdict(report))

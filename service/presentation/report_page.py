"""What the page of a report shows, whether it is served or a file."""

from collections.abc import Iterable

from service.presentation.drawn_pages import draw_marks
from service.presentation.first_impressions import list_first_impressions
from service.presentation.marked_text import mark_text
from service.presentation.role_comparison import (
    compare_dimensions,
    group_requirements,
    list_gap_groups,
    list_sides,
    name_shared,
)
from service.presentation.self_contained import render_file
from service.presentation.sentences import (
    LIMITS,
    NOTHING_FOUND,
    NOTHING_MISSING,
    Heading,
    describe_elsewhere,
    describe_size,
    describe_split,
    describe_step,
    describe_verdict,
    explain_verdict,
    list_cautions,
    name_fit,
)
from skills.document import PagePlaces
from skills.judging.report_types import Report

MAX_FIRST_LINES = 3
MAX_REASONS = 3
MAX_GAPS = 1
MAX_QUOTES = 8


def describe_page(
    report: Report, *, title: str | None = None, note: str = "", places: Iterable[PagePlaces] = ()
) -> dict[str, object]:
    """Return the values of the template `report_parts.html`; the title is by default the document's name.

    `places` are those of the pages with pictures.
    """
    document, text, sides = report.document, mark_text(report), list_sides(report)
    pages = text.list_pages(document.page_starts)
    return {
        "title": document.name if title is None else title,
        "note": note,
        "report": report,
        "sentence": describe_verdict(report),
        "explanation": explain_verdict(report),
        "size": describe_size(document),
        "cautions": list_cautions(document),
        "sides": sides,
        "impressions": list_first_impressions(sides, most=MAX_FIRST_LINES),
        "shared_title": name_shared(report),
        "gap_groups": list_gap_groups(report, sides),
        "dimensions": compare_dimensions(report),
        "groups": group_requirements(report),
        "text": text,
        "pages": pages,
        "drawn_pages": draw_marks(places, text.marks.values()),
        "headings": [line.text.strip() for page in pages for line in page.lines if line.heading],
        "heading": Heading,
        "limits": LIMITS,
        "nothing_found": NOTHING_FOUND,
        "nothing_missing": NOTHING_MISSING,
        "describe_elsewhere": describe_elsewhere,
        "describe_split": describe_split,
        "describe_step": describe_step,
        "name_fit": name_fit,
        "most_reasons": MAX_REASONS,
        "most_gaps": MAX_GAPS,
        "most_quotes": MAX_QUOTES,
    }


def write_html(report: Report) -> str:
    """Return the page of a report as one file that needs no server."""
    modules = ("translation.js", "dom.js", "notices.js", "report.js")
    return render_file("report_file.html", style="report.css", modules=modules, **describe_page(report))

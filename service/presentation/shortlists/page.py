"""A shortlist as one HTML file that needs no server: who is on it and how they compare, then the summary of each."""

from collections.abc import Sequence

from service.language import gettext as _
from service.presentation.first_impressions import list_first_impressions
from service.presentation.report_page import MAX_FIRST_LINES
from service.presentation.role_comparison import list_sides
from service.presentation.self_contained import render_file
from service.presentation.sentences import (
    LIMITS,
    NOTHING_FOUND,
    NOTHING_MISSING,
    Heading,
    describe_split,
    describe_verdict,
    list_cautions,
    name_fit,
)
from service.presentation.shortlists.candidates import TITLE, Candidate


def _describe_candidate(candidate: Candidate) -> dict[str, object]:
    sides = list_sides(candidate.report)
    return {
        "name": candidate.name,
        "marks": candidate.marks,
        "lines": candidate.list_lines(),
        "sentence": describe_verdict(candidate.report),
        "cautions": list_cautions(candidate.report.document),
        "sides": sides,
        "impressions": list_first_impressions(sides, most=MAX_FIRST_LINES),
    }


def write_html(candidates: Sequence[Candidate], title: str) -> bytes:
    """Return a shortlist of one candidate or more as an HTML file, in the order given."""
    page = render_file(
        "shortlist_file.html",
        style="report.css",
        modules=(),
        title=title or _(TITLE),
        candidates=[_describe_candidate(candidate) for candidate in candidates],
        heading=Heading,
        limits=LIMITS,
        nothing_found=NOTHING_FOUND,
        nothing_missing=NOTHING_MISSING,
        describe_split=describe_split,
        name_fit=name_fit,
    )
    return page.encode()

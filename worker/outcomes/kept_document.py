"""Restores a document from its stored report: the text, and how its lines look, are enough to score it again."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping

from skills.document import BODY, Document, Line, LineStyle
from skills.judging.report_types import Report, read_report
from worker.outcomes.results import StoredResult
from worker.outcomes.search_facts import read_search_facts


def _list_lines(report: Report, styles: Mapping[int, LineStyle]) -> Iterator[Line]:
    starts = [page.start for page in report.document.page_starts]
    start = 0
    for number, words in enumerate(report.text.split("\n")):
        place = bisect_right(starts, start) - 1
        page = report.document.page_starts[place].page if place >= 0 else 1
        yield Line(page, start, start + len(words), styles.get(number, BODY))
        start += len(words) + 1


def restore_document(result: StoredResult) -> Document:
    """Return the document that a stored report is on; without search facts all of its lines look like the body."""
    report, stored = read_report(result.report), result.search_facts
    styled = read_search_facts(stored).styles if stored else ()
    styles = {number: LineStyle(size, bold, ruled, level) for number, size, bold, ruled, level in styled}
    facts = report.document
    return Document(
        name=facts.name,
        sha256=facts.sha256,
        media_type=facts.media_type,
        text=report.text,
        lines=tuple(_list_lines(report, styles)),
        pages=facts.pages,
        language=facts.language,
        read_with=facts.read_with,
        reader=report.versions.reader,
        warnings=facts.warnings,
    )

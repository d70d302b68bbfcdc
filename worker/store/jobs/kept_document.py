"""The document of a report that is kept: its text, and what it looks like, are enough to score it anew."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping

from skills.document import BODY, Document, Line, LineStyle
from skills.judging.report_types import Report, read_report
from worker.store.jobs.report_contents import read_contents


def _list_lines(report: Report, styles: Mapping[int, LineStyle]) -> Iterator[Line]:
    starts = [page.start for page in report.document.page_starts]
    start = 0
    for number, words in enumerate(report.text.split("\n")):
        place = bisect_right(starts, start) - 1
        page = report.document.page_starts[place].page if place >= 0 else 1
        yield Line(page, start, start + len(words), styles.get(number, BODY))
        start += len(words) + 1


def restore_document(report: bytes, contents: bytes) -> Document:
    """Return the document that a stored report is on; without contents all of it looks like the body."""
    known, stored = read_report(report), read_contents(contents).styles if contents else ()
    styles = {number: LineStyle(size, bold, ruled, level) for number, size, bold, ruled, level in stored}
    facts = known.document
    return Document(
        name=facts.name,
        sha256=facts.sha256,
        media_type=facts.media_type,
        text=known.text,
        lines=tuple(_list_lines(known, styles)),
        pages=facts.pages,
        language=facts.language,
        read_with=facts.read_with,
        reader=known.versions.reader,
        warnings=facts.warnings,
    )

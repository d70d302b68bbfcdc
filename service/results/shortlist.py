"""The rows of a batch that somebody has chosen, as one PDF."""

from collections.abc import Sequence

import orjson

from service.presentation.blind_view import hide_identity
from service.presentation.pdf_shortlist import Candidate, write_shortlist
from service.results.batch_table import BatchRowAnswer, hide_person
from skills.judging.report_types import Report, read_report


def _read_blind_report(report: bytes) -> Report:
    parts = orjson.loads(report)
    hide_identity(parts)
    return read_report(orjson.dumps(parts))


def _read_candidate(row: BatchRowAnswer, report: bytes, *, blind: bool) -> Candidate:
    shown = hide_person(row) if blind else row
    read = _read_blind_report if blind else read_report
    return Candidate(shown.person_name or shown.name, read(report), shown.mark)


def write_rows(rows: Sequence[BatchRowAnswer], reports: Sequence[bytes], *, title: str, blind: bool) -> bytes:
    """Return rows with their reports as a shortlist; a blind one does not say who people are."""
    pairs = zip(rows, reports, strict=True)
    return write_shortlist([_read_candidate(row, report, blind=blind) for row, report in pairs], title)

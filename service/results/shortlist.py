"""The rows of a batch that somebody has chosen, as one PDF."""

from collections.abc import Sequence
from dataclasses import replace

import orjson

from service.presentation.blind_report import hide_identity
from service.presentation.pdf_shortlist import Candidate, write_shortlist
from service.results.batch_table import BatchRowAnswer
from service.results.tables import name_blind
from skills.judging.report_types import read_report


def _read_candidate(row: BatchRowAnswer, report: bytes, *, blind: bool) -> Candidate:
    if not blind:
        return Candidate(row.person_name or row.name, read_report(report), row.mark)
    parts = orjson.loads(report)
    hide_identity(parts)
    return Candidate(name_blind(row.number), read_report(orjson.dumps(parts)), replace(row.mark, note=""))


def write_rows(rows: Sequence[BatchRowAnswer], reports: Sequence[bytes], *, title: str, blind: bool) -> bytes:
    """Return rows with their reports as a shortlist; a blind one does not say who people are."""
    pairs = zip(rows, reports, strict=True)
    return write_shortlist([_read_candidate(row, report, blind=blind) for row, report in pairs], title)

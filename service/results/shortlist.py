"""The rows of a batch that somebody has chosen, as the candidates of a shortlist."""

from collections.abc import Sequence

import orjson

from service.presentation.blind_view import hide_identity
from service.presentation.shortlists.candidates import Candidate
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


def list_candidates(rows: Sequence[BatchRowAnswer], reports: Sequence[bytes], *, blind: bool) -> list[Candidate]:
    """Return rows with their reports as the candidates of a shortlist; blind ones do not say who people are."""
    return [_read_candidate(row, report, blind=blind) for row, report in zip(rows, reports, strict=True)]

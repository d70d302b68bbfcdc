"""Documents that can be searched, from the lines that `rolefit batch` and `rolefit score --json` write."""

from dataclasses import fields

import orjson

from service.results.batch_table import BatchRowAnswer, RowAnswer, describe_result
from service.search.kept_documents import KeptDocument
from service.search.questions import SearchedDocument
from skills.judging.report_types import read_report
from worker.outcomes.failure import Failure, JobError
from worker.outcomes.outline import outline_report
from worker.outcomes.search_facts import encode_search_facts, list_search_facts


def _place_row(row: RowAnswer, number: int) -> BatchRowAnswer:
    known = {each.name: getattr(row, each.name) for each in fields(row)}
    return BatchRowAnswer(**known, number=number, job=None, ranks={})


def read_line(line: bytes, number: int) -> SearchedDocument:
    """Return the document of a line; raise ValueError, LookupError or TypeError if it is neither report nor failure."""
    parts = orjson.loads(line)
    if "error" in parts:
        failure = Failure(parts["document"], JobError(**parts["error"]))
        return SearchedDocument(_place_row(describe_result(failure), number))
    report = read_report(line)
    kept = KeptDocument(stored_facts=encode_search_facts(report.text, list_search_facts(report)))
    return SearchedDocument(_place_row(describe_result(outline_report(report)), number), kept)

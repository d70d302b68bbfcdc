"""Documents that can be searched, from the lines that `rolefit batch` and `rolefit score --json` write."""

import orjson

from service.results.batch_table import BatchRowAnswer, describe_result
from service.results.rows import extend_row
from service.search.kept_documents import KeptDocument
from service.search.questions import SearchedDocument
from skills.judging.report_types import read_report
from worker.outcomes.failure import Failure, JobError
from worker.outcomes.outline import Outline, outline_report
from worker.outcomes.search_facts import encode_search_facts, list_search_facts


def _describe_line(result: Outline | Failure, number: int) -> BatchRowAnswer:
    return extend_row(BatchRowAnswer, describe_result(result), number=number, job=None, ranks={})


def read_line(line: bytes, number: int) -> SearchedDocument:
    """Return the document of a line; raise ValueError, LookupError or TypeError if it is neither report nor failure."""
    parts = orjson.loads(line)
    if "error" in parts:
        failure = Failure(parts["document"], JobError(**parts["error"]))
        return SearchedDocument(_describe_line(failure, number))
    report = read_report(line)
    kept = KeptDocument(stored_facts=encode_search_facts(report.text, list_search_facts(report)))
    return SearchedDocument(_describe_line(outline_report(report), number), kept)

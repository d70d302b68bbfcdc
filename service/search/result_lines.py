"""Documents that can be searched, from the lines that `rolefit batch` and `rolefit score --json` write."""

from dataclasses import fields

import orjson

from service.results.batch_table import BatchRowAnswer, RowAnswer, describe_result
from service.search.folding import fold
from service.search.questions import NO_CONTENTS, Document
from skills.judging.report_types import read_report
from worker.store.jobs.job import Failure, JobError
from worker.store.jobs.report_contents import list_contents
from worker.store.jobs.report_outline import outline_report


def _place_row(row: RowAnswer, number: int) -> BatchRowAnswer:
    known = {each.name: getattr(row, each.name) for each in fields(row)}
    return BatchRowAnswer(**known, number=number, job=None, ranks={})


def read_line(line: bytes, number: int) -> Document:
    """Return the document of a line; raise ValueError, LookupError or TypeError if it is neither report nor failure."""
    parts = orjson.loads(line)
    if "error" in parts:
        failure = Failure(parts["document"], JobError(**parts["error"]))
        return Document(_place_row(describe_result(failure), number), NO_CONTENTS)
    report = read_report(line)
    contents = list_contents(report)
    return Document(_place_row(describe_result(outline_report(report)), number), contents, fold(contents.text))

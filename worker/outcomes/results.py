"""Results as they are stored and written to files."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import orjson

from skills.document import Line
from skills.judging.report_types import Report
from worker.outcomes.failure import Failure
from worker.outcomes.outline import Outline, RowDetails, outline_report
from worker.outcomes.search_facts import encode_search_facts, list_search_facts


def encode_result(result: Report | Failure | Outline | RowDetails) -> str:
    """Return a report, its outline or details, or a failure as JSON on one line, as it is kept."""
    return orjson.dumps(result).decode()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a document: `line` is its report or failure as JSON, `outline` what a table shows of it."""

    outline: Outline | Failure = field(repr=False)
    line: str = field(repr=False)

    @classmethod
    def of(cls, result: Report | Failure) -> Self:
        """Make the outcome of a report or a failure."""
        return cls(result if isinstance(result, Failure) else outline_report(result), encode_result(result))


@dataclass(frozen=True, slots=True)
class StoredResult:
    """A report as the store keeps it: whole, and the parts that are kept apart from it.

    The outline and its details are what a table shows of it; the search facts are what it can be searched for. A part
    that there is not, or that nobody asked for, is empty.
    """

    report: bytes = field(default=b"", repr=False)
    outline: str = field(default="", repr=False)
    details: str = field(default="", repr=False)
    search_facts: bytes = field(default=b"", repr=False)
    page_pictures: bytes = field(default=b"", repr=False)

    @classmethod
    def of(
        cls, report: Report, *, lines: Sequence[Line] = (), search_facts: bytes = b"", page_pictures: bytes = b""
    ) -> Self:
        """Make what is stored of a report on a document with these lines, or of which `search_facts` are known."""
        outline = outline_report(report)
        facts = search_facts or encode_search_facts(report.text, list_search_facts(report, lines=lines))
        return cls(
            encode_result(report).encode(),
            encode_result(replace(outline, details=None)),
            encode_result(outline.details) if outline.details else "",
            facts,
            page_pictures,
        )

"""Blindness: whether a report stays the same when the words that reveal who somebody is are replaced by others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import orjson

from skills.anatomy.document_kind import check_document_kind
from skills.blindness.swaps import Place, SwapKind, Swapped, find_places, load_swaps, swap
from skills.document import Document
from skills.errors import NotAResumeError
from skills.judging.report import write_report
from skills.judging.report_differences import Difference, Json, find_differences
from skills.knowledge import Knowledge

JUDGED = ("roles", "verdict", "skills")
# Offsets, and the words of advice, which name an employer and its post: what advice rests on is compared, its case
# and the evidence.
NOT_COMPARED = frozenset({"page", "start", "end", "advice", "quotes"})


@dataclass(frozen=True, slots=True)
class Change:
    """What a swap changed though it must not: the value that was put in, and each place of the report that differs."""

    value: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one kind of swap: in how many `places` it was found, how many values were `tried`, what changed."""

    kind: SwapKind
    places: int
    tried: int
    changes: tuple[Change, ...]


def _quote_around(text: str, start: int, end: int, places: Sequence[Place]) -> str:
    """Return `text[start:end]` without what stands in one of the places."""
    pieces = []
    for left, right in places:
        if start < right and left < end:
            pieces.append(text[start:left])
            start = right
    return "".join([*pieces, text[start:end]])


def _keep_compared(part: Json, swapped: Swapped) -> Json:
    """Return a part of a judgement as far as it is compared, with its quotes free of what was swapped."""
    if isinstance(part, list):
        return [_keep_compared(item, swapped) for item in part]
    if not isinstance(part, dict):
        return part
    kept = {
        key: _keep_compared(value, swapped) if isinstance(value, dict | list) else value
        for key, value in part.items()
        if key not in NOT_COMPARED
    }
    start, end = part.get("start"), part.get("end")
    if isinstance(start, int) and isinstance(end, int):
        kept["text"] = _quote_around(swapped.document.text, start, end, swapped.places)
    return kept


def judge(document: Document, knowledge: Knowledge) -> dict[str, Json]:
    """Return the judgement in a report: all roles with points, evidence and gaps, the verdict, the skills.

    Left out is what it says of the file, text and versions. A document that is refused as no résumé has the error's
    code in place of all this.
    """
    try:
        check_document_kind(document)
    except NotAResumeError as error:
        return {"error": error.code}
    report: dict[str, Json] = orjson.loads(orjson.dumps(write_report(document, knowledge)))
    return {part: report[part] for part in JUDGED}


def try_swaps(
    document: Document,
    kind: SwapKind,
    knowledge: Knowledge,
    *,
    judged: dict[str, Json],
    values: Sequence[str] | None = None,
) -> Trial:
    """Replace the words of a kind in a document by its values, or by those given, and return what changed.

    `judged` is what is said of the document itself. Nothing is compared of a quotation's page and offsets, of those of
    its words that were swapped, and of the wording of advice.
    """
    places = find_places(kind, document.text)
    tried = (values or kind.values) if places else ()
    before = _keep_compared(judged, Swapped(document, places))
    changes = []
    for value in tried:
        swapped = swap(document, kind, value, places)
        after = _keep_compared(judge(swapped.document, knowledge), swapped)
        if after != before:
            changes.append(Change(value, tuple(find_differences(before, after))))
    return Trial(kind, len(places), len(tried), tuple(changes))


def try_all_swaps(document: Document, knowledge: Knowledge) -> Iterator[Trial]:
    """Yield what comes of each kind of swap."""
    judged = judge(document, knowledge)
    return (try_swaps(document, kind, knowledge, judged=judged) for kind in load_swaps())

"""The documents that answer a question, ordered and divided into pages."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.results.batch_table import BatchRowAnswer
from service.results.rows import UNSCORED
from service.search.questions import Hit
from worker.outcomes.folding import fold
from worker.store.jobs.job import OPEN_STATES

PIECES = re.compile(r"(\D*)(\d*)")


@dataclass(frozen=True, slots=True)
class HitPage:
    """A page of documents that answer, and the cursor of the next, None if there is none."""

    hits: Sequence[Hit] = field(repr=False)
    next: str | None


def _find_value(row: BatchRowAnswer, order: str, roles: Sequence[str]) -> float:
    """Return the number by which a row is ordered."""
    if order == "best":
        return row.best_score
    if order == "lead":
        first, second, *_ = roles
        return row.scores.get(first, 0.0) - row.scores.get(second, 0.0)
    return row.scores.get(order, UNSCORED)


def _split_name(row: BatchRowAnswer) -> list[tuple[str, int]]:
    """Return a name as names are ordered: `2.pdf` before `10.pdf`."""
    return [(words, int(digits or 0)) for words, digits in PIECES.findall(fold(row.name))]


def order_hits(hits: Sequence[Hit], order: str, *, roles: Sequence[str], is_reversed: bool) -> list[Hit]:
    """Return documents in an order or its reverse. Those without scores come last in both, unless names are ordered.

    Orders are `name`; `best`, for the better score first; `lead`, for how far the first of the roles is ahead of the
    second; or a role's id.
    """
    named = sorted(hits, key=lambda hit: (hit.row.name, hit.row.number))
    if order == "name":
        return sorted(named, key=lambda hit: _split_name(hit.row), reverse=is_reversed)
    sign = 1 if is_reversed else -1
    scored = sorted((hit for hit in named if hit.row.scores), key=lambda hit: sign * _find_value(hit.row, order, roles))
    others = sorted((hit for hit in named if not hit.row.scores), key=lambda hit: hit.row.state in OPEN_STATES)
    return [*scored, *others]


def _write_cursor(hits: Sequence[Hit], end: int) -> str | None:
    """Return the cursor of the page behind the first `end` documents: their count, and the number of the last one."""
    if end >= len(hits):
        return None
    return urlsafe_b64encode(f"{end}:{hits[end - 1].row.number}".encode()).decode().rstrip("=")


def _find_start(hits: Sequence[Hit], cursor: str) -> int:
    """Return where the next page begins: behind the last document shown, or in its place if it no longer answers."""
    if not cursor:
        return 0
    count, last = map(int, urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split(":"))
    places = (place for place, hit in enumerate(hits, start=1) if hit.row.number == last)
    return next(places, max(0, count))


def cut_page(hits: Sequence[Hit], *, cursor: str, most: int) -> HitPage:
    """Return a page of documents; raise ValueError if the cursor is none of ours."""
    start = _find_start(hits, cursor)
    page = hits[start : start + most]
    return HitPage(page, _write_cursor(hits, start + len(page)))

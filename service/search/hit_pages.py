"""Pages of the documents that answer a question, in an order."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from service.search.questions import Hit

Order = Callable[[Sequence[Hit]], list[Hit]]


@dataclass(frozen=True, slots=True)
class HitPage:
    """A page of documents that answer, and the cursor of the next, None if there is none."""

    hits: Sequence[Hit] = field(repr=False)
    next: str | None


def order_hits(order: str) -> Order:
    """Return what puts documents in an order: `best`, as they are; `name`; or by score for a role, best first."""
    if order == "best":
        return list
    if order == "name":
        return lambda hits: sorted(hits, key=lambda hit: (hit.row.name.casefold(), hit.row.number))
    return lambda hits: sorted(hits, key=lambda hit: (-hit.row.scores.get(order, -1.0), hit.row.name))


def _write_cursor(hits: Sequence[Hit], end: int) -> str | None:
    """Return the cursor of what follows the first `end` documents: their count, and the number of the last one."""
    if end >= len(hits):
        return None
    return urlsafe_b64encode(f"{end}:{hits[end - 1].row.number}".encode()).decode().rstrip("=")


def _find_start(hits: Sequence[Hit], cursor: str) -> int:
    """Return where the next page begins: after the last document seen, or where that was if it no longer answers."""
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

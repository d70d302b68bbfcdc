"""What people note about a résumé: a star, a status, a note. A mark changes no score and sends no webhook."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """What somebody intends to do about a résumé."""

    NEW = "new"
    LOOKED_AT = "looked-at"
    TO_CALL = "to-call"
    NOT_NOW = "not-now"


@dataclass(frozen=True)
class Mark:
    """The last star, status and note, and when they were changed; a note is deleted with the report."""

    star: bool = False
    status: Status = Status.NEW
    note: str = field(default="", repr=False)
    changed_at: datetime | None = None


UNMARKED = Mark()


@dataclass(frozen=True, slots=True)
class MarkChange:
    """The new parts of a mark; None leaves the old one."""

    star: bool | None = None
    status: Status | None = None
    note: str | None = field(default=None, repr=False)


def decode_mark(fields: Mapping[bytes, bytes]) -> Mark:
    """Return the mark in the fields of a job."""
    at = fields.get(b"marked_at")
    if not at:
        return UNMARKED
    return Mark(
        fields.get(b"star") == b"1",
        Status(fields.get(b"status", Status.NEW.encode()).decode()),
        fields.get(b"note", b"").decode(),
        datetime.fromisoformat(at.decode()),
    )

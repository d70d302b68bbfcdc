"""What people keep of a résumé: a star, a status, a note. Nothing follows from it by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """What somebody means to do about a résumé."""

    NEW = "new"
    LOOKED_AT = "looked-at"
    TO_CALL = "to-call"
    NOT_NOW = "not-now"


@dataclass(frozen=True)
class Mark:
    """What was kept last, and when; a note is personal data and is deleted with the report."""

    star: bool = False
    status: Status = Status.NEW
    note: str = field(default="", repr=False)
    changed_at: datetime | None = None


UNMARKED = Mark()


@dataclass(frozen=True, slots=True)
class MarkChange:
    """What of a mark is to change; None stays as it is."""

    star: bool | None = None
    status: Status | None = None
    note: str | None = field(default=None, repr=False)


def decode_mark(fields: Mapping[str, str]) -> Mark:
    """Return the mark in the fields of a job."""
    at = fields.get("marked_at")
    return Mark(
        fields.get("star") == "1",
        Status(fields.get("status", Status.NEW)),
        fields.get("note", ""),
        datetime.fromisoformat(at) if at else None,
    )

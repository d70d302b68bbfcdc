"""How many jobs may wait and how many bytes may be kept, in total and for each owner; documents beyond are refused."""

from dataclasses import dataclass

from worker.settings import Settings


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many jobs may wait and how many bytes may be kept, as arguments of scripts; None is no limit."""

    max_jobs: int | None = None
    max_jobs_of_owner: int | None = None
    max_bytes: int | None = None
    max_bytes_of_owner: int | None = None


def read_bounds(settings: Settings, *, owner: str) -> Bounds:
    """Return the bounds of the settings. Where access is open, everybody is one owner, without bounds of their own."""
    if not owner:
        return Bounds(max_jobs=settings.max_pending, max_bytes=settings.max_stored_bytes)
    return Bounds(
        settings.max_pending,
        settings.max_pending_per_owner,
        settings.max_stored_bytes,
        settings.max_stored_bytes_per_owner,
    )

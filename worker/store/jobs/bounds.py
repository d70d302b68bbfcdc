"""How much may wait and be kept, in all and for each owner: beyond it a document is refused."""

from dataclasses import dataclass

from worker.errors.store import OwnerQueueFullError, OwnerStoreFullError, QueueFullError, StoreFullError
from worker.settings import Settings

# By what lua/submit.lua answers, which decides.
REFUSALS = {
    b"queue_full": QueueFullError,
    b"queue_full_of_owner": OwnerQueueFullError,
    b"store_full": StoreFullError,
    b"store_full_of_owner": OwnerStoreFullError,
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """Jobs that may wait and bytes that may be kept; None: any number."""

    jobs: int | None = None
    jobs_of_owner: int | None = None
    stored_bytes: int | None = None
    stored_bytes_of_owner: int | None = None

    def write_arguments(self) -> list[str]:
        """Return the bounds as scripts take them: an empty text means any number."""
        bounds = (self.jobs, self.jobs_of_owner, self.stored_bytes, self.stored_bytes_of_owner)
        return ["" if bound is None else str(bound) for bound in bounds]


def read_bounds(settings: Settings, *, owner: str) -> Bounds:
    """Return the bounds of the settings. Where access is open, everybody is one owner, without bounds of their own."""
    if not owner:
        return Bounds(jobs=settings.max_pending, stored_bytes=settings.max_stored_bytes)
    return Bounds(
        settings.max_pending,
        settings.max_pending_per_owner,
        settings.max_stored_bytes,
        settings.max_stored_bytes_per_owner,
    )

"""Keeps some room on the disk for deletion, which Redis writes to its file as it does everything.

While the disk is nearly full, no documents are taken. When it is full, a file that only takes up room is deleted: what
that frees is enough to delete.
"""

import logging
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from worker.errors import StoreUnavailableError
from worker.store.jobs.job_store import JobStore

logger = logging.getLogger(__name__)

RESERVE_BYTES = 16_000_000
NEARLY_FULL_BYTES = 32_000_000  # free beside the reserve
FULL_BYTES = 2_000_000
EVERY_SECONDS = 1.0


class DiskReserve:
    """The reserve in a folder, and whether documents are refused because the disk is nearly full."""

    def __init__(self, folder: Path, store: JobStore) -> None:
        self._folder = folder
        self._file = folder / "reserve"
        self._store = store
        self._refuses: bool | None = None

    def check(self) -> None:
        """Set the reserve free or make it anew, and have documents refused or taken, by how much room there is."""
        free = shutil.disk_usage(self._folder).free
        if free < FULL_BYTES:
            self._file.unlink(missing_ok=True)
        elif free > NEARLY_FULL_BYTES + RESERVE_BYTES and not self._file.exists():
            self._make()
        self._refuse(free < NEARLY_FULL_BYTES)

    def _make(self) -> None:
        with suppress(OSError):
            self._file.write_bytes(bytes(RESERVE_BYTES))

    def _refuse(self, refuses: bool) -> None:  # noqa: FBT001 - one of two states
        if refuses == self._refuses:
            return
        with suppress(StoreUnavailableError):
            self._store.refuse_documents(refuses=refuses)
            if refuses:
                logger.warning("the disk is nearly full; no documents are taken until there is room")
            self._refuses = refuses


@contextmanager
def keep_reserve(folder: Path, store: JobStore) -> Iterator[None]:
    """Keep a reserve in a folder while the block runs."""
    reserve, stopping = DiskReserve(folder, store), threading.Event()

    def keep() -> None:
        while not stopping.wait(EVERY_SECONDS):
            reserve.check()

    reserve.check()
    keeper = threading.Thread(target=keep, name="disk reserve", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        keeper.join()

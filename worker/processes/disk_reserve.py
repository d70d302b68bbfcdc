"""Keeps some room on the disk for deletions, which Redis writes to its file, like all else.

While the disk is nearly full, no documents are taken. When it is full, the reserve is deleted, a file that only takes
up room: people can then delete what they no longer need.
"""

import logging
import shutil
from contextlib import suppress
from pathlib import Path

from worker.errors.store import StoreError
from worker.store.health_store import HealthStore

logger = logging.getLogger(__name__)

RESERVE_BYTES = 16_000_000
NEARLY_FULL_BYTES = 32_000_000  # free, without the reserve
FULL_BYTES = 2_000_000


class DiskReserve:
    """The reserve in a folder, and whether documents are refused because the disk is nearly full."""

    def __init__(self, folder: Path, health: HealthStore) -> None:
        self._folder = folder
        self._file = folder / "reserve"
        self._health = health
        self._refuses: bool | None = None

    def check(self) -> None:
        """Delete the reserve and refuse documents while the disk is nearly full; then make it again and take them."""
        free = shutil.disk_usage(self._folder).free
        if free < FULL_BYTES:
            self._file.unlink(missing_ok=True)
        elif free > NEARLY_FULL_BYTES + RESERVE_BYTES and not self._file.exists():
            self._make()
        self._refuse(free < NEARLY_FULL_BYTES)

    def _make(self) -> None:
        try:
            self._file.write_bytes(bytes(RESERVE_BYTES))
        except OSError:  # a part of it would be taken for the whole
            self._file.unlink(missing_ok=True)

    def _refuse(self, refuses: bool) -> None:  # noqa: FBT001 - one of two states
        if refuses == self._refuses:
            return
        with suppress(StoreError):
            self._health.refuse_documents(refuses=refuses)
            if refuses:
                logger.warning("the disk is nearly full; no documents are taken until there is room")
            self._refuses = refuses

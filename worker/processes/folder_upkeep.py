"""Keeps a reserve in the data folder while its server runs, and deletes old copies of damaged files."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from worker.processes.append_only_repair import delete_old_copies
from worker.processes.disk_reserve import DiskReserve
from worker.store.health_store import HealthStore

logger = logging.getLogger(__name__)

EVERY_SECONDS = 1.0


def _check_folder(folder: Path, reserve: DiskReserve, *, copy_seconds: float) -> None:
    """Check the reserve and delete old copies; if the system refuses that, the next run tries again."""
    try:
        reserve.check()
        delete_old_copies(folder, older_than_seconds=copy_seconds)
    except OSError as error:
        logger.warning("the upkeep of the data folder failed: %s", error.strerror)


@contextmanager
def keep_folder(folder: Path, health: HealthStore, *, copy_seconds: float) -> Iterator[None]:
    """Keep a reserve in a folder while the block runs, and copies of damaged files for that long."""
    reserve, stopping = DiskReserve(folder, health), threading.Event()

    def keep() -> None:
        while not stopping.wait(EVERY_SECONDS):
            _check_folder(folder, reserve, copy_seconds=copy_seconds)

    _check_folder(folder, reserve, copy_seconds=copy_seconds)
    keeper = threading.Thread(target=keep, name="folder upkeep", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        keeper.join()

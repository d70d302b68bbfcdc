"""A lock for reading beside others or alone: what the machine had too little memory for is tried again while alone."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def hold_reading_lock(*, alone: bool) -> Iterator[None]:
    """While the block runs, keep off readings that must be alone; with `alone`, keep off all others of this user."""
    path = Path(tempfile.gettempdir()) / f"rolefit-reading-{os.getuid()}.lock"
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
    finally:
        os.close(lock)  # and so lets go of it

"""A lock to read together with other processes or alone: if memory did not suffice, a document is read again alone."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def hold_reading_lock(*, alone: bool) -> Iterator[None]:
    """While the block runs, let none of this user's processes read alone; with `alone`, let none read at all."""
    path = Path(tempfile.gettempdir()) / f"rolefit-reading-{os.getuid()}.lock"
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
    finally:
        os.close(lock)  # which releases it

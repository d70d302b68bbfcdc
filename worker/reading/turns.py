"""Reading beside others, or alone: a document that the machine had too little memory for is tried again by itself."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def take_turn(*, alone: bool) -> Iterator[None]:
    """Hold off readings that want to be alone while the block runs or, `alone`, every other reading of this user."""
    path = Path(tempfile.gettempdir()) / f"rolefit-reading-{os.getuid()}.lock"
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
    finally:
        os.close(lock)  # and so lets go of it

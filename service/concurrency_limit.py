"""Limits how many requests that keep a thread busy are worked on at once, and how many of these of one owner."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from skills.errors import RolefitError


class BusyError(RolefitError):
    """Too many requests of this kind are being worked on, of all owners or of this one."""

    code = "busy"

    def __init__(self) -> None:
        super().__init__("The service is busy. Send this again in a few seconds.")


class ConcurrencyLimit:
    """Lets in `most` requests at once, and `most_of_one` of one owner, so that there is room for others."""

    def __init__(self, most: int, *, most_of_one: int) -> None:
        self._most = most
        self._most_of_one = most_of_one
        self._running: Counter[str] = Counter()
        self._lock = Lock()

    @contextmanager
    def enter(self, owner: str) -> Iterator[None]:
        """Count an owner's request while the block runs; raise BusyError if there are too many already."""
        with self._lock:
            if self._running.total() >= self._most or self._running[owner] >= self._most_of_one:
                raise BusyError
            self._running[owner] += 1
        try:
            yield
        finally:
            with self._lock:
                self._running[owner] -= 1
                self._running += Counter()

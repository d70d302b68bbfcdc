"""Room for requests that keep a thread busy: for few of them at once, and for fewer of one owner."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from skills.errors import RolefitError


class NoRoomError(RolefitError):
    """Too many requests of this kind are being worked on, of all owners or of this one."""

    code = "busy"

    def __init__(self) -> None:
        super().__init__("The service is busy. Send this again in a few seconds.")


class Room:
    """Counts who is in, so that one owner leaves room for others."""

    def __init__(self, most: int, *, most_of_one: int) -> None:
        self._most = most
        self._most_of_one = most_of_one
        self._inside: Counter[str] = Counter()
        self._lock = Lock()

    @contextmanager
    def enter(self, owner: str) -> Iterator[None]:
        """Take room for an owner's request while the block runs; raise NoRoomError if there is none."""
        with self._lock:
            if self._inside.total() >= self._most or self._inside[owner] >= self._most_of_one:
                raise NoRoomError
            self._inside[owner] += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside[owner] -= 1
                self._inside += Counter()

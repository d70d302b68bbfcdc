"""A time limit that code with `except Exception` cannot catch by mistake."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from worker.errors.documents import TimedOutError


class DeadlinePassed(BaseException):
    """The time is up. Not a subclass of Exception, because pypdf and other libraries catch every Exception."""


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise DeadlinePassed


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise TimedOutError if the block takes longer than that. Works only in the main thread of a process."""
    before = signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except DeadlinePassed as passed:
        raise TimedOutError from passed
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

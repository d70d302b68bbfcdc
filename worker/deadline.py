"""A time limit that no `except Exception` on the way can swallow."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from worker.errors import TimedOutError


class DeadlinePassed(BaseException):
    """Unwinds the work whose time is up; pypdf and others catch every Exception, and this is none."""


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise DeadlinePassed


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise TimedOutError when the block takes longer. Only for a process's main thread."""
    before = signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except DeadlinePassed as passed:
        raise TimedOutError from passed
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

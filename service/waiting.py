"""Holds requests until what they ask about has ended."""

import time
from collections.abc import Callable

from service.backend import Backend
from service.concurrency_limit import BusyError
from service.http.access import get_owner

POLL_SECONDS = 0.02


def wait_until(backend: Backend, has_ended: Callable[[], bool], *, timeout_seconds: float) -> bool:
    """Hold the request until something has ended, for at most the given time; return whether the request was held.

    Only a few requests are held at once, because each takes a thread that others need.
    """
    try:
        with backend.waiting_limit.enter(get_owner()):
            deadline = time.monotonic() + timeout_seconds
            while not has_ended() and time.monotonic() < deadline:
                time.sleep(POLL_SECONDS)
    except BusyError:
        return False
    return True

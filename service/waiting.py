"""Holds requests until what they ask about is over."""

import time
from collections.abc import Callable

from service.backend import Backend

POLL_SECONDS = 0.02


def wait_until(backend: Backend, is_over: Callable[[], bool], *, timeout_seconds: float) -> bool:
    """Hold the request until something is over, for at most the given time; return whether the request was held.

    Only a few requests are held at once, because each takes a thread that others need.
    """
    if not backend.room_to_wait.acquire(blocking=False):
        return False
    try:
        deadline = time.monotonic() + timeout_seconds
        while not is_over() and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
    finally:
        backend.room_to_wait.release()
    return True

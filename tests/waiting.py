"""Waiting for what another process will do: on a condition with a deadline, never for a fixed time."""

import time
from collections.abc import Callable
from typing import TypeVar

POLL_SECONDS = 0.02

T = TypeVar("T")


def wait_until(condition: Callable[[], T], timeout_seconds: float = 60) -> T:
    """Return the condition's first true answer; fail when there is none in time."""
    deadline = time.monotonic() + timeout_seconds
    while not (answer := condition()):
        assert time.monotonic() < deadline, "it did not come to pass in time"
        time.sleep(POLL_SECONDS)
    return answer

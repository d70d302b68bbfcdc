"""The garbage collector while much is loaded at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Pause the collector while many objects are made and none of them is garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def paused_collector() -> Iterator[None]:
    """Pause the collector, which would search again and again through what stays, and never look at it afterwards."""
    with without_collector():
        try:
            yield
        finally:
            gc.freeze()

"""The garbage collector while much is loaded at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collector() -> Iterator[None]:
    """Pause the collector while many objects are made and none of them is garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def frozen_after_loading() -> Iterator[None]:
    """Pause the collector while what stays is loaded, and freeze that: the collector never searches through it."""
    with paused_collector():
        try:
            yield
        finally:
            gc.freeze()

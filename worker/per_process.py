"""One object a process: a forked child must not share connections and locks with its parent."""

import os
from collections.abc import Callable
from functools import cache, wraps
from typing import TypeVar

T = TypeVar("T")


def once_per_process(make: Callable[[], T]) -> Callable[[], T]:
    """Have a function without arguments run once in each process, and return the same object from then on."""

    @cache
    def make_in(_pid: int) -> T:
        return make()

    @wraps(make)
    def find() -> T:
        return make_in(os.getpid())

    return find

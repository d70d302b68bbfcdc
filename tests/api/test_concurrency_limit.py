"""Of requests that keep a thread busy, few are let in at once, and one owner leaves room for others."""

from contextlib import ExitStack

import pytest

from service.concurrency_limit import BusyError, ConcurrencyLimit


def test_one_owner_leaves_room_for_another() -> None:
    limit = ConcurrencyLimit(3, most_of_one=2)
    with ExitStack() as inside:
        inside.enter_context(limit.enter("anna"))
        inside.enter_context(limit.enter("anna"))
        with pytest.raises(BusyError), limit.enter("anna"):
            pass
        inside.enter_context(limit.enter("ben"))
        with pytest.raises(BusyError), limit.enter("cleo"):
            pass


def test_who_leaves_makes_room() -> None:
    limit = ConcurrencyLimit(1, most_of_one=1)
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"), limit.enter("anna"):
            raise ValueError("broken")

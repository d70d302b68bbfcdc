"""Of requests that keep a thread busy, few are let in at once, and one owner leaves room for others."""

from contextlib import ExitStack

import pytest

from service.room import NoRoomError, Room


def test_one_owner_leaves_room_for_another() -> None:
    room = Room(3, most_of_one=2)
    with ExitStack() as inside:
        inside.enter_context(room.enter("anna"))
        inside.enter_context(room.enter("anna"))
        with pytest.raises(NoRoomError), room.enter("anna"):
            pass
        inside.enter_context(room.enter("ben"))
        with pytest.raises(NoRoomError), room.enter("cleo"):
            pass


def test_who_leaves_makes_room() -> None:
    room = Room(1, most_of_one=1)
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"), room.enter("anna"):
            raise ValueError("broken")

"""Loads the scripts in `lua/`. Redis runs each without interruption, so that all of its changes are made or none.

In every script `names` holds the prefixes of keys, `seconds` how long each kind of record is kept, and `given` the
arguments of the call by name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from redis import Redis
from redis.client import Pipeline

from skills.errors import RolefitError
from worker.errors.store import (
    KeyReusedError,
    NoteChangedError,
    OwnerQueueFullError,
    OwnerStoreFullError,
    QueueFullError,
    StoreFullError,
    UnfinishedError,
    UnknownBatchError,
)
from worker.store.connection import RedisValue
from worker.store.keys import list_names
from worker.store.retention import Retention

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FOLDER = Path(__file__).parent / "lua"
# Functions that several scripts call, each after those that it calls itself.
SHARED = (
    "arguments", "records", "idempotency_key", "turns", "uploads", "job_end", "stored_bytes", "bounds", "webhook_slots",
)  # fmt: skip
# What a script answers instead of doing what it is asked for, and the error that says so.
ERRORS_BY_ANSWER: dict[bytes, type[RolefitError]] = {
    b"queue_full": QueueFullError,
    b"queue_full_of_owner": OwnerQueueFullError,
    b"store_full": StoreFullError,
    b"store_full_of_owner": OwnerStoreFullError,
    b"key_reused": KeyReusedError,
    b"note_changed": NoteChangedError,
    b"gone": UnknownBatchError,
    b"unfinished": UnfinishedError,
}


def _write_table(name: str, entries: Mapping[str, str | int]) -> str:
    written = ", ".join(f"{key} = {value!r}" for key, value in entries.items())
    return f"local {name} = {{{written}}}\n"


@cache
def write_script(name: str, retention: Retention) -> str:
    """Return the text of a script with the names, the seconds and the shared functions that it uses."""
    tables = _write_table("names", list_names()) + _write_table("seconds", asdict(retention))
    return tables + "\n".join((FOLDER / f"{part}.lua").read_text(encoding="utf-8") for part in (*SHARED, name))


def _write_call(items: Iterable[RedisValue], arguments: Mapping[str, RedisValue | None]) -> list[RedisValue]:
    """Return a call as lua/arguments.lua reads it: the number of arguments, their names and values, and the items."""
    named = (("" if value is None else value for value in pair) for pair in arguments.items())
    return [len(arguments), *chain.from_iterable(named), *items]


class StoreScript:
    """A script that is called with named arguments, then the items of a list; None is sent as an empty text."""

    def __init__(self, redis: Redis, name: str, retention: Retention) -> None:
        self._script = redis.register_script(write_script(name, retention))  # the server gets it at the first call

    def __call__(self, *items: RedisValue, **arguments: RedisValue | None) -> Any:  # noqa: ANN401 - as the script says
        """Run the script and return its answer."""
        return self._script(args=_write_call(items, arguments))

    def add_to(self, pipe: Pipeline, **arguments: RedisValue | None) -> None:
        """Add the script to a pipeline."""
        self._script(args=_write_call((), arguments), client=pipe)


def write_change(change: "DataclassInstance") -> list[RedisValue]:
    """Return the fields of a change that are not None, as a flat list of names and values."""
    values = ((each.name, getattr(change, each.name)) for each in fields(change))
    changed = ((name, int(value) if isinstance(value, bool) else value) for name, value in values if value is not None)
    return [word for pair in changed for word in pair]


def raise_refusal(answer: bytes) -> None:
    """Raise the error that a script's answer names, if it names one."""
    if error := ERRORS_BY_ANSWER.get(answer):
        raise error()

"""Loads the scripts in `lua/`. Redis runs each without interruption, so that all of its changes are made or none.

In every script `names` holds the prefixes of keys and `seconds` how long each kind of record is kept.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from redis import Redis
from redis.commands.core import Script

from worker.store.keys import list_names
from worker.store.retention import Retention

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FOLDER = Path(__file__).parent / "lua"
# Functions that several scripts call, each after those that it calls itself.
SHARED = ("idempotency_key", "turns", "uploads", "job_end", "stored_bytes", "webhook_slots")


def _write_table(name: str, entries: Mapping[str, str | int]) -> str:
    written = ", ".join(f"{key} = {value!r}" for key, value in entries.items())
    return f"local {name} = {{{written}}}\n"


@cache
def write_script(name: str, retention: Retention) -> str:
    """Return the text of a script with the names, the seconds and the shared functions that it uses."""
    tables = _write_table("names", list_names()) + _write_table("seconds", asdict(retention))
    return tables + "\n".join((FOLDER / f"{part}.lua").read_text(encoding="utf-8") for part in (*SHARED, name))


def register_script(redis: Redis, name: str, retention: Retention) -> Script:
    """Return the script of that name, ready to be called; nothing is sent before the first call."""
    return redis.register_script(write_script(name, retention))


def write_change(change: "DataclassInstance") -> list[str | int]:
    """Return what changes of a record as a script takes it: names and values in turn, without what is None."""
    values = ((each.name, getattr(change, each.name)) for each in fields(change))
    changed = ((name, int(value) if isinstance(value, bool) else value) for name, value in values if value is not None)
    return [word for pair in changed for word in pair]

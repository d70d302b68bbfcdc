"""What differs between two JSON values, and where."""

from collections.abc import Iterator
from dataclasses import dataclass, field

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

MISSING = "(missing)"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two values differ; `path` is written as `roles[0].dimensions[1].score`."""

    path: str
    before: Json = field(repr=False)
    after: Json = field(repr=False)


def find_differences(before: Json, after: Json, path: str = "") -> Iterator[Difference]:
    """Yield each place where two JSON values differ, in the order of the first; what one lacks is `MISSING`."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in {**before, **after}:
            inner = f"{path}.{key}" if path else key
            yield from find_differences(before.get(key, MISSING), after.get(key, MISSING), inner)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (left, right) in enumerate(zip(before, after, strict=True)):
            yield from find_differences(left, right, f"{path}[{index}]")
    elif type(before) is not type(after) or before != after:
        yield Difference(path, before, after)

"""The owner's roles that a job is scored against: kept with it, so that it is scored alike whenever that is."""

from collections.abc import Sequence
from hashlib import sha256

import orjson


def encode_roles(roles: Sequence[str]) -> bytes:
    """Return roles, as each is written, as they are stored: nothing if there are none."""
    return orjson.dumps(roles) if roles else b""


def decode_roles(stored: bytes | None) -> tuple[str, ...]:
    """Return roles from what is stored."""
    return tuple(orjson.loads(stored)) if stored else ()


def digest_roles(roles: Sequence[str]) -> str:
    """Return a digest of roles, empty if there are none: reports are the same only under the same roles."""
    return sha256(encode_roles(roles)).hexdigest() if roles else ""

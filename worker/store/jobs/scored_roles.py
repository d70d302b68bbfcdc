"""The owner's roles that a job is scored against: kept with the job, so that every attempt uses the same ones.

Each is its text: the JSON that the role store keeps.
"""

from collections.abc import Sequence
from hashlib import sha256

import orjson


def encode_roles(role_texts: Sequence[str]) -> bytes:
    """Return roles as they are stored: nothing if there are none."""
    return orjson.dumps(role_texts) if role_texts else b""


def decode_roles(stored: bytes | None) -> tuple[str, ...]:
    """Return roles from what is stored."""
    return tuple(orjson.loads(stored)) if stored else ()


def digest_roles(role_texts: Sequence[str]) -> str:
    """Return a digest of roles, empty if there are none: reports are the same only under the same roles."""
    return sha256(encode_roles(role_texts)).hexdigest() if role_texts else ""

"""The names of everything that is kept in Redis."""

from hashlib import sha256

PENDING = "rolefit:pending"
ALIVE = "rolefit:alive"
DUE = "rolefit:due"


def name_key(kind: str, record_id: str) -> str:
    """Return the key of one part of a record, as `rolefit:report:{id}`."""
    return f"rolefit:{kind}:{record_id}"


def name_secret_key(kind: str, *parts: str) -> str:
    """Return a key from which its parts cannot be read: who owns something, or a word of a client's choosing."""
    return name_key(kind, sha256("\0".join(parts).encode()).hexdigest())

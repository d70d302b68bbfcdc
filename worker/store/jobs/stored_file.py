"""A value in Redis as a file: only the parts that are read are fetched."""

import io
from typing import cast

from redis import Redis

from worker.store.connection import translate_redis_errors

PART_BYTES = 16_384  # the least that is fetched at once


class _StoredFile(io.RawIOBase):
    def __init__(self, redis: Redis, key: str, size: int) -> None:
        self._redis = redis
        self._key = key
        self._size = size
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        self._place = start + offset
        return self._place

    def tell(self) -> int:
        return self._place

    @translate_redis_errors()
    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what BufferedReader gives
        part = cast("bytes", self._redis.getrange(self._key, self._place, self._place + len(buffer) - 1))
        buffer[: len(part)] = part
        self._place += len(part)
        return len(part)


def open_value(redis: Redis, key: str) -> io.BufferedReader | None:
    """Return the value of a key as a file, None if there is none; reading the file may raise StoreUnavailableError."""
    size = redis.strlen(key)
    return io.BufferedReader(_StoredFile(redis, key, size), PART_BYTES) if size else None

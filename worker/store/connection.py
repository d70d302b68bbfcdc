"""The connection to Redis, and the errors that are raised when Redis fails."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from redis import Redis
from redis.backoff import ExponentialBackoff
from redis.exceptions import AuthenticationError, NoPermissionError, OutOfMemoryError, RedisError
from redis.retry import Retry

from worker.errors.installation import NoStoreNamedError
from worker.errors.store import StoreFullError, StorePasswordError, StoreSilentError, StoreUnavailableError
from worker.settings import Settings

POLL_SECONDS = 0.1
CONNECTION_RETRIES = 8  # about five seconds without Redis, for work that would be lost or done again

# What redis-py takes for a hash; its mapping is invariant.
RedisValue = bytes | bytearray | memoryview | str | int | float
RedisFields = dict[RedisValue, RedisValue]


@contextmanager
def translate_redis_errors() -> Iterator[None]:
    """Raise StoreFullError when Redis has no memory left, and StoreUnavailableError when it fails otherwise."""
    try:
        yield
    except OutOfMemoryError as error:
        raise StoreFullError from error
    except RedisError as error:
        raise StoreUnavailableError from error


def open_redis(settings: Settings, *, retries: int = 1) -> Redis:
    """Return a client of the settings' Redis; nothing connects before the first call.

    Raises:
        NoStoreNamedError: the settings name no Redis server.
    """
    if settings.redis_address is None:
        raise NoStoreNamedError
    return Redis.from_url(
        settings.redis_address,
        socket_timeout=settings.redis_timeout_seconds,
        socket_connect_timeout=settings.redis_timeout_seconds,
        health_check_interval=10,
        retry=Retry(ExponentialBackoff(cap=1.0, base=0.05), retries),
    )


def _name_address(url: str) -> str:
    """Return an address of Redis without user and password."""
    parts = urlsplit(url)
    return parts.path if parts.scheme == "unix" else parts.netloc.rpartition("@")[2]


def check_store(settings: Settings) -> None:
    """Make sure that Redis answers; wait one time-out for it to start.

    Raises:
        NoStoreNamedError: the settings name no Redis server.
        StorePasswordError, StoreSilentError: it refuses us, or does not answer.
    """
    deadline = time.monotonic() + settings.redis_timeout_seconds
    with open_redis(settings, retries=0) as redis:
        while True:
            try:
                redis.ping()
            except (AuthenticationError, NoPermissionError) as error:
                raise StorePasswordError(_name_address(str(settings.redis_url))) from error
            except RedisError as error:
                if time.monotonic() > deadline:
                    raise StoreSilentError(_name_address(str(settings.redis_url))) from error
            else:
                return
            time.sleep(POLL_SECONDS)

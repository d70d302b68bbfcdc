"""The connection to Redis, and what its outages become."""

from collections.abc import Iterator
from contextlib import contextmanager

from redis import Redis
from redis.backoff import ExponentialBackoff
from redis.exceptions import OutOfMemoryError, RedisError
from redis.retry import Retry

from worker.errors import NoStoreNamedError, StoreFullError, StoreUnavailableError
from worker.settings import Settings


@contextmanager
def typed_outage() -> Iterator[None]:
    """Raise StoreUnavailableError when Redis is away or refuses, as it does when it is full."""
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

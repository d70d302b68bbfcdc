"""How many requests someone may make in a minute, counted in Redis and so by all web processes together."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import RedisStorage
from limits.strategies import FixedWindowRateLimiter
from redis.exceptions import RedisError, ResponseError

from skills.errors import RolefitError
from worker.settings import Settings
from worker.store.connection import open_redis, translate_redis_errors
from worker.store.keys import RATES


class TooManyRequestsError(RolefitError):
    """The owner or address sent more requests in a minute than allowed."""

    code = "too-many-requests"

    def __init__(self, allowed: RateLimitItem) -> None:
        super().__init__(
            f"You sent more than {allowed.amount} requests in a minute. Wait as long as the header Retry-After says."
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """A request as it is counted: for an owner or an address, and whether it sends something."""

    kind: str
    name: str = field(repr=False)
    is_upload: bool


@dataclass(frozen=True, slots=True)
class Quota:
    """How many requests of a kind may be made in a minute, how many are left, and in how many seconds it ends."""

    name: str
    most: int
    left: int
    seconds: int


class Rates:
    """The counters. They expire after a minute; so do the addresses in their names."""

    def __init__(self, settings: Settings) -> None:
        pool = open_redis(settings).connection_pool
        self._window = FixedWindowRateLimiter(RedisStorage("redis://", connection_pool=pool, key_prefix=RATES))
        self._requests = RateLimitItemPerMinute(settings.requests_per_minute)
        self._uploads = RateLimitItemPerMinute(settings.uploads_per_minute)

    def _list_limits(self, counted: Counted) -> Iterator[tuple[str, RateLimitItem, tuple[str, ...]]]:
        """Yield the name of each limit that a request counts for, the limit, and the names of its counter."""
        yield "requests", self._requests, (counted.kind, counted.name)
        if counted.is_upload:
            yield "uploads", self._uploads, (counted.kind, counted.name, "upload")

    @translate_redis_errors()
    def count(self, counted: Counted) -> None:
        """Count a request of an owner or an address.

        Raises:
            TooManyRequestsError: it is one too many, of all requests or of uploads.
            StoreUnavailableError: Redis is away.
        """
        for _, allowed, names in self._list_limits(counted):
            self._count(allowed, *names)

    def read(self, counted: Counted) -> list[Quota]:
        """Return how many requests each limit still allows; nothing while Redis is away."""
        try:
            limits = [
                (name, item, self._window.get_window_stats(item, *ids))
                for name, item, ids in self._list_limits(counted)
            ]
        except RedisError:
            return []
        now = time.time()
        return [
            Quota(name, item.amount, stats.remaining, max(0, ceil(stats.reset_time - now)))
            for name, item, stats in limits
        ]

    def _count(self, allowed: RateLimitItem, *names: str) -> None:
        try:
            within = self._window.hit(allowed, *names)
        except ResponseError:  # a full server cannot count; people must still be able to delete
            return
        if not within:
            raise TooManyRequestsError(allowed)

"""How many requests someone may make in a minute, counted in Redis and so by all web processes together."""

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import RedisStorage
from limits.strategies import FixedWindowRateLimiter
from redis.exceptions import ResponseError

from skills.errors import RolefitError
from worker.settings import Settings
from worker.store.connection import open_redis, typed_outage
from worker.store.keys import RATES


class TooManyRequestsError(RolefitError):
    """The owner or address sent more requests in a minute than allowed."""

    code = "too-many-requests"

    def __init__(self, allowed: RateLimitItem) -> None:
        super().__init__(
            f"You sent more than {allowed.amount} requests in a minute. Wait as long as the header Retry-After says."
        )


class Rates:
    """The counters. They expire after a minute, and the addresses in their names with them."""

    def __init__(self, settings: Settings) -> None:
        pool = open_redis(settings).connection_pool
        self._window = FixedWindowRateLimiter(RedisStorage("redis://", connection_pool=pool, key_prefix=RATES))
        self._requests = RateLimitItemPerMinute(settings.requests_per_minute)
        self._uploads = RateLimitItemPerMinute(settings.uploads_per_minute)

    @typed_outage()
    def count(self, kind: str, name: str, *, upload: bool) -> None:
        """Count a request of an owner or an address.

        Raises:
            TooManyRequestsError: it is one too many, of all requests or of uploads.
            StoreUnavailableError: Redis is away.
        """
        self._count(self._requests, kind, name)
        if upload:
            self._count(self._uploads, kind, name, "upload")

    def _count(self, allowed: RateLimitItem, *names: str) -> None:
        try:
            within = self._window.hit(allowed, *names)
        except ResponseError:  # a full server cannot count; people must still be able to delete
            return
        if not within:
            raise TooManyRequestsError(allowed)

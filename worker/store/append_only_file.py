"""Has Redis rewrite its append-only file after a deletion: until then the file still contains what was deleted."""

import time

from redis import Redis
from redis.exceptions import ResponseError

from skills.errors import RolefitError
from worker.store.connection import translate_redis_errors
from worker.store.keys import CLEAN, REWRITTEN
from worker.store.retention import REWRITE_PAUSE_SECONDS

POLL_SECONDS = 0.02


class RewriteRefusedError(RolefitError):
    """The server does not allow us to have its file rewritten."""

    code = "rewrite-refused"

    def __init__(self) -> None:
        super().__init__("Allow BGREWRITEAOF to Rolefit's user of Redis, or have the file rewritten in another way.")


class AppendOnlyFile:
    """The append-only file of a Redis server. Every method raises StoreUnavailableError when Redis is away."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._expired = 0
        self._marked = False

    @translate_redis_errors()
    def mark_dirty(self) -> None:
        """Delete the marker `clean`: a rewrite may have been interrupted."""
        self._redis.delete(CLEAN)

    @translate_redis_errors()
    def note_expiry(self) -> None:
        """Delete the marker `clean` if keys other than `rewritten` have expired since the last call."""
        expired, marked = self._redis.info("stats")["expired_keys"], bool(self._redis.exists(REWRITTEN))
        of_marker = int(self._marked and not marked)  # 1 if the key `rewritten` is one of those that expired
        if expired - self._expired > of_marker:
            self._redis.delete(CLEAN)
        self._expired, self._marked = expired, marked

    @translate_redis_errors()
    def rewrite_soon(self) -> None:
        """Have the file rewritten if something was deleted, at most once a minute however many workers there are.

        Raises:
            RewriteRefusedError: the server does not allow it; it is tried again in a minute.
        """
        if self._is_clean() or self._is_busy():
            return
        if self._redis.set(REWRITTEN, 1, nx=True, ex=REWRITE_PAUSE_SECONDS):
            self._rewrite()

    @translate_redis_errors()
    def rewrite_now(self, *, timeout_seconds: float) -> None:
        """Have the file rewritten if something was deleted, and wait until that is done or the time is up."""
        deadline = time.monotonic() + timeout_seconds
        self._wait(deadline)
        if not self._is_clean():
            self._rewrite()
            self._wait(deadline)

    def _is_clean(self) -> bool:
        succeeded = self._redis.info("persistence")["aof_last_bgrewrite_status"] == "ok"
        return succeeded and bool(self._redis.exists(CLEAN))

    def _is_busy(self) -> bool:
        facts = self._redis.info("persistence")
        return bool(facts["aof_rewrite_in_progress"] or facts["aof_rewrite_scheduled"])

    def _wait(self, deadline: float) -> None:
        while self._is_busy() and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)

    def _rewrite(self) -> None:
        """Start a rewrite, after setting the marker: a deletion that the rewrite misses deletes the marker."""
        self._redis.set(CLEAN, 1)
        if not self._redis.info("persistence")["aof_enabled"]:
            return
        try:
            self._redis.bgrewriteaof()
        except ResponseError as error:
            self._redis.delete(CLEAN)
            raise RewriteRefusedError from error

"""What each owner has sent, newest first: the lists by which uploads are found again without their addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, cast

from redis import Redis

from worker.settings import Settings
from worker.store.connection import open_redis, translate_redis_errors
from worker.store.keys import Prefix, name_key, name_owner_key

# The kinds of lists, and of the records that each names.
Listed = Literal[Prefix.MATCHES, Prefix.BATCHES]
RECORDS: dict[Listed, Prefix] = {Prefix.MATCHES: Prefix.JOB, Prefix.BATCHES: Prefix.BATCH}


@dataclass(frozen=True, slots=True, order=True)
class ListPlace:
    """A place in an owner's list: when the record was sent, in seconds since 1970, and its id."""

    at: float
    id: str


class UploadLists:
    """The lists. Scripts write them (lua/uploads.lua); every method raises StoreUnavailableError when Redis is away."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    @translate_redis_errors()
    def read(self, kind: Listed, *, owner: str, before: ListPlace | None, most: int) -> list[ListPlace]:
        """Return the newest places of a list before another one, at most `most`; None is the beginning.

        A record may have expired since.
        """
        key = name_owner_key(kind, owner)
        latest = before.at if before else "+inf"
        equal = int(self._redis.zcount(key, before.at, before.at)) if before else 0  # sent in the same microsecond
        found = cast(
            "list[tuple[bytes, float]]",
            self._redis.zrevrangebyscore(key, latest, "-inf", start=0, num=most + equal, withscores=True),
        )
        places = sorted((ListPlace(at, record.decode()) for record, at in found), reverse=True)
        return [place for place in places if before is None or place < before][:most]

    @translate_redis_errors()
    def read_expiry(self, kind: Listed, ids: Sequence[str]) -> list[datetime]:
        """Return when each record will expire, to the second."""
        now = datetime.now(UTC).replace(microsecond=0)
        with self._redis.pipeline(transaction=False) as pipe:
            for record_id in ids:
                pipe.ttl(name_key(RECORDS[kind], record_id))
            answers: list[int] = pipe.execute()
        return [now + timedelta(seconds=max(0, seconds)) for seconds in answers]


def open_upload_lists(settings: Settings) -> UploadLists:
    """Return the lists at the settings' Redis."""
    return UploadLists(open_redis(settings))

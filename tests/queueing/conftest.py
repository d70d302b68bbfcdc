"""What tests of the store share."""

from collections.abc import Iterator

import pytest
from redis import Redis


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    """Database 3 of the session's Redis, where no worker looks, empty."""
    client = Redis.from_url(f"{redis_url}?db=3")
    client.flushdb()
    yield client
    client.flushdb()
    client.close()

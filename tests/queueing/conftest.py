"""What tests of the store share."""

from collections.abc import Iterator

import pytest
from redis import Redis

from worker.store.health_store import HealthStore
from worker.store.jobs.job_store import JobStore
from worker.store.jobs.lease_store import LeaseStore
from worker.store.retention import Retention


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    """Database 3 of the session's Redis, where no worker looks, empty."""
    client = Redis.from_url(f"{redis_url}?db=3")
    client.flushdb()
    yield client
    client.flushdb()
    client.close()


@pytest.fixture
def jobs(redis: Redis) -> JobStore:
    return JobStore(redis, retention=Retention(100, 100), max_failed_bytes=1000)


@pytest.fixture
def leases(redis: Redis) -> LeaseStore:
    return LeaseStore(redis, retention=Retention(100, 100))


@pytest.fixture
def health(redis: Redis) -> HealthStore:
    return HealthStore(redis)

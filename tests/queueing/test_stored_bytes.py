"""Bytes are counted for waiting, failed and finished documents alike, and bounded in all and for each owner."""

import os
from io import BytesIO
from typing import cast

import pytest
from redis import Redis

from service import create_app
from service.http.access import make_token
from tests.archives import build_zip
from tests.resumes import RESUME_TEXT
from tests.web import assert_problem, upload
from worker.errors.documents import EncryptedDocumentError, TimedOutError
from worker.errors.store import OwnerStoreFullError, StoreFullError
from worker.outcomes.results import StoredResult
from worker.settings import Settings
from worker.store.jobs.bounds import Bounds
from worker.store.jobs.job_store import JobStore
from worker.store.jobs.packing import MARK, pack, unpack
from worker.store.retention import Retention

TEN_THOUSAND = os.urandom(10_000)


@pytest.fixture
def jobs(redis: Redis) -> JobStore:
    return JobStore(redis, retention=Retention(100, 50), max_failed_bytes=30_000)


def count(redis: Redis) -> int:
    """Return the bytes that are counted in all."""
    return int(cast("bytes", redis.hget("rolefit:bytes", "all") or b"0"))


def test_what_waits_failed_and_is_done_counts_until_it_is_deleted(jobs: JobStore, redis: Redis) -> None:
    ids = [jobs.submit(TEN_THOUSAND, name="cv", owner="anna").id for _ in range(3)]
    assert count(redis) == 30_000
    jobs.open_attempts().finish(ids[0], StoredResult(bytes(700), outline="x" * 50))
    jobs.open_attempts().fail(ids[1], TimedOutError())
    assert count(redis) == 750 + 10_000 + 10_000
    jobs.retry(ids[1])
    jobs.open_attempts().fail(ids[2], EncryptedDocumentError())
    assert count(redis) == 750 + 10_000
    jobs.delete(*ids)
    assert count(redis) == 0
    assert redis.zcard("rolefit:parts") == 0


def test_pictures_of_pages_count_with_their_report(jobs: JobStore, redis: Redis) -> None:
    job = jobs.submit(TEN_THOUSAND, name="cv")
    jobs.open_attempts().finish(job.id, StoredResult(bytes(700), page_pictures=bytes(300)))
    assert count(redis) == 1_000
    jobs.delete(job.id)
    assert count(redis) == 0


def test_what_expired_counts_no_more_when_the_next_document_comes(jobs: JobStore, redis: Redis) -> None:
    for _ in range(3):
        jobs.submit(TEN_THOUSAND, name="cv")
    for entry in cast("list[bytes]", redis.zrange("rolefit:parts", 0, 1)):
        redis.zadd("rolefit:parts", {entry: 1})
    jobs.submit(TEN_THOUSAND, name="cv")
    assert count(redis) == 20_000


def test_a_document_beyond_the_bytes_of_its_owner_or_of_all_is_refused(jobs: JobStore) -> None:
    def enter(owner: str) -> None:
        bounds = Bounds(max_bytes=30_000, max_bytes_of_owner=20_000)
        jobs.submit(TEN_THOUSAND, name="cv", owner=owner, bounds=bounds)

    for _ in range(2):
        enter("anna")
    with pytest.raises(OwnerStoreFullError, match="your storage limit"):
        enter("anna")
    enter("ben")
    with pytest.raises(StoreFullError, match="Delete"):
        enter("ben")


def test_failed_documents_are_kept_briefly_and_only_while_there_is_room(jobs: JobStore, redis: Redis) -> None:
    def fail(owner: str) -> bool:
        job_id = jobs.submit(TEN_THOUSAND, name="cv", owner=owner).id
        jobs.open_attempts().fail(job_id, TimedOutError())
        assert redis.ttl(f"rolefit:document:{job_id}") <= 50
        return bool(redis.exists(f"rolefit:document:{job_id}"))

    assert [fail(owner) for owner in ("anna", "anna", "ben", "cleo", "dan")] == [True, False, True, True, False]


def test_failed_documents_that_fill_the_room_to_the_byte_are_kept(jobs: JobStore, redis: Redis) -> None:
    for owner in ("anna", "ben"):
        job_id = jobs.submit(os.urandom(15_000), name="cv", owner=owner).id
        jobs.open_attempts().fail(job_id, TimedOutError())
        assert redis.exists(f"rolefit:document:{job_id}")


def test_documents_that_would_inflate_are_stored_packed_and_read_as_they_were(jobs: JobStore, redis: Redis) -> None:
    inflating = b"%PDF-1.4" + bytes(5_000_000)
    job_id = jobs.submit(inflating, name="cv").id
    assert count(redis) < 50_000
    work = jobs.open_attempts().begin_next(job_id, holder="one", lease_seconds=9)
    assert work
    assert work.content == inflating


@pytest.mark.parametrize("content", [os.urandom(200_000), RESUME_TEXT.encode(), MARK + b"sent so", bytes(100_000)])
def test_packing_changes_nothing(content: bytes) -> None:
    assert unpack(pack(content)) == content
    assert len(pack(content)) <= len(content) + 64


def test_zips_of_documents_that_inflate_hardly_grow_the_store_and_a_full_one_is_said(
    settings: Settings, redis: Redis, redis_url: str
) -> None:
    secret, entry = make_token("anna")
    tight = settings.model_copy(
        update={"tokens": entry, "redis_url": f"{redis_url}?db=3", "max_stored_bytes_per_owner": 2_000_000}
    )
    client = create_app(tight).test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    members = {f"{number}.pdf": b"%PDF-1.4" + bytes(4_900_000) for number in range(8)}
    archive = build_zip(members)
    for _ in range(2):  # 39 MB each
        assert client.post("/v1/batches", data={"file": (BytesIO(archive), "all.zip")}).status_code == 202
    assert count(redis) < 2_000_000
    content = RESUME_TEXT.encode() + os.urandom(4).hex().encode()
    while (answer := upload(client, content + os.urandom(200_000).hex().encode(), name="cv.txt")).status_code == 202:
        assert count(redis) <= 2_000_000
    assert_problem(answer, 503, "store-full")


def test_the_private_server_has_more_memory_than_may_be_stored_and_evicts_nothing(settings: Settings) -> None:
    with Redis.from_url(str(settings.redis_url)) as redis:
        assert int(redis.config_get("maxmemory")["maxmemory"]) > settings.max_stored_bytes
        assert redis.config_get("maxmemory-policy")["maxmemory-policy"] == "noeviction"

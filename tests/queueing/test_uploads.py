"""What an owner has sent is found again: newest first, a page at a time, as long as it is kept."""

from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import cast

import pytest
from redis import Redis

from service.search.uploads import OwnUploads, list_batches, list_matches, list_uploads, read_cursor
from tests.waiting import wait_until
from worker.errors.documents import TimedOutError
from worker.outcomes.failure import JobError
from worker.outcomes.results import StoredResult
from worker.processes.private_redis import run_private_redis
from worker.settings import Settings
from worker.store.batch_store import BatchEntry, BatchStore, count_states, make_batch, summarize_state
from worker.store.jobs.job import Terms, make_id
from worker.store.jobs.job_store import JobStore
from worker.store.retention import Retention
from worker.store.upload_lists import UploadLists

WEEK = Retention(600_000, 1_000)
FEW = 3


def open_own_uploads(redis: Redis, owner: str, retention: Retention = WEEK) -> OwnUploads:
    jobs = JobStore(redis, retention=retention, max_failed_bytes=1_000)
    return OwnUploads(UploadLists(redis), jobs, BatchStore(redis, jobs, retention=retention), owner)


@pytest.fixture
def own_uploads(redis: Redis) -> OwnUploads:
    return open_own_uploads(redis, "anna")


def send(own_uploads: OwnUploads, name: str = "cv.pdf") -> str:
    return own_uploads.jobs.submit(b"bytes", name=name, owner=own_uploads.owner).id


def send_batch(own_uploads: OwnUploads, *names: str) -> tuple[str, list[str]]:
    """Store a batch of these documents and one that could not be taken; return its id and its jobs."""
    terms = Terms(batch=make_id())
    jobs = [own_uploads.jobs.submit(b"bytes", name=name, owner=own_uploads.owner, terms=terms).id for name in names]
    entries = [BatchEntry(name, job) for name, job in zip(names, jobs, strict=True)]
    refused = BatchEntry("empty.pdf", error=JobError("empty-file", "It is empty."))
    batch = make_batch([*entries, refused], owner=own_uploads.owner, terms=terms)
    return own_uploads.batches.create(batch, key="", digest="").id, jobs


def walk(own_uploads: OwnUploads, most: int) -> list[list[str]]:
    """Return the ids on each page, as a client that follows `next` sees them."""
    pages, cursor = [], ""
    while True:
        page = list_matches(own_uploads, before=read_cursor(cursor), most=most)
        pages.append([match.id for match in page.matches])
        if page.next is None:
            return pages
        cursor = page.next


def test_documents_sent_by_themselves_are_listed_newest_first_a_page_at_a_time(own_uploads: OwnUploads) -> None:
    ids = [send(own_uploads) for _ in range(7)][::-1]
    send_batch(own_uploads, "a.pdf")
    assert walk(own_uploads, FEW) == [ids[:3], ids[3:6], ids[6:]]
    assert walk(own_uploads, 7) == [ids]
    assert walk(open_own_uploads(own_uploads.lists._redis, "nobody"), FEW) == [[]]  # noqa: SLF001


def test_documents_of_one_moment_are_each_listed_once(own_uploads: OwnUploads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("worker.store.jobs.job_store.time.time", lambda: 1_790_000_000.25)
    ids = [send(own_uploads) for _ in range(8)]
    pages = walk(own_uploads, FEW)
    assert [len(page) for page in pages] == [3, 3, 2]
    assert sorted(chain.from_iterable(pages)) == sorted(ids)


def test_what_comes_or_goes_meanwhile_neither_repeats_nor_hides_another(own_uploads: OwnUploads) -> None:
    ids = [send(own_uploads) for _ in range(6)][::-1]
    first = list_matches(own_uploads, before=None, most=FEW)
    send(own_uploads)
    own_uploads.jobs.delete(ids[2], ids[3])  # the one that the cursor names, and the next
    assert first.next
    rest = list_matches(own_uploads, before=read_cursor(first.next), most=FEW)
    assert ([match.id for match in rest.matches], rest.next) == (ids[4:], None)


def test_batches_say_how_many_of_their_documents_have_ended(own_uploads: OwnUploads) -> None:
    batch, jobs = send_batch(own_uploads, "a.pdf", "b.pdf")
    states = []
    for job in jobs:
        (listed,) = list_batches(own_uploads, before=None, most=FEW).batches
        states.append((listed.state, listed.ended))
        own_uploads.jobs.open_attempts().fail(job, TimedOutError())
    (listed,) = list_batches(own_uploads, before=None, most=FEW).batches
    assert [*states, (listed.state, listed.ended)] == [("queued", 1), ("running", 2), ("done", 3)]
    assert (listed.id, listed.documents) == (batch, 3)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (lambda _jobs, _job: None, "queued"),
        (lambda jobs, _: jobs.open_attempts().begin_next("", holder="me", lease_seconds=100), "running"),
        (lambda jobs, job: jobs.open_attempts().finish(job, StoredResult(b"{}")), "running"),
        (lambda jobs, job: jobs.open_attempts().fail(job, TimedOutError()), "running"),
        (lambda jobs, job: jobs.delete(job), "running"),
    ],
)
def test_a_batch_has_the_same_state_in_a_list_and_by_itself(
    own_uploads: OwnUploads, change: Callable[[JobStore, str], object], state: str
) -> None:
    batch_id, jobs = send_batch(own_uploads, "a.pdf", "b.pdf")
    change(own_uploads.jobs, jobs[0])
    (listed,) = list_batches(own_uploads, before=None, most=FEW).batches
    batch = own_uploads.batches.look_up(batch_id)
    counts = count_states(batch, own_uploads.jobs.look_up(batch.job_ids))
    assert [listed.state, summarize_state(batch, counts)] == [state, state]


def test_single_documents_and_batches_come_together_in_the_order_of_time(own_uploads: OwnUploads) -> None:
    ids = [
        send(own_uploads),
        send_batch(own_uploads, "a.pdf")[0],
        send(own_uploads),
        send_batch(own_uploads, "b.pdf")[0],
        send(own_uploads),
    ][::-1]
    page = list_uploads(own_uploads, before=None, most=FEW)
    assert [item.id for item in page.items] == ids[:3]
    assert page.next
    rest = list_uploads(own_uploads, before=read_cursor(page.next), most=FEW)
    assert ([item.id for item in rest.items], rest.next) == (ids[3:], None)


def test_nobody_sees_what_another_has_sent(own_uploads: OwnUploads, redis: Redis) -> None:
    send(own_uploads)
    send_batch(own_uploads, "a.pdf")
    stranger = open_own_uploads(redis, "ben")
    assert list_uploads(stranger, before=None, most=FEW).items == []


def test_deleting_takes_jobs_and_batches_out_of_the_lists(own_uploads: OwnUploads, redis: Redis) -> None:
    job = send(own_uploads)
    batch, jobs = send_batch(own_uploads, "a.pdf")
    own_uploads.jobs.delete(job)
    own_uploads.batches.delete(batch, jobs)
    assert list_uploads(own_uploads, before=None, most=FEW).items == []
    assert (
        cast("list[bytes]", redis.keys("rolefit:matches:*")) + cast("list[bytes]", redis.keys("rolefit:batches:*"))
        == []
    )


def test_lists_hold_no_name_and_no_owner(own_uploads: OwnUploads, redis: Redis) -> None:
    job, (batch, _) = send(own_uploads, "Quilla-Brandvold.pdf"), send_batch(own_uploads, "Fernmark.pdf")
    kept = {
        key: redis.zrange(key, 0, -1)
        for pattern in ("rolefit:matches:*", "rolefit:batches:*")
        for key in cast("list[bytes]", redis.keys(pattern))
    }
    assert sorted(kept.values(), key=str) == sorted([[job.encode()], [batch.encode()]], key=str)
    assert b"anna" not in b"".join(kept)


def test_a_list_is_kept_as_long_as_what_ended_last(own_uploads: OwnUploads, redis: Redis) -> None:
    """A job waits for most of the period, and is found for another period after its end."""
    job, (_, (member,)) = send(own_uploads), send_batch(own_uploads, "a.pdf")
    keys = [cast("list[bytes]", redis.keys(f"rolefit:{kind}:*"))[0] for kind in ("matches", "batches")]
    for key in keys:
        redis.expire(key, 100)
    own_uploads.jobs.open_attempts().finish(job, StoredResult(b"{}"))
    own_uploads.jobs.open_attempts().fail(member, TimedOutError())
    assert all(redis.ttl(key) > 500_000 for key in keys)


def test_what_expired_is_listed_no_more_and_is_dropped_from_the_list_by_the_next(redis: Redis) -> None:
    brief = open_own_uploads(redis, "anna", Retention(1, 1))
    gone = send(brief)
    redis.persist(cast("list[bytes]", redis.keys("rolefit:matches:*"))[0])
    wait_until(lambda: not redis.exists(f"rolefit:job:{gone}"))
    assert list_matches(brief, before=None, most=FEW).matches == []
    kept = send(open_own_uploads(redis, "anna"))
    assert redis.zrange(cast("list[bytes]", redis.keys("rolefit:matches:*"))[0], 0, -1) == [kept.encode()]


def test_a_line_says_when_its_record_expires(own_uploads: OwnUploads) -> None:
    send(own_uploads)
    (match,) = list_matches(own_uploads, before=None, most=FEW).matches
    assert abs((match.expires_at - match.submitted_at).total_seconds() - WEEK.record) < 5


def test_a_restart_loses_no_list(tmp_path: Path) -> None:
    settings, ids = Settings(data=tmp_path), []
    for _ in range(2):
        with run_private_redis(settings) as url, Redis.from_url(url) as redis:
            own_uploads = open_own_uploads(redis, "anna")
            ids.append(send(own_uploads))
            assert [match.id for match in list_matches(own_uploads, before=None, most=FEW).matches] == ids[::-1]


@pytest.mark.parametrize("cursor", ["x", "bmFuOmE", "aW5mOmE", "é", "MTI"])
def test_a_cursor_that_is_none_is_refused(cursor: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever is wrong with it
        read_cursor(cursor)

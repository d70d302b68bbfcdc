"""Owners take turns, whatever each has waiting; within an owner single uploads pass batches and the order is kept."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from redis import Redis

from service import create_app
from service.http.access import make_token
from tests.resumes import RESUME_TEXT, build_slow_pdf, build_unseen_pdf
from tests.web import assert_problem, wait_for_end
from worker.errors.documents import TimedOutError
from worker.errors.store import OwnerQueueFullError, QueueFullError
from worker.outcomes.results import StoredResult
from worker.settings import Settings
from worker.store.jobs.bounds import Bounds
from worker.store.jobs.job import Terms, Work
from worker.store.jobs.job_store import JobStore
from worker.store.jobs.lease_store import LeaseStore
from worker.store.keys import PENDING

BATCH = Terms(batch="a batch")


def submit(jobs: JobStore, *names: str, owner: str, terms: Terms | None = None) -> list[str]:
    return [jobs.submit(b"bytes", name=name, owner=owner, terms=terms).id for name in names]


def take(jobs: JobStore, *, seconds: float = 0.2) -> str:
    """Take the next job, end it after so many seconds of work, and return its name."""
    work = jobs.open_attempts().begin_next("any", holder="one", lease_seconds=60)
    assert work
    jobs.open_attempts().finish(work.job_id, StoredResult(b"{}"), seconds={"reading": seconds})
    return work.name


@pytest.mark.parametrize("terms", [BATCH, Terms(in_background=True)], ids=["sent", "of a folder"])
def test_the_order_of_an_owner_is_kept_and_single_uploads_pass_batches(jobs: JobStore, terms: Terms) -> None:
    submit(jobs, "b1", "b2", "b3", owner="anna", terms=terms)
    submit(jobs, "s1", "s2", owner="anna")
    assert [take(jobs) for _ in range(5)] == ["s1", "s2", "b1", "b2", "b3"]


def test_owners_take_turns_whatever_each_has_waiting(jobs: JobStore) -> None:
    submit(jobs, *(f"a{number}" for number in range(100)), owner="anna", terms=BATCH)
    submit(jobs, "b0", "b1", owner="ben", terms=BATCH)
    submit(jobs, "c0", owner="cleo", terms=BATCH)
    taken = [take(jobs) for _ in range(6)]
    assert sorted(taken[:3]) == ["a0", "b0", "c0"]
    assert sorted(taken) == ["a0", "a1", "a2", "b0", "b1", "c0"]


def test_a_single_upload_of_one_passes_the_batch_of_another(jobs: JobStore) -> None:
    submit(jobs, *(f"a{number}" for number in range(20)), owner="anna", terms=BATCH)
    assert [take(jobs, seconds=1) for _ in range(3)] == ["a0", "a1", "a2"]
    submit(jobs, "single", owner="ben")
    assert take(jobs) == "single"


def test_the_work_on_a_document_counts_against_the_turn_of_its_owner(jobs: JobStore) -> None:
    submit(jobs, "a0", "a1", owner="anna", terms=BATCH)
    submit(jobs, *(f"b{number}" for number in range(5)), owner="ben", terms=BATCH)
    assert take(jobs, seconds=4.5) == "a0"
    assert [take(jobs, seconds=1) for _ in range(6)] == ["b0", "b1", "b2", "b3", "b4", "a1"]


def test_work_on_documents_that_failed_counts_against_the_turn_of_their_owner(jobs: JobStore) -> None:
    submit(jobs, "a0", "a1", owner="anna", terms=BATCH)
    submit(jobs, *(f"b{number}" for number in range(9)), owner="ben", terms=BATCH)
    first = [jobs.open_attempts().begin_next("any", holder="one", lease_seconds=60) for _ in range(2)]
    for work in first:
        assert work
        seconds = 5.0 if work.name == "a0" else 0.5
        jobs.open_attempts().fail(work.job_id, TimedOutError(), seconds={"reading": seconds})
    assert [take(jobs, seconds=0.5) for _ in range(9)] == [f"b{number}" for number in range(1, 9)] + ["a1"]


def test_who_comes_back_has_neither_saved_up_turns_nor_lost_a_debt(jobs: JobStore) -> None:
    submit(jobs, "early", owner="ben", terms=BATCH)
    submit(jobs, *(f"a{number}" for number in range(20)), owner="anna", terms=BATCH)
    assert {take(jobs, seconds=1) for _ in range(11)} >= {"early", "a0", "a9"}
    submit(jobs, *(f"b{number}" for number in range(20)), owner="ben", terms=BATCH)
    taken = [take(jobs, seconds=1) for _ in range(8)]
    assert sum(name.startswith("a") for name in taken) in {3, 4, 5}


def test_who_has_documents_waiting_keeps_the_turns_that_others_have_had_meanwhile(jobs: JobStore) -> None:
    submit(jobs, "b0", owner="ben", terms=BATCH)
    take(jobs, seconds=4)
    submit(jobs, "a0", "a1", owner="anna", terms=BATCH)
    submit(jobs, "single", owner="ben")
    assert take(jobs) == "single"
    submit(jobs, "a2", owner="anna", terms=BATCH)
    submit(jobs, "b1", owner="ben", terms=BATCH)
    assert [take(jobs, seconds=1) for _ in range(4)] == ["a0", "a1", "a2", "b1"]


def test_a_job_whose_process_died_is_taken_again_and_its_owner_is_charged(jobs: JobStore, leases: LeaseStore) -> None:
    (lost,) = submit(jobs, "a0", owner="anna")
    work = jobs.open_attempts().begin_next(lost, holder="dead", lease_seconds=60)
    assert work
    assert jobs.open_attempts().begin_next(lost, holder="two", lease_seconds=60) is None
    submit(jobs, "b0", "b1", "b2", "b3", owner="ben", terms=BATCH)
    leases.release(lost, holder="dead")
    assert [take(jobs) for _ in range(5)] == ["b0", "b1", "b2", "b3", "a0"]


def test_an_owner_is_charged_for_a_process_that_passed_the_limit(jobs: JobStore) -> None:
    submit(jobs, "a0", "a1", owner="anna", terms=BATCH)
    work = jobs.open_attempts().begin_next("any", holder="one", lease_seconds=60)
    assert work
    jobs.open_attempts().fail(work.job_id, TimedOutError(), dead_seconds=5)
    submit(jobs, "b0", "b1", "b2", owner="ben", terms=BATCH)
    assert [take(jobs, seconds=1) for _ in range(4)] == ["b0", "b1", "b2", "a1"]


def test_what_expired_or_was_deleted_is_passed_over(jobs: JobStore, redis: Redis) -> None:
    expired, deleted, kept = submit(jobs, "expired", "deleted", "kept", owner="anna")
    redis.delete(f"rolefit:job:{expired}")
    jobs.delete(deleted)
    assert take(jobs) == "kept"
    assert jobs.open_attempts().begin_next(kept, holder="one", lease_seconds=60) is None
    assert list(redis.scan_iter("rolefit:waiting:*")) == []


def test_a_job_that_the_version_before_queued_is_taken_when_its_message_comes(jobs: JobStore, redis: Redis) -> None:
    (job_id,) = submit(jobs, "old", owner="anna")
    redis.delete(*redis.scan_iter("rolefit:waiting:*"), "rolefit:turns", "rolefit:clock")
    assert redis.zscore(PENDING, job_id)
    assert jobs.open_attempts().begin_next("another", holder="one", lease_seconds=60) is None
    work = jobs.open_attempts().begin_next(job_id, holder="one", lease_seconds=60)
    assert work
    assert (work.job_id, work.name, work.content) == (job_id, "old", b"bytes")


def begin(jobs: JobStore, *, holder: str, processes: int = 2) -> Work | None:
    return jobs.open_attempts().begin_next("any", holder=holder, lease_seconds=60, processes=processes)


def set_aside(jobs: JobStore, *, seconds: float = 4.0) -> str:
    """Take the next job, and put it back because it is costly."""
    work = begin(jobs, holder="host:1#first")
    assert work
    assert not work.costly
    jobs.open_attempts().set_aside(work.job_id, holder="host:1#first", seconds={"reading": seconds})
    return work.name


def test_costly_documents_take_all_of_a_hosts_processes_but_one(jobs: JobStore) -> None:
    submit(jobs, "c0", "c1", "c2", owner="anna")
    assert [set_aside(jobs) for _ in range(3)] == ["c0", "c1", "c2"]
    assert (first := begin(jobs, holder="host:1#a"))
    assert (first.name, first.costly) == ("c0", True)
    assert begin(jobs, holder="host:2#b") is None
    submit(jobs, "quick", owner="ben")
    assert (quick := begin(jobs, holder="host:2#b"))
    assert quick.name == "quick"
    assert (elsewhere := begin(jobs, holder="other:1#a"))
    assert elsewhere.name == "c1"
    assert jobs.open_attempts().finish(first.job_id, StoredResult(b"{}"))
    assert (last := begin(jobs, holder="host:1#a"))
    assert last.name == "c2"


def test_a_host_with_three_processes_takes_two_costly_documents_at_once(jobs: JobStore) -> None:
    submit(jobs, "c0", "c1", "c2", owner="anna")
    assert [set_aside(jobs) for _ in range(3)] == ["c0", "c1", "c2"]
    works = [begin(jobs, holder=f"host:{number}#a", processes=3) for number in range(3)]
    assert [work and work.name for work in works] == ["c0", "c1", None]


def test_the_only_process_of_a_host_takes_costly_documents_too(jobs: JobStore) -> None:
    submit(jobs, "c0", owner="anna")
    set_aside(jobs)
    assert (work := begin(jobs, holder="host:1#a", processes=1))
    assert work.costly


def test_where_there_is_one_user_costly_documents_take_all_processes(jobs: JobStore) -> None:
    submit(jobs, "c0", "c1", owner="")
    assert {set_aside(jobs), set_aside(jobs)} == {"c0", "c1"}
    assert (one := begin(jobs, holder="host:1#a"))
    assert (two := begin(jobs, holder="host:2#b"))
    assert {one.name, two.name} == {"c0", "c1"}


def test_costly_documents_go_behind_quick_ones_of_their_kind_and_count_as_work(jobs: JobStore) -> None:
    submit(jobs, "b0", owner="anna", terms=BATCH)
    assert set_aside(jobs) == "b0"
    submit(jobs, "s0", owner="anna")
    assert set_aside(jobs) == "s0"
    submit(jobs, "b1", owner="anna", terms=BATCH)
    submit(jobs, "s1", owner="anna")
    submit(jobs, "b0 of ben", "b1 of ben", owner="ben", terms=BATCH)
    assert [take(jobs, seconds=1) for _ in range(6)] == ["s1", "b0 of ben", "b1 of ben", "s0", "b1", "b0"]


def test_a_first_try_is_no_attempt_and_a_lost_lease_sets_nothing_aside(jobs: JobStore) -> None:
    (job_id,) = submit(jobs, "c0", owner="anna")
    set_aside(jobs)
    job = jobs.find(job_id, owner="anna")
    assert (job.state, job.attempts, job.started_at) == ("queued", 0, None)
    assert begin(jobs, holder="host:1#a")
    jobs.open_attempts().set_aside(job_id, holder="host:2#b")
    job = jobs.find(job_id, owner="anna")
    assert (job.state, job.attempts) == ("running", 1)


def begin_of(jobs: JobStore, name: str, *, owner: str, holder: str = "host:1#a") -> str:
    """Submit a document, have a process begin it, and return the job's id."""
    submit(jobs, name, owner=owner, terms=BATCH)
    work = begin(jobs, holder=holder)
    assert work
    assert work.name == name
    return work.job_id


def test_a_job_gives_way_to_the_quick_single_upload_of_an_owner_who_goes_before(
    jobs: JobStore, leases: LeaseStore
) -> None:
    running = begin_of(jobs, "a0", owner="anna")
    assert not leases.must_give_way(running, worked_seconds=9)
    submit(jobs, "a1", owner="anna")
    submit(jobs, "b0", owner="ben", terms=BATCH)
    assert not leases.must_give_way(running, worked_seconds=9)
    submit(jobs, "single", owner="ben")
    assert leases.must_give_way(running, worked_seconds=0.1)


def test_only_one_process_gives_way_to_an_upload(jobs: JobStore, leases: LeaseStore) -> None:
    first, second = begin_of(jobs, "a0", owner="anna"), begin_of(jobs, "a1", owner="anna", holder="host:2#b")
    submit(jobs, "single", owner="ben")
    assert leases.must_give_way(second, worked_seconds=1)
    assert not leases.must_give_way(first, worked_seconds=1)


def test_nothing_gives_way_to_what_is_costly_begun_or_of_somebody_who_has_used_more(
    jobs: JobStore, leases: LeaseStore
) -> None:
    submit(jobs, "costly", owner="ben")
    assert set_aside(jobs, seconds=20) == "costly"
    running = begin_of(jobs, "a0", owner="anna")
    assert not leases.must_give_way(running, worked_seconds=30)
    submit(jobs, "single", owner="ben")
    assert not leases.must_give_way(running, worked_seconds=1)
    assert leases.must_give_way(running, worked_seconds=30)
    assert (work := begin(jobs, holder="host:2#b"))
    assert work.name == "single"
    assert not leases.must_give_way(running, worked_seconds=60)


def test_the_jobs_that_may_wait_are_limited_for_each_owner_and_in_all(jobs: JobStore) -> None:
    def enter(owner: str) -> None:
        jobs.submit(b"bytes", name="cv", owner=owner, bounds=Bounds(max_jobs=3, max_jobs_of_owner=2))

    for _ in range(2):
        enter("anna")
    with pytest.raises(OwnerQueueFullError, match="your documents"):
        enter("anna")
    enter("ben")
    with pytest.raises(QueueFullError):
        enter("cleo")


@pytest.fixture
def clients(settings: Settings) -> tuple[FlaskClient, FlaskClient]:
    """Anna, who may have four documents waiting, and Ben."""
    tokens = {owner: make_token(owner) for owner in ("anna", "ben")}
    entries = ",".join(entry for _, entry in tokens.values())
    app = create_app(settings.model_copy(update={"tokens": entries, "max_pending_per_owner": 4}))

    def enter(owner: str) -> FlaskClient:
        client = app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {tokens[owner][0]}"
        return client

    return enter("anna"), enter("ben")


@pytest.mark.usefixtures("running_workers")
def test_the_text_of_one_is_soon_done_while_costly_documents_of_another_wait(
    clients: tuple[FlaskClient, FlaskClient],
) -> None:
    anna, ben = clients
    costly = [build_slow_pdf(f"{RESUME_TEXT}\nEdition {number}", words=2_400) for number in range(4)]
    batch = anna.post("/v1/batches", data={"file": [(BytesIO(content), "cv.pdf") for content in costly]})
    assert_problem(anna.post("/v1/matches", data={"file": (BytesIO(build_unseen_pdf()), "cv.pdf")}), 503, "queue-full")
    single = ben.post("/v1/matches", data={"file": (BytesIO(RESUME_TEXT.encode()), "cv.txt")})
    assert wait_for_end(ben, single.headers["Location"])["state"] == "done"
    states = anna.get(batch.headers["Location"]).get_json()["counts"]
    assert states["queued"] + states["running"] >= 1  # hers still wait
    anna.delete(batch.headers["Location"])

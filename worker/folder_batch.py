"""Scores many files through Celery, a bounded number of them at a time."""

import fcntl
import shutil
import tempfile
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from celery import Celery

from skills.errors import RolefitError
from worker.errors.documents import InternalError
from worker.errors.store import StoreError
from worker.files import read_file
from worker.outcomes.failure import Failure, JobError, KnownFacts, describe_content
from worker.outcomes.outline import read_outline
from worker.outcomes.results import Outcome
from worker.processes.celery_workers import run_workers
from worker.processes.data_folder import open_folder
from worker.processes.private_redis import end_leftovers, run_redis
from worker.queue.app import create_celery
from worker.queue.messages import announce_job
from worker.reading.formats import recognise_format
from worker.settings import Settings
from worker.store.connection import CONNECTION_RETRIES
from worker.store.jobs.job import Job, Terms
from worker.store.jobs.job_store import JobStore, open_store

IN_FLIGHT_A_WORKER = 8  # jobs: enough work until the next poll
# Outcomes are yielded in the order of the files, so those behind a slow file are held back: at most this many files for
# each job that may be in flight.
MAX_HELD_BACK_PER_JOB = 8
POLL_SECONDS = 0.05
FOLDER_PREFIX = "batch-"


@dataclass(slots=True)
class _File:
    """A file of the batch: it has a job id unless it failed before it was queued, and an outcome once that is known."""

    facts: KnownFacts = field(repr=False)
    job_id: str = ""
    outcome: Outcome | None = None

    def fail(self, error: JobError) -> None:
        """Set the outcome: the document could not be scored, for this reason."""
        self.outcome = Outcome.of(Failure(self.facts, error))


class _RunningBatch:
    """A batch while it runs. A file is in flight from when it is queued until its outcome is collected."""

    def __init__(self, settings: Settings, *, workers: int, check: Callable[[], None]) -> None:
        self._check_workers = check
        self._store: JobStore = open_store(settings, retries=CONNECTION_RETRIES)
        self._celery: Celery = create_celery(settings)
        self._max_bytes = settings.max_upload_bytes
        self._room = IN_FLIGHT_A_WORKER * workers
        self._in_flight: dict[str, _File] = {}

    def has_room(self, *, unyielded: int) -> bool:
        """Return whether one more file may be queued while `unyielded` files wait to be yielded, scored or not."""
        return len(self._in_flight) < self._room and unyielded < MAX_HELD_BACK_PER_JOB * self._room

    def queue(self, name: str, path: Path) -> _File:
        """Queue a file; one that cannot be read or is of no format has its outcome at once."""
        file = _File(KnownFacts(name=name))
        try:
            content = read_file(path, max_bytes=self._max_bytes)
            file.facts = describe_content(content, name=name)
            recognise_format(content)
            self._submit(file, content)
        except StoreError:
            raise
        except RolefitError as error:
            file.fail(JobError.of(error))
        return file

    def _submit(self, file: _File, content: bytes) -> None:
        file.job_id = self._store.submit(content, name=file.facts["name"], terms=Terms(in_background=True)).id
        self._in_flight[file.job_id] = file
        announce_job(self._celery, file.job_id)

    def collect_outcomes(self) -> None:
        """Set the outcome of each job that has ended, and delete it; raise WorkersBrokenError if workers cannot run."""
        self._check_workers()
        job_ids, ended = list(self._in_flight), []
        for job_id, (job, report) in zip(job_ids, self._store.read_many(job_ids), strict=True):
            if job is None or job.has_ended:
                self._set_outcome(self._in_flight.pop(job_id), job, report)
                ended.append(job_id)
        if ended:
            self._store.delete(*ended)

    @staticmethod
    def _set_outcome(file: _File, job: Job | None, report: bytes | None) -> None:
        if job and report is not None:
            file.outcome = Outcome(read_outline(job.outline, job.details), report.decode())
        else:
            file.fail(job.error if job and job.error else JobError.of(InternalError()))

    def delete_jobs(self) -> None:
        """Delete the jobs that are still in flight."""
        with suppress(StoreError):
            self._store.delete(*self._in_flight)


def _yield_known(unyielded: deque[_File]) -> Iterator[Outcome]:
    """Yield outcomes from the front, up to the first file whose outcome is not known yet, and remove these files."""
    while unyielded and (outcome := unyielded[0].outcome) is not None:
        unyielded.popleft()
        yield outcome


def _queue_more(batch: _RunningBatch, paths: Iterator[tuple[str, Path]], unyielded: deque[_File]) -> Iterator[Outcome]:
    """Queue files while there is room, and yield the outcomes that are known at once."""
    while batch.has_room(unyielded=len(unyielded)) and (named := next(paths, None)) is not None:
        unyielded.append(batch.queue(*named))
        yield from _yield_known(unyielded)


def _score_files(batch: _RunningBatch, paths: Iterator[tuple[str, Path]]) -> Iterator[Outcome]:
    """Yield the outcome of each file, in the order of the files, while later ones are scored."""
    unyielded = deque[_File]()
    yield from _queue_more(batch, paths, unyielded)
    while unyielded:
        batch.collect_outcomes()
        yield from _yield_known(unyielded)
        yield from _queue_more(batch, paths, unyielded)
        if unyielded:
            time.sleep(POLL_SECONDS)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Keep other batches from creating or removing folders while the block runs."""
    with (folder / "batches.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def run_batch_redis(settings: Settings) -> Iterator[Settings]:
    """Run a private Redis in a folder made for this batch, and remove both afterwards; yield settings that name them.

    Folders and servers that killed batches have left are removed first.
    """
    home = open_folder(settings.data.absolute())
    with ExitStack() as stack:
        with _one_at_a_time(home):
            end_leftovers(home, prefix=FOLDER_PREFIX)
            folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX, dir=home))
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            url = stack.enter_context(run_redis(folder, durable=False))
        yield settings.model_copy(update={"redis_url": url, "data": folder})


def _assume_workers_run() -> None:
    """Check nothing: this program does not supervise workers that somebody else has started."""


@contextmanager
def _start_batch(settings: Settings, *, workers: int) -> Iterator[_RunningBatch]:
    """Yield a batch that uses the settings' Redis and its workers, or starts its own if the settings name none."""
    with ExitStack() as stack:
        connected, check = settings, _assume_workers_run
        if settings.redis_url is None:
            connected = stack.enter_context(run_batch_redis(settings))
            # At the end all outcomes are known, or nobody wants the rest: do not wait for jobs that still run.
            running = run_workers(connected, workers=workers, stop_seconds=0, scratch=connected.data)
            check = stack.enter_context(running).check
        batch = _RunningBatch(connected, workers=workers, check=check)
        stack.callback(batch.delete_jobs)
        yield batch


def run_batch(files: Mapping[str, Path], *, settings: Settings, workers: int) -> Generator[Outcome, None, None]:
    """Score files and yield the outcome of each, in the order of the mapping, which is from names to paths.

    Close the iterator to stop early: it then stops and removes what it has started. Raises StoreUnavailableError if
    Redis stays away, WorkersBrokenError if workers that it starts cannot run.
    """
    with _start_batch(settings, workers=workers) as batch:
        yield from _score_files(batch, iter(files.items()))

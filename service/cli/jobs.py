"""The command `rolefit jobs`."""

from collections.abc import Iterable
from datetime import UTC, datetime

import click
from rich.table import Table

from service.cli.conventions import one_line_errors
from service.presentation.terminal_report import print_columns
from worker.processes.private_redis import find_running
from worker.queue.app import create_celery
from worker.queue.messages import announce_job
from worker.settings import Settings, load_settings
from worker.store.jobs.job import Job, JobState
from worker.store.jobs.job_store import open_store


def list_jobs(settings: Settings, *, failed: bool) -> list[Job]:
    """Return the jobs of the running service, the oldest first; with `failed`, only those that have failed."""
    jobs = open_store(find_running(settings)).list_jobs()
    return [job for job in jobs if job.state == JobState.FAILED or not failed]


def retry_job(settings: Settings, job_id: str) -> None:
    """Queue a failed job of the running service again; raise NotRetryableError if it cannot be."""
    connected = find_running(settings)
    open_store(connected).retry(job_id)
    announce_job(create_celery(connected), job_id)


def _write_age(job: Job, now: datetime) -> str:
    """Return the time since a job came in, as days, hours, minutes and seconds."""
    return str(now - job.submitted_at).partition(".")[0]


def print_jobs(jobs: Iterable[Job]) -> None:
    """Print a line a job on stdout."""
    table, now = Table(box=None, header_style="bold"), datetime.now(UTC)
    for heading in ("id", "state", "age", "attempts", "code"):
        table.add_column(heading, overflow="fold")
    for job in jobs:
        table.add_row(job.id, job.state, _write_age(job, now), str(job.attempts), job.error.code if job.error else "")
    print_columns(table)


@click.command()
@click.option("--failed", is_flag=True, help="Only those that have failed.")
@click.option("--retry", metavar="ID", help="Queue this failed job again, if its document is still kept.")
def jobs(*, failed: bool, retry: str | None) -> None:
    """Show the jobs of the running service, or retry one.

    Shown are state, age, attempts and code; never a name or a word of a document.
    """
    with one_line_errors():
        if retry:
            retry_job(load_settings(), retry)
        else:
            print_jobs(list_jobs(load_settings(), failed=failed))

"""Runs Celery workers that live and end with the program that started them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from worker.processes.supervisor import STOP_SECONDS, Supervisor
from worker.settings import Settings

SENDERS = 6  # processes; at most two send to one host, and three for one owner


@contextmanager
def _run_supervised(
    settings: Settings, *words: str, stop_seconds: float = STOP_SECONDS, scratch: Path | None = None
) -> Iterator[Supervisor]:
    command = [sys.executable, "-m", "worker.processes.worker_process", *words]
    temporary = {"TMPDIR": str(scratch)} if scratch else {}
    supervisor = Supervisor(command, {**settings.environment(), **temporary}, stop_seconds=stop_seconds)
    try:
        yield supervisor
    finally:
        supervisor.stop()


@contextmanager
def run_workers(  # noqa: PLR0913 - how a program runs its workers
    settings: Settings,
    *,
    workers: int,
    stop_seconds: float = STOP_SECONDS,
    level: str = "WARNING",
    niceness: int = 0,
    scratch: Path | None = None,
) -> Iterator[Supervisor]:
    """Run a Celery worker and its scoring processes while the block runs; yield its supervisor.

    Then the worker takes no more jobs, and has `stop_seconds` to end those that run. It logs messages of that level and
    above, and gives way to other processes by `niceness`. Its temporary files are in `scratch`, even if it is killed.
    """
    words = str(workers), level, str(niceness)
    with _run_supervised(settings, *words, stop_seconds=stop_seconds, scratch=scratch) as supervisor:
        yield supervisor


@contextmanager
def run_webhook_workers(settings: Settings) -> Iterator[None]:
    """Run a Celery worker that sends webhooks while the block runs, if there is a secret to sign them with."""
    if settings.webhook_secret is None:
        yield
        return
    with _run_supervised(settings, str(SENDERS), "WARNING", "0", "webhooks"):
        yield

"""Keeps a child process running."""

import logging
import subprocess
import threading
import time
from contextlib import suppress

from worker.errors.installation import WorkersBrokenError
from worker.processes.child_process import await_child, end_child, start_child

RESTART_SECONDS = 1.0
JOIN_SECONDS = 0.1
MAX_FAILURES = 3
EARLY_SECONDS = 10.0
STOP_SECONDS = 6.0

logger = logging.getLogger(__name__)


class Supervisor:
    """Starts a process again whenever it ends, until it is stopped or has failed several times soon after its start.

    A tethered process ends when this one does, however this one ends. When stopped, it has `stop_seconds` to end.
    """

    def __init__(
        self,
        command: list[str],
        environment: dict[str, str] | None = None,
        *,
        tethered: bool = True,
        max_failures: float = MAX_FAILURES,
        stop_seconds: float = STOP_SECONDS,
    ) -> None:
        self._command = command
        self._environment = environment
        self._tethered = tethered
        self._max_failures = max_failures
        self._stop_seconds = stop_seconds
        self._stopping = threading.Event()
        self._given_up = threading.Event()
        self._child = self.start()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def start(self) -> subprocess.Popen[bytes]:
        """Start the process."""
        return start_child(self._command, environment=self._environment, tethered=self._tethered)

    def _watch(self) -> None:
        failures = 0
        while (failures := failures + 1 if self._fails_early() else 0) < self._max_failures:
            if self._stopping.wait(RESTART_SECONDS):
                return
            with suppress(OSError):  # no memory or processes are left: try again later
                self._child = self.start()
        self._given_up.set()
        logger.error(
            "a program ends as soon as it is started; it is not started again",
            extra={"code": WorkersBrokenError.code},
        )

    def _fails_early(self) -> bool:
        """Wait until the child ends; return whether it ended with an error soon after its start."""
        started = time.monotonic()
        await_child(self._child)
        return self._child.returncode > 0 and time.monotonic() - started < EARLY_SECONDS

    def is_running(self) -> bool:
        """Return whether the process runs at this moment."""
        return self._child.poll() is None

    def check(self) -> None:
        """Raise WorkersBrokenError if the process has failed too often to be started again."""
        if self._given_up.is_set():
            raise WorkersBrokenError

    def stop(self) -> None:
        """End the process for good."""
        self._stopping.set()
        while self._thread.is_alive():  # which may have just started another child
            end_child(self._child, seconds=self._stop_seconds)
            self._thread.join(JOIN_SECONDS)

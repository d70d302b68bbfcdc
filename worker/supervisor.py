"""Keeps a child process running, whatever it dies of."""

import subprocess
import threading
import time

from worker.children import await_child, end_child, start_child

RESTART_SECONDS = 1.0
JOIN_SECONDS = 0.1
MAX_FAILURES = 3
AT_ONCE_SECONDS = 10.0


class Supervisor:
    """Keeps one process running: starts it anew when it dies, until told to stop or it fails thrice at once."""

    def __init__(
        self, command: list[str], *, environment: dict[str, str] | None = None, tethered: bool = False
    ) -> None:
        self._command = command
        self._environment = environment
        self._tethered = tethered
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
        while (failures := failures + 1 if self._fails_at_once() else 0) < MAX_FAILURES:
            if self._stopping.wait(RESTART_SECONDS):
                return
            self._child = self.start()
        self._given_up.set()

    def _fails_at_once(self) -> bool:
        """Wait for the child's end; tell whether it ended itself, with an error, when it had hardly begun."""
        started = time.monotonic()
        await_child(self._child)
        return self._child.returncode > 0 and time.monotonic() - started < AT_ONCE_SECONDS

    def has_given_up(self) -> bool:
        """Tell whether the process is no longer started anew."""
        return self._given_up.is_set()

    def stop(self, *, seconds: float) -> None:
        """End the process for good; after that many seconds, by force."""
        self._stopping.set()
        while self._thread.is_alive():  # it may just have started another child
            end_child(self._child, seconds=seconds)
            self._thread.join(JOIN_SECONDS)

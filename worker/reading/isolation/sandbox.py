"""Reads documents in a separate process with limits, which is kept running: no file harms a worker or another file.

We start this process ourselves because multiprocessing, and the pools built on it, would import the caller's main
module into it (here all of Celery) and would leave a busy process when the caller is killed.
"""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import Pipe

import psutil

from skills.document import Document
from skills.errors import RolefitError
from worker.errors.documents import CostlyDocumentError, InternalError, OutOfMemoryError, TimedOutError, TooComplexError
from worker.files import ROOT
from worker.per_process import once_per_process
from worker.reading.formats import Limits
from worker.reading.isolation.messages import DrawingRequest, ReadingRequest, read_answer, write_request
from worker.reading.isolation.reading_lock import hold_reading_lock

SOCKET = 0  # the reading process has its end as standard input
READY = b"ready"  # what it says once it can read
# The limit on CPU time is tighter; this one is for a stopped process or an overloaded machine.
WALL_SECONDS = 60
GIVE_WAY_SECONDS = 0.5  # how often a first try asks whether it must give way
# Nearly all documents take a tenth of this CPU time. Before it is used, no process has to give way.
GIVE_WAY_CPU_SECONDS = 0.3
MAX_ANSWER_BYTES = 64 * 1024 * 1024  # some hundred times what 200,000 characters and their lines take
MAX_PICTURE_BYTES = 200_000  # one page
DRAWING_CPU_SECONDS = 3  # ten pages take half a second
# The whole environment of the reading process: ours holds secrets. Libraries that start a thread for each core would
# reach the limit on memory on a large machine.
ENVIRONMENT = {
    "MALLOC_ARENA_MAX": "2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OPENCV_FOR_THREADS_NUM": "1",
}
OUT_OF_TIME = {-signal.SIGPROF: TimedOutError, -signal.SIGVTALRM: CostlyDocumentError}  # by how the process ended


@dataclass(frozen=True, slots=True)
class FirstTry:
    """The limits of a first try: its CPU time and, after a while, another job that goes first and needs the process."""

    cpu_seconds: float
    must_give_way: Callable[[], bool] = lambda: False


class _ReadingProcess:
    """A running process and our end of the socket to it."""

    def __init__(self) -> None:
        self._connection, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "worker.reading"],
                cwd=ROOT,
                env=ENVIRONMENT,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                process_group=0,
            )
        self._is_ready = False

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def _measure_cpu(self) -> float:
        """Return how much CPU time the process has used."""
        times = psutil.Process(self.pid).cpu_times()
        return times.user + times.system

    def await_start(self) -> None:
        """Wait until the process can read; raise OSError or EOFError if it has died, TimedOutError if it never can."""
        if self._is_ready:
            return
        if not self._connection.poll(WALL_SECONDS):
            raise TimedOutError
        self._connection.recv_bytes()
        self._is_ready = True

    def is_running(self) -> bool:
        """Return whether the process runs."""
        return self._process.poll() is None

    def ask(
        self, request: ReadingRequest, content: bytes, *, must_give_way: Callable[[], bool] | None
    ) -> Document | RolefitError:
        """Send a document to the process; return what was read of it, or the error that says why it cannot be read.

        Raises:
            OSError, EOFError: the process has died.
            TimedOutError: there is no answer.
            CostlyDocumentError: it gives way.
        """
        self.await_start()
        self._send(request, content)
        self._await_answer(must_give_way)
        return read_answer(self._connection.recv_bytes(MAX_ANSWER_BYTES))

    def _send(self, request: ReadingRequest | DrawingRequest, content: bytes) -> None:
        self._connection.send_bytes(write_request(request))
        self._connection.send_bytes(content)

    def draw(self, request: DrawingRequest, content: bytes) -> list[bytes]:
        """Return the pictures of pages that could be drawn; raises what `ask` does, without giving way."""
        self.await_start()
        self._send(request, content)
        pictures: list[bytes] = []
        while True:
            self._await_answer(None)
            picture = self._connection.recv_bytes(MAX_PICTURE_BYTES)
            if not picture or len(pictures) >= len(request.rotations):
                return pictures
            pictures.append(picture)

    def _await_answer(self, must_give_way: Callable[[], bool] | None) -> None:
        deadline, spent = time.monotonic() + WALL_SECONDS, self._measure_cpu()
        while not self._connection.poll(GIVE_WAY_SECONDS if must_give_way else WALL_SECONDS):
            if time.monotonic() > deadline:
                raise TimedOutError
            if must_give_way and self._measure_cpu() - spent > GIVE_WAY_CPU_SECONDS and must_give_way():
                raise CostlyDocumentError

    def await_end(self) -> int:
        """Wait until the process has ended; return its status, negative for a signal."""
        self._connection.close()
        return self._process.wait()

    def end(self) -> None:
        """Kill the process, whatever it is doing."""
        self._process.kill()
        self.await_end()


def _explain_death(status: int) -> RolefitError:
    """Return why a document cannot be read: its process died with this status, negative for a signal."""
    if status in OUT_OF_TIME:
        return OUT_OF_TIME[status]()
    if status == -signal.SIGKILL:
        return OutOfMemoryError()
    return InternalError() if status > 0 else TooComplexError()


class Sandbox:
    """Keeps one reading process ready and, once one was lost, a spare one: to start one takes a second of CPU time."""

    def __init__(self) -> None:
        self._process = _ReadingProcess()
        self._spare: _ReadingProcess | None = None

    @property
    def pid(self) -> int:
        """The id of the process that reads, not of the spare one."""
        return self._process.pid

    def replace(self) -> None:
        """End the process and use another."""
        self._process.end()
        self._use_spare()

    def await_start(self) -> None:
        """Wait until the process can read, so that no job is taken before."""
        try:
            self._process.await_start()
        except (OSError, EOFError):
            self._replace_dead()
        except TimedOutError:
            self.replace()

    def close(self) -> None:
        """End the processes."""
        self._process.end()
        if self._spare:
            self._spare.end()

    def _use_spare(self) -> None:
        """Use the spare process, or a new one if there is none, and start another spare."""
        spare = self._spare
        if spare and not spare.is_running():
            spare.await_end()
            spare = None
        self._process, self._spare = spare or _ReadingProcess(), _ReadingProcess()

    def _ask(self, request: ReadingRequest, content: bytes, first_try: FirstTry | None) -> Document | RolefitError:
        """Ask once; raise OSError or EOFError when the process has died. When interrupted, replace the process."""
        try:
            must_give_way = first_try.must_give_way if first_try else None
            answer = self._process.ask(request, content, must_give_way=must_give_way)
        except (OSError, EOFError):
            raise
        except BaseException:  # a deadline or Ctrl-C: the answer still to come must not count for the next document
            self.replace()
            raise
        if isinstance(answer, TooComplexError):  # the next document needs the memory that this one may have filled
            self.replace()
        return answer

    def _replace_dead(self) -> int:
        """Replace a process that has died; return its status."""
        status = self._process.await_end()
        self._use_spare()
        return status

    def read(
        self, request: ReadingRequest, content: bytes, *, first_try: FirstTry | None = None
    ) -> Document | RolefitError:
        """Return the document, or the error that says why it cannot be read.

        If the system killed the process, as it does when it is short of memory, the document is read again, alone.
        """
        try:
            with hold_reading_lock(alone=False):
                return self._ask(request, content, first_try)
        except (OSError, EOFError):
            status = self._replace_dead()
        if status in OUT_OF_TIME:
            return OUT_OF_TIME[status]()
        return self._read_again(request, content, first_try, alone=status == -signal.SIGKILL)

    def _read_again(
        self, request: ReadingRequest, content: bytes, first_try: FirstTry | None, *, alone: bool
    ) -> Document | RolefitError:
        """Read a document again after its process has died: the document may not have been the cause."""
        try:
            with hold_reading_lock(alone=alone):
                return self._ask(request, content, first_try)
        except (OSError, EOFError):
            return _explain_death(self._replace_dead())

    def draw(self, request: DrawingRequest, content: bytes) -> list[bytes]:
        """Return pictures of the first pages, fewer or none where they cannot be drawn."""
        try:
            return self._process.draw(request, content)
        except (OSError, EOFError):
            self._replace_dead()
        except TimedOutError:
            self.replace()
        except BaseException:  # a deadline or Ctrl-C: no later request must get the pictures that are still to come
            self.replace()
            raise
        return []


@once_per_process
def get_sandbox() -> Sandbox:
    """Return the sandbox of this process, started if need be."""
    return Sandbox()


def read_document(
    content: bytes, *, name: str, limits: Limits, cpu_seconds: float, first_try: FirstTry | None = None
) -> Document:
    """Read a file, recognising its format by its content; raise the RolefitError that says why it cannot be read.

    Raises:
        CostlyDocumentError: in a first try, reading takes long, needs optical recognition or has to give way.
        TooComplexError: reading takes too much memory, or crashes.
        TimedOutError: reading takes too long: more CPU time than `cpu_seconds`, or too long by the clock.
    """
    first_cpu_seconds = first_try.cpu_seconds if first_try else 0
    request = ReadingRequest(name, limits, cpu_seconds, first_cpu_seconds)
    answer = get_sandbox().read(request, content, first_try=first_try)
    if isinstance(answer, RolefitError):
        raise answer
    return answer


def draw_document(content: bytes, rotations: Sequence[float]) -> list[bytes]:
    """Return pictures (WebP) of the first pages of a document that was read, rotated clockwise by these degrees.

    A document that cannot be drawn, or takes long, has fewer pictures or none, which is no failure.
    """
    return get_sandbox().draw(DrawingRequest(tuple(rotations), DRAWING_CPU_SECONDS), content) if rotations else []

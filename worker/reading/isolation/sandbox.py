"""Reads each document in a separate process with limits, which is kept running: no file harms a worker or another file.

We start this process ourselves because multiprocessing, and the pools built on it, would import the caller's main
module into it (here all of Celery) and leave a busy process behind when the caller is killed.
"""

import os
import signal
import subprocess
import sys
from functools import cache
from multiprocessing import Pipe

from skills.document import Document
from skills.errors import RolefitError
from worker.errors import CostlyDocumentError, InternalError, OutOfMemoryError, TimedOutError, TooComplexError
from worker.files import ROOT
from worker.reading.isolation.messages import Question, read_answer, write_question
from worker.reading.isolation.process_limits import CPU_SECONDS
from worker.reading.isolation.reading_lock import hold_reading_lock

SOCKET = 0  # the reading process has its end as standard input
# CPU time limits the work more tightly; this is for a process that is stopped, or a machine that is overloaded.
WALL_SECONDS = 60
MAX_ANSWER_BYTES = 64 * 1024 * 1024  # some hundred times what 200,000 characters and their lines take
# The whole environment of the reading process: ours holds secrets. Libraries that start a thread for each core would
# reach the limit on memory on a large machine.
ENVIRONMENT = {
    "MALLOC_ARENA_MAX": "2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OPENCV_FOR_THREADS_NUM": "1",
}
OUT_OF_TIME = {-signal.SIGPROF: TimedOutError, -signal.SIGVTALRM: CostlyDocumentError}  # by how the process ended
ATTEMPTS = 2  # the document need not be the cause: a system that is short of memory may kill any process


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

    def ask(self, question: Question, content: bytes) -> Document | RolefitError:
        """Return the answer; raise OSError or EOFError when the process has died, TimedOutError without an answer."""
        self._connection.send_bytes(write_question(question))
        self._connection.send_bytes(content)
        if not self._connection.poll(WALL_SECONDS):
            raise TimedOutError
        return read_answer(self._connection.recv_bytes(MAX_ANSWER_BYTES))

    def await_end(self) -> int:
        """Wait until the process has ended; return its status, negative for a signal."""
        self._connection.close()
        return self._process.wait()

    def end(self) -> None:
        """Kill the process, whatever it is doing."""
        self._process.kill()
        self.await_end()


class Sandbox:
    """Keeps one reading process ready."""

    def __init__(self) -> None:
        self._process = _ReadingProcess()

    def replace(self) -> None:
        """End the process and start a new one."""
        self._process.end()
        self._process = _ReadingProcess()

    def close(self) -> None:
        """End the process."""
        self._process.end()

    def _ask(self, question: Question, content: bytes) -> Document | RolefitError:
        """Ask once; raise OSError or EOFError when the process has died. When interrupted, replace the process."""
        try:
            answer = self._process.ask(question, content)
        except (OSError, EOFError):
            raise
        except BaseException:  # a deadline or Ctrl-C: the answer still to come must not be taken for another's
            self.replace()
            raise
        if isinstance(answer, TooComplexError):  # the next document needs the memory that this one may have filled
            self.replace()
        return answer

    def _replace_dead(self) -> int:
        """Start a new process after one that has died; return the status of the dead one."""
        status = self._process.await_end()
        self._process = _ReadingProcess()
        return status

    def read(self, question: Question, content: bytes) -> Document | RolefitError:
        """Return the document, or the error that says why it cannot be read.

        What the system killed, as it does when it is short of memory, is tried again while nothing else is read.
        """
        status = 0
        for _ in range(ATTEMPTS):
            try:
                with hold_reading_lock(alone=status == -signal.SIGKILL):
                    return self._ask(question, content)
            except (OSError, EOFError):
                status = self._replace_dead()
            if status in OUT_OF_TIME:
                return OUT_OF_TIME[status]()
        if status == -signal.SIGKILL:
            return OutOfMemoryError()
        return InternalError() if status > 0 else TooComplexError()


@cache
def _sandbox_of(pid: int) -> Sandbox:
    del pid
    return Sandbox()


def get_sandbox() -> Sandbox:
    """Return the sandbox of this process, started if need be; forked processes must not share one."""
    return _sandbox_of(os.getpid())


def read_document(  # noqa: PLR0913 - what is read, and its limits
    content: bytes,
    *,
    name: str,
    max_pages: int,
    max_characters: int,
    cpu_seconds: float = CPU_SECONDS,
    first_try: bool = False,
) -> Document:
    """Read a file, recognising its format by its content; raise the RolefitError that says why it cannot be read.

    Raises:
        CostlyDocumentError: in a first try, reading takes long or needs optical recognition.
        TooComplexError: reading takes too much memory, or crashes.
        TimedOutError: reading takes too long: more CPU time than `cpu_seconds`, or too long by the clock.
    """
    question = Question(name, max_pages, max_characters, cpu_seconds, first_try)
    answer = get_sandbox().read(question, content)
    if isinstance(answer, RolefitError):
        raise answer
    return answer

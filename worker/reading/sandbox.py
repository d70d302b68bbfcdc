"""Reads each document in a process apart, kept warm and bound by limits: no file hurts a worker or its neighbours.

Own code, because multiprocessing's ways to start a process, and the pools built on them, import the caller's main
module into it (here all of Celery) and leave a busy process behind when the caller is killed. Questions and answers
are pickled: both ends are the same program of the same user, and what is guarded against is a file's appetite, not
foreign code.
"""

import os
import signal
import subprocess
import sys
from functools import cache
from multiprocessing import Pipe
from typing import Any, TypedDict

from skills.document import Document
from skills.errors import RolefitError
from worker.errors import InternalError, TimedOutError, TooComplexError
from worker.files import ROOT

SOCKET = 0  # the reading process has its end as standard input
# The work itself is bound tighter, by CPU time: this is for a process that is stopped, on a machine that is overrun.
WALL_SECONDS = 60
# Libraries that take a thread a core, each with its own memory, would reach the limits on a large machine.
ONE_THREAD = {
    "MALLOC_ARENA_MAX": "2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OPENCV_FOR_THREADS_NUM": "1",
}
ATTEMPTS = 2  # a death may be nobody's fault: a system short of memory kills whom it likes


class Question(TypedDict):
    """What the reading process is asked."""

    content: bytes
    name: str
    max_pages: int
    max_characters: int


class _ReadingProcess:
    """A running process and our end of the socket to it."""

    def __init__(self) -> None:
        self._connection, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "worker.reading"],
                cwd=ROOT,
                env={**os.environ, **ONE_THREAD},
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                process_group=0,
            )

    def ask(self, question: Question) -> Any:  # noqa: ANN401 - as the connection hands it over
        """Return the answer; raise OSError or EOFError when the process has died, TimedOutError when it keeps still."""
        self._connection.send(question)
        if not self._connection.poll(WALL_SECONDS):
            raise TimedOutError
        return self._connection.recv()

    def await_end(self) -> int:
        """Wait for a process that is dying; return what it ended with, as `subprocess` counts it."""
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
        """Put a new process in the place of the one that is there."""
        self._process.end()
        self._process = _ReadingProcess()

    def close(self) -> None:
        """End the process."""
        self._process.end()

    def _ask(self, question: Question) -> Document | RolefitError:
        """Ask once; raise OSError or EOFError when the process has died. An interrupted process is replaced, too."""
        try:
            answer: Document | RolefitError = self._process.ask(question)
        except (OSError, EOFError):
            raise
        except BaseException:  # also a deadline or Ctrl-C: the answer that is on its way is nobody's any more
            self.replace()
            raise
        if isinstance(answer, TooComplexError):  # may have left little of its memory to the next
            self.replace()
        return answer

    def _bury(self) -> int:
        status = self._process.await_end()
        self._process = _ReadingProcess()
        return status

    def read(self, question: Question) -> Document | RolefitError:
        """Return the document, or the error that says why it cannot be read."""
        status = 0
        for _ in range(ATTEMPTS):
            try:
                return self._ask(question)
            except (OSError, EOFError):
                status = self._bury()
            if status == -signal.SIGPROF:
                return TimedOutError()
        return InternalError() if status > 0 else TooComplexError()


@cache
def _sandbox_of(pid: int) -> Sandbox:
    del pid
    return Sandbox()


def get_sandbox() -> Sandbox:
    """Return the sandbox of this process, started if need be; forked processes must not share one."""
    return _sandbox_of(os.getpid())


def read_document(content: bytes, *, name: str, max_pages: int, max_characters: int) -> Document:
    """Read a file of any kind that is known by its content; raise the RolefitError that says why it cannot be.

    Raises:
        TooComplexError: reading takes too much memory, or crashes.
        TimedOutError: reading takes too long.
    """
    answer = get_sandbox().read(
        Question(content=content, name=name, max_pages=max_pages, max_characters=max_characters)
    )
    if isinstance(answer, RolefitError):
        raise answer
    return answer

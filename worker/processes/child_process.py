"""Starts and ends child processes, each in its own process group: Ctrl-C reaches only the program, which ends them.

They stay in its session, because Linux compares niceness only within a session (autogroups, sched(7)).
"""

import os
import signal
import subprocess
from contextlib import suppress

from worker.files import ROOT


def start_child(
    command: list[str], *, environment: dict[str, str] | None = None, tethered: bool = False
) -> subprocess.Popen[bytes]:
    """Start a program without input and with its log on stderr as its only output.

    The standard input of a tethered program is a pipe that closes when this process ends, however it ends.
    """
    return subprocess.Popen(  # noqa: S603 - our own programs by their full path
        command,
        env=environment,
        cwd=ROOT,
        stdin=subprocess.PIPE if tethered else subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        process_group=0,
    )


def await_child(child: subprocess.Popen[bytes]) -> None:
    """Wait until a child has ended, and close its pipe."""
    child.wait()
    if child.stdin:
        child.stdin.close()


def end_child(child: subprocess.Popen[bytes], *, seconds: float) -> None:
    """Ask a child to end; after the timeout, kill it and its children."""
    child.terminate()
    try:
        child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    await_child(child)

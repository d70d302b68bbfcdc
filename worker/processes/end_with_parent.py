"""Runs a program so that it ends when its parent ends, however that ends: `end_with_parent.py PROGRAM ARGUMENT…`.

For programs that do not watch a pipe themselves. Linux sends them SIGTERM; elsewhere our next start ends them.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # prctl(2); the setting outlasts execve


def main(parent_id: int, command: list[str]) -> None:
    """Replace this process by the command."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent_id:  # it ended before it was watched
            sys.exit(1)
    os.execv(command[0], command)  # noqa: S606 - a program by its full path


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])

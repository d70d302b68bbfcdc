"""Who holds the lease on a job: a process, named so that others on its machine can tell when it is dead."""

import os
import socket

import psutil


def name_lease_holder() -> str:
    """Return the name of this process, `host:pid`."""
    return f"{socket.gethostname()}:{os.getpid()}"


def is_dead(holder: str) -> bool:
    """Return whether a holder is a process of this machine that no longer runs; of other machines nothing is known."""
    host, _, pid = holder.rpartition(":")
    return host == socket.gethostname() and not psutil.pid_exists(int(pid))

"""Who holds the lease on a job: a task in a process, named so that other workers of the machine see when it is dead."""

import os
import socket

import psutil


def name_lease_holder(task_id: str = "") -> str:
    """Return the name of a task in this process, `host:pid#task`."""
    return f"{socket.gethostname()}:{os.getpid()}#{task_id}"


def is_of_task(holder: str, task_id: str) -> bool:
    """Return whether a holder is that task."""
    return holder.partition("#")[2] == task_id


def is_dead(holder: str) -> bool:
    """Return whether a holder is a process of this machine that has ended; one of another machine counts as alive."""
    host, _, pid = holder.partition("#")[0].rpartition(":")
    return host == socket.gethostname() and not psutil.pid_exists(int(pid))

"""Limits that the reading process puts on itself; the kernel enforces them, also inside of C code."""

import resource
import signal

MEMORY_BYTES = 700 * 1024 * 1024  # some 150 MB are mapped before anything is read
CPU_SECONDS = 10  # the slowest of 2,587 odd files took less than 2


def limit_memory(limit_bytes: int) -> None:
    """Let the process map so much memory and no more; what asks for more gets a MemoryError or ends the process."""
    resource.setrlimit(resource.RLIMIT_AS, (limit_bytes, resource.RLIM_INFINITY))


def forbid_core_dumps() -> None:
    """Leave no image of the memory, and so no words of a résumé, on disk when the process crashes."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_cpu(seconds: float) -> None:
    """End the process by SIGPROF after so many more seconds of its own work, all threads together; 0 lifts the limit.

    Unlike RLIMIT_CPU, which counts from the process's start, this begins anew with each document.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)


def allow_memory(more_bytes: int) -> None:
    """Raise the limit on memory, where there is one."""
    limit, highest = resource.getrlimit(resource.RLIMIT_AS)
    if limit != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_AS, (limit + more_bytes, highest))


def allow_cpu(more_seconds: float) -> None:
    """Put off the end of the document that is being read, where it has one."""
    remaining, _ = signal.getitimer(signal.ITIMER_PROF)
    if remaining:
        signal.setitimer(signal.ITIMER_PROF, remaining + more_seconds)

"""Limits that the reading process puts on itself; the kernel enforces them, also inside of C code."""

import resource
import signal

MEMORY_BYTES = 700 * 1024 * 1024  # some 150 MB are mapped before anything is read
RECOGNISER_BYTES = 1024 * 1024 * 1024  # what optical recognition maps; a quarter of it is ever touched


def limit_memory(limit_bytes: int) -> None:
    """Limit how much memory the process can map; beyond it, allocating raises MemoryError or ends the process.

    The limit can be raised once more, for optical recognition, and never higher.
    """
    resource.setrlimit(resource.RLIMIT_AS, (limit_bytes, limit_bytes + RECOGNISER_BYTES))


def forbid_core_dumps() -> None:
    """Write no core dump, which would contain words of a résumé, when the process crashes."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_cpu(seconds: float) -> None:
    """End the process by SIGPROF after further seconds of CPU time, all threads together; 0 is no limit.

    RLIMIT_CPU would count from the start of the process; this starts again with each document.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)


def limit_first_try(seconds: float) -> None:
    """End the process by SIGVTALRM after that CPU time, which `allow_cpu` does not extend; with 0 there is no limit."""
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)


def is_first_try() -> bool:
    """Return whether the limit of a first try is set."""
    remaining, _ = signal.getitimer(signal.ITIMER_VIRTUAL)
    return remaining > 0


def allow_recogniser() -> None:
    """Raise the limit on memory to its highest, if there is one."""
    _, highest = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (highest, highest))


def allow_cpu(more_seconds: float) -> None:
    """Raise the limit on CPU time of the document that is being read by that much, if there is one."""
    remaining, _ = signal.getitimer(signal.ITIMER_PROF)
    if remaining:
        signal.setitimer(signal.ITIMER_PROF, remaining + more_seconds)

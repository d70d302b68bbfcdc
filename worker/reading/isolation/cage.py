"""The cage of the reading process: a file that took control of the process could do next to nothing.

The process sees only the program's own files, changes none, opens no socket, starts no process, touches no other and
gains no rights.
Landlock (landlock(7), Linux 5.13) guards the files, seccomp (seccomp(2)) the system calls. Where a system lacks one of
them, that part is not guarded, and `rolefit doctor` says so.
"""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyseccomp
from py_landlock import AccessFs, Landlock, LandlockError, get_abi_version

from worker.files import ROOT
from worker.reading.isolation.forbidden_calls import list_rules

# The program, its libraries, and what those look up: fonts, the time zone, the number of cores.
READABLE = (
    ROOT / "skills",
    ROOT / "worker",
    sys.prefix,
    sys.base_prefix,
    "/usr",
    "/lib",
    "/lib64",
    "/etc",
    "/sys/devices",
    "/sys/bus/pci/devices",  # where onnxruntime looks for graphics cards; it complains on stderr if it may not
)
FILES = ("/dev/null", "/dev/urandom", "/proc/cpuinfo", "/proc/meminfo")
NOBODY = 65_534  # the user and group that own nothing


def _is_open_to_all(folder: Path) -> bool:
    """Return whether every user can reach and read a folder."""
    others = stat.S_IXOTH
    reachable = all(parent.stat().st_mode & others for parent in folder.resolve().parents)
    return reachable and bool(folder.stat().st_mode & others and folder.stat().st_mode & stat.S_IROTH)


def _can_become_nobody() -> bool:
    return os.getuid() == 0 and all(_is_open_to_all(Path(folder)) for folder in (ROOT, sys.prefix, sys.base_prefix))


def _become_nobody() -> None:
    """Give up being root, if nobody can still read the program."""
    if _can_become_nobody():
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def _guard_files() -> None:
    present = [folder for folder in READABLE if Path(folder).exists()]
    Landlock(strict=False).allow_read(*present).add_path_rule(*FILES, access=AccessFs.READ_FILE).apply()


def _guard_calls() -> None:
    calls = pyseccomp.SyscallFilter(defaction=pyseccomp.ALLOW)
    for rule in list_rules(own_pid=os.getpid()):
        with suppress(OSError):  # not every processor has each call
            calls.add_rule(pyseccomp.ERRNO(rule.error), rule.call, *rule.condition)
    calls.load()


def lock_in() -> None:
    """Put this thread, and every thread and process that it starts from now on, into the cage for good."""
    _become_nobody()
    with suppress(LandlockError):
        _guard_files()
    with suppress(OSError, RuntimeError):
        _guard_calls()


def find_gaps() -> Iterator[str]:
    """Yield a sentence for each part of the cage that this system does not have."""
    try:
        get_abi_version()
    except LandlockError:
        yield "The kernel has no Landlock: the reading process can read and write files as the service can."
    try:
        pyseccomp.SyscallFilter(defaction=pyseccomp.ALLOW)
    except (OSError, RuntimeError):
        yield "libseccomp does not work here: the reading process can open sockets and start programs."
    if os.getuid() == 0 and not _can_become_nobody():
        yield "Others cannot read the program's folder: the reading process stays root, without its rights over files."

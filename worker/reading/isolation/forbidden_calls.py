"""The system calls that the reading process may not make, for seccomp(2): what Landlock does not guard against."""

import errno
import termios
from collections.abc import Iterator
from dataclasses import dataclass

import pyseccomp

NETWORK = ("socket", "socketpair", "connect", "bind", "listen", "accept", "accept4")
PROGRAMS = ("execve", "execveat", "fork", "vfork")
# Landlock lets who owns a file change its rights, owner, times and attributes, and old kernels its length.
FILES = (
    "chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat",
    "utime", "utimes", "futimesat", "utimensat", "truncate",
    "setxattr", "lsetxattr", "fsetxattr", "setxattrat", "removexattr", "lremovexattr", "fremovexattr", "removexattrat",
    "open_by_handle_at", "name_to_handle_at",
)  # fmt: skip
# The service's processes belong to the same user, so the system would allow these.
OTHER_PROCESSES = (
    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease", "kcmp",
    "pidfd_open", "pidfd_getfd", "pidfd_send_signal", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo",
    "setpriority", "ioprio_set", "sched_setaffinity", "sched_setscheduler", "sched_setparam", "sched_setattr",
    "migrate_pages", "move_pages",
    "shmget", "shmat", "shmctl", "semget", "semop", "semtimedop", "semctl", "msgget", "msgsnd", "msgrcv", "msgctl",
    "mq_open", "mq_unlink",
)  # fmt: skip
RIGHTS = (
    "setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setfsuid", "setfsgid", "setgroups", "capset",
)  # fmt: skip
SYSTEM = (
    "mount", "umount2", "pivot_root", "chroot", "unshare", "setns", "move_mount", "open_tree", "mount_setattr",
    "fsopen", "fspick", "fsmount", "fsconfig", "bpf", "perf_event_open", "userfaultfd", "fanotify_init",
    "io_uring_setup", "io_uring_enter", "io_uring_register", "keyctl", "add_key", "request_key",
    "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff",
    "acct", "quotactl", "quotactl_fd", "syslog", "sethostname", "setdomainname", "settimeofday", "clock_settime",
    "adjtimex", "clock_adjtime", "iopl", "ioperm", "personality", "vhangup",
)  # fmt: skip
CLONE_THREAD = 0x10000  # linux/sched.h
LOW_HALF = 0xFFFF_FFFF  # the kernel looks at no more of what ioctl is asked to do


@dataclass(frozen=True, slots=True)
class Rule:
    """A call that fails with an error; with a condition, only where its arguments fulfil it."""

    call: str
    condition: tuple[pyseccomp.Arg, ...] = ()
    error: int = errno.EPERM


def list_rules(*, own_pid: int) -> Iterator[Rule]:
    """Yield what is refused to the process of that id, which may still start threads and end itself."""
    for call in (*NETWORK, *PROGRAMS, *FILES, *OTHER_PROCESSES, *RIGHTS, *SYSTEM):
        yield Rule(call)
    yield Rule("clone", (pyseccomp.Arg(0, pyseccomp.MASKED_EQ, CLONE_THREAD, 0),))
    # Its flags lie in memory, where seccomp cannot see them. The C library then takes `clone`.
    yield Rule("clone3", error=errno.ENOSYS)
    yield Rule("prlimit64", (pyseccomp.Arg(0, pyseccomp.NE, 0),))
    for call in ("kill", "tgkill"):
        yield Rule(call, (pyseccomp.Arg(0, pyseccomp.NE, own_pid),))
    # Types into the terminal where the service was started, as if a person did.
    yield Rule("ioctl", (pyseccomp.Arg(1, pyseccomp.MASKED_EQ, LOW_HALF, termios.TIOCSTI),))

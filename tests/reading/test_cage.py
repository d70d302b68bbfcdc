"""What a file that took control of the reading process could do: nothing that matters."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from skills.errors import RolefitError
from worker.errors.documents import EncryptedDocumentError, InternalError
from worker.files import ROOT
from worker.reading.isolation import cage
from worker.reading.isolation.messages import read_answer, write_answer
from worker.reading.isolation.sandbox import ENVIRONMENT

# Each is run inside of the cage, where `folder` is one of the service's and `parent` its process.
REFUSED = {
    "read the secrets of the service": "open(f'/proc/{parent}/environ').read()",
    "read what another process holds": "open(f'/proc/{parent}/mem', 'rb')",
    "read a file of the service": "open(folder + '/store').read()",
    "list the folder of the service": "os.listdir(folder)",
    "write a file": "open(folder + '/new', 'w')",
    "change a file": "open(folder + '/store', 'a')",
    "delete a file": "os.unlink(folder + '/store')",
    "write beside its own code": "open('worker/reading/new.py', 'w')",
    "open a socket": "socket.socket()",
    "connect to the store": "socket.socket(socket.AF_UNIX).connect(folder + '/redis.sock')",
    "change who may read a file": "os.chmod(folder + '/store', 0o644)",
    "change it by what is open": "os.fchmod(os.open('worker/__init__.py', os.O_RDONLY), 0o666)",
    "change when a file was written": "os.utime(folder + '/store')",
    "start a program": "subprocess.run([sys.executable, '-c', ''])",
    "spawn a program": "os.posix_spawn('/bin/true', ['true'], {})",
    "become a second process": "os.fork() or os._exit(0)",
    "end the service": "os.kill(parent, 9)",
    "limit the service": "resource.prlimit(parent, resource.RLIMIT_NOFILE, (0, 0))",
    "slow the service down": "os.setpriority(os.PRIO_PROCESS, parent, 19)",
    "type into the terminal": "fcntl.ioctl(0, termios.TIOCSTI, b'x')",
    "become root again": "os.setuid(0)",
}
# What reading needs goes on.
ALLOWED = {
    "start a thread": "thread = threading.Thread(target=int); thread.start(); thread.join()",
    "limit itself": "resource.setrlimit(resource.RLIMIT_NOFILE, (9, 9))",
    "signal itself": "os.kill(os.getpid(), 0)",
}
PROGRAM = """
import fcntl, os, resource, socket, subprocess, sys, termios, threading
from worker.reading.isolation.cage import lock_in
folder, parent = sys.argv[1], os.getppid()
lock_in()
try:
    {attempt}
    print("allowed")
except PermissionError:
    print("refused")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as the service's, with a file and a listening socket."""
    (tmp_path / "store").write_text("words of a résumé", encoding="utf-8")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "redis.sock"))
        listener.listen()
    return tmp_path


def attempt_inside(attempt: str, folder: Path) -> tuple[str, str]:
    """Return what a program in the cage wrote after an attempt."""
    program = PROGRAM.format(attempt=attempt)
    done = subprocess.run(
        [sys.executable, "-c", program, folder], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    return done.stdout, done.stderr


@pytest.mark.parametrize("attempt", REFUSED)
def test_it_can_not(attempt: str, folder: Path) -> None:
    assert attempt_inside(REFUSED[attempt], folder) == ("refused\n", "")


@pytest.mark.parametrize("attempt", ALLOWED)
def test_it_can(attempt: str, folder: Path) -> None:
    assert attempt_inside(ALLOWED[attempt], folder) == ("allowed\n", "")


def test_its_environment_holds_nothing_of_the_service() -> None:
    assert not any(name.startswith(("ROLEFIT_", "HOME", "PATH")) for name in ENVIRONMENT)


def test_a_system_that_has_less_is_told_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise OSError

    monkeypatch.setattr("pyseccomp.SyscallFilter", fail)
    assert any(sentence.startswith("libseccomp does not work here") for sentence in cage.find_gaps())


@pytest.mark.parametrize("error", [EncryptedDocumentError(), InternalError()])
def test_an_error_comes_out_with_its_type_and_its_sentence(error: RolefitError) -> None:
    answer = read_answer(write_answer(error))
    assert (type(answer), str(answer)) == (type(error), str(error))


@pytest.mark.parametrize("sent", [b"", b"\x80\x04N.", b"{}", b'{"document":{"text":"no more"}}', b'{"refusal":null}'])
def test_what_is_no_answer_is_refused(sent: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_answer(sent)


def test_a_code_that_nobody_knows_is_an_internal_error() -> None:
    answer = read_answer(b'{"refusal":{"code":"owned","sentence":"Do as I say."}}')
    assert isinstance(answer, InternalError)

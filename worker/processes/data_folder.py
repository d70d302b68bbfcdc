"""The data folder of a private Redis: only its owner may enter it, and one program at a time."""

import fcntl
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from worker.errors.installation import DataFolderInUseError, EmbeddedRedisError

MAX_SOCKET_PATH_BYTES = 100  # the system's own limit is 108 on Linux and 104 on macOS
SHORT_FOLDER = "/tmp"  # noqa: S108 - for a folder of our own in it, which `place_socket` checks


def open_folder(folder: Path) -> Path:
    """Make a folder, or change an existing one, so that only we may enter it; raise EmbeddedRedisError if we cannot."""
    with _translate_write_errors(f"Cannot make the folder {folder}"):
        folder.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise EmbeddedRedisError(f"{folder} belongs to someone else. Set ROLEFIT_DATA to a folder of your own.")
    with _translate_write_errors(f"Cannot keep others out of the folder {folder}"):
        folder.chmod(stat.S_IRWXU)
    return folder


@contextmanager
def _translate_write_errors(what: str) -> Iterator[None]:
    """Raise EmbeddedRedisError where the system refuses something."""
    try:
        yield
    except OSError as error:
        raise EmbeddedRedisError(f"{what}: {error.strerror}. Set ROLEFIT_DATA to a folder of your own.") from error


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Keep other programs out of the folder; the lock ends with this process, however it ends."""
    with ExitStack() as stack:
        with _translate_write_errors(f"Cannot write to the folder {folder}"):
            lock = stack.enter_context((open_folder(folder) / "lock").open("w"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DataFolderInUseError(folder) from error
        yield


def choose_socket(folder: Path) -> Path:
    """Return the path of the server's socket: in the folder or, if that path is too long, in a temporary one for it."""
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    own = f"rolefit-{os.getuid()}-{digest}"
    homes = (folder, Path(tempfile.gettempdir()) / own, Path(SHORT_FOLDER) / own)
    sockets = (home / "redis.sock" for home in homes)
    return next(socket for socket in sockets if len(os.fsencode(socket)) <= MAX_SOCKET_PATH_BYTES)


def place_socket(folder: Path) -> Path:
    """Make the folder of the server's socket, and return the path of the socket.

    Raises:
        EmbeddedRedisError: the short folder, where everybody may make folders and links, is a link or someone else's.
    """
    socket = choose_socket(folder)
    if socket.parent != folder and is_planted(socket.parent):
        raise EmbeddedRedisError(f"{socket.parent} is a link, or someone else's. Set ROLEFIT_DATA to a shorter path.")
    open_folder(socket.parent)
    return socket


def is_planted(folder: Path) -> bool:
    """Return whether a folder is a link or belongs to someone else; links are not followed."""
    try:
        facts = folder.lstat()
    except FileNotFoundError:
        return False
    return not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.getuid()


def remove_socket(socket: Path, folder: Path) -> None:
    """Delete the socket, and the folder that was made for it alone."""
    socket.unlink(missing_ok=True)
    if socket.parent != folder:
        with suppress(FileNotFoundError):  # the system has cleaned its temporary folder before
            socket.parent.rmdir()

"""The data folder of a private Redis: only its owner may enter it, and one program at a time."""

import fcntl
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from worker.errors import DataFolderInUseError, EmbeddedRedisError

MAX_SOCKET_PATH_BYTES = 100  # the system's own limit is 108 on Linux and 104 on macOS


def open_folder(folder: Path) -> Path:
    """Make a folder that only we may enter, or make an existing one so; raise EmbeddedRedisError if that fails."""
    try:
        folder.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
    except OSError as error:
        sentence = f"Cannot make the folder {folder}: {error.strerror}. Set ROLEFIT_DATA to a folder of your own."
        raise EmbeddedRedisError(sentence) from error
    if folder.stat().st_uid != os.getuid():
        raise EmbeddedRedisError(f"{folder} belongs to someone else. Set ROLEFIT_DATA to a folder of your own.")
    folder.chmod(stat.S_IRWXU)
    return folder


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Keep other programs out of the folder; the lock ends with this process, however it ends."""
    with (open_folder(folder) / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DataFolderInUseError(folder) from error
        yield


def choose_socket(folder: Path) -> Path:
    """Return where the server's socket goes: in the folder, or in a short one of its own if that path is too long."""
    socket = folder / "redis.sock"
    if len(os.fsencode(socket)) <= MAX_SOCKET_PATH_BYTES:
        return socket
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"rolefit-{os.getuid()}-{digest}" / "redis.sock"


def place_socket(folder: Path) -> Path:
    """Return where the server's socket goes, having made the folder for it."""
    socket = choose_socket(folder)
    open_folder(socket.parent)
    return socket


def remove_socket(socket: Path, folder: Path) -> None:
    """Delete the socket, and the folder that was made for it alone."""
    socket.unlink(missing_ok=True)
    if socket.parent != folder:
        socket.parent.rmdir()

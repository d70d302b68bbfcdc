"""Snapshots: what a start makes of our own code and data files, kept on disk for the next one.

None holds a word of a résumé. A snapshot counts only if it is whole, if nobody else could write it, and if it was made
of the very same files; otherwise it is passed over, and what it would say is made again.
"""

import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from platformdirs import user_cache_path

from skills.toml_files import fingerprint

MAX_SNAPSHOTS = 4  # the latest ones: several installations or versions may be in use
OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH
DIGEST_CHARACTERS = 64


def find_folder() -> Path:
    """Return the folder of the snapshots, which may not exist."""
    return user_cache_path("rolefit") / "snapshots"


@cache
def _fingerprint_code() -> str:
    return f"{fingerprint(sorted(Path(__file__).parent.rglob('*.py')))} {sys.version}"


def _sum_up(version: str, content: bytes) -> bytes:
    """Return a digest of a snapshot's content and of its sources."""
    return hashlib.sha256(b"\0".join([version.encode(), _fingerprint_code().encode(), content])).hexdigest().encode()


def _place(name: str, version: str) -> Path:
    return find_folder() / f"{name}-{_sum_up(version, b'').decode()[:16]}.json"


def _is_ours(facts: os.stat_result) -> bool:
    """Return whether nobody else could write a file, or in a folder."""
    return facts.st_uid == os.getuid() and not facts.st_mode & OTHERS_MAY_WRITE


def _read_own(path: Path) -> bytes:
    """Return the bytes of a file that nobody else could write, nothing of any other and where there is none."""
    with suppress(OSError):
        if _is_ours(path.parent.lstat()):
            with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:  # noqa: PTH123 - a link is no file of ours
                return file.read() if _is_ours(os.fstat(file.fileno())) else b""
    return b""


def load_snapshot(name: str, version: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return what was kept by this name of data files in this version; None if there is nothing that counts."""
    said = _read_own(_place(name, version))
    digest, content = said[:DIGEST_CHARACTERS], said[DIGEST_CHARACTERS:]
    return orjson.loads(content) if digest == _sum_up(version, content) else None


@contextmanager
def _replacing(path: Path) -> Iterator[int]:
    """Give a new file of ours, which takes the place of another once it is whole."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent)
    try:
        yield descriptor
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise


def _forget_old(folder: Path) -> None:
    for path in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)[MAX_SNAPSHOTS:]:
        path.unlink()


def keep_snapshot(name: str, version: str, content: object) -> None:
    """Store a value as JSON, if the system allows it; otherwise only the next start is slower."""
    path, said = _place(name, version), orjson.dumps(content)
    with suppress(OSError):
        path.parent.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
        if _is_ours(path.parent.lstat()):
            with _replacing(path) as descriptor, open(descriptor, "wb") as file:  # noqa: PTH123 - it is open already
                file.write(_sum_up(version, said) + said)
            _forget_old(path.parent)

"""Repairs an append-only file with garbage or zeros at its end, as a power cut may leave it, after keeping a copy."""

import logging
import shutil
import subprocess
import time
from pathlib import Path

from worker.errors.installation import EmbeddedRedisError

logger = logging.getLogger(__name__)

COPY_PREFIX = "damaged-"
CHECK_SECONDS = 600  # a long file is read from its beginning


def _read_number(file: Path) -> int:
    """Return the number in a name such as `appendonly.aof.10.incr.aof`; the only file of older servers has none."""
    return int("".join(filter(str.isdigit, file.name)) or 0)


def _find_last_file(folder: Path) -> Path | None:
    """Return the file to which the server appends: the last one in its folder, or the only file of an older server."""
    files = [*folder.glob("appendonlydir/*.incr.aof"), *folder.glob("appendonly.aof")]
    return max(files, key=_read_number, default=None)


def _cut_off_damage(server: str, file: Path) -> None:
    """Have the server's own checker, which is the same program under another name, cut off what cannot be read."""
    name = "valkey-check-aof" if "valkey" in Path(server).name else "redis-check-aof"
    subprocess.run(  # noqa: S603 - the server that we found
        [name, "--fix", str(file)],
        executable=server,
        input=b"y\n",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        timeout=CHECK_SECONDS,
    )


def _keep_copy(file: Path, copy: Path) -> None:
    """Copy a file; raise EmbeddedRedisError, and leave no part of a copy, if that fails."""
    try:
        shutil.copyfile(file, copy)
        copy.chmod(0o600)
    except OSError as error:
        copy.unlink(missing_ok=True)
        raise EmbeddedRedisError(
            f"{file} is damaged and cannot be copied before it is repaired: {error.strerror}. Make room on the disk."
        ) from error


def repair_append_only_file(folder: Path, server: str) -> bool:
    """Cut off what a server cannot read at the end of its append-only file; return whether anything was cut off.

    Raises:
        EmbeddedRedisError: there is no room for a copy of the file.
    """
    file = _find_last_file(folder)
    if file is None:
        return False
    size = file.stat().st_size
    copy = folder / f"{COPY_PREFIX}{time.time_ns()}"
    _keep_copy(file, copy)
    _cut_off_damage(server, file)
    cut_off = size - file.stat().st_size
    if not cut_off:
        copy.unlink()
        return False
    facts = {"bytes": cut_off}
    logger.warning("the end of the store's file was damaged and is cut off; %s is a copy", copy.name, extra=facts)
    return True


def delete_old_copies(folder: Path, *, older_than_seconds: float) -> None:
    """Delete copies of damaged files that are too old: they contain documents."""
    for copy in folder.glob(f"{COPY_PREFIX}*"):
        if time.time() - copy.stat().st_mtime > older_than_seconds:
            copy.unlink(missing_ok=True)

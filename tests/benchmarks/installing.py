"""What `make setup` takes on a bare machine, and what it leaves on the disk."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.counting import MEGABYTE
from tests.benchmarks.figures import Figure
from tests.benchmarks.plan import Plan
from tests.image.weights import list_packages, weigh
from worker.files import ROOT

MAX_SECONDS = 30
MAX_MEGABYTES = 450
NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__")
BARE = {"UV_NO_CACHE": "1", "PIP_NO_CACHE_DIR": "1"}  # what was fetched before is fetched again


def _install(folder: Path, *options: str) -> tuple[float, float]:
    """Install a copy of Rolefit in a new folder; return the wall seconds and the megabytes of its environment."""
    shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
    command = ["make", "--silent", "setup", f"PYTHON={sys.executable}", *options]
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, env={**os.environ, **BARE}, stdout=subprocess.DEVNULL, check=True)
    seconds = time.perf_counter() - started
    files = (path for path in (folder / ".venv").rglob("*") if path.is_file() and not path.is_symlink())
    return seconds, sum(path.stat().st_size for path in files) / MEGABYTE


def measure(plan: Plan) -> Iterator[Figure]:
    """Yield the time of the installation and its size with bytecode, with optical recognition and without."""
    seconds, all_megabytes = _install(plan.scratch / "installed")
    _, megabytes = _install(plan.scratch / "installed-plain", "OCR=no")
    yield Figure("`make setup` on a bare machine", seconds, "s", MAX_SECONDS)
    packages = sum(map(weigh, list_packages("run.txt"))) / MEGABYTE
    beside = {"packages alone, without bytecode, MB": packages, "all with optical recognition, MB": all_megabytes}
    yield Figure("installed without optical recognition", megabytes, "MB", MAX_MEGABYTES, beside=beside)

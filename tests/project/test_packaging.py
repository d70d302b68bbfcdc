"""What is installed is whole, and the versions of a report count all that decides."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from service.pages.guides import GUIDES
from worker import versions
from worker.files import ROOT

PACKAGES = ("service", "worker", "skills")
LEFT_OUT = {"__pycache__"}


@pytest.mark.process
def test_a_wheel_has_every_file_of_the_packages(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=ROOT, check=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        packed = {name for name in wheel.namelist() if name.startswith(PACKAGES)}
    files = (file.relative_to(ROOT) for package in PACKAGES for file in (ROOT / package).rglob("*") if file.is_file())
    guides = {f"service/pages/guides/{file}" for file, _ in GUIDES.values()}  # which lie in `docs`
    assert packed == guides | {file.as_posix() for file in files if LEFT_OUT.isdisjoint(file.parts)}
    assert "worker/store/lua/submit.lua" in packed


@pytest.mark.parametrize("name", ["worker/reading/pdf/page.py", "worker/store/lua/finish.lua", "skills/data/new.toml"])
def test_a_change_to_any_file_that_decides_is_another_version(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text("before")
    monkeypatch.setattr(versions, "ROOT", tmp_path)
    before = versions.fingerprint_versions.__wrapped__(None)
    (tmp_path / name).write_text("after")
    assert versions.fingerprint_versions.__wrapped__(None) != before

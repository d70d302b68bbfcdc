"""Someone new finds a module by the names of folders: none holds more than can be read at a glance."""

from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
MAX_MODULES = 12


@pytest.mark.parametrize("package", ["service", "worker", "skills"])
def test_no_folder_holds_more_than_a_dozen_modules(package: str) -> None:
    modules = (file for file in (ROOT / package).rglob("*.py") if not file.name.startswith("__"))
    counts = Counter(str(file.parent.relative_to(ROOT)) for file in modules)
    assert {folder: count for folder, count in counts.items() if count > MAX_MODULES} == {}

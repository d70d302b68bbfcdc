"""A name is one line that can be shown, and tells files apart."""

import json
import os
from pathlib import Path

import pytest

from service.intake.file_names import clean_name, name_file
from service.intake.folders import list_folder

NAMES = [b"\xff.pdf", b"\xfe.pdf", b"\\udcff.pdf", b"a\nb.pdf", b"a\\nb.pdf", b"a\rb.pdf", "caf\u00e9.pdf".encode()]


def test_every_file_of_a_folder_is_found_whatever_its_name(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / os.fsdecode(name)).touch()
    assert len(list_folder(tmp_path).documents) == len(NAMES)


@pytest.mark.parametrize("name", NAMES, ids=repr)
def test_a_name_is_one_line_that_can_be_written(name: bytes) -> None:
    shown = name_file(Path(os.fsdecode(name)))
    assert shown.splitlines() == [shown]
    assert json.loads(json.dumps(shown).encode()) == shown
    assert shown.encode()


def test_an_ordinary_name_stays_as_it_is() -> None:
    assert name_file(Path("more/caf\u00e9 (1).pdf")) == "more/caf\u00e9 (1).pdf"


def test_what_a_client_calls_a_file_is_no_path_and_one_line() -> None:
    assert clean_name("C:\\me\\c\u2028\nv.pdf") == "cv.pdf"

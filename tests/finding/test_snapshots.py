"""A start takes what an earlier one made of the very same files, and never what anybody else wrote."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from skills import snapshots
from skills.finding.skill.name_index import index_names
from skills.finding.skill.vocabulary import load_vocabulary
from skills.snapshots import MAX_SNAPSHOTS, keep_snapshot, load_snapshot
from tests.reading_text import find_skills

ROSES = 'kind = "tool"\n\n[skills.rose]\nlabel = "{}"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for each test."""
    folder = tmp_path / "cache" / "snapshots"
    monkeypatch.setattr(snapshots, "find_folder", lambda: folder)
    return folder


def keep_one(folder: Path) -> Path:
    keep_snapshot("names", "1", {"rose": [1]})
    (path,) = folder.iterdir()
    return path


def test_a_snapshot_is_read_again_by_the_same_version_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_one(folder)
    assert load_snapshot("names", "1") == {"rose": [1]}
    assert load_snapshot("names", "2") is None
    assert load_snapshot("others", "1") is None
    monkeypatch.setattr(snapshots, "_fingerprint_code", lambda: "changed")
    assert load_snapshot("names", "1") is None


def test_only_we_may_enter_the_folder_and_read_the_file(folder: Path) -> None:
    path = keep_one(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o600


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def change_a_byte(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"1", b"2"))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def let_others_write(path: Path) -> None:
    path.chmod(0o666)


def let_others_in(path: Path) -> None:
    path.parent.chmod(0o777)


def link(path: Path) -> None:
    path.rename(path.parent.parent / "elsewhere")
    path.symlink_to(path.parent.parent / "elsewhere")


def make_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "spoil", [cut_short, change_a_byte, empty, let_others_write, let_others_in, link, make_a_folder]
)
def test_what_is_damaged_or_may_be_somebody_elses_is_passed_over(spoil: Callable[[Path], None], folder: Path) -> None:
    spoil(keep_one(folder))
    assert load_snapshot("names", "1") is None


def test_a_file_of_somebody_else_is_passed_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_one(folder)
    somebody = os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: somebody)
    assert load_snapshot("names", "1") is None


def test_without_a_folder_that_we_may_write_nothing_is_kept_and_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(snapshots, "find_folder", lambda: tmp_path / "file" / "snapshots")
    keep_snapshot("names", "1", {})
    assert load_snapshot("names", "1") is None


def test_the_latest_snapshots_are_kept_and_no_draft_stays(folder: Path) -> None:
    for version in range(MAX_SNAPSHOTS + 2):
        keep_snapshot("names", str(version), version)
    assert len(list(folder.iterdir())) == MAX_SNAPSHOTS
    assert load_snapshot("names", str(MAX_SNAPSHOTS + 1)) == MAX_SNAPSHOTS + 1


@pytest.mark.long
def test_names_from_a_snapshot_are_those_that_are_spelled_anew(folder: Path) -> None:
    vocabulary = load_vocabulary()
    spelled, kept = index_names(vocabulary), index_names(vocabulary)
    assert len(list(folder.iterdir())) == 1

    def describe(form: str, names: object) -> object:
        return form, [(name.skill.id, name.split, name.conditions is None) for name in names]  # type: ignore[attr-defined]

    assert [describe(*item) for item in spelled.items()] == [describe(*item) for item in kept.items()]


def test_an_edited_vocabulary_is_seen_at_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "knowledge" / "vocabulary" / "roses.toml"
    file.parent.mkdir(parents=True)
    for label in ("Rosa", "Rosa alba"):
        file.write_text(ROSES.format(label))
        assert label.lower() in index_names(load_vocabulary.__wrapped__(file.parent))
    assert "rosa" in index_names(load_vocabulary.__wrapped__(file.parent))  # as the beginning of the new one


def test_a_snapshot_holds_no_word_of_what_was_judged(folder: Path) -> None:
    find_skills("Skills\nPython\nZyxquil Brontosmith")
    index_names(load_vocabulary())
    (path,) = folder.iterdir()
    assert b"zyxquil" not in path.read_bytes().lower()


def test_a_vocabulary_that_was_changed_in_memory_takes_no_snapshot_of_the_one_it_came_from() -> None:
    vocabulary = load_vocabulary()
    index_names(vocabulary)
    (python,) = (skill for skill in vocabulary.skills.values() if skill.id == "python")
    assert set(index_names(replace(vocabulary, skills={"python": python}))) < set(index_names(vocabulary))

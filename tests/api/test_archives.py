"""A zip archive, however it lies, gives documents or an error, within bounds."""

import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.intake.sent_documents import SentDocument
from service.intake.zip_archives import (
    MAX_TABLE_BYTES,
    BrokenArchiveError,
    label_member,
    open_archive,
    read_archive,
)
from skills.errors import RolefitError
from tests.archives import break_member, build_zip, encrypt_member, understate_size
from tests.resumes import RESUME_TEXT, build_pdf
from worker.settings import Settings

MAX_BYTES = 60_000
SETTINGS = Settings(max_upload_bytes=MAX_BYTES)
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
ARCHIVES = [build_zip({"a/b.pdf": b"%PDF " + b"abc" * 99, "ü.txt": b"text"}, method=method) for method in METHODS]


def read(content: bytes) -> list[SentDocument]:
    return list(read_archive(open_archive(BytesIO(content)), SETTINGS).documents)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: build_zip({"cv.pdf": b"%PDF-1.4 " + bytes(MAX_BYTES)}), "too-large"),
        (lambda: encrypt_member(build_zip({"cv.pdf": build_pdf(RESUME_TEXT)})), "encrypted"),
        (lambda: break_member(build_zip({"cv.pdf": build_pdf(RESUME_TEXT)})), "unreadable"),
        (lambda: understate_size(build_zip({"cv.pdf": b"%PDF-1.4 " + bytes(50_000)})), "unreadable"),
        (lambda: build_zip({"cv.pdf": build_pdf(RESUME_TEXT)}, method=zipfile.ZIP_LZMA), "unreadable"),
    ],
    ids=["a bomb", "encrypted", "damaged", "a lie", "exotic"],
)
def test_a_bad_member_says_why(make: Callable[[], bytes], code: str) -> None:
    (member,) = read(make())
    assert member.error is not None
    assert (member.name, member.content, member.error.code) == ("cv.pdf", b"", code)


def test_no_more_is_inflated_than_a_member_states() -> None:
    """Fifty megabytes behind ten stated bytes: `ZipFile.read` would inflate all of them."""
    bomb = understate_size(build_zip({"cv.pdf": bytes(50_000_000)}))
    tracemalloc.start()
    try:
        (member,) = read(bomb)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
    assert member.error is not None


def test_a_member_without_a_name_is_a_member() -> None:
    archive = bytearray(build_zip({"x": b"text"}))
    lengths = archive.rindex(b"PK\x01\x02") + 28
    archive[lengths : lengths + 4] = b"\0\0\1\0"  # the name is nothing, and what was it is an extra field
    assert [member.name for member in read(bytes(archive))] == [""]


def test_a_table_of_contents_that_is_too_large_is_not_read() -> None:
    archive = build_zip({"cv.pdf": b"x"})
    start, end = archive.rindex(b"PK\x01\x02"), archive.rindex(b"PK\x05\x06")
    table = archive[start:end] * (MAX_TABLE_BYTES // (end - start) + 1)
    told = archive[end : end + 12] + len(table).to_bytes(4, "little") + archive[end + 16 :]
    with pytest.raises(BrokenArchiveError):
        open_archive(BytesIO(archive[:start] + table + told))


@given(st.sampled_from(ARCHIVES), st.dictionaries(st.integers(0, 400), st.integers(0, 255), max_size=8), st.integers(0))
def test_damage_of_any_kind_is_an_error_of_ours(archive: bytes, changes: dict[int, int], cut: int) -> None:
    damaged = bytearray(archive)
    for at, value in changes.items():
        damaged[at % len(damaged)] = value
    try:
        members = read(bytes(damaged[: len(damaged) - cut % 40]))
    except RolefitError:
        return
    assert all(len(member.content) <= MAX_BYTES for member in members)


@pytest.mark.parametrize(
    ("path", "label"),
    [("/etc/passwd", "etc/passwd"), ("a/./../b.pdf", "a/b.pdf"), ("a\u202eb\n.pdf", "ab.pdf"), ("n" * 300, "n" * 255)],
)
def test_a_members_path_is_a_label(path: str, label: str) -> None:
    assert label_member(path) == label

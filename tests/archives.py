"""Builds zip archives, good and bad."""

import zipfile
from collections.abc import Mapping
from io import BytesIO


def build_zip(contents: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def break_member(archive: bytes) -> bytes:
    """Return an archive whose last member has another checksum than its content."""
    at = archive.rindex(b"PK\x01\x02") + 16
    return archive[:at] + b"\0\0\0\0" + archive[at + 4 :]


def encrypt_member(archive: bytes) -> bytes:
    """Return an archive whose last member is marked as encrypted."""
    local, central = archive.rindex(b"PK\x03\x04") + 6, archive.rindex(b"PK\x01\x02") + 8
    marked = bytearray(archive)
    marked[local] |= 1
    marked[central] |= 1
    return bytes(marked)


def understate_size(archive: bytes) -> bytes:
    """Return an archive whose last member says that it inflates to ten bytes."""
    at = archive.rindex(b"PK\x01\x02") + 24
    return archive[:at] + (10).to_bytes(4, "little") + archive[at + 4 :]

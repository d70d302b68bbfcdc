"""What a file is, its bytes say, and never its name."""

import hashlib
import zlib

import pytest

from skills.errors import RolefitError
from tests.resumes import RESUME_TEXT, build_pdf
from tests.word import build_docx
from worker.media_types import DOCX, PDF, TEXT, describe_content, recognise_media_type

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (build_pdf(RESUME_TEXT), PDF),
        (b"\n\n" + build_pdf(RESUME_TEXT), PDF),
        (build_docx(RESUME_TEXT), DOCX),
        (build_docx(RESUME_TEXT)[:9000], DOCX),
        (OLE + "EncryptedPackage".encode("utf-16-le"), DOCX),
        (RESUME_TEXT.encode(), TEXT),
    ],
    ids=["pdf", "pdf after space", "docx", "docx cut short", "encrypted docx", "text"],
)
def test_what_a_reader_takes_is_recognised(content: bytes, media_type: str) -> None:
    assert recognise_media_type(content) == media_type
    assert describe_content(content, name="cv")["media_type"] == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 [Content_Types].xml xl/workbook.xml",
        b"\x89PNG\r\n\x1a\n" + bytes(64),
        b"{\\rtf1\\ansi Quilla Brandvold}",
        b"<!DOCTYPE html><html><body>Quilla Brandvold</body></html>",
        "Quilla".encode("utf-16-le"),
        b"\xff\xfe\x00\xd8\x00",
        zlib.compress(RESUME_TEXT.encode()),
        hashlib.shake_256(b"").digest(1000),
        OLE + bytes(100),
    ],
    ids=["xlsx", "png", "rtf", "html", "utf-16 without mark", "utf-16 cut", "packed", "random", "old excel"],
)
def test_what_no_reader_takes_is_refused(content: bytes) -> None:
    with pytest.raises(RolefitError) as caught:
        recognise_media_type(content)
    assert caught.value.code == "unsupported-type"


def test_an_old_word_document_is_told_from_other_files() -> None:
    with pytest.raises(RolefitError, match=r"save it as \.docx") as caught:
        recognise_media_type(OLE + "WordDocument".encode("utf-16-le"))
    assert caught.value.code == "unsupported-type"

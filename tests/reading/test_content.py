"""What a file is, its bytes say, and never its name."""

import hashlib
import inspect
import zlib
from pathlib import PurePosixPath

import pytest

from service import create_app
from skills.errors import RolefitError
from tests.resumes import RESUME_TEXT, build_pdf
from tests.word import build_docx
from worker.errors.documents import UnsupportedTypeError
from worker.files import ROOT, is_stray
from worker.outcomes.failure import describe_content
from worker.reading.formats import (
    FORMATS,
    HTML,
    JSON_RESUME,
    MARKDOWN,
    PDF,
    PLAIN_TEXT,
    PNG,
    RTF,
    SAVED_PAGE,
    UNREAD_SUFFIXES,
    WORD,
    Format,
    list_suffixes,
    load_reader,
    name_formats,
    recognise_format,
)
from worker.settings import Settings

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "known"),
    [
        (build_pdf(RESUME_TEXT), PDF),
        (b"\n\n" + build_pdf(RESUME_TEXT), PDF),
        (build_docx(RESUME_TEXT), WORD),
        (build_docx(RESUME_TEXT)[:9000], WORD),
        (OLE + "EncryptedPackage".encode("utf-16-le"), WORD),
        (RESUME_TEXT.encode(), PLAIN_TEXT),
        (b"Learned C# and 2 * 3 * 4, __init__ and [1]", PLAIN_TEXT),
        (b"# Quilla Brandvold\n\nWrote tests", MARKDOWN),
        (b"**Quilla**, [code](https://quilla.example)", MARKDOWN),
        (b"<!-- saved --><!DOCTYPE html><html><body>Quilla Brandvold</body></html>", HTML),
        (b"From: <x>\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x", SAVED_PAGE),
        (b"From: Quilla Brandvold\nContent: HTML, text/html and <body>", PLAIN_TEXT),
        (b"{\\rtf1\\ansi Quilla Brandvold}", RTF),
        (b'\xef\xbb\xbf {"basics": {}}', JSON_RESUME),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), PNG),
    ],
    ids=[
        "pdf",
        "pdf after space",
        "docx",
        "docx cut short",
        "encrypted docx",
        "text",
        "text with signs",
        "markdown",
        "markdown without headings",
        "html",
        "saved page",
        "text about html",
        "rtf",
        "json",
        "png",
    ],
)
def test_what_a_reader_takes_is_recognised(content: bytes, known: Format) -> None:
    assert recognise_format(content) == known
    assert describe_content(content, name="cv")["media_type"] == known.media_type


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 [Content_Types].xml xl/workbook.xml",
        "Quilla".encode("utf-16-le"),
        b"\xff\xfe\x00\xd8\x00",
        zlib.compress(RESUME_TEXT.encode()),
        hashlib.shake_256(b"").digest(1000),
        OLE + bytes(100),
    ],
    ids=["xlsx", "utf-16 without mark", "utf-16 cut", "packed", "random", "old excel"],
)
def test_what_no_reader_takes_is_refused(content: bytes) -> None:
    with pytest.raises(RolefitError) as caught:
        recognise_format(content)
    assert caught.value.code == "unsupported-type"


def test_an_old_word_document_is_told_from_other_files() -> None:
    with pytest.raises(RolefitError, match=r"save it as \.docx") as caught:
        recognise_format(OLE + "WordDocument".encode("utf-16-le"))
    assert caught.value.code == "unsupported-type"


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.suffixes[0])
def test_every_format_of_the_registry_has_a_reader_and_a_media_type_and_suffixes_of_its_own(known: Format) -> None:
    parameters = inspect.signature(load_reader(known)).parameters
    assert list(parameters) == ["content", "name", "limits"]
    others = [other for other in FORMATS if other is not known]
    assert known.media_type not in {other.media_type for other in others}
    assert not {*known.suffixes} & {*UNREAD_SUFFIXES, *(suffix for other in others for suffix in other.suffixes)}


def is_note(content: bytes) -> bool:
    return content.startswith(b"NOTE")


def test_a_format_added_to_the_registry_is_recognised_and_named_everywhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    added = Format("a note (.note)", "text/note", (".note",), is_note, f"{__name__}:never")
    monkeypatch.setattr("worker.reading.formats.FORMATS", (added, *FORMATS))
    assert recognise_format(b"NOTE of Quilla") == added
    assert describe_content(b"NOTE of Quilla", name="cv")["media_type"] == "text/note"
    assert ".note" in list_suffixes()
    with pytest.raises(UnsupportedTypeError, match=r"not a note \(\.note\), a PDF, .* or plain text"):
        recognise_format(bytes(64))
    page = create_app(Settings(redis_url="redis://127.0.0.1:1")).test_client().get("/").text
    assert 'accept=".note,.pdf' in page
    assert "Each may be a note (.note), a PDF" in page


@pytest.mark.parametrize("name", ["README.md", "docs/api.md"])
def test_what_the_documents_promise_to_read_is_what_is_registered(name: str) -> None:
    assert name_formats() in " ".join((ROOT / name).read_text(encoding="utf-8").split())


@pytest.mark.parametrize("path", ["._cv.pdf", "a/.git/cv.txt", "~$cv.docx", "__MACOSX/a/cv.pdf", "Thumbs.db"])
def test_what_systems_and_programs_put_beside_documents_is_stray(path: str) -> None:
    assert is_stray(PurePosixPath(path))


@pytest.mark.parametrize("path", ["cv.pdf", "a.b/cv.~.pdf", "../cv.pdf", "./MACOSX/cv.pdf"])
def test_what_people_call_their_documents_is_not_stray(path: str) -> None:
    assert not is_stray(PurePosixPath(path))

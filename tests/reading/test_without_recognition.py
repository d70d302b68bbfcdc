"""Where optical recognition is not installed, text is read, and what only it could read is told."""

from io import BytesIO

import pytest
from PIL import Image

from skills.document import Document
from tests.drawn import HEIGHT, WIDTH, draw_pages, paste, write
from worker.errors.documents import NoTextError
from worker.reading.any_format import read_content
from worker.reading.formats import Limits
from worker.reading.pdf import recognition
from worker.reading.picture import reader

PICTURE = Image.new("L", (60, 80), 230)
SCAN = paste(PICTURE, box=(0, 0, WIDTH, HEIGHT))


def read(content: bytes) -> Document:
    return read_content(content, name="cv", limits=Limits(30, 200_000))


@pytest.fixture(autouse=True)
def no_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (recognition, reader):
        monkeypatch.setattr(module, "has_recogniser", lambda: False)


def test_a_pdf_is_read_without_its_pictures_and_says_so() -> None:
    half = paste(PICTURE, box=(0, 0, WIDTH, HEIGHT / 2))
    said = "She trained the models of the company with PyTorch"
    document = read(draw_pages(half, write(said, at=(56, 700)), resume=False))
    assert document.text == said
    assert [(warning.code, warning.page) for warning in document.warnings] == [("not-recognised", 1)]
    assert "rapidocr" not in document.reader


def test_a_scan_holds_no_text() -> None:
    with pytest.raises(NoTextError):
        read(draw_pages(SCAN, resume=False))


def test_a_photo_holds_no_text() -> None:
    photo = BytesIO()
    PICTURE.save(photo, "PNG")
    with pytest.raises(NoTextError):
        read(photo.getvalue())

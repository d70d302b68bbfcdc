"""Pages as pictures: upright, small, with each word where it stands; they never change or fail a reading."""

from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from skills.document import Document, PagePlaces, WordPlace
from tests.drawn import crop_page, draw_pages, draw_resume, wrap, write
from tests.resumes import LONG_RESUME_TEXT, RESUME_TEXT, build_pdf
from tests.scans import draw_page, scan_page
from tests.word import build_docx
from worker.reading.any_format import draw_content, read_content
from worker.reading.formats import Limits
from worker.reading.isolation import sandbox
from worker.reading.layout.places import MAX_PAGES
from worker.reading.page_pictures import MAX_BYTES, encode_picture

DARK = 128
LETTERS = 3  # what is shorter may be a bullet or a dash, of little ink


def read(content: bytes) -> Document:
    return read_content(content, name="cv", limits=Limits(30, 200_000, with_places=True))


def draw(content: bytes, document: Document) -> list[Image.Image]:
    pictures = draw_content(content, [page.turn for page in document.places])
    return [Image.open(BytesIO(picture)).convert("L") for picture in pictures]


def save(picture: Image.Image) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def find_ink(picture: Image.Image, page: PagePlaces, word: WordPlace) -> float:
    """Return which share of a word's box is dark."""
    scale = picture.width / page.width
    box = picture.crop((word.x0 * scale, word.y0 * scale, word.x1 * scale, word.y1 * scale))
    return sum(box.histogram()[:DARK]) / (box.width * box.height)


def photograph(text: str) -> bytes:
    """Return the picture of a page that lies on its side and not quite straight."""
    return save(scan_page(draw_page(text), turned_degrees=2.0).rotate(90, expand=True))


PAGES: dict[str, Callable[[], bytes]] = {
    "a PDF": lambda: build_pdf(LONG_RESUME_TEXT),
    "shown turned": lambda: crop_page(build_pdf(RESUME_TEXT), bottom=100, rotation=90),
    "written sideways": lambda: draw_pages(wrap("q 0 0.7 -0.7 0 590 0 cm", draw_resume, "Q"), resume=False),
    "photographed": lambda: photograph(RESUME_TEXT.partition("\n\nExperience")[0]),
}


@cache
def read_pages(kind: str) -> tuple[bytes, Document]:
    """Return a document and what was read of it, once for all that it is to show."""
    content = PAGES[kind]()
    return content, read(content)


@pytest.mark.parametrize("kind", PAGES)
def test_every_word_stands_where_its_page_shows_ink(kind: str) -> None:
    content, document = read_pages(kind)
    pictures = draw(content, document)
    assert len(pictures) == len(document.places) == document.pages
    for page, picture in zip(document.places, pictures, strict=True):
        assert picture.width / picture.height == pytest.approx(page.width / page.height, rel=0.01)
        words = [word for word in page.words if word.end - word.start >= LETTERS]
        inked = [word for word in words if find_ink(picture, page, word) > 0.03]
        assert len(inked) >= 0.98 * len(words)


@pytest.mark.parametrize("kind", PAGES)
def test_places_are_told_for_nearly_every_word_of_the_text(kind: str) -> None:
    _, document = read_pages(kind)
    placed = {offset for page in document.places for word in page.words for offset in range(word.start, word.end)}
    written = {offset for offset, character in enumerate(document.text) if not character.isspace()}
    assert len(written - placed) <= 0.01 * len(written)


def test_a_word_broken_over_two_lines_does_not_lose_the_words_after_it() -> None:
    broken = [write("Built machine learn-", at=(60, 120)), write("ing pipelines in Python", at=(60, 104))]
    document = read(draw_pages(*broken))
    [page] = document.places
    assert "learning\npipelines" in document.text
    assert "Python" in {document.text[word.start : word.end] for word in page.words[-3:]}


def test_drawing_does_not_change_what_is_read_afterwards() -> None:
    content = build_pdf(LONG_RESUME_TEXT)
    before = read(content)
    draw(content, before)
    assert read(content) == before


def test_a_picture_has_no_more_bytes_than_a_page_may_have() -> None:
    noise = Image.effect_noise((2_000, 2_800), 90)
    noisy = ImageChops.screen(noise, Image.linear_gradient("L").resize(noise.size))
    assert len(encode_picture(noisy)) <= MAX_BYTES


def test_only_the_first_pages_are_drawn() -> None:
    document = read(build_pdf("\n".join(f"{RESUME_TEXT}\nline {number}" for number in range(16))))
    assert document.pages > len(document.places) == MAX_PAGES


def test_text_and_word_documents_have_no_pages_to_draw() -> None:
    assert read(RESUME_TEXT.encode()).places == read(build_docx(RESUME_TEXT)).places == ()


def test_nobody_is_told_places_who_did_not_ask() -> None:
    assert read_content(build_pdf(RESUME_TEXT), name="cv", limits=Limits(30, 200_000)).places == ()


def test_a_document_that_cannot_be_drawn_has_no_pictures_and_the_next_is_read() -> None:
    assert sandbox.draw_document(b"%PDF-1.7 nothing", [0.0]) == []
    content = build_pdf(RESUME_TEXT)
    [picture] = sandbox.draw_document(content, [0.0])
    assert picture.startswith(b"RIFF")


def test_what_takes_too_long_to_draw_is_broken_off_and_the_next_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    content = build_pdf(RESUME_TEXT)
    monkeypatch.setattr(sandbox, "DRAWING_CPU_SECONDS", 0.001)
    assert sandbox.draw_document(content, [0.0]) == []
    monkeypatch.undo()
    assert len(sandbox.draw_document(content, [0.0])) == 1

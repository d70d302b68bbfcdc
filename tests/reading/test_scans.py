"""A page that is a picture is read by an optical reader, as its typed twin is by the ordinary one."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from skills.document import Document
from tests.drawn import HEIGHT, WIDTH, Draw, draw_pages, draw_resume, in_form, paste, read_first_page, write
from tests.reading_text import find_skills
from tests.resumes import RESUME_TEXT, build_pdf
from tests.scans import draw_page, scan_page
from worker.pipeline import read_resume
from worker.settings import Settings

HALF_A_PAGE = RESUME_TEXT.partition("\n\nMachine Learning Engineer, Ostrava")[0]
TOP = RESUME_TEXT.partition("\n\nExperience")[0]  # each line takes a tenth of a second
WHOLE_PAGE = (0, 0, WIDTH, HEIGHT)


def read(content: bytes) -> Document:
    return read_resume(content, name="scan.pdf", settings=Settings())


@pytest.fixture(scope="module")
def scan() -> bytes:
    """A PDF whose one page is a picture, slightly turned and noisy."""
    return draw_pages(paste(scan_page(draw_page(HALF_A_PAGE)), box=WHOLE_PAGE), resume=False)


def test_a_scanned_pdf_shows_the_skills_of_its_typed_twin(scan: bytes) -> None:
    document = read(scan)
    clean, found = find_skills(HALF_A_PAGE), find_skills(document.text)
    assert len(clean & found) >= 0.95 * len(clean)
    assert document.read_with == "ocr"
    assert "rapidocr " in document.reader
    assert "onnxruntime " in document.reader
    assert document.warnings == ()


def test_a_page_number_over_a_scan_does_not_keep_it_from_being_read() -> None:
    picture = scan_page(draw_page(TOP))
    document = read(draw_pages(paste(picture, box=WHOLE_PAGE), write("Page 1 of 1"), resume=False))
    assert "recommendation" in document.text
    assert document.read_with == "ocr"


def _cut(picture: Image.Image, parts: int) -> list[Draw]:
    """Return what draws a page's picture as the strips in which some scanners deliver it."""
    step, height = picture.height / parts, HEIGHT / parts
    return [
        paste(
            picture.crop((0, round(row * step), picture.width, round((row + 1) * step))),
            box=(0, HEIGHT - (row + 1) * height, WIDTH, height),
        )
        for row in range(parts)
    ]


BLANK = Image.new("L", (60, 80), 230)
ENVELOPE = write("Envelope 5A1C2D3E-1234-4567-89AB-CDEF01234567, sent for signature on 3 May", at=(56, 820))


@pytest.mark.parametrize(
    ("draws", "ocr_scope"),
    [
        ([*_cut(BLANK, 9), write("Page 1 of 1")], "all"),
        ([in_form(paste(BLANK, box=WHOLE_PAGE)), write("Page 1 of 1")], "all"),
        ([paste(BLANK, box=WHOLE_PAGE), ENVELOPE], "parts"),
        ([draw_resume, paste(BLANK, box=(0, 0, WIDTH, 0.3 * HEIGHT))], "parts"),
        ([paste(BLANK, box=WHOLE_PAGE), draw_resume], "nothing"),
        ([draw_resume, paste(BLANK, box=(450, 700, 100, 100))], "nothing"),
    ],
    ids=["in strips", "in a form", "under a stamp", "below typed text", "behind the text", "a portrait"],
)
def test_pictures_that_may_be_a_scan_are_looked_at_and_others_are_not(draws: list[Draw], ocr_scope: str) -> None:
    assert read_first_page(draw_pages(*draws, resume=False)).ocr_scope == ocr_scope


def test_a_document_of_typed_and_scanned_pages_is_read_page_by_page(scan: bytes) -> None:
    writer, buffer = PdfWriter(), BytesIO()
    for part in (build_pdf(HALF_A_PAGE), scan):
        writer.append(PdfReader(BytesIO(part)))
    writer.write(buffer)
    document = read(buffer.getvalue())
    assert document.read_with == "mixed"
    assert {line.page for line in document.lines} == {1, 2}
    assert document.text.count("PyTorch") == 2 * HALF_A_PAGE.count("PyTorch")


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_was_scanned_sideways_or_on_its_head_is_righted(turn: int) -> None:
    picture = scan_page(draw_page(TOP)).rotate(turn, expand=True)
    box = (0, 0, *((HEIGHT, WIDTH) if turn % 180 else (WIDTH, HEIGHT)))
    document = read(draw_pages(lambda canvas: canvas.setPageSize(box[2:]), paste(picture, box=box), resume=False))
    assert document.text.split("\n")[0] == TOP.split("\n")[0]
    assert find_skills(TOP) == find_skills(document.text)

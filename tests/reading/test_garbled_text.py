"""Text that only the eye can read is recognised: fonts that do not say what they say, and letters drawn as shapes."""

import re
from collections.abc import Callable
from functools import partial
from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from skills.document import Document
from tests.drawn import HEIGHT, draw_pages, draw_resume, paint_pattern, read_first_page, write_out
from tests.hostile import write_page, write_pdf, write_stream
from tests.resumes import LINE_HEIGHT, MARGIN, RESUME_TEXT, build_pdf
from worker.pipeline import read_resume
from worker.settings import Settings

TOP = RESUME_TEXT.partition("\n\nExperience")[0]
DOTS_AN_INCH = 250  # in which letters are drawn as shapes


def read(content: bytes) -> Document:
    return read_resume(content, name="cv.pdf", settings=Settings())


def draw_in_own_font(canvas: Canvas, *, text: str = RESUME_TEXT, top: float = HEIGHT - MARGIN) -> None:
    """Draw lines in a font of which only the glyphs that are used are embedded, under codes of their own."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf", asciiReadable=0))
    canvas.setFont("Vera", 11)
    for row, line in enumerate(text.split("\n")):
        canvas.drawString(MARGIN, top - row * LINE_HEIGHT, line)


def forget_characters(content: bytes) -> bytes:
    """Return a PDF whose fonts do not say which characters their glyphs are."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    for font in writer.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]
        font.get_object().pop("/ToUnicode", None)
    return write_out(writer)


def remap_characters(content: bytes, change: Callable[[int], int]) -> bytes:
    """Return a PDF whose fonts say of each glyph that it is another character."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    for font in writer.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]
        if table := font.get_object().get("/ToUnicode"):
            stream = table.get_object()
            said = re.sub(
                rb"(?<=> <)([0-9A-F]{4})(?=>)", lambda code: b"%04X" % change(int(code[1], 16)), stream.get_data()
            )
            stream.set_data(said)
    return write_out(writer)


def shift_letters(code: int, *, by: int) -> int:
    """Return the code of the letter that stands so many places later in the alphabet, after z again a."""
    start = next((ord(start) for start in "aA" if ord(start) <= code < ord(start) + 26), None)
    return code if start is None else start + (code - start + by) % 26


def draw_outlines(canvas: Canvas) -> None:
    """Draw a résumé as shapes alone, a run of dots as one rectangle."""
    scale = DOTS_AN_INCH / 72
    font = ImageFont.load_default(12 * scale)
    for row, line in enumerate(RESUME_TEXT.split("\n")):
        picture = Image.new("1", (int(500 * scale), int(LINE_HEIGHT * scale)), 0)
        ImageDraw.Draw(picture).text((0, 0), line, fill=1, font=font)
        top = HEIGHT - MARGIN - row * LINE_HEIGHT
        for y in range(picture.height):
            dots = picture.crop((0, y, picture.width, y + 1)).convert("L").tobytes()
            for run in re.finditer(b"\xff+", dots):
                width = (run.end() - run.start()) / scale
                canvas.rect(MARGIN + run.start() / scale, top - y / scale, width, 1 / scale, stroke=0, fill=1)


def share_words(one: str, two: str) -> float:
    """Return which share of the words of one text the other has."""
    return len(set(one.split()) & set(two.split())) / len(set(one.split()))


def test_a_font_that_does_not_say_its_characters_is_read_by_eye() -> None:
    document = read(forget_characters(draw_pages(partial(draw_in_own_font, text=TOP), resume=False)))
    assert document.read_with == "ocr"
    assert share_words(TOP, document.text) > 0.9
    assert document.warnings == ()


WRONG_CHARACTERS: dict[str, Callable[[int], int]] = {
    "the next letter": partial(shift_letters, by=1),
    "the letter half an alphabet away": partial(shift_letters, by=13),
    "signs and controls": lambda code: code - 29 if code > 32 else code,
    "no character": lambda _: 0xFFFD,
    "nothing but spaces": lambda _: 0x20,
    "one letter": lambda code: code if code == 32 else ord("e"),
    "accented letters": lambda code: code if code == 32 else 0x100 + code,
    "ideographs": lambda code: code if code == 32 else 0x4E00 + code,
    "private characters": lambda code: 0xF000 + code,
}


@pytest.mark.parametrize("wrong", WRONG_CHARACTERS)
def test_a_font_that_says_wrong_characters_is_not_trusted(wrong: str) -> None:
    content = draw_pages(draw_in_own_font, resume=False)
    assert read_first_page(content).ocr_scope == "nothing"
    assert read_first_page(remap_characters(content, WRONG_CHARACTERS[wrong])).ocr_scope == "all"


@pytest.mark.parametrize("wrong", ["signs and controls", "the next letter", "accented letters"])
def test_a_few_lines_in_a_font_that_says_wrong_characters_are_not_trusted(wrong: str) -> None:
    few = "\n".join(RESUME_TEXT.split("\n")[:6])
    content = draw_pages(partial(draw_in_own_font, text=few), resume=False)
    assert read_first_page(content).ocr_scope == "nothing"
    assert read_first_page(remap_characters(content, WRONG_CHARACTERS[wrong])).ocr_scope in {"all", "parts"}


def test_headings_in_a_font_that_says_wrong_characters_are_not_trusted() -> None:
    headings = "Fluent in Portuguese and German\nCertified in Kubernetes and Terraform"
    draw_headings = partial(draw_in_own_font, text=headings, top=120)
    written = read_first_page(remap_characters(draw_pages(draw_headings), WRONG_CHARACTERS["signs and controls"]))
    assert written.ocr_scope == "parts"
    assert written.lines == read_first_page(draw_pages()).lines


def test_letters_of_which_a_font_says_that_they_are_no_character_are_read_by_eye() -> None:
    def forget(code: int) -> int:
        return 0xFFFD if chr(code) in "eto" else code

    content = draw_pages(draw_in_own_font, resume=False)
    assert read_first_page(remap_characters(content, forget)).ocr_scope == "all"


def test_a_few_lines_of_acronyms_are_trusted() -> None:
    acronyms = (
        "AWS EC2 S3 VPC RDS ECS EKS SQS SNS KMS IAM GCP GKE gRPC REST HTTP TCP/IP TLS SSH HTML CSS ETL DBT CUDA GPU"
    )
    assert read_first_page(build_pdf("\n".join([acronyms] * 3))).ocr_scope == "nothing"


def test_a_face_in_which_only_places_and_dates_are_set_is_trusted() -> None:
    def draw_places(canvas: Canvas) -> None:
        canvas.setFont("Courier", 8)
        for row in range(20):
            canvas.drawString(360, 760 - 30 * row, "Ostrava, CZ Nov. 2011")

    assert read_first_page(draw_pages(draw_resume, draw_places, resume=False)).ocr_scope == "nothing"


def test_a_page_of_names_of_tools_is_trusted() -> None:
    tools = (
        "PHP MySQL XML HTML5 CSS3 JSON jQuery AJAX SVN Git JIRA Maven JUnit Log4j JDBC JSP JMS SQLite NoSQL Hadoop HDFS"
    )
    assert read_first_page(build_pdf("\n".join([tools] * 4))).ocr_scope == "nothing"


def write_tex_font(first: int) -> bytes:
    """Return a font of bitmaps as TeX makes it: its codes are characters and ligatures, but nothing says so."""
    codes = [*range(first, first + 5), *range(32, 127)]
    names = " ".join(f"{code} /a{code}" for code in codes)
    glyphs = " ".join(f"/a{code} 5 0 R" for code in codes)
    return (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 6 9] /FontMatrix [.1 0 0 .1 0 0] /FirstChar 0 /LastChar 126"
        f" /Widths [{'6 ' * 127}] /Encoding << /Type /Encoding /Differences [{names}] >> /CharProcs << {glyphs} >> >>"
    ).encode()


@pytest.mark.parametrize("first", [11, 27])
def test_a_font_of_bitmaps_whose_codes_are_characters_is_trusted_with_its_ligatures(first: int) -> None:
    resources = b"/Font << /F1 %b /F2 %b >>" % (write_tex_font(first), write_tex_font(first))
    lines = (
        "/F2 10 Tf (Education and) Tj 0 -20 Td /F1 10 Tf",
        "(Worked in the o<ffi>ce of the work<fl>ow team at a <fi>rm for <fi>ve years) Tj 0 -20 Td",
        "(and trained the classi<fi>er of a sta<ff> of six to find o<ff>ers in a list of words) Tj",
    )
    text = " ".join(lines)
    for code, letters in enumerate(("ff", "fi", "fl", "ffi"), first):
        text = text.replace(f"<{letters}>", f"\\{code:03o}")
    drawn = write_stream(f"BT 72 700 Td {text} ET".encode())
    written = read_first_page(
        write_pdf(*write_page(drawn, resources=resources), write_stream(b"6 0 0 0 5 7 d1 0 0 5 7 re f"))
    )
    assert written.ocr_scope == "nothing"
    assert [line.text for line in written.lines] == [
        "Education and",
        "Worked in the office of the workflow team at a firm for five years",
        "and trained the classifier of a staff of six to find offers in a list of words",
    ]


def test_only_what_cannot_be_trusted_is_read_by_eye() -> None:
    draw_heading = partial(draw_in_own_font, text="Fluent in Portuguese and Kubernetes", top=90)
    document = read(forget_characters(draw_pages(draw_heading)))
    assert document.read_with == "mixed"
    assert document.text == f"{read(draw_pages()).text}\nFluent in Portuguese and Kubernetes"


def test_what_a_pattern_writes_is_left_to_the_eye_and_the_rest_is_read() -> None:
    written, plain = read_first_page(paint_pattern(draw_pages())), read_first_page(draw_pages())
    assert (written.ocr_scope, plain.ocr_scope) == ("parts", "nothing")
    assert written.lines == plain.lines


def test_letters_drawn_as_shapes_are_read_by_eye_however_much_that_draws() -> None:
    content = draw_pages(draw_outlines, resume=False)
    document = read(content)
    assert len(content) > 1_000_000
    assert document.read_with == "ocr"
    assert share_words(RESUME_TEXT, document.text) > 0.9

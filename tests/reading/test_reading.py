"""Reading gives text whose offsets hold, or says why it cannot."""

import zlib
from base64 import a85encode
from collections.abc import Callable
from contextlib import nullcontext
from importlib.metadata import version
from io import BytesIO
from math import cos, radians, sin

import pypdf
import pytest
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

from skills.document import Document
from tests.drawn import build_nested_pdf, crop_page, draw_pages, draw_resume, wrap, write
from tests.hostile import write_page, write_pdf, write_stream
from tests.resumes import RESUME_TEXT, build_encrypted_pdf, build_pdf
from worker.errors.documents import (
    EmptyFileError,
    EncryptedDocumentError,
    NoTextError,
    TooComplexError,
    TooManyPagesError,
    UnreadableDocumentError,
    UnsupportedTypeError,
)
from worker.pipeline import read_resume
from worker.reading.clean_text import StyledLine, assemble_text, clean_lines
from worker.reading.pdf.structure import MAX_CONTENT_BYTES, check_drawn_bytes
from worker.settings import Settings


def read(content: bytes, *, max_pages: int = 30, max_characters: int = 200_000) -> Document:
    return read_resume(content, name="cv.pdf", settings=Settings(max_pages=max_pages, max_characters=max_characters))


@pytest.mark.parametrize("content", [build_pdf(RESUME_TEXT), RESUME_TEXT.encode()], ids=["pdf", "text"])
def test_a_document_of_just_the_most_characters_is_read_in_any_format(content: bytes) -> None:
    characters = len(read(content).text)
    assert read(content, max_characters=characters).text
    with pytest.raises(TooComplexError, match="characters"):
        read(content, max_characters=characters - 1)


def test_every_line_of_a_plain_pdf_is_read_in_order() -> None:
    assert read(build_pdf(RESUME_TEXT)).text.split("\n") == [line for line in RESUME_TEXT.split("\n") if line]


def test_lines_join_to_the_text_and_know_their_page() -> None:
    document = read(build_pdf("\n".join(f"Line {number}" for number in range(120))))
    assert "\n".join(document.text[line.start : line.end] for line in document.lines) == document.text
    assert [line.page for line in document.lines] == sorted(line.page for line in document.lines)
    assert {line.page for line in document.lines} == {1, 2, 3}
    assert document.pages == 3


def test_the_same_bytes_give_the_same_document() -> None:
    assert read(build_pdf(RESUME_TEXT)) == read(build_pdf(RESUME_TEXT))


def test_unseen_characters_are_cleaned_and_ligatures_spelt_out() -> None:
    lines = clean_lines("Py\x00thon\u00a0 \ufb01le\r\n\u200b\x0cco\u00adding\ud800x\n \n")
    assert lines == ["Py thon  file", "coding x"]
    text, places = assemble_text([[StyledLine(line) for line in lines]])
    assert [text[place.start : place.end] for place in places] == lines


def test_a_pdf_encrypted_with_the_empty_password_is_read() -> None:
    assert "PyTorch" in read(build_encrypted_pdf(RESUME_TEXT, password="")).text


def test_a_pdf_that_asks_for_a_password_says_so() -> None:
    with pytest.raises(EncryptedDocumentError):
        read(build_encrypted_pdf(RESUME_TEXT, password="secret"))  # noqa: S106 - fictional


def test_a_pdf_without_text_says_so() -> None:
    writer, buffer = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(buffer)
    with pytest.raises(NoTextError):
        read(buffer.getvalue())


def test_more_pages_than_allowed_are_refused() -> None:
    with pytest.raises(TooManyPagesError, match="more than 2 pages"):
        read(build_pdf("word\n" * 120), max_pages=2)


def test_more_text_than_allowed_is_refused() -> None:
    with pytest.raises(TooComplexError):
        read(build_pdf(RESUME_TEXT), max_characters=100)


@pytest.mark.parametrize(
    ("pack", "filters"),
    [
        (lambda content: content, b""),
        (zlib.compress, b"/Filter /FlateDecode"),
        (lambda content: zlib.compress(zlib.compress(content)), b"/Filter [/FlateDecode /FlateDecode]"),
        (lambda content: a85encode(zlib.compress(content)) + b"~>", b"/Filter [/ASCII85Decode /FlateDecode]"),
        (lambda content: b"z" * (len(content) // 4) + b"~>", b"/Filter /ASCII85Decode"),
    ],
)
def test_a_page_that_draws_too_much_is_refused_however_it_is_packed(
    pack: Callable[[bytes], bytes], filters: bytes
) -> None:
    for size, is_refused in [(MAX_CONTENT_BYTES - 10, False), (MAX_CONTENT_BYTES + 10, True)]:
        page = write_pdf(*write_page(write_stream(pack(b" " * size), filters=filters)))
        [structure] = pypdf.PdfReader(BytesIO(page)).pages
        with pytest.raises(TooComplexError) if is_refused else nullcontext():
            check_drawn_bytes(structure, [])


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(rotation: int) -> None:
    turned = crop_page(build_pdf(RESUME_TEXT), bottom=0, rotation=rotation)
    assert read(turned).text == read(build_pdf(RESUME_TEXT)).text


def test_a_page_written_sideways_is_read_as_its_lines_run() -> None:
    assert (
        read(draw_pages(wrap("q 0 0.7 -0.7 0 590 0 cm", draw_resume, "Q"), resume=False)).text
        == read(draw_pages()).text
    )


@pytest.mark.parametrize("degrees", [-9, -3, 6, 12])
def test_lines_that_slant_are_read_one_by_one(degrees: float) -> None:
    cosine, sine = cos(radians(degrees)), sin(radians(degrees))
    turn = f"q {cosine:f} {sine:f} {-sine:f} {cosine:f} {100 * sine + 60:f} {-150 * sine + 30:f} cm 0.8 0 0 0.8 0 0 cm"
    assert read(draw_pages(wrap(turn, draw_resume, "Q"), resume=False)).text == read(draw_pages()).text


def test_letter_spacing_does_not_tear_words() -> None:
    spaced = draw_pages(wrap("4 Tc", write("JOHN DOE"), "0 Tc"), resume=False)
    assert read(spaced).text == "JOHN DOE"


def test_the_reader_names_its_libraries_with_their_versions() -> None:
    assert read(build_pdf(RESUME_TEXT)).reader == f"pypdf {pypdf.__version__}, pypdfium2 {version('pypdfium2')}"


def test_more_to_draw_on_a_page_than_any_resume_has_is_refused() -> None:
    read(draw_pages(wrap("0 0 m " * 1_600_000 + "n", write())))
    with pytest.raises(TooComplexError):
        read(draw_pages(wrap("0 0 m " * 1_700_000 + "n", write())))


def test_forms_within_forms_count_as_often_as_they_are_drawn() -> None:
    read(build_nested_pdf(levels=3))
    with pytest.raises(TooComplexError):
        read(build_nested_pdf(levels=12))


@pytest.mark.parametrize("size", [9, 20, 200, 800, 1500])
def test_a_pdf_cut_short_is_read_or_typed(size: int) -> None:
    with pytest.raises((UnreadableDocumentError, NoTextError)):
        read(build_pdf(RESUME_TEXT)[:size])


def test_what_no_reader_takes_is_told_by_content() -> None:
    with pytest.raises(UnsupportedTypeError):
        read(b"PK\x03\x04 a spreadsheet named cv.pdf")
    with pytest.raises(EmptyFileError):
        read(b"")


@pytest.mark.parametrize("code", [27, 28, 29, 30, 31])
def test_a_ligature_is_spelt_out_at_whichever_code_a_font_keeps_it(code: int) -> None:
    """LaTeX keeps them at 27 to 31, of which Python's regular expressions take four for spaces."""
    encoding = b"/Encoding << /Differences [%d /f_f_i] >>" % code
    font = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica %b >> >>" % encoding
    drawn = write_stream(b"BT /F1 12 Tf 72 700 Td (The o\\%03oce of scientists) Tj ET" % code)
    assert read(write_pdf(*write_page(drawn, resources=font))).text == "The office of scientists"


@pytest.mark.parametrize("gap", [2.2, 2.6])
def test_words_that_are_drawn_in_pieces_are_parted_where_a_narrow_gap_is_between(gap: float) -> None:
    def draw(canvas: Canvas) -> None:
        x, y = 72.0, 700.0
        canvas.setFont("Helvetica", 11)
        for line in (
            "monitored drift with MLflow|and|Prometheus",
            "models in Docker,|Kubernetes",
            "and then one more word in pie||ces",
        ):
            for piece in line.split("|"):
                canvas.drawString(x, y, piece)
                x += canvas.stringWidth(piece, "Helvetica", 11) + (gap if piece else -gap)
            x, y = 72.0, y - 20

    lines = [
        "monitored drift with MLflow and Prometheus",
        "models in Docker, Kubernetes",
        "and then one more word in pieces",
    ]
    assert read(draw_pages(draw, resume=False)).text.split("\n") == lines


def test_words_of_a_narrow_face_are_parted_by_its_narrow_gaps() -> None:
    def draw(canvas: Canvas) -> None:
        x = 72.0
        for word in ("since", "January", "2016", "Trained", "models", "of", "a", "bank"):
            text = canvas.beginText(x, 700)
            text.setFont("Helvetica", 11)
            text.setHorizScale(45)
            text.textOut(word)
            canvas.drawText(text)
            x += 0.45 * canvas.stringWidth(word, "Helvetica", 11) + 0.85

    assert read(draw_pages(draw, resume=False)).text == "since January 2016 Trained models of a bank"

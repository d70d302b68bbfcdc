"""Whatever a viewer shows on top of a page is read: form fields, with and without an appearance, and annotations."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from skills.document import Document
from tests.drawn import CATCHWORDS, draw_pages, write_out
from worker.errors.documents import TooComplexError
from worker.pipeline import read_resume
from worker.settings import Settings

TEXT = "Trained models in Python"


def read(content: bytes) -> Document:
    return read_resume(content, name="form.pdf", settings=Settings())


def fill_form(value: str = TEXT, *, flags: str = "print") -> bytes:
    """Return a résumé with a form field below it."""

    def draw(canvas: Canvas) -> None:
        canvas.acroForm.textfield(
            name="work",
            value=value,
            x=50,
            y=60,
            width=400,
            height=40,
            fontSize=10,
            annotationFlags=flags,
            fieldFlags="multiline",
        )

    return draw_pages(draw)


def strip_appearances(content: bytes) -> bytes:
    """Return a form as it is filled by a program that leaves it to viewers to draw the values."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    for annotation in writer.pages[0]["/Annots"]:  # type: ignore[attr-defined] # a list
        annotation.get_object().pop("/AP", None)
    return write_out(writer)


def annotate(text: str, *, flags: int = 4, count: int = 1) -> bytes:
    """Return a résumé with free text on top of it."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(draw_pages())))
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/FreeText"),
            NameObject("/Rect"): ArrayObject(map(NumberObject, (50, 60, 450, 90))),
            NameObject("/Contents"): TextStringObject(text),
            NameObject("/F"): NumberObject(flags),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([note] * count)
    return write_out(writer)


@pytest.mark.parametrize("content", [fill_form(), strip_appearances(fill_form()), annotate(TEXT)])
def test_what_fields_and_annotations_show_is_read(content: bytes) -> None:
    document = read(content)
    assert TEXT in document.text.split("\n")
    assert document.text.startswith(read(draw_pages()).text.split("\n", maxsplit=1)[0])
    assert document.warnings == ()


def test_the_lines_of_a_field_stay_lines() -> None:
    assert read(strip_appearances(fill_form("Trained models\nWrote tests"))).text.endswith(
        "Trained models\nWrote tests"
    )


@pytest.mark.parametrize("content", [fill_form(CATCHWORDS, flags="hidden"), annotate(CATCHWORDS, flags=2)])
def test_a_field_or_annotation_that_is_not_shown_is_not_read(content: bytes) -> None:
    assert CATCHWORDS not in read(content).text


def test_a_page_with_annotations_without_end_is_too_complex() -> None:
    with pytest.raises(TooComplexError, match="annotations"):
        read(annotate(TEXT, count=6_000))

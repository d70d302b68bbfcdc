"""A PDF portfolio is a cover with files within: its own page is no résumé."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, RectangleObject

from skills.document import Document
from tests.drawn import draw_pages, write, write_out
from tests.resumes import RESUME_TEXT, build_pdf
from tests.word import build_docx
from worker.errors.documents import PortfolioError
from worker.pipeline import read_resume
from worker.settings import Settings


def read(content: bytes) -> Document:
    return read_resume(content, name="portfolio.pdf", settings=Settings())


def build_portfolio(files: dict[str, bytes]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(draw_pages(write("Open this in a newer reader."), resume=False))))
    for name, content in files.items():
        writer.add_attachment(name, content)
    writer.root_object[NameObject("/Collection")] = DictionaryObject({NameObject("/View"): NameObject("/D")})
    return write_out(writer)


def test_the_only_document_in_a_portfolio_is_read_and_named() -> None:
    document = read(build_portfolio({"sound.bin": b"\x00\x01", "cv.pdf": build_pdf(RESUME_TEXT)}))
    assert document.text == read(build_pdf(RESUME_TEXT)).text
    assert document.name == "portfolio.pdf"
    [warning] = document.warnings
    assert (warning.code, warning.excerpt, warning.reason) == ("portfolio", "cv.pdf", "only-document")


@pytest.mark.parametrize("files", [{}, {"cv.pdf": build_pdf("One"), "letter.pdf": build_pdf("Two")}])
def test_a_portfolio_of_several_or_no_documents_says_so(files: dict[str, bytes]) -> None:
    with pytest.raises(PortfolioError, match="cv.pdf, letter.pdf" if files else "no files"):
        read(build_portfolio(files))


def test_a_portfolio_within_a_portfolio_is_not_opened() -> None:
    with pytest.raises(PortfolioError):
        read(build_portfolio({"inner.pdf": build_portfolio({"cv.pdf": build_pdf(RESUME_TEXT)})}))


COVER = draw_pages(write("Please find my curriculum vitae attached."), resume=False)


def attach(content: bytes, files: dict[str, bytes], *, pinned: bool = False) -> bytes:
    """Return a PDF with files attached to it, or pinned to its first page."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    for name, file in files.items():
        embedded = writer.add_attachment(name, file)
        if pinned:
            place = {
                "/Type": NameObject("/Annot"),
                "/Subtype": NameObject("/FileAttachment"),
                "/FS": embedded.pdf_object,
            }
            place["/Rect"] = RectangleObject((0, 0, 20, 20))
            writer.add_annotation(0, DictionaryObject({NameObject(key): value for key, value in place.items()}))
    if pinned:
        del writer.root_object["/Names"]
    return write_out(writer)


@pytest.mark.parametrize("pinned", [False, True])
def test_the_document_attached_to_a_cover_is_read_and_named(*, pinned: bool) -> None:
    document = read(attach(COVER, {"cv.docx": build_docx(RESUME_TEXT)}, pinned=pinned))
    assert document.text == read(build_docx(RESUME_TEXT)).text
    assert [(warning.code, warning.excerpt) for warning in document.warnings] == [("portfolio", "cv.docx")]


def test_a_cover_of_several_documents_says_so() -> None:
    with pytest.raises(PortfolioError, match=r"cv\.pdf, letter\.pdf"):
        read(attach(COVER, {"cv.pdf": build_pdf("One"), "letter.pdf": build_pdf("Two")}))


def test_a_short_page_with_an_attachment_that_is_no_document_is_read_itself() -> None:
    assert read(attach(COVER, {"sound.bin": b"\x00\x01"})).text == "Please find my curriculum vitae attached."


def test_an_ordinary_attachment_changes_nothing() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(build_pdf(RESUME_TEXT))))
    writer.add_attachment("letter.pdf", build_pdf("Dear all"))
    assert read(write_out(writer)).text == read(build_pdf(RESUME_TEXT)).text

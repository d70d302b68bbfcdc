"""Reads a PDF: pypdf opens it and gives its structure, pdfium says what stands where on its pages."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from importlib.metadata import version

import pypdf
import pypdfium2
from PIL import Image
from pypdfium2 import raw

from skills.document import Document, ReadingWarning
from worker.errors.documents import NoTextError, PortfolioError
from worker.reading.clean_text import assemble_text, check_characters
from worker.reading.formats import PDF, Limits, is_readable
from worker.reading.layout.places import place_words
from worker.reading.library_errors import translate_library_errors
from worker.reading.page_pictures import rotate_picture
from worker.reading.pdf.annotations import flatten_annotations, list_appearances, load_page
from worker.reading.pdf.page import read_page
from worker.reading.pdf.recognition import PageText, complete_page
from worker.reading.pdf.rendering import render_page
from worker.reading.pdf.structure import check_drawn_bytes, check_portfolio, has_layers_off, list_attachments, open_pdf

READER = f"pypdf {pypdf.__version__}, pypdfium2 {pypdfium2.PYPDFIUM_INFO}"
COVER_CHARACTERS = 600  # at most; a résumé has more
RECOGNISERS = ("rapidocr", "onnxruntime")
DRAWN_DPI = 110  # as wide as a page is shown beside its text; of letters of nine points all can be read


def _reset_pdfium() -> None:
    """Restart pdfium, so that no earlier document changes how this one is read; no document may be open.

    After it has drawn with a font that is not embedded, pdfium measures letters differently.
    """
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2))  # as pypdfium2 does


def _read_pages(content: bytes, limits: Limits) -> list[PageText]:
    """Return the text of each page; raise TooComplexError at the page where it becomes too much."""
    reader = open_pdf(content, max_pages=limits.max_pages)
    check_portfolio(reader)
    layers_off = has_layers_off(reader)
    pages: list[PageText] = []
    characters = -1  # of the text so far, which has no line end behind its last line
    with closing(pypdfium2.PdfDocument(content)) as pdfium_document:
        for number, structure in enumerate(reader.pages):
            # Before pdfium loads the page, for it would draw however much there is.
            check_drawn_bytes(structure, list_appearances(structure))
            page = load_page(pdfium_document, number, structure)
            written = read_page(page, structure, layers_off=layers_off)
            pages.append(complete_page(page, written, number=number + 1))
            characters += pages[-1].characters
            check_characters(characters, most=limits.max_characters)
    _check_attachments(reader, pages)
    return pages


def draw_pdf(content: bytes, rotations: Sequence[float]) -> Iterator[Image.Image]:
    """Yield pictures of the first pages, rotated clockwise by these degrees."""
    _reset_pdfium()
    with closing(pypdfium2.PdfDocument(content)) as pdfium_document:
        for number, rotation in enumerate(rotations):
            flatten_annotations(pdfium_document, number)
            yield rotate_picture(render_page(pdfium_document[number], dpi=DRAWN_DPI), rotation)


def _check_attachments(reader: pypdf.PdfReader, pages: Sequence[PageText]) -> None:
    """Raise PortfolioError for a PDF that is hardly more than the cover of a document attached to it."""
    if sum(page.characters for page in pages) < COVER_CHARACTERS:
        files = list_attachments(reader)
        if any(map(is_readable, files.values())):
            raise PortfolioError(files)


def _list_warnings(pages: Sequence[PageText]) -> Iterator[ReadingWarning]:
    for number, page in enumerate(pages, start=1):
        yield from page.hidden.warn(page=number)
        if page.doubt:
            yield page.doubt


def _describe_reading(pages: Sequence[PageText]) -> str:
    """Return how the pages that have text were read: `text`, `ocr` or `mixed`."""
    ways = {page.read_with for page in pages if page.lines}
    return "mixed" if len(ways) > 1 else ways.pop()


def _name_reader(pages: Sequence[PageText]) -> str:
    """Return the libraries that read the pages, with their versions."""
    recognisers = RECOGNISERS if any(page.read_with != "text" for page in pages) else ()
    return ", ".join([READER, *(f"{library} {version(library)}" for library in recognisers)])


def read_pdf(content: bytes, *, name: str, limits: Limits) -> Document:
    """Read a PDF; the empty password is tried on an encrypted one. Text that nobody sees is left out and reported.

    Raises EncryptedDocumentError, PortfolioError, TooManyPagesError, TooComplexError (memory, content, characters),
    NoTextError, and UnreadableDocumentError for every other failure.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings may quote the document
    _reset_pdfium()
    with translate_library_errors():
        pages = _read_pages(content, limits)
    text, lines = assemble_text([page.lines for page in pages])
    if not lines:
        raise NoTextError
    return Document(
        name=name,
        sha256=sha256(content).hexdigest(),
        media_type=PDF.media_type,
        text=text,
        lines=lines,
        pages=len(pages),
        read_with=_describe_reading(pages),
        reader=_name_reader(pages),
        warnings=tuple(_list_warnings(pages)),
        places=place_words(text, lines, [page.sheet for page in pages]) if limits.with_places else (),
    )

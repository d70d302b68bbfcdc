"""Reads OpenDocument text, packed or flat: what a person sees, in the order of the document (OASIS, version 1.3)."""

from collections.abc import Iterator
from importlib.metadata import version

from lxml import etree
from lxml.etree import _Element as Element

from skills.document import Document
from worker.errors.documents import EncryptedDocumentError
from worker.reading.clean_text import StyledLine, clean_lines
from worker.reading.content_signs import is_flat_document
from worker.reading.formats import OPEN_DOCUMENT, Limits
from worker.reading.hidden_text import HiddenText
from worker.reading.library_errors import translate_library_errors
from worker.reading.opendocument.looks import Looks
from worker.reading.opendocument.names import FORMAT, OFFICE, STYLE, SVG, TABLE, TEXT
from worker.reading.single_page import make_document
from worker.reading.zipped_document import open_parts

ENCRYPTION = b"encryption-data"

PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})
SIGNS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n", f"{TEXT}s": " "}
# Deleted where changes are tracked, remarks in the margin, and what is not part of the page.
NOT_SHOWN = frozenset(
    {
        f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{OFFICE}forms", f"{TEXT}sequence-decls",
        f"{TEXT}note-citation", f"{SVG}title", f"{SVG}desc", f"{OFFICE}binary-data",
    }
)  # fmt: skip
HIDDEN_FIELDS = frozenset({f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"})
HIDDEN_ROWS = frozenset({"collapse", "filter"})


def _is_hidden(element: Element) -> bool:
    """Return whether an element is marked as hidden, or hidden by a condition that held when it was saved."""
    display = element.get(f"{TEXT}display")
    by_condition = display == "condition" or element.tag in HIDDEN_FIELDS
    return (
        display == "none"
        or (by_condition and element.get(f"{TEXT}is-hidden") == "true")
        or element.get(f"{TABLE}visibility") in HIDDEN_ROWS
    )


def _read_parts(content: bytes) -> Iterator[Element]:
    """Yield the roots of the parts that hold styles and text; raise TooComplexError or EncryptedDocumentError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    if is_flat_document(content):
        yield etree.fromstring(content.lstrip(), parser)
        return
    with open_parts(content) as archive:
        names = archive.namelist()
        if "META-INF/manifest.xml" in names and ENCRYPTION in archive.read("META-INF/manifest.xml"):
            raise EncryptedDocumentError
        for name in ("styles.xml", "content.xml"):
            if name in names:
                yield etree.fromstring(archive.read(name), parser)


class _OdtReader:
    """Walks through the parts of a document and remembers what it left out."""

    def __init__(self, parts: list[Element]) -> None:
        self._looks = Looks(parts)
        self.hidden = HiddenText()

    def _show(self, text: str | None, element: Element) -> str:
        """Return a text of an element if it is seen."""
        reason = self._looks.find_hiding(element) if text and not text.isspace() else None
        if reason is None:
            return text or ""
        self.hidden.add(text or "", reason)
        return ""

    def _read_inline(self, element: Element, boxes: list[Element]) -> Iterator[str]:
        """Yield the texts within a paragraph; add the paragraphs of the text boxes that it anchors."""
        if element.tag in NOT_SHOWN:
            return
        if _is_hidden(element):
            self.hidden.add("".join(element.itertext()), "marked-hidden")
            return
        yield SIGNS.get(str(element.tag), "") + self._show(element.text, element)
        for child in element:
            if child.tag in PARAGRAPHS or child.tag == f"{TABLE}table":
                boxes.append(child)
            else:
                yield from self._read_inline(child, boxes)
            yield self._show(child.tail, element)

    def _read_paragraph(self, paragraph: Element) -> Iterator[StyledLine]:
        boxes: list[Element] = []
        field = paragraph.find(f".//{TEXT}hidden-paragraph")
        if field is not None and _is_hidden(field):
            self.hidden.add("".join(paragraph.itertext()), "marked-hidden")
            return
        text = "".join(self._read_inline(paragraph, boxes))
        level = paragraph.get(f"{TEXT}outline-level", "") if paragraph.tag == f"{TEXT}h" else ""
        bold = self._looks.find(paragraph, f"{FORMAT}font-weight") == "bold"
        for line in clean_lines(text):
            yield StyledLine(line, bold=bold, level=int(level) if level.isdecimal() else 0)
        for box in boxes:
            yield from self.read_blocks(box)

    def _read_row(self, row: Element) -> Iterator[StyledLine]:
        """Yield a row as one line where no cell has more than one, else cell by cell."""
        cells = [
            [line for child in cell for line in self.read_blocks(child)]
            for cell in row.iterchildren(f"{TABLE}table-cell")
        ]
        lines = [line for cell in cells for line in cell]
        if lines and all(len(cell) <= 1 for cell in cells):
            lines = [StyledLine(" ".join(line.text for line in lines), bold=lines[0].bold)]
        yield from lines

    def _read_cell(self, cell: Element) -> Iterator[StyledLine]:
        for child in cell:
            yield from self.read_blocks(child)

    def read_blocks(self, element: Element) -> Iterator[StyledLine]:
        """Yield the lines of the paragraphs and tables in an element, whatever groups them."""
        if _is_hidden(element):
            self.hidden.add(" ".join(element.itertext()), "marked-hidden")
        elif element.tag in PARAGRAPHS:
            yield from self._read_paragraph(element)
        elif element.tag == f"{TABLE}table-row":
            yield from self._read_row(element)
        elif element.tag not in NOT_SHOWN:
            for child in element:
                yield from self.read_blocks(child)


def _read_all(reader: _OdtReader, parts: list[Element]) -> list[StyledLine]:
    """Return the lines of headers, body and footers; each header and footer once."""
    lines: list[StyledLine] = []
    for tag in (f"{STYLE}header", f"{OFFICE}text", f"{STYLE}footer"):
        blocks = [block for part in parts for block in part.iter(tag)]
        found = [line for block in blocks for line in reader.read_blocks(block)]
        lines += found if tag == f"{OFFICE}text" else dict.fromkeys(found)
    return lines


def read_odt(content: bytes, *, name: str, limits: Limits) -> Document:
    """Read OpenDocument text: headers, then the text with its tables and boxes, then footers.

    Raises EncryptedDocumentError, TooComplexError (inflated size, memory, characters), NoTextError, and
    UnreadableDocumentError for every other failure.
    """
    with translate_library_errors():
        parts = list(_read_parts(content))
        reader = _OdtReader(parts)
        lines = _read_all(reader, parts)
    return make_document(
        content,
        lines,
        name=name,
        media_type=OPEN_DOCUMENT.media_type,
        reader=f"lxml {version('lxml')}",
        max_characters=limits.max_characters,
        warnings=tuple(reader.hidden.warn()),
    )

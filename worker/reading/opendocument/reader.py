"""Reads OpenDocument text (.odt): what a person sees of it, in the order of the document (OASIS, version 1.3)."""

from collections.abc import Iterator
from importlib.metadata import version

from lxml import etree
from lxml.etree import _Element as Element

from skills.document import Document
from worker.errors.documents import EncryptedDocumentError
from worker.reading.clean_text import StyledLine, clean_lines
from worker.reading.formats import OPEN_DOCUMENT, Limits
from worker.reading.hidden_text import HiddenReason, HiddenText
from worker.reading.library_errors import translate_library_errors
from worker.reading.single_page import make_document
from worker.reading.zipped_document import open_parts

NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, STYLE = f"{{{NAMES}text:1.0}}", f"{{{NAMES}table:1.0}}", f"{{{NAMES}style:1.0}}"
OFFICE, FORMAT = f"{{{NAMES}office:1.0}}", f"{{{NAMES}xsl-fo-compatible:1.0}}"
ENCRYPTION = b"encryption-data"

PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})
SIGNS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n", f"{TEXT}s": " "}
# Deleted where changes are tracked, remarks in the margin, and what is not part of the page.
NOT_SHOWN = frozenset(
    {
        f"{TEXT}tracked-changes", f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph", f"{OFFICE}annotation",
        f"{OFFICE}forms", f"{TEXT}sequence-decls", f"{TEXT}note-citation",
        f"{{{NAMES}svg-compatible:1.0}}title", f"{{{NAMES}svg-compatible:1.0}}desc",
    }
)  # fmt: skip
WHITE = "#ffffff"
NO_GROUND = (None, "transparent", WHITE)


def _read_parts(content: bytes) -> Iterator[Element]:
    """Yield the roots of the parts that hold styles and text; raise TooComplexError or EncryptedDocumentError."""
    with open_parts(content) as archive:
        names = archive.namelist()
        if "META-INF/manifest.xml" in names and ENCRYPTION in archive.read("META-INF/manifest.xml"):
            raise EncryptedDocumentError
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        for name in ("styles.xml", "content.xml"):
            if name in names:
                yield etree.fromstring(archive.read(name), parser)


class _OdtReader:
    """Walks through the parts of a document and remembers what it left out."""

    def __init__(self, parts: list[Element]) -> None:
        self._styles = {style.get(f"{STYLE}name"): style for part in parts for style in part.iter(f"{STYLE}style")}
        self.hidden = HiddenText()

    def _find(self, element: Element, attribute: str) -> str | None:
        """Return a property of the style of an element or of those it is based on, also if they go in a circle."""
        name, seen = element.get(f"{TEXT}style-name") or element.get(f"{TABLE}style-name"), set[str | None]()
        while name in self._styles and name not in seen:
            seen.add(name)
            found = (child.get(attribute) for child in self._styles[name])
            if value := next(filter(None, found), None):
                return value
            name = self._styles[name].get(f"{STYLE}parent-style-name")
        return None

    def _find_hiding(self, element: Element) -> HiddenReason | None:
        """Return why the style of an element hides it: by its mark, or white on white; None if it does not."""
        if self._find(element, f"{TEXT}display") == "none":
            return "marked-hidden"
        if (self._find(element, f"{FORMAT}color") or "").lower() != WHITE:
            return None
        around = (element, *element.iterancestors())
        plain = all(self._find(item, f"{FORMAT}background-color") in NO_GROUND for item in around)
        return "ground-colour" if plain else None

    def _read_inline(self, element: Element, boxes: list[Element]) -> Iterator[str]:
        """Yield the texts within a paragraph; add the paragraphs of the text boxes that it anchors."""
        if element.tag in NOT_SHOWN:
            return
        if element.tag not in PARAGRAPHS and (reason := self._find_hiding(element)):
            self.hidden.add("".join(element.itertext()), reason)
            return
        yield SIGNS.get(str(element.tag), "") + (element.text or "")
        for child in element:
            if child.tag in PARAGRAPHS or child.tag == f"{TABLE}table":
                boxes.append(child)
            else:
                yield from self._read_inline(child, boxes)
            yield child.tail or ""

    def _read_paragraph(self, paragraph: Element) -> Iterator[StyledLine]:
        boxes: list[Element] = []
        text = "".join(self._read_inline(paragraph, boxes))
        if reason := self._find_hiding(paragraph):
            self.hidden.add(text, reason)
        else:
            level = paragraph.get(f"{TEXT}outline-level", "") if paragraph.tag == f"{TEXT}h" else ""
            bold = self._find(paragraph, f"{FORMAT}font-weight") == "bold"
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
        if element.tag in PARAGRAPHS:
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

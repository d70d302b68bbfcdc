"""Reads Word documents (.docx): what a person sees of them, in the order of the document."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version

import docx
from docx.document import Document as WordDocument
from docx.parts.document import DocumentPart
from docx.section import Section
from lxml.etree import _Element as Element

from skills.document import Document, ReadingWarning
from worker.errors.documents import EncryptedDocumentError, NoTextError
from worker.reading.clean_text import StyledLine, clean_lines
from worker.reading.content_signs import is_ole
from worker.reading.formats import FORMATS, WORD, Limits, load_reader, recognise_format
from worker.reading.hidden_text import HiddenText
from worker.reading.library_errors import translate_library_errors
from worker.reading.single_page import make_document
from worker.reading.word.backdrops import find_over_pictures
from worker.reading.word.colours import VAL, W
from worker.reading.word.package import find_notes, open_word
from worker.reading.word.page import find_page_colour, read_palette
from worker.reading.word.run_styles import Looks

CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"

# What elements of a run stand for.
SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
# Deleted, or moved elsewhere, where changes are tracked.
GONE = frozenset({f"{W}del", f"{W}moveFrom"})
BOX, ROW, CHUNK = f"{W}txbxContent", f"{W}tr", f"{W}altChunk"
DELETED_ROW, HIDDEN_ROW = f"{W}trPr/{W}del", f"{W}trPr/{W}hidden"
MAX_CHUNK_CHARACTERS = 200_000
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def _find_shown(element: Element) -> Iterator[Element]:
    """Yield the children of an element that are shown; of alternatives, the first, which is the newer way to write."""
    for child in element:
        if child.tag == ALTERNATIVES:
            yield from next(child.iter(CHOICE), child)
        elif child.tag not in GONE and (child.tag != ROW or child.find(DELETED_ROW) is None):
            yield child


def _read_part(part: Element) -> str:
    """Return what a part of a run shows: text, a sign, or the entry that is chosen from the list of a form."""
    if part.tag == f"{W}t":
        return part.text or ""
    options = part.findall(f"{W}ffData/{W}ddList/{W}listEntry")
    if not options:
        return SIGNS.get(str(part.tag), "")
    result = part.find(f"{W}ffData/{W}ddList/{W}result")
    number = "0" if result is None else result.get(VAL, "0")
    return options[int(number)].get(VAL, "") if number.isdecimal() and int(number) < len(options) else ""


class _WordReader:
    """Walks through the parts of a document and remembers what it left out."""

    def __init__(self, looks: Looks, main: DocumentPart) -> None:
        self._looks = looks
        self._main = main
        self.hidden = HiddenText()
        self.warnings: list[ReadingWarning] = []  # of documents within

    def _read_run(self, run: Element) -> str:
        text = "".join(map(_read_part, run))
        reason = self._looks.find_hiding(run) if text.strip() else None
        if reason is None:
            return text
        self.hidden.add(text, reason)
        return ""

    def _read_inline(self, element: Element, boxes: list[Element]) -> Iterator[str]:
        """Yield the texts of a paragraph's runs, those in links and fields included; add the boxes they anchor."""
        for child in _find_shown(element):
            if child.tag == BOX:
                boxes.append(child)
                continue
            if child.tag == f"{W}r":
                yield self._read_run(child)
            yield from self._read_inline(child, boxes)

    def _read_paragraph(self, paragraph: Element) -> Iterator[StyledLine]:
        boxes: list[Element] = []
        lines = clean_lines("".join(self._read_inline(paragraph, boxes)))
        if lines:
            plain = self._looks.style_paragraph(paragraph)
            yield from (replace(plain, text=line) for line in lines)
        for box in boxes:
            yield from self.read_blocks(box)

    def _read_row(self, row: Element) -> Iterator[StyledLine]:
        """Yield a row as one line where no cell has more than one, else cell by cell."""
        cells = [list(self.read_blocks(cell)) for cell in row.iter(f"{W}tc") if self._row_of(cell) is row]
        lines = [line for cell in cells for line in cell]
        if lines and all(len(cell) <= 1 for cell in cells):
            return iter([replace(lines[0], text=" ".join(line.text for line in lines))])
        return iter(lines)

    @staticmethod
    def _row_of(cell: Element) -> Element | None:
        return next(cell.iterancestors(f"{W}tr"), None)

    def _read_chunk(self, chunk: Element) -> Iterator[StyledLine]:
        """Yield the lines of a document, mostly of another format, that Word shows at this place."""
        part = self._main.related_parts.get(chunk.get(LINK, ""))
        if part is None:
            return
        chosen = next((each for each in FORMATS if each.media_type == part.content_type), None)
        reader = load_reader(chosen or recognise_format(part.blob))
        try:
            within = reader(part.blob, name="", limits=Limits(max_pages=1, max_characters=MAX_CHUNK_CHARACTERS))
        except NoTextError:
            return
        self.warnings += within.warnings
        yield from map(StyledLine, within.text.split("\n"))

    def read_blocks(self, element: Element) -> Iterator[StyledLine]:
        """Yield the cleaned lines of the paragraphs and tables in an element, whatever groups them."""
        for child in _find_shown(element):
            if child.tag == f"{W}p":
                yield from self._read_paragraph(child)
            elif child.tag == CHUNK:
                yield from self._read_chunk(child)
            elif child.tag == ROW and child.find(HIDDEN_ROW) is not None:
                self.hidden.add(" ".join(line.text for line in self._read_row(child)), "marked-hidden")
            elif child.tag == ROW:
                yield from self._read_row(child)
            else:
                yield from self.read_blocks(child)


def _find_headers(section: Section) -> Iterator[Element]:
    for part in (section.first_page_header, section.header, section.even_page_header):
        if not part.is_linked_to_previous:
            yield part._element  # noqa: SLF001 - python-docx's own reading passes over text boxes


def _find_footers(section: Section) -> Iterator[Element]:
    for part in (section.first_page_footer, section.footer, section.even_page_footer):
        if not part.is_linked_to_previous:
            yield part._element  # noqa: SLF001 - likewise


def _find_looks(word: WordDocument) -> Looks:
    margins = [part for section in word.sections for find in (_find_headers, _find_footers) for part in find(section)]
    palette = read_palette(word)
    page = find_page_colour(word, palette)
    return Looks(word.styles.element, palette, page, find_over_pictures(word, margins))


def _read_margins(reader: _WordReader, parts: Iterable[Element]) -> list[StyledLine]:
    """Return the lines of headers or footers, each once however many pages repeat it."""
    return list(dict.fromkeys(line for part in parts for line in reader.read_blocks(part)))


def _read_all(reader: _WordReader, word: WordDocument) -> list[StyledLine]:
    headers = _read_margins(reader, (part for section in word.sections for part in _find_headers(section)))
    body = list(reader.read_blocks(word.element.body))
    notes = [line for note in find_notes(word) for line in reader.read_blocks(note)]
    footers = _read_margins(reader, (part for section in word.sections for part in _find_footers(section)))
    return headers + body + notes + footers


def read_docx(content: bytes, *, name: str, limits: Limits) -> Document:
    """Read a Word document: headers, then paragraphs, tables and text boxes where they stand, notes and footers.

    Raises EncryptedDocumentError, TooComplexError (inflated size, memory, characters), NoTextError, and
    UnreadableDocumentError for every other failure.
    """
    if is_ole(content):
        raise EncryptedDocumentError
    with translate_library_errors():
        word = open_word(content)
        reader = _WordReader(_find_looks(word), word.part)
        lines = _read_all(reader, word)
    return make_document(
        content,
        lines,
        name=name,
        media_type=WORD.media_type,
        reader=f"python-docx {docx.__version__}, lxml {version('lxml')}",
        max_characters=limits.max_characters,
        warnings=(*reader.hidden.warn(), *reader.warnings),
    )

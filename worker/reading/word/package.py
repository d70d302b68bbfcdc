"""Opens a Word document and finds its parts, whichever of the two ways (ISO 29500) it is written in."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from docx.document import Document as WordDocument
from docx.opc.part import Part, PartFactory
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml import etree
from lxml.etree import _Element as Element

from worker.errors.documents import UnreadableDocumentError
from worker.reading.word.colours import W
from worker.reading.zipped_document import open_parts

# Types that python-docx does not open: documents with macros, and templates.
MAIN_TYPES = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
# The names of a Strict document, and what the usual Transitional one calls the same (ISO 29500-1 and -4).
STRICT = b"http://purl.oclc.org/ooxml/"
STRICT_NAME = re.compile(STRICT + rb"(\w+)/")
USUAL_NAME = rb"http://schemas.openxmlformats.org/\1/2006/"
NOTE_KINDS = ("footnotes", "endnotes")


def _write_usual(content: bytes) -> bytes:
    """Return a document with the usual names in place of those of Strict ones."""
    buffer = BytesIO()
    with open_parts(content) as strict, ZipFile(buffer, "w", ZIP_STORED) as usual:
        for name in strict.namelist():
            usual.writestr(name, STRICT_NAME.sub(USUAL_NAME, strict.read(name)))
    return buffer.getvalue()


def _is_strict(content: bytes) -> bool:
    with open_parts(content) as archive:
        return STRICT in archive.read("_rels/.rels")


def open_word(content: bytes) -> WordDocument:
    """Open a document, with macros or a template as any other; raise TooComplexError when it inflates to too much."""
    PartFactory.part_type_for.update(dict.fromkeys(MAIN_TYPES, DocumentPart))
    usual = _write_usual(content) if _is_strict(content) else content
    main = Package.open(BytesIO(usual)).main_document_part
    if not isinstance(main, DocumentPart):
        raise UnreadableDocumentError
    word: WordDocument = main.document
    return word


def parse_part(part: Part) -> Element:
    """Return the root of a part that python-docx leaves as bytes."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    return etree.fromstring(part.blob, parser)


def find_notes(word: WordDocument) -> Iterator[Element]:
    """Yield the footnotes and endnotes of a document, without the lines that part them from the text."""
    for kind in NOTE_KINDS:
        for link in word.part.rels.values():
            if link.reltype.endswith(f"/{kind}"):
                yield from (note for note in parse_part(link.target_part) if note.get(f"{W}type") is None)

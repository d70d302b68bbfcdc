"""Builds fictional Word documents."""

from io import BytesIO
from typing import cast
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.table import CT_TcPr
from docx.oxml.text.font import CT_RPr
from docx.oxml.text.paragraph import CT_P
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def save(word: Document) -> bytes:
    """Return the bytes of a document."""
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def build_docx(text: str) -> bytes:
    """Return a plain document with one paragraph for each line."""
    word = docx.Document()
    for line in text.split("\n"):
        word.add_paragraph(line)
    return save(word)


def add_xml(paragraph: Paragraph, xml: str) -> None:
    """Add an element to a paragraph; the prefixes w, mc, wps, a and v are known."""
    tag, rest = xml[1:].split(">", 1)
    paragraph._p.append(cast("CT_P", parse_xml(f"<{tag} {NAMES}>{rest}")))  # noqa: SLF001 - python-docx has no words for it


def set_properties(run: Run, xml: str) -> Run:
    """Add properties such as `<w:vanish/>` to a run."""
    for item in parse_xml(f"<w:rPr {NAMES}>{xml}</w:rPr>"):
        run._r.get_or_add_rPr().append(cast("CT_RPr", item))  # noqa: SLF001 - likewise
    return run


def shade(cell: _Cell, colour: str) -> None:
    """Give a table's cell a ground."""
    shading = parse_xml(f'<w:shd {NAMES} w:val="clear" w:color="auto" w:fill="{colour}"/>')
    cell._tc.get_or_add_tcPr().append(cast("CT_TcPr", shading))  # noqa: SLF001 - likewise


def replace_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return the document with one of its parts replaced or added."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, part)
    return buffer.getvalue()

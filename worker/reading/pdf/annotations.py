"""What annotations add to a page: values of form fields, free text and stamps, which a viewer shows on top of it.

pdfium draws an annotation's appearance into the page, where its text is then read and checked like any other. Values
of form fields without an appearance are placed at their field, where viewers write them themselves.
"""

import re
from collections.abc import Iterator

import pypdf
import pypdfium2
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject, TextStringObject
from pypdfium2 import raw

from worker.errors.documents import TooComplexError
from worker.reading.layout.runs import Word
from worker.reading.pdf.drawings import Box
from worker.reading.pdf.letters.glyphs import Glyphs
from worker.reading.pdf.structure import look_up

WITHOUT_TEXT = frozenset({"/Link", "/Popup"})
MAX_ANNOTATIONS = 5_000  # a form of twenty pages has some hundred
UNSEEN_FLAGS = 0b100010  # hidden, or not shown on a screen (ISO 32000-1, table 165)
PASSWORD_FLAG = 1 << 13
TEXT_FIELDS = ("/Tx", "/Ch")
OPTION_PAIR = 2  # what is kept, and what is shown for it
DRAWS = re.compile(r"\b(?:T[jJ]|Do|sh)\b|['\"]\s")  # text, forms and pictures

STANDARD_SIZE = 10.0  # points, for fields whose print is as large as fits
LINE_HEIGHT = 1.2
LETTER_WIDTH = 0.5  # of the height
TOP_GAP = 0.2


def _list_annotations(page: pypdf.PageObject) -> list[DictionaryObject]:
    """Return the annotations that are seen and may show text."""
    listed = look_up(page, "/Annots")
    if not isinstance(listed, ArrayObject):
        return []
    if len(listed) > MAX_ANNOTATIONS:
        raise TooComplexError("it has too many annotations")
    found = (item.get_object() for item in listed)
    return [
        item
        for item in found
        if isinstance(item, DictionaryObject)
        and item.get("/Subtype") not in WITHOUT_TEXT
        and not (_read_number(item.get("/F")) & UNSEEN_FLAGS)
    ]


def _read_number(value: object) -> int:
    return int(value) if isinstance(value, int) else 0


def _inherit(field: DictionaryObject, key: str) -> PdfObject | None:
    """Return what a field, or the field that it is a part of, has under a key."""
    seen: set[int] = set()
    parent: PdfObject | None = field
    while isinstance(parent, DictionaryObject) and id(parent) not in seen:
        seen.add(id(parent))
        if key in parent:
            return look_up(parent, key)
        parent = look_up(parent, "/Parent")
    return None


def list_appearances(page: pypdf.PageObject) -> list[PdfObject]:
    """Return the forms that the annotations of a page draw."""
    found = (look_up(item, "/AP", "/N") for item in _list_annotations(page))
    return [appearance for appearance in found if appearance is not None]


def load_page(pdfium_document: pypdfium2.PdfDocument, number: int, page: pypdf.PageObject) -> pypdfium2.PdfPage:
    """Return pdfium's page of a number, flattened if pypdf's page has annotations that draw something."""
    if list_appearances(page):
        flatten_annotations(pdfium_document, number)
    return pdfium_document[number]


def flatten_annotations(pdfium_document: pypdfium2.PdfDocument, number: int) -> None:
    """Draw what the annotations of a page show into it."""
    plain = pdfium_document[number]
    raw.FPDFPage_Flatten(plain.raw, raw.FLAT_NORMALDISPLAY)
    plain.close()


def _read_value(item: DictionaryObject) -> str:
    """Return what a viewer writes where an annotation without an appearance is."""
    if item.get("/Subtype") == "/FreeText":
        return str(item.get("/Contents") or "")
    if str(_inherit(item, "/FT")) not in TEXT_FIELDS or _read_number(_inherit(item, "/Ff")) & PASSWORD_FLAG:
        return ""
    value, shown = _inherit(item, "/V"), _list_options(item)
    values = value if isinstance(value, ArrayObject) else [value]
    return "\n".join(shown.get(text, text) for text in map(_read_text, values) if text)


def _read_text(value: PdfObject | None) -> str:
    """Return a text, or the content of a stream of text."""
    if isinstance(value, StreamObject):
        return value.get_data().decode("latin-1")
    return str(value) if isinstance(value, TextStringObject) else ""


def _list_options(item: DictionaryObject) -> dict[str, str]:
    """Return what a list shows for each value that its file keeps (ISO 32000-1, table 231)."""
    options = _inherit(item, "/Opt")
    pairs = [pair.get_object() for pair in options] if isinstance(options, ArrayObject) else []
    return {str(pair[0]): str(pair[1]) for pair in pairs if isinstance(pair, ArrayObject) and len(pair) == OPTION_PAIR}


def _is_empty(appearance: PdfObject | None) -> bool:
    """Return whether an appearance draws nothing, as programs leave it that have viewers draw the values."""
    return appearance is None or (isinstance(appearance, StreamObject) and not DRAWS.search(_read_text(appearance)))


def _find_box(item: DictionaryObject) -> Box | None:
    edges = look_up(item, "/Rect")
    if not isinstance(edges, ArrayObject):
        return None
    try:
        x0, y0, x1, y1 = map(float, edges)
    except (TypeError, ValueError):  # not four, or no numbers
        return None
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _set_lines(text: str, box: Box) -> Iterator[Word]:
    """Yield the lines of a value, one below the other within a box."""
    x0, y0, x1, y1 = box
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    step = min(LINE_HEIGHT * STANDARD_SIZE, (y1 - y0) / max(1, len(lines)))
    height = step / LINE_HEIGHT
    for number, line in enumerate(lines):
        top = y0 + number * step + TOP_GAP * height
        yield Word(line, x0, top, min(x1, x0 + LETTER_WIDTH * height * len(line)), top + height)


def read_values(page: pypdf.PageObject, glyphs: Glyphs) -> list[Word]:
    """Return the values of the page's fields whose appearance draws nothing, a line as one word."""
    words: list[Word] = []
    for item in _list_annotations(page):
        box = _find_box(item) if _is_empty(look_up(item, "/AP", "/N")) else None
        if box and (text := _read_value(item)):
            words += _set_lines(text, glyphs.rotate_box(box))
    return words

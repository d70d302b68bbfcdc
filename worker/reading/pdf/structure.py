"""Asks pypdf about a PDF's structure: whether it opens, how much it draws, whether layers are off, names of glyphs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain, islice

import pypdf
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

from worker.errors.documents import EncryptedDocumentError, PortfolioError, TooComplexError, TooManyPagesError

MAX_CONTENT_BYTES = 10_000_000  # a page; text drawn as outlines takes 1 to 3 MB, 99 of 100 pages less than 0.1
MAX_ATTACHMENTS = 20
TOO_MUCH_DRAWN = f"a page has more than {MAX_CONTENT_BYTES // 1_000_000} MB of instructions to draw"
MAX_BYTES_UNPACKED_PER_BYTE = 1_032  # bytes that one byte can stand for in deflate (zlib's technical details)
AS_TEXT = ("/ASCII85Decode", "/ASCIIHexDecode")  # these unpack to fewer bytes, except `z`, which stands for four
DEFLATED = (["/FlateDecode"], ["/Fl"])
DRAWN_FORM = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")

GlyphNames = Mapping[str, Mapping[int, str]]


def open_pdf(content: bytes, *, max_pages: int) -> pypdf.PdfReader:
    """Open a PDF, with the empty password if it is encrypted."""
    reader = pypdf.PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise EncryptedDocumentError
    if len(reader.pages) > max_pages:
        raise TooManyPagesError(max_pages)
    return reader


def has_layers_off(reader: pypdf.PdfReader) -> bool:
    """Return whether some of the document's layers (optional content) may not be shown at first."""
    layers = look_up(reader.root_object, "/OCProperties", "/D")
    if not isinstance(layers, DictionaryObject):
        return False
    return bool(layers.get("/OFF")) or "/AS" in layers or layers.get("/BaseState", "/ON") != "/ON"


def check_portfolio(reader: pypdf.PdfReader) -> None:
    """Raise PortfolioError for a PDF that is a container of files; its own page only asks people to open these."""
    if look_up(reader.root_object, "/Collection") is None:
        return
    raise PortfolioError(list_attachments(reader))


def list_attachments(reader: pypdf.PdfReader) -> dict[str, bytes]:
    """Return the files that a PDF or its pages have attached, by name."""
    attached = ((attachment.name, attachment.content or b"") for attachment in reader.attachment_list)
    return dict(islice(chain(attached, _list_pinned(reader)), MAX_ATTACHMENTS))


def _list_pinned(reader: pypdf.PdfReader) -> Iterator[tuple[str, bytes]]:
    """Yield the files that are attached at places of pages (ISO 32000-1, 12.5.6.15)."""
    for page in reader.pages:
        annotations = look_up(page, "/Annots")
        for item in annotations if isinstance(annotations, ArrayObject) else ():
            found = item.get_object()
            stream = look_up(found, "/FS", "/EF", "/F")
            if isinstance(stream, StreamObject):
                yield str(look_up(found, "/FS", "/UF") or look_up(found, "/FS", "/F")), stream.get_data()


def look_up(found: PdfObject | None, *keys: str) -> PdfObject | None:
    """Follow keys from one dictionary into the next; None where one is missing or is no dictionary."""
    for key in keys:
        value = found.get(key) if isinstance(found, DictionaryObject) else None
        found = value.get_object() if value is not None else None
    return found


def check_drawn_bytes(page: pypdf.PageObject, appearances: Sequence[PdfObject]) -> None:
    """Raise TooComplexError when it takes too much to draw a page and the appearances of its annotations."""
    if not appearances and _is_short(page):
        return
    try:
        known: dict[int, int] = {}
        contents = page.get_contents()
        size = _measure(b"" if contents is None else contents.get_data(), page, known)
        size += sum(_measure_form(form, known) for form in appearances if isinstance(form, StreamObject))
    except LimitReachedError as error:
        raise TooComplexError(TOO_MUCH_DRAWN) from error
    if size > MAX_CONTENT_BYTES:
        raise TooComplexError(TOO_MUCH_DRAWN)


def _is_short(page: pypdf.PageObject) -> bool:
    """Return whether a page has no forms and is too short to unpack to too much; most are, and need not be unpacked."""
    if look_up(page, "/Resources", "/XObject"):
        return False
    contents = look_up(page, "/Contents")
    streams = [item.get_object() for item in contents] if isinstance(contents, ArrayObject) else [contents]
    return sum(map(_bound_size, streams)) < MAX_CONTENT_BYTES


def _bound_size(stream: PdfObject | None) -> float:
    """Return how many bytes a stream can unpack to at most; without end unless it is packed once, by deflate."""
    if not isinstance(stream, StreamObject):
        return float("inf")
    filters = look_up(stream, "/Filter") or ArrayObject()
    packed = [name for name in (filters if isinstance(filters, ArrayObject) else [filters]) if name not in AS_TEXT]
    if packed and packed not in DEFLATED:
        return float("inf")
    content = stream._data  # noqa: SLF001 - as it stands in the file; what its /Length says may be untrue
    return MAX_BYTES_UNPACKED_PER_BYTE * (len(content) + 3 * content.count(b"z"))


def _measure(drawn: bytes, owner: PdfObject, known: dict[int, int]) -> int:
    """Return the bytes of a content stream, each form counted as often as it is drawn: a few can nest to billions."""
    size = len(drawn)
    forms = look_up(owner, "/Resources", "/XObject")
    if not isinstance(forms, DictionaryObject):
        return size
    for match in DRAWN_FORM.finditer(drawn):
        form = look_up(forms, f"/{match[1].decode('latin-1')}")
        if isinstance(form, StreamObject) and form.get("/Subtype") == "/Form":
            size += known[id(form)] if id(form) in known else _measure_form(form, known)
    return size


def _measure_form(form: StreamObject, known: dict[int, int]) -> int:
    known[id(form)] = 0  # a form that draws itself is drawn once
    known[id(form)] = _measure(form.get_data(), form, known)
    return known[id(form)]


def has_written_patterns(page: pypdf.PageObject) -> bool:
    """Return whether a page may paint with a pattern that writes text, which pdfium draws but does not return."""
    patterns = look_up(page, "/Resources", "/Pattern")
    names = patterns if isinstance(patterns, DictionaryObject) else ()
    return any(look_up(patterns, name, "/Resources", "/Font") for name in names)


def name_glyphs(page: pypdf.PageObject) -> GlyphNames:
    """Return for each font of a page, without the tag of a subset, the names that it gives to codes: 27 is `f_i`."""
    fonts = look_up(page, "/Resources", "/Font")
    names: dict[str, dict[int, str]] = {}
    for key in fonts if isinstance(fonts, DictionaryObject) else ():
        differences = look_up(fonts, key, "/Encoding", "/Differences")
        base = str(look_up(fonts, key, "/BaseFont")).lstrip("/").rpartition("+")[2]
        names.setdefault(base, {}).update(
            _number_names(differences if isinstance(differences, ArrayObject) else ArrayObject())
        )
    return names


def _number_names(differences: ArrayObject) -> Iterator[tuple[int, str]]:
    """Yield code and name: a number sets the code of the name after it, and so on (ISO 32000-1, 9.6.6.1)."""
    code = 0
    for item in differences:
        if isinstance(item, int):
            code = item
        else:
            yield code, str(item).lstrip("/")
            code += 1

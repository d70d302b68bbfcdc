"""Reads pictures of pages, such as scans and photos, by optical recognition."""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from importlib.metadata import version
from io import BytesIO
from typing import cast

from PIL import Image, ImageOps, ImageSequence

from skills.document import Document
from worker.errors.documents import NoTextError, TooComplexError, TooManyPagesError
from worker.reading.clean_text import assemble_text, check_characters
from worker.reading.formats import Limits, recognise_format
from worker.reading.layout.lines import arrange_lines, size_lines
from worker.reading.layout.places import Sheet, list_words, place_words
from worker.reading.library_errors import translate_library_errors
from worker.reading.ocr import has_recogniser, recognise_sheet, warn_of_doubt
from worker.reading.page_pictures import rotate_picture

MAX_PIXELS = 64_000_000  # telephones take pictures of up to 50 million
MAX_SIDE_PIXELS = 2_200  # pixels: a page of A4 at 190 dpi
DEEP_MODES = ("I", "F")  # greys of 16 or 32 bits, which Pillow would cut off at 255
LIGHTEST = 255
KINDS = ("PNG", "JPEG", "WEBP", "HEIF", "TIFF")


def _open(content: bytes) -> Image.Image:
    """Open a picture by its head alone; raise TooComplexError when it is too large to be drawn."""
    from pillow_heif import register_heif_opener  # noqa: PLC0415 - part of the extra by which pictures are read

    register_heif_opener()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is our own
        try:
            picture = Image.open(BytesIO(content), formats=KINDS)
        except Image.DecompressionBombError as error:
            raise TooComplexError("the picture has too many pixels") from error
    if picture.width * picture.height > MAX_PIXELS:
        raise TooComplexError(f"the picture has more than {MAX_PIXELS // 1_000_000} million pixels")
    return picture


def _list_pages(picture: Image.Image) -> Iterator[Image.Image]:
    """Yield the pages of a picture, as large as print needs, rotated as its camera says."""
    for frame in ImageSequence.Iterator(picture):
        if frame.width * frame.height > MAX_PIXELS:
            raise TooComplexError(f"the picture has more than {MAX_PIXELS // 1_000_000} million pixels")
        frame.draft("RGB", (MAX_SIDE_PIXELS, MAX_SIDE_PIXELS))  # a JPEG is made smaller while it is unpacked
        page = ImageOps.exif_transpose(frame)
        page.thumbnail((MAX_SIDE_PIXELS, MAX_SIDE_PIXELS))
        yield _lay_on_paper(page)


def _lay_on_paper(page: Image.Image) -> Image.Image:
    """Return a picture in colours, with white where it is transparent."""
    if page.mode.startswith(DEEP_MODES):
        page = _make_shallow(page)
    if not page.has_transparency_data:
        return page.convert("RGB")
    clear = page.convert("RGBA")
    paper = Image.new("RGBA", clear.size, "white")
    paper.alpha_composite(clear)
    return paper.convert("RGB")


def _make_shallow(page: Image.Image) -> Image.Image:
    """Return a picture of more than 256 greys with its darkest black and its lightest white."""
    deep = page.convert("F")
    low, high = cast("tuple[float, float]", deep.getextrema())
    scale = LIGHTEST / max(high - low, 1.0)
    return deep.point(lambda level: level * scale - low * scale).convert("L")


def _read_pages(content: bytes, limits: Limits) -> list[Sheet]:
    with translate_library_errors(), _open(content) as picture:
        if getattr(picture, "n_frames", 1) > limits.max_pages:
            raise TooManyPagesError(limits.max_pages)
        return [recognise_sheet(page) for page in _list_pages(picture)]


def draw_picture(content: bytes, rotations: Sequence[float]) -> Iterator[Image.Image]:
    """Yield the first pages of a picture, rotated clockwise by these degrees."""
    with _open(content) as picture:
        for page, rotation in zip(_list_pages(picture), rotations, strict=False):
            yield rotate_picture(page, rotation)


def read_picture(content: bytes, *, name: str, limits: Limits) -> Document:
    """Read a picture of a page, or of several.

    Raises TooComplexError (pixels, characters), TooManyPagesError, NoTextError, and UnreadableDocumentError for every
    other failure.
    """
    if not has_recogniser():
        raise NoTextError
    sheets = _read_pages(content, limits)
    pages = [arrange_lines(sheet.words) for sheet in sheets]
    text, lines = assemble_text([size_lines(page) for page in pages])
    if not lines:
        raise NoTextError
    check_characters(len(text), most=limits.max_characters)
    doubts = (warn_of_doubt(sheet.words, page=number) for number, sheet in enumerate(sheets, start=1))
    ordered = [replace(sheet, words=list_words(page)) for sheet, page in zip(sheets, pages, strict=True)]
    return Document(
        name=name,
        sha256=sha256(content).hexdigest(),
        media_type=recognise_format(content).media_type,
        text=text,
        lines=lines,
        pages=len(pages),
        read_with="ocr",
        reader=", ".join(f"{library} {version(library)}" for library in ("pillow", "rapidocr", "onnxruntime")),
        warnings=tuple(filter(None, doubts)),
        places=place_words(text, lines, ordered) if limits.with_places else (),
    )

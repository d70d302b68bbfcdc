"""Reads a file of any format. For the reading process alone: readers are heavy, and files may be hostile."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import cast

from PIL import Image

from skills.document import ENGLISH, Document, ReadingWarning, WarningCode
from worker.errors.documents import PortfolioError, UnsupportedLanguageError
from worker.reading.clean_text import EXCERPT_CHARACTERS
from worker.reading.formats import Limits, is_readable, load_named, load_reader, recognise_format
from worker.reading.language import measure_languages, warn_of_mixture
from worker.reading.page_pictures import encode_picture

Drawer = Callable[[bytes, Sequence[float]], Iterator[Image.Image]]


def _read_single_document(portfolio: PortfolioError, *, limits: Limits) -> Document:
    """Return the only document in a portfolio, with a warning that names it; raise the error unless there is one."""
    readable = [(name, content) for name, content in portfolio.files.items() if is_readable(content)]
    if len(readable) != 1:
        raise portfolio
    [(name, content)] = readable
    document = load_reader(recognise_format(content))(content, name=name, limits=limits)
    warning = ReadingWarning(WarningCode.PORTFOLIO, 1, len(document.text), name[:EXCERPT_CHARACTERS], "only-document")
    return replace(document, warnings=(warning, *document.warnings))


def _read(content: bytes, *, name: str, limits: Limits) -> Document:
    """Read a file; of a portfolio with one document read that one, under the name and digest of the portfolio."""
    chosen = recognise_format(content)
    try:
        return load_reader(chosen)(content, name=name, limits=limits)
    except PortfolioError as portfolio:
        within = _read_single_document(portfolio, limits=limits)
        digest = sha256(content).hexdigest()
        return replace(within, name=name, sha256=digest, media_type=chosen.media_type, places=())


def read_content(content: bytes, *, name: str, limits: Limits) -> Document:
    """Read a file, recognising its format by its content; raise the RolefitError that says why it cannot be read."""
    document = _read(content, name=name, limits=limits)
    languages = measure_languages(document.text)
    if next(iter(languages)) != ENGLISH:
        raise UnsupportedLanguageError
    return replace(document, warnings=(*document.warnings, *warn_of_mixture(languages)))


def draw_content(content: bytes, rotations: Sequence[float]) -> Iterator[bytes]:
    """Yield pictures (WebP) of the first pages of a file, rotated clockwise by these degrees."""
    drawer = cast("Drawer", load_named(recognise_format(content).drawer))
    yield from map(encode_picture, drawer(content, rotations))

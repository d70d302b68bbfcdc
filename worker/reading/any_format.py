"""Reads a file of any format. For the reading process alone: readers are heavy, and files may be hostile."""

from dataclasses import replace
from importlib import import_module
from typing import cast

from skills.document import Document
from worker.errors import UnsupportedLanguageError
from worker.reading.formats import Format, Limits, Reader, recognise_format
from worker.reading.language import ENGLISH, detect_language


def load_reader(chosen: Format) -> Reader:
    """Import the reader of a format, which costs up to 0.1 s and 20 MB the first time."""
    module, _, function = chosen.reader.partition(":")
    return cast("Reader", getattr(import_module(module), function))


def read_content(content: bytes, *, name: str, max_pages: int, max_characters: int) -> Document:
    """Read a file, recognising its format by its content; raise the RolefitError that says why it cannot be read."""
    read = load_reader(recognise_format(content))
    document = read(content, name=name, limits=Limits(max_pages, max_characters))
    language = detect_language(document.text)
    if language != ENGLISH:
        raise UnsupportedLanguageError
    return replace(document, language=language)

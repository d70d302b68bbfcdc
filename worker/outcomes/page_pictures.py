"""The pictures of a document's pages with the places of its words: kept apart, and deleted with the report."""

import zipfile
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import BinaryIO

from pydantic import TypeAdapter

from skills.document import PagePlaces

MEDIA_TYPE = "image/webp"
PLACES = "places.json"


@cache
def _make_adapter() -> TypeAdapter[tuple[PagePlaces, ...]]:
    return TypeAdapter(tuple[PagePlaces, ...])


def encode_pages(places: Sequence[PagePlaces], pictures: Sequence[bytes]) -> bytes:
    """Return the pages that have pictures as a zip archive, as they are stored; empty without pictures."""
    if not pictures:
        return b""
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        drawn = _make_adapter().dump_json(tuple(places[: len(pictures)]))
        archive.writestr(PLACES, drawn, zipfile.ZIP_DEFLATED)
        for page, picture in zip(places, pictures, strict=False):
            archive.writestr(str(page.page), picture)
    return stored.getvalue()


def read_places(stored: BinaryIO | None) -> tuple[PagePlaces, ...]:
    """Return where the words stand on the pages that have pictures; no picture is read."""
    if stored is None:
        return ()
    with zipfile.ZipFile(stored) as archive:
        return _make_adapter().validate_json(archive.read(PLACES))


def read_picture(stored: BinaryIO | None, page: int) -> bytes | None:
    """Return the picture of a page, None if it has none; only this picture is read."""
    if stored is None:
        return None
    with zipfile.ZipFile(stored) as archive:
        return archive.read(str(page)) if str(page) in archive.namelist() else None

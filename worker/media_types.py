"""What is known of a file before it is read; light enough for the web process."""

from contextlib import suppress
from hashlib import sha256
from typing import NotRequired, TypedDict

from skills.errors import RolefitError
from worker.reading.formats import recognise_format


class KnownFacts(TypedDict):
    """What is known of a document that could not be scored; the last two as far as it was opened."""

    name: str
    sha256: NotRequired[str]
    media_type: NotRequired[str]


def recognise_media_type(content: bytes) -> str:
    """Return the media type; raise EmptyFileError, or an error of the code `unsupported-type` if no reader takes it.

    An encrypted Office file counts as a Word document; the Word reader then refuses it.
    """
    return recognise_format(content).media_type


def describe_content(content: bytes, *, name: str) -> KnownFacts:
    """Return what is known of a document before it is read: name, digest and, if we read its format, media type."""
    facts = KnownFacts(name=name, sha256=sha256(content).hexdigest())
    with suppress(RolefitError):
        facts["media_type"] = recognise_media_type(content)
    return facts

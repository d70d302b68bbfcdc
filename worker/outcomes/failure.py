"""Why a document has no report, and what is known about the document nevertheless."""

from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NotRequired, Self, TypedDict

from skills.errors import RolefitError
from worker.reading.formats import recognise_format


class KnownFacts(TypedDict):
    """What is known of a document before it is read; the last two fields only if its file could be opened."""

    name: str
    sha256: NotRequired[str]
    media_type: NotRequired[str]


def describe_content(content: bytes, *, name: str) -> KnownFacts:
    """Return what is known about a document before it is read: name, digest and, if we read its format, media type."""
    facts = KnownFacts(name=name, sha256=sha256(content).hexdigest())
    with suppress(RolefitError):
        facts["media_type"] = recognise_format(content).media_type
    return facts


@dataclass(frozen=True, slots=True)
class JobError:
    """Code and sentence of the error by which a document has no report."""

    code: str
    message: str

    @classmethod
    def of(cls, error: RolefitError) -> Self:
        """Return the code and the sentence of an error."""
        return cls(error.code, str(error))


@dataclass(frozen=True)
class Failure:
    """The result for a document that could not be scored, instead of a report: the document, and the error."""

    document: KnownFacts = field(repr=False)
    error: JobError

    @property
    def name(self) -> str:
        """The document's name."""
        return self.document["name"]

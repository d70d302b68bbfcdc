"""Why there is no report on a document."""

from dataclasses import dataclass, field
from typing import Self

from skills.errors import RolefitError
from worker.media_types import KnownFacts


@dataclass(frozen=True, slots=True)
class JobError:
    """Why an accepted document could not be scored."""

    code: str
    message: str

    @classmethod
    def of(cls, error: RolefitError) -> Self:
        """Return the code and the sentence of an error."""
        return cls(error.code, str(error))


@dataclass(frozen=True)
class Failure:
    """The result for a document that could not be scored, in place of a report: what is known of it, and why."""

    document: KnownFacts = field(repr=False)
    error: JobError

    @property
    def name(self) -> str:
        """The document's name."""
        return self.document["name"]

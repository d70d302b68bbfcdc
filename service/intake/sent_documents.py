"""Documents as they are sent, one or many at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from skills.errors import RolefitError
from worker.errors.store import TooManyDocumentsError
from worker.settings import Settings


@dataclass(frozen=True, slots=True)
class SentDocument:
    """A document as it came in, or why it cannot be taken; its name is a label and never a path."""

    name: str = field(repr=False)
    content: bytes = field(default=b"", repr=False)
    error: RolefitError | None = None


@dataclass(frozen=True, slots=True)
class SentBatch:
    """Documents that were sent together, each read only when asked for, and the names of files that are none."""

    documents: Iterator[SentDocument]
    passed_over: Sequence[str] = field(default=(), repr=False)


def check_count(count: int, settings: Settings) -> None:
    """Raise TooManyDocumentsError if there are more documents than a batch may have."""
    if count > settings.max_batch_documents:
        raise TooManyDocumentsError(settings.max_batch_documents)

"""What asker and reading process say to each other, as JSON: nothing that comes out of the cage can run outside.

Pictures of pages come out as they are; nothing of ours opens them, only the browser of who sent the document.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import orjson

from skills.document import Document
from skills.errors import RolefitError
from worker.errors.documents import InternalError

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class ReadingRequest:
    """What the reading process is asked, and how much CPU time it has; the content follows apart, as it is.

    In a first try, which has less of it, a document that needs optical recognition is answered with
    CostlyDocumentError; 0 is no first try.
    """

    name: str
    max_pages: int
    max_characters: int
    cpu_seconds: float
    first_try_cpu_seconds: float = 0
    with_places: bool = False


@dataclass(frozen=True, slots=True)
class DrawingRequest:
    """Which of a document's first pages the reading process draws: as many as there are turns, in degrees clockwise.

    It answers with the pictures one after the other, and nothing after the last.
    """

    turns: tuple[float, ...]
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document cannot be read: the code of an error and its sentence."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Either the document or why there is none."""

    document: Document | None = None
    refusal: Refusal | None = None


def write_request(request: ReadingRequest | DrawingRequest) -> bytes:
    """Return what is asked for as it is sent."""
    return orjson.dumps(request)


def read_request(sent: bytes) -> ReadingRequest | DrawingRequest:
    """Return what is asked for as it was meant; who asks is trusted."""
    request = orjson.loads(sent)
    return DrawingRequest(**request) if "turns" in request else ReadingRequest(**request)


def write_answer(answer: Document | RolefitError) -> bytes:
    """Return an answer as it is sent."""
    if isinstance(answer, RolefitError):
        return orjson.dumps(Answer(refusal=Refusal(answer.code, str(answer))))
    return orjson.dumps(Answer(document=answer))


def _list_errors(root: type[RolefitError]) -> Iterator[type[RolefitError]]:
    for error in root.__subclasses__():
        yield error
        yield from _list_errors(error)


@cache
def _find_error(code: str) -> type[RolefitError]:
    """Return the error of a code, which is internal if nobody knows it."""
    return next((error for error in _list_errors(RolefitError) if error.code == code), InternalError)


@cache
def _load_answer_type() -> "TypeAdapter[Answer]":
    from pydantic import TypeAdapter  # noqa: PLC0415 - the reading process does without it: 0.1 s and 10 MB

    return TypeAdapter(Answer)


def read_answer(sent: bytes) -> Document | RolefitError:
    """Return an answer as it was meant; raise ValueError if it is none."""
    answer = _load_answer_type().validate_json(sent)
    if answer.refusal:
        error = _find_error(answer.refusal.code)
        return error.__new__(error, answer.refusal.sentence)  # its own `__init__` would write another sentence
    if answer.document is None:
        raise ValueError("neither document nor refusal")
    return answer.document

"""Requests to the reading process and its answers, as JSON: nothing that comes out of the cage can run outside.

Pictures of pages are sent as they are; only the browser of whoever sent the document opens them.
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeGuard

import orjson

from skills.document import Document
from skills.errors import RolefitError
from worker.errors import documents
from worker.errors.documents import InternalError
from worker.reading.formats import Limits

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class ReadingRequest:
    """A document to read, and how much CPU time that may take; its content follows in the next message.

    `first_try_cpu_seconds` is less, and 0 if this is no first try. In a first try the answer for a document that needs
    optical recognition is CostlyDocumentError.
    """

    name: str
    limits: Limits
    cpu_seconds: float
    first_try_cpu_seconds: float = 0


@dataclass(frozen=True, slots=True)
class DrawingRequest:
    """Which of a document's first pages the reading process draws: one for each rotation, in degrees clockwise.

    It answers with the pictures one after the other, and nothing after the last.
    """

    rotations: tuple[float, ...]
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document cannot be read: the code and the sentence of an error."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Either the document or why there is none."""

    document: Document | None = None
    refusal: Refusal | None = None


def write_request(request: ReadingRequest | DrawingRequest) -> bytes:
    """Return a request as it is sent."""
    return orjson.dumps(request)


def read_request(sent: bytes) -> ReadingRequest | DrawingRequest:
    """Return the request that was sent; it is not checked, because whoever asks is trusted."""
    request = orjson.loads(sent)
    if "rotations" in request:
        return DrawingRequest(**request)
    return ReadingRequest(**{**request, "limits": Limits(**request["limits"])})


def write_answer(answer: Document | RolefitError) -> bytes:
    """Return an answer as it is sent."""
    if isinstance(answer, RolefitError):
        return orjson.dumps(Answer(refusal=Refusal(answer.code, str(answer))))
    return orjson.dumps(Answer(document=answer))


def _is_document_error(value: object) -> TypeGuard[type[RolefitError]]:
    return isinstance(value, type) and issubclass(value, RolefitError) and value.__module__ == documents.__name__


# The errors of documents, the only ones that the reading process answers with, by code: of several the first.
ERRORS_BY_CODE = {error.code: error for error in reversed(vars(documents).values()) if _is_document_error(error)}


@cache
def _load_answer_type() -> "TypeAdapter[Answer]":
    from pydantic import TypeAdapter  # noqa: PLC0415 - the reading process does without it: 0.1 s and 10 MB

    return TypeAdapter(Answer)


def read_answer(sent: bytes) -> Document | RolefitError:
    """Return the answer that was sent; raise ValueError if it is none."""
    answer = _load_answer_type().validate_json(sent)
    if answer.refusal:
        error = ERRORS_BY_CODE.get(answer.refusal.code, InternalError)
        return error.__new__(error, answer.refusal.sentence)  # its own `__init__` would write another sentence
    if answer.document is None:
        raise ValueError("neither document nor refusal")
    return answer.document

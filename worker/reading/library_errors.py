"""Turns what libraries raise on damaged files into errors with a code and a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from pypdf.errors import LimitReachedError

from skills.errors import RolefitError
from worker.errors.documents import TooComplexError, UnreadableDocumentError

NO_MEMORY = 2  # lxml's ErrorTypes.ERR_NO_MEMORY: it reports a lack of memory as an XMLSyntaxError with this code


def _lacks_memory(error: Exception) -> bool:
    return isinstance(error, MemoryError) or (isinstance(error, SyntaxError) and getattr(error, "code", 0) == NO_MEMORY)


@contextmanager
def translate_library_errors() -> Iterator[None]:
    """Turn every exception of a library into an error with a code.

    Damaged files make pypdf and python-docx raise AssertionError, TypeError, AttributeError, KeyError, ValueError and
    more besides their own errors, so the except clause is broad; use it around calls of such libraries alone.
    """
    try:
        yield
    except RolefitError:
        raise
    except (RecursionError, LimitReachedError) as error:
        raise TooComplexError from error
    except Exception as error:
        raise (TooComplexError if _lacks_memory(error) else UnreadableDocumentError) from error

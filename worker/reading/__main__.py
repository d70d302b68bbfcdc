"""The reading process: receives documents on a socket and sends back their text, until the other end closes."""

import os
import select
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType

from skills.document import Document
from skills.errors import RolefitError
from worker.errors.documents import TooComplexError
from worker.reading.any_format import draw_content, read_content
from worker.reading.formats import PDF, load_reader
from worker.reading.isolation.cage import lock_in
from worker.reading.isolation.messages import DrawingRequest, ReadingRequest, read_request, write_answer
from worker.reading.isolation.process_limits import (
    MEMORY_BYTES,
    forbid_core_dumps,
    limit_cpu,
    limit_first_try,
    limit_memory,
)
from worker.reading.isolation.sandbox import READY, SOCKET
from worker.reading.language import load_language_model
from worker.reading.library_errors import translate_library_errors


def _end_with_parent() -> None:
    """Wait until the other end closes, as it does however the other process ends; then end, whatever is being read."""
    hangup = select.poll()
    hangup.register(SOCKET, 0)
    hangup.poll()
    os.kill(os.getpid(), signal.SIGKILL)


def _log_fault(kind: type[BaseException], _value: BaseException, _traceback: TracebackType | None) -> None:
    sys.stderr.write(f"reading broke: {kind.__name__}\n")  # a traceback may quote words


def _answer(request: ReadingRequest, content: bytes) -> Document | RolefitError:
    limit_cpu(request.cpu_seconds)
    limit_first_try(request.first_try_cpu_seconds)
    try:
        return read_content(content, name=request.name, limits=request.limits)
    except RolefitError as error:
        return error
    except MemoryError:
        return TooComplexError()
    finally:
        limit_cpu(0)
        limit_first_try(0)


def _draw(request: DrawingRequest, content: bytes) -> Iterator[bytes]:
    """Yield the pictures that can be drawn. A report does not need them, so an error only ends them."""
    limit_cpu(request.cpu_seconds)
    try:
        with translate_library_errors():
            yield from draw_content(content, request.rotations)
    except RolefitError:
        return
    finally:
        limit_cpu(0)


def main() -> None:
    """Answer questions, one after the other."""
    sys.excepthook = _log_fault
    lock_in()
    forbid_core_dumps()
    limit_memory(MEMORY_BYTES)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    load_reader(PDF)  # this and the model now, before anybody waits for a document
    load_language_model()
    with Connection(SOCKET) as parent, suppress(EOFError):
        parent.send_bytes(READY)
        while True:
            request, content = read_request(parent.recv_bytes()), parent.recv_bytes()
            if isinstance(request, ReadingRequest):
                parent.send_bytes(write_answer(_answer(request, content)))
            else:
                for picture in _draw(request, content):
                    parent.send_bytes(picture)
                parent.send_bytes(b"")


if __name__ == "__main__":
    main()

"""Log lines: key=value on stderr, with ids, counts and codes and never a word of a document."""

import logging
import traceback
from types import TracebackType

from structlog.contextvars import merge_contextvars
from structlog.processors import LogfmtRenderer, TimeStamper
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level
from structlog.typing import EventDict, WrappedLogger

FIELDS = ("job", "code", "count", "seconds", "bytes", "attempts")
ORDER = ("time", "level", "event")
OURS = ("service", "worker")
# Celery's lines on single tasks quote tracebacks, and the web server's lines on requests that are not HTTP quote these;
# our own lines say the same without quoting.
SILENCED = ("celery.app.trace", "celery.worker.strategy", "uvicorn.error")


def _name_place(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""


def _name_error(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Keep only the type and the place of an exception, and the first line of a message: the rest may quote words."""
    kind, _, trace = event.pop("exc_info", None) or (None, None, None)
    if kind:
        event.update(error=kind.__name__, at=_name_place(trace))
    event["event"] = event["event"].partition("\n")[0]
    return event


def set_up_logging(level: int = logging.INFO) -> None:
    """Send all log lines of this process to stderr: our own from this level on, those of libraries from WARNING."""
    handler = logging.StreamHandler()
    handler.setFormatter(
        ProcessorFormatter(
            processors=[ProcessorFormatter.remove_processors_meta, LogfmtRenderer(key_order=ORDER)],
            foreign_pre_chain=[
                add_log_level,
                TimeStamper(fmt="iso", key="time"),
                ExtraAdder(FIELDS),
                merge_contextvars,
                _name_error,
            ],
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    for name in SILENCED:
        logging.getLogger(name).setLevel(logging.CRITICAL)

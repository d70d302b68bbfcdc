"""Reading: the bytes of a file come in, a document goes out. The reader of its format runs in a separate process."""

from worker.reading.formats import Limits
from worker.reading.isolation.sandbox import FirstTry, draw_document, read_document

__all__ = ["FirstTry", "Limits", "draw_document", "read_document"]

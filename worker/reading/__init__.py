"""Reading: the bytes of a file become a document, in a process of its own, by the reader of its format."""

from worker.reading.isolation.sandbox import FirstTry, draw_document, read_document

__all__ = ["FirstTry", "draw_document", "read_document"]

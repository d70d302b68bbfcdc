"""Compresses documents that are stored far larger than they were sent, such as members of a zip archive."""

import zlib

MARK = b"\x00packed\x00"
MIN_BYTES = 65_536  # smaller documents save too little
SAMPLE_BYTES = 16_384
WORTHWHILE = 0.5  # of the size: most PDFs are compressed already, and gain nothing
LEVEL = 1  # the fastest


def _is_worthwhile(content: bytes) -> bool:
    middle = len(content) // 2
    sample = content[middle : middle + SAMPLE_BYTES]
    return len(content) >= MIN_BYTES and len(zlib.compress(sample, LEVEL)) < WORTHWHILE * len(sample)


def pack(content: bytes) -> bytes:
    """Return a document as it is stored: packed if that saves at least half, else as it is."""
    if content.startswith(MARK) or _is_worthwhile(content):
        return MARK + zlib.compress(content, LEVEL)
    return content


def unpack(stored: bytes) -> bytes:
    """Return a document from what is stored."""
    return zlib.decompress(stored[len(MARK) :]) if stored.startswith(MARK) else stored

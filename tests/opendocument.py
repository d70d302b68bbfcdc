"""Builds fictional OpenDocument text."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "style": "style", "fo": "xsl-fo-compatible",
        "draw": "drawing", "svg": "svg-compatible",
    }.items()
)  # fmt: skip
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def build_odt(body: str, *, styles: str = "", manifest: str = "", doctype: str = "", pages: str = "") -> bytes:
    """Return OpenDocument text with this body, styles of its own, and layouts of its pages."""
    content = (
        f'<?xml version="1.0"?>{doctype}<office:document-content {NAMES}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODT_TYPE, compress_type=0)
        archive.writestr("content.xml", content)
        archive.writestr("styles.xml", f"<office:document-styles {NAMES}>{pages}</office:document-styles>")
        archive.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


def build_flat_odt(body: str, *, styles: str = "", doctype: str = "") -> bytes:
    """Return OpenDocument text in a single file of XML."""
    return (
        f'<?xml version="1.0"?>{doctype}\n<office:document {NAMES} office:mimetype="{ODT_TYPE}">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text>"
        "</office:body></office:document>"
    ).encode()

"""Signs in a file's bytes by which formats are recognised, whatever the file is called."""

import codecs
import re

# Readers accept a PDF whose header comes this late (PDF 1.7, appendix H.3, note 13).
HEADER_BYTES = 1024
ZIP_START = b"PK\x03\x04"
EMPTY_ZIP_START = b"PK\x05\x06"
SIGN_BYTES = 4  # of either
# An archive contains the names of its members uncompressed, even where it is cut off or damaged.
WORD_PART = re.compile(rb"word/document\d*\.xml")
# The container of old Office files, and of new ones that are encrypted; it names its streams in UTF-16.
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
OLD_WORD_STREAM = "WordDocument".encode("utf-16-le")

OPEN_DOCUMENT_TYPE = b"application/vnd.oasis.opendocument.text"
TYPE_BYTES = 100
FLAT_DOCUMENT = re.compile(rb"<office:document\s[^<>]*mimetype=['\"]%b['\"]" % re.escape(OPEN_DOCUMENT_TYPE))
PAGES_PART = b"Index/Document.iwa"
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
# What a page, or a part of one, begins with.
HTML_START = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*"
    r"(?:<!doctype\s+html|<(?:html|head|body|div|section|main|article|table|h1)[\s>])",
    re.IGNORECASE | re.DOTALL,
)
SAVED_PAGE_START = re.compile(rb"[A-Z][\w-]+: ")
SAVED_PAGE_TYPE = re.compile(rb"^Content-Type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
BEGINNING_BYTES = 64 * 1024  # comments may stand before a page, and many heads before its parts
MARKDOWN_HEADING = re.compile(r"^ {0,3}#{1,6} +\S", re.MULTILINE)
MARKDOWN_MARK = re.compile(
    r"\*\*[^*\n]{1,300}\*\*|(?<!\w)__[^_\n]{1,300}__(?!\w)|\[[^\]\n]{1,200}\]\(https?://[^)\s]{1,300}\)"
)
MIN_MARKS = 2

BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# Text has none of these, except the sign with which old systems end a file; other files soon have one.
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
# Files of characters that people do not read as they are.
MARKUP = re.compile(r"\s*(?:\{\\rtf|%!PS|<!doctype|<html|<\?xml|<svg)", re.IGNORECASE)


def has_pdf_header(content: bytes) -> bool:
    """Return whether the bytes are a PDF; an archive may hold one uncompressed and is none."""
    return b"%PDF-" in content[:HEADER_BYTES] and not is_zip(content)


def is_word(content: bytes) -> bool:
    """Return whether the bytes are a Word document of 2007 or later."""
    return content.startswith(ZIP_START) and bool(WORD_PART.search(content))


def is_ole(content: bytes) -> bool:
    """Return whether the bytes are in the container of old or of encrypted Office files."""
    return content.startswith(OLE_START)


def is_encrypted_office(content: bytes) -> bool:
    """Return whether the bytes are an Office file that asks for a password."""
    return is_ole(content) and ENCRYPTED_STREAM in content


def is_old_word(content: bytes) -> bool:
    """Return whether the bytes are a Word document as it was saved before 2007."""
    return is_ole(content) and OLD_WORD_STREAM in content


def is_open_document(content: bytes) -> bool:
    """Return whether the bytes are OpenDocument text, which names its type first (OpenDocument 1.3, part 2, 3.3)."""
    return is_flat_document(content) or (content.startswith(ZIP_START) and OPEN_DOCUMENT_TYPE in content[:TYPE_BYTES])


def is_flat_document(content: bytes) -> bool:
    """Return whether the bytes are OpenDocument text in a single XML file (OpenDocument 1.3, part 3, 3.1.2)."""
    return content.lstrip()[:1] == b"<" and bool(FLAT_DOCUMENT.search(content[:BEGINNING_BYTES]))


def is_pages(content: bytes) -> bool:
    """Return whether the bytes are a document of Apple's Pages."""
    return content.startswith(ZIP_START) and PAGES_PART in content


def is_zip(content: bytes) -> bool:
    """Return whether the bytes are a zip archive, also one without members."""
    return content.startswith((ZIP_START, EMPTY_ZIP_START))


def is_png(content: bytes) -> bool:
    """Return whether the bytes are a PNG."""
    return content.startswith(b"\x89PNG\r\n\x1a\n")


def is_jpeg(content: bytes) -> bool:
    """Return whether the bytes are a JPEG."""
    return content.startswith(b"\xff\xd8\xff")


def is_webp(content: bytes) -> bool:
    """Return whether the bytes are a WebP picture."""
    return content.startswith(b"RIFF") and content[8:12] == b"WEBP"


def is_heic(content: bytes) -> bool:
    """Return whether the bytes are a picture of an iPhone."""
    return content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS


def is_tiff(content: bytes) -> bool:
    """Return whether the bytes are a TIFF."""
    return content.startswith((b"II*\x00", b"MM\x00*"))


def is_rtf(content: bytes) -> bool:
    """Return whether the bytes are RTF."""
    return content[:HEADER_BYTES].lstrip().startswith(b"{\\rtf")


def is_html(content: bytes) -> bool:
    """Return whether the bytes are a web page, or a part of one."""
    beginning = content[:BEGINNING_BYTES]
    encoding = next((name for mark, name in BYTE_ORDER_MARKS.items() if content.startswith(mark)), "latin-1")
    text = beginning.decode(encoding, "ignore") if b"<" in beginning else ""
    return bool(HTML_START.match(text)) and "\0" not in text


def is_saved_page(content: bytes) -> bool:
    """Return whether the bytes are a web page that a browser saved with its parts in one file."""
    beginning = content[:BEGINNING_BYTES]
    return bool(SAVED_PAGE_START.match(beginning) and SAVED_PAGE_TYPE.search(beginning))


def is_json_resume(content: bytes) -> bool:
    """Return whether the bytes are JSON Resume."""
    return content[:HEADER_BYTES].removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{") and b'"basics"' in content


def is_markdown(content: bytes) -> bool:
    """Return whether the bytes are text with Markdown's headings, or with several other marks of it."""
    text = _decode(content) or ""
    return bool(MARKDOWN_HEADING.search(text)) or len(MARKDOWN_MARK.findall(text)) >= MIN_MARKS


def _decode(content: bytes) -> str | None:
    """Return the characters of UTF-8, UTF-16 with its mark, or Windows-1252, the first that fits."""
    encoding = next((name for mark, name in BYTE_ORDER_MARKS.items() if content.startswith(mark)), None)
    for candidate in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            text = content.decode(candidate)
        except UnicodeDecodeError:
            continue
        if not CONTROLS.search(text) and not MARKUP.match(text):
            return text
    return None


def is_text(content: bytes) -> bool:
    """Return whether the bytes are plain text."""
    return _decode(content) is not None


def decode_text(content: bytes) -> str:
    """Return plain text; bytes that are none give an empty string."""
    return _decode(content) or ""

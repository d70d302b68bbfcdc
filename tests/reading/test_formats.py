"""Every format gives the text that a person sees of it, and hostile files of it get a typed answer."""

import json
import re
import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree
from PIL import Image

from skills.document import Document
from skills.errors import RolefitError
from tests.opendocument import ODT_TYPE, build_flat_odt, build_odt
from tests.resumes import RESUME_TEXT
from tests.scans import draw_page
from tests.word import build_docx, replace_part
from worker.errors.documents import ArchiveError, EncryptedDocumentError, PagesError, TooComplexError, TooManyPagesError
from worker.pipeline import read_resume
from worker.reading.formats import recognise_format
from worker.reading.library_errors import translate_library_errors
from worker.reading.picture.reader import draw_picture
from worker.settings import Settings


def read(content: bytes, *, max_pages: int = 9) -> Document:
    return read_resume(content, name="cv", settings=Settings(max_pages=max_pages, max_characters=200_000))


def build_picture(kind: str = "PNG", **options: object) -> bytes:
    buffer = BytesIO()
    draw_page(RESUME_TEXT.partition("\n\nExperience")[0]).save(buffer, kind, **options)
    return buffer.getvalue()


def claim_png(side: int) -> bytes:
    """Return a PNG whose head claims a picture of so many pixels a side."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_opendocument_is_read_in_the_order_of_the_page() -> None:
    body = (
        '<text:h text:outline-level="1">Ada<text:tab/>Lima</text:h><text:list><text:list-item><text:p>Trained '
        "<text:span>models</text:span></text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell>"
        "<text:p>2020</text:p></table:table-cell><table:table-cell><text:p>Baker</text:p></table:table-cell>"
        "</table:table-row></table:table><text:tracked-changes><text:p>Struck out</text:p></text:tracked-changes>"
    )
    document = read(build_odt(body))
    assert document.text == "Ada Lima\nTrained models\n2020 Baker"
    assert document.lines[0].style.level == 1


def test_an_encrypted_opendocument_says_so() -> None:
    with pytest.raises(EncryptedDocumentError):
        read(build_odt("<text:p>x</text:p>", manifest="<manifest:encryption-data/>"))


def test_html_is_read_as_a_browser_shows_it() -> None:
    page = (
        "<!doctype html><html><head><title>x</title><style>.gone{display:none} .row{display:flex}</style>"
        "<script>document.write('Haskell')</script></head><body><h1>Ada <b>Lima</b></h1><p>Trained\nmodels<br>in Python"
        "<div class=row><div>Baker</div><div>2020</div></div><table><tr><td>Go<td>Rust</table><ul><li>Wrote tests</ul>"
        "<p class=gone>Kubernetes</p><p style='color:#fff'>Terraform Haskell</p>"
        "<p style='opacity:0'>Elixir Erlang</p><p style='font-size:0'>Prolog Fortran</p>"
        "<p style='background:#000'><span style='color:white'>Docker</span></p><img src=http://example.com/x.png></html>"
    )
    document = read(page.encode())
    assert document.text == "Ada Lima\nTrained models\nin Python\nBaker 2020\nGo Rust\nWrote tests\nDocker"
    assert document.lines[0].style.level == 1
    assert {warning.reason: warning.excerpt for warning in document.warnings} == {
        "marked-hidden": "Kubernetes",
        "ground-colour": "Terraform Haskell",
        "transparent": "Elixir Erlang",
        "tiny": "Prolog Fortran",
    }


@pytest.mark.parametrize(
    "style",
    [
        "@media (max-width: 600px) {.side{display:none}}",
        "@media print {.side{display:none}}",
        "@media screen and (max-width:60em){p{color:red} .side{visibility:hidden}}",
        "div.side{background:#123} .side{color:#fff}",
        "body > div{background-color:navy} .side{color:white}",
    ],
)
def test_what_a_wide_screen_shows_of_html_is_read(style: str) -> None:
    document = read(f"<html><style>{style}</style><body><div class=side>Python, Kafka</div></html>".encode())
    assert (document.text, document.warnings) == ("Python, Kafka", ())


@pytest.mark.parametrize("rule", ["@media screen {.side{display:none}}", "@media all{.side{display:none}}"])
def test_what_every_screen_hides_of_html_is_left_out(rule: str) -> None:
    page = f"<html><style>{rule}</style><body><p>Ada Lima<div class=side>Python, Kafka</div></html>"
    assert read(page.encode()).text == "Ada Lima"


def test_markdown_is_read_without_its_marks() -> None:
    text = "# Ada Lima\n**Baker** | *Crumb*\n_Jan 2020 - Present_\n\n* Wrote `Python`\n\n| A | B |\n|---|---|\n|c|d|"
    document = read(text.encode())
    assert document.text == "Ada Lima\nBaker | Crumb\nJan 2020 - Present\nWrote Python\nA B\nc d"
    assert document.media_type == "text/markdown"


def test_rtf_is_read_without_what_it_hides() -> None:
    head, row = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\b Ada Lima\b0\par ", rb"\par 2020\cell Baker\cell\row}"
    rtf = head + rb"Caf\'e9 {\v Kubernetes}Python" + row
    document = read(rtf)
    assert document.text.split("\n") == ["Ada Lima", "Caf\u00e9 Python", "2020|Baker"]
    assert [warning.reason for warning in document.warnings] == ["marked-hidden"]


def test_json_resume_is_read_as_a_page_of_it() -> None:
    resume = {
        "basics": {"name": "Ada Lima", "summary": "Bakes models."},
        "work": [{"name": "Crumb", "position": "Baker", "startDate": "2020-01", "highlights": ["Wrote tests"]}],
        "education": [{"studyType": "BSc", "area": "Physics", "institution": "Delta", "endDate": "2019"}],
        "skills": [{"name": "Languages", "keywords": ["Python", "Go"]}],
    }
    assert read(json.dumps(resume).encode()).text.split("\n") == [
        "Ada Lima", "Summary", "Bakes models.", "Work Experience", "Baker, Crumb", "2020-01 - Present", "- Wrote tests",
        "Education", "BSc in Physics, Delta, 2019", "Skills", "Languages: Python, Go",
    ]  # fmt: skip


def test_json_resume_with_texts_in_place_of_lists_and_entries_is_read() -> None:
    resume = {
        "basics": {"name": "Ada Lima"},
        "work": [{"company": "Crumb", "position": "Baker", "startDate": 2020, "highlights": "Wrote tests"}],
        "projects": [{"name": "Mapa", "technologies": ["Rust"], "keywords": None}],
        "skills": ["Python", {"name": "Cloud", "keywords": "AWS"}, {"name": "Data", "keywords": [{"name": "Kafka"}]}],
        "languages": {"Native": ["Portuguese"]},
    }
    assert read(json.dumps(resume).encode()).text.split("\n") == [
        "Ada Lima", "Work Experience", "Baker, Crumb", "2020 - Present", "- Wrote tests", "Projects", "Mapa", "Rust",
        "Skills", "Python", "Cloud: AWS", "Data: Kafka", "Languages", "Native: Portuguese",
    ]  # fmt: skip


def test_what_site_generators_keep_before_markdown_is_not_read_but_for_title_and_name() -> None:
    matter = b"---\nlayout: resume\ntitle: 'Quilla Brandvold'\ntags: [Kubernetes]\nkeywords:\n  - Haskell\n---\n"
    text = read(matter + b"# Experience\n\nData Scientist, Fernmark\n\n---\n\nTrained models with PyTorch.\n").text
    assert text.split("\n") == [
        "Quilla Brandvold",
        "Experience",
        "Data Scientist, Fernmark",
        "Trained models with PyTorch.",
    ]


def test_an_archive_that_holds_a_pdf_as_it_is_is_no_pdf() -> None:
    archive = BytesIO()
    with ZipFile(archive, "w") as files:
        files.writestr("cv.pdf", b"%PDF-1.7\n")
    with pytest.raises(ArchiveError):
        recognise_format(archive.getvalue())


def test_html_within_markdown_is_read_as_it_is_shown() -> None:
    text = "# Ada Lima\n<div align=center>Baker<br>2020</div>\n\n~~Java~~ Go <span style='color:#fff'>Kubernetes</span>"
    document = read(text.encode())
    assert document.text == "Ada Lima\nBaker\n2020\nJava Go"
    assert [warning.reason for warning in document.warnings] == ["ground-colour"]


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("HEIF", "image/heic")])
def test_a_picture_of_a_page_is_read(kind: str, media_type: str) -> None:
    if kind == "HEIF":
        pytest.importorskip("pillow_heif").register_heif_opener()
    document = read(build_picture(kind))
    assert (document.read_with, document.media_type) == ("ocr", media_type)
    assert document.text.startswith(RESUME_TEXT.split("\n", maxsplit=1)[0])


def test_a_picture_of_sixty_thousand_greys_keeps_its_letters() -> None:
    page = draw_page("SKILLS\nPython")
    deep = Image.frombytes("I;16", page.size, b"".join(bytes((level, level)) for level in page.tobytes()))
    buffer = BytesIO()
    deep.save(buffer, "PNG")
    [drawn] = draw_picture(buffer.getvalue(), [0])
    assert drawn.convert("L").tobytes() == page.tobytes()


def test_a_tiff_of_several_pages_is_read_page_by_page() -> None:
    content = build_picture("TIFF", save_all=True, append_images=[draw_page("SKILLS\nPython")])
    document = read(content)
    assert document.pages == 2
    assert document.text.endswith("SKILLS\nPython")
    with pytest.raises(TooManyPagesError):
        read(content, max_pages=1)


def test_a_document_with_macros_is_read_and_they_never_run() -> None:
    buffer = BytesIO()
    with ZipFile(BytesIO(build_docx(RESUME_TEXT))) as old, ZipFile(buffer, "w") as new:
        for member in old.namelist():
            part = old.read(member)
            main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
            new.writestr(member, part.replace(main, b"application/vnd.ms-word.document.macroEnabled.main+xml"))
    assert read(buffer.getvalue()).text == read(build_docx(RESUME_TEXT)).text


@pytest.mark.parametrize(("name", "error"), [("Index/Document.iwa", PagesError()), ("cv.pdf", ArchiveError())])
def test_files_that_hold_a_document_say_what_to_do(name: str, error: RolefitError) -> None:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr(name, b"x")
    with pytest.raises(RolefitError, match=re.escape(str(error))):
        read(buffer.getvalue())


def add_parts(content: bytes, parts: int) -> bytes:
    """Return an archive with so many more members, all empty."""
    buffer = BytesIO(content)
    with ZipFile(buffer, "a") as archive:
        for number in range(parts):
            archive.writestr(str(number), b"")
    return buffer.getvalue()


def build_frames(kind: str, frames: int) -> bytes:
    """Return a file of so many small pictures, each of another grey."""
    first, *others = (Image.new("RGB", (8, 8), (number, number, number)) for number in range(frames))
    buffer = BytesIO()
    first.save(buffer, kind, save_all=True, append_images=others)
    return buffer.getvalue()


BOMB = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
MHTML = b"From: x\nContent-Type: multipart/related; boundary=%s\n"
HOSTILE = {
    "html of a million tags": b"<html>" + b"<p>" * 1_000_000,
    "html nested without end": b"<html>" + b"<div>" * 500_000 + b"x",
    "html of comments": b"<html>" + b"<!--" * 500_000,
    "html of attributes": b"<html><p " + b"".join(b"a%d=x " % number for number in range(30_000)) + b">x",
    "html of rules": b"<html><style>" + b"a{" * 200_000 + b"@media print {" * 50_000 + b"</style><p>x",
    "html of media": b"<html><style>" + b"@media " * 50_000 + b"</style><p>x",
    "html of backward selectors": b"<html><style>p ~ p ~ p ~ b{color:red}</style>" + b"<p>x</p>" * 20_000,
    "html of lengths": b"<html><p style='left:" + b"9" * 100_000 + b"px;font-size:" + b"-." * 10_000 + b"'>x",
    "mhtml of parts": MHTML % b"x" + b"\n--x\nContent-Type: text/css\n\n" * 2_500,
    "mhtml of levels": b"".join(MHTML % str(level).encode() + b"\n--%d\n" % level for level in range(400)),
    "html cut short": b"<html><body><p class='",
    "rtf of groups": b"{\\rtf1 " + b"{" * 1_000_000,
    "rtf of hidden marks": b"{\\rtf1 " + b"\\v " * 500_000,
    "odt that inflates": build_odt("<text:p>" + "x" * 60_000_000 + "</text:p>"),
    "fodt of entities": build_flat_odt("<text:p>&a;&f;</text:p>", doctype=BOMB),
    "odt nested": build_odt("<text:section>" * 200_000 + "</text:section>" * 200_000),
    "odt of many parts": add_parts(build_odt("<text:p>x</text:p>"), 5_000),
    "odt cut short": build_odt("<text:p>x</text:p>")[:200],
    "odt that is no zip": b"PK\x03\x04" + bytes(26) + b"mimetype" + ODT_TYPE.encode() + bytes(100),
    "json nested": b'{"basics":' + b"[" * 500_000,
    "json of lines without end": b'{"basics": {}, "work": [{"highlights": [' + b'"a",' * 300_000 + b'"b"]}]}',
    "json of another shape": b'{"basics": [1, 2], "work": {"a": 1}, "skills": "x"}',
    "markdown nested": b"# x\n" + b"> " * 20_000 + b"x",
    "markdown of brackets": b"# x\n" + b"[" * 50_000,
    "png of claims": claim_png(30_000),
    "png cut short": build_picture()[:500],
    "tiff of many pages": build_frames("TIFF", 60),
    "webp of many pictures": build_frames("WEBP", 60),
    "docx with a bomb as theme": replace_part(build_docx("x"), "word/theme/theme1.xml", BOMB.encode() + b"<a>&b;</a>"),
    "tiff without pages": b"II*\x00" + bytes(20),
    "heic without a picture": b"\x00\x00\x00\x18ftypheic" + bytes(40),
    "webp cut short": b"RIFF\x10\x00\x00\x00WEBPVP8 ",
}  # fmt: skip


ANSWERS = {"unreadable", "too-complex", "too-many-pages", "no-text", "timed-out", "unsupported-language"}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_answered_and_harms_no_other(content: bytes) -> None:
    try:
        read(content)
    except RolefitError as error:
        assert error.code in ANSWERS  # noqa: PT017
    assert read(RESUME_TEXT.encode()).text


def test_entities_of_an_opendocument_are_not_spelt_out() -> None:
    document = read(build_odt("<text:p>Ada &a; &f;</text:p>", doctype=BOMB))
    assert "lol" not in document.text
    assert "root:" not in document.text


def test_a_picture_with_too_many_pixels_is_told_so() -> None:
    with pytest.raises(TooComplexError, match="pixels"):
        read(claim_png(30_000))


def test_a_transparent_picture_stands_on_white() -> None:
    page = draw_page("SKILLS\nPython and Kubernetes")
    ink = Image.new("RGBA", page.size, (0, 0, 0, 255))
    ink.putalpha(page.point(lambda level: 255 - level))
    buffer = BytesIO()
    ink.save(buffer, "PNG")
    assert "Python and Kubernetes" in read(buffer.getvalue()).text


def test_a_lack_of_memory_that_the_xml_parser_reports_is_no_damage() -> None:
    error = etree.XMLSyntaxError("no memory", etree.ErrorTypes.ERR_NO_MEMORY, 0, 0)
    with pytest.raises(TooComplexError), translate_library_errors():
        raise error

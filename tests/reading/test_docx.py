"""A Word document is read as a person sees it."""

import re
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from skills.document import Document
from skills.errors import RolefitError
from tests.resumes import RESUME_TEXT, build_pdf
from tests.word import add_xml, build_docx, replace_part, save, set_properties, shade
from worker.errors.documents import EncryptedDocumentError, NoTextError, TooComplexError, UnreadableDocumentError
from worker.pipeline import read_resume, score_document
from worker.settings import Settings

BOX = "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"
ALTERNATIVES = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp>{shape}<wps:txbx>{box}</wps:txbx>"
    "</wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)
WHITE = '<w:color w:val="FFFFFF"/>'


def read(content: bytes, *, max_characters: int = 200_000) -> Document:
    return read_resume(content, name="cv.docx", settings=Settings(max_pages=30, max_characters=max_characters))


def test_the_same_words_give_the_same_report_as_the_pdf() -> None:
    word, pdf = (score_document(build(RESUME_TEXT), name="cv") for build in (build_docx, build_pdf))
    assert word.document.media_type.endswith("wordprocessingml.document")
    assert word.text == pdf.text
    assert word.verdict == pdf.verdict
    assert [role.score for role in word.roles] == [role.score for role in pdf.roles]


def test_parts_are_read_in_the_order_of_the_document() -> None:
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "Quilla Brandvold"
    word.sections[0].footer.paragraphs[0].text = "Page 1"
    word.add_heading("Skills")
    word.add_paragraph("Python", style="List Bullet")
    link = "<w:hyperlink><w:r><w:t>brandvold.example.org</w:t></w:r></w:hyperlink>"
    add_xml(word.add_paragraph("See "), link)
    table = word.add_table(2, 2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["Keras", "2 years", "SQL", "3 years"], strict=True
    ):
        cell.text = text
    word.add_paragraph("one\ttwo\nthree")
    assert read(save(word)).text.split("\n") == [
        "Quilla Brandvold",
        "Skills",
        "Python",
        "See brandvold.example.org",
        "Keras 2 years",
        "SQL 3 years",
        "one two",
        "three",
        "Page 1",
    ]


def test_a_table_used_as_columns_is_read_one_cell_after_the_other() -> None:
    word = docx.Document()
    left, right = word.add_table(1, 2).rows[0].cells
    left.text, right.text = "Skills\nPython", "Experience\nEngineer\nFernmark"
    right.add_table(1, 2).rows[0].cells[0].text = "inner"
    assert read(save(word)).text.split("\n") == ["Skills", "Python", "Experience", "Engineer", "Fernmark", "inner"]


def test_a_text_box_is_read_once_after_the_paragraph_it_hangs_on() -> None:
    word = docx.Document()
    add_xml(word.add_paragraph("before"), ALTERNATIVES.format(shape="", box=BOX.format("boxed")))
    word.add_paragraph("after")
    add_xml(
        word.add_paragraph(),
        f"<w:r><w:pict><v:shape><v:textbox>{BOX.format('old')}</v:textbox></v:shape></w:pict></w:r>",
    )
    assert read(save(word)).text.split("\n") == ["before", "boxed", "after", "old"]


def test_content_controls_and_accepted_changes_are_read_and_deleted_words_are_not() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("Knows ")
    add_xml(paragraph, "<w:sdt><w:sdtContent><w:r><w:t>Python</w:t></w:r></w:sdtContent></w:sdt>")
    add_xml(paragraph, "<w:ins w:id='1'><w:r><w:t xml:space='preserve'> and SQL</w:t></w:r></w:ins>")
    add_xml(paragraph, "<w:del w:id='2'><w:r><w:delText>Java</w:delText></w:r></w:del>")
    add_xml(paragraph, "<w:moveFrom w:id='3'><w:r><w:t>Perl</w:t></w:r></w:moveFrom>")
    assert read(save(word)).text == "Knows Python and SQL"


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ("<w:vanish/>", "marked-hidden"),
        (WHITE, "ground-colour"),
        ('<w:color w:val="FEFEFE"/>', "ground-colour"),
        ('<w:sz w:val="2"/>', "tiny"),
    ],
    ids=["vanish", "white", "nearly white", "tiny"],
)
def test_hidden_text_is_left_out_and_reported_with_the_reason(properties: str, reason: str) -> None:
    word = docx.Document()
    set_properties(word.add_paragraph("Seen ").add_run("Kubernetes Kubernetes"), properties)
    document = read(save(word))
    assert document.text == "Seen"
    (warning,) = document.warnings
    assert (warning.code, warning.page, warning.reason) == ("hidden-text", 1, reason)
    assert (warning.characters, warning.excerpt) == (20, "Kubernetes Kubernetes")


def test_text_hidden_by_the_style_of_a_style_is_left_out() -> None:
    word = docx.Document()
    base = word.styles.add_style("Secret", WD_STYLE_TYPE.PARAGRAPH)
    base.font.hidden = True
    derived = word.styles.add_style("More Secret", WD_STYLE_TYPE.PARAGRAPH)
    derived.base_style = base
    paragraph = word.add_paragraph("Kubernetes", style="More Secret")
    set_properties(paragraph.add_run(" seen"), '<w:vanish w:val="0"/>')
    assert read(save(word)).text == "seen"


def test_coloured_text_in_a_cell_without_shading_is_read() -> None:
    word = docx.Document()
    for cell in word.add_table(1, 2).rows[0].cells:
        set_properties(cell.paragraphs[0].add_run("Kafka"), '<w:color w:val="1F4E79"/>')
    assert read(save(word)).text == "Kafka Kafka"


def test_white_text_on_a_dark_cell_or_box_is_seen() -> None:
    word = docx.Document()
    cell = word.add_table(1, 1).rows[0].cells[0]
    set_properties(cell.paragraphs[0].add_run("in a cell"), WHITE)
    shade(cell, "1F3864")
    white = BOX.replace("<w:t>", f"<w:rPr>{WHITE}</w:rPr><w:t>").format("in a box")
    fill = "<wps:spPr><a:solidFill><a:srgbClr val='1F3864'/></a:solidFill></wps:spPr>"
    add_xml(word.add_paragraph(), ALTERNATIVES.format(shape=fill, box=white))
    set_properties(word.add_paragraph().add_run("highlighted"), f'{WHITE}<w:highlight w:val="black"/>')
    document = read(save(word))
    assert document.text.split("\n") == ["in a cell", "in a box", "highlighted"]
    assert document.warnings == ()


def test_an_archive_that_inflates_to_too_much_is_too_complex() -> None:
    bomb = replace_part(build_docx("word"), "word/media/image1.png", bytes(51_000_000))
    assert len(bomb) < 200_000
    with pytest.raises(TooComplexError):
        read(bomb)


def test_a_document_that_fills_the_memory_is_too_complex() -> None:
    with ZipFile(BytesIO(build_docx("word"))) as archive:
        part = archive.read("word/document.xml")
    bomb = replace_part(
        build_docx("word"), "word/document.xml", part.replace(b"</w:body>", b"<w:p/>" * 7_000_000 + b"</w:body>")
    )
    with pytest.raises(TooComplexError):
        read(bomb)
    assert read(build_docx("word")).text == "word"


def test_entities_of_entities_are_not_spelt_out() -> None:
    entities = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 10))
    with ZipFile(BytesIO(build_docx("word"))) as archive:
        part = archive.read("word/document.xml").decode()
    laughs = re.sub(r"\?>", f"?><!DOCTYPE x [<!ENTITY e0 'lol'>{entities}]>", part, count=1).replace(
        "word</w:t>", "w&e9;</w:t>"
    )
    with pytest.raises(RolefitError) as caught:
        read(replace_part(build_docx("word"), "word/document.xml", laughs.encode()))
    assert caught.value.code in {"unreadable", "no-text"}


@pytest.mark.parametrize("size", [3000, 10_000, 30_000])
def test_a_document_cut_short_is_unreadable(size: int) -> None:
    with pytest.raises(UnreadableDocumentError):
        read(build_docx(RESUME_TEXT)[:size])


def test_a_document_without_a_part_is_unreadable() -> None:
    with pytest.raises(UnreadableDocumentError):
        read(replace_part(build_docx("word"), "word/document.xml", b"<x"))


def test_an_empty_document_has_no_text() -> None:
    with pytest.raises(NoTextError):
        read(build_docx(""))


def test_more_text_than_allowed_is_too_complex() -> None:
    with pytest.raises(TooComplexError):
        read(build_docx(RESUME_TEXT), max_characters=100)


def test_an_encrypted_document_says_so() -> None:
    with pytest.raises(EncryptedDocumentError):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))


def test_tables_within_tables_are_read_where_they_stand() -> None:
    word = docx.Document()
    outer = word.add_table(rows=2, cols=2)
    outer.cell(0, 0).text = "Skills"
    outer.cell(0, 1).text = "Languages"
    inner = outer.cell(1, 0).add_table(rows=2, cols=2)
    for number, text in enumerate(["Python", "expert", "SQL", "good"]):
        inner.cell(*divmod(number, 2)).text = text
    outer.cell(1, 1).text = "English"
    assert read(save(word)).text == "Skills Languages\nPython expert\nSQL good\nEnglish"

"""Each line says how it looks, for headings are told by that too."""

import docx
from reportlab.pdfgen.canvas import Canvas

from skills.document import BODY, LineStyle
from tests.drawn import HEIGHT, draw_pages
from tests.resumes import MARGIN
from tests.word import save
from worker.pipeline import read_resume
from worker.settings import Settings


def read_styles(content: bytes) -> dict[str, LineStyle]:
    """Return by line how it looks."""
    document = read_resume(content, name="cv", settings=Settings())
    return {document.text[line.start : line.end]: line.style for line in document.lines}


def draw_headings(canvas: Canvas) -> None:
    lines = [("Helvetica-Bold", 20, "Ada Lima"), ("Helvetica-Bold", 10, "My journey")]
    lines += [("Helvetica", 10, f"Wrote and tested services for {place}") for place in ("a bank", "a shop", "a port")]
    for row, (font, size, text) in enumerate(lines):
        canvas.setFont(font, size)
        canvas.drawString(MARGIN, HEIGHT - MARGIN - 30 * row, text)
    canvas.line(MARGIN, HEIGHT - MARGIN - 34, MARGIN + 400, HEIGHT - MARGIN - 34)


def test_lines_of_a_pdf_tell_size_weight_and_rules() -> None:
    styles = read_styles(draw_pages(draw_headings, resume=False))
    assert styles["Ada Lima"] == LineStyle(size=2.0, bold=True)
    assert styles["My journey"] == LineStyle(bold=True, ruled=True)
    assert styles["Wrote and tested services for a bank"] == BODY


def test_lines_of_a_word_document_tell_their_heading_styles() -> None:
    word = docx.Document()
    word.add_heading("My journey", level=2)
    word.add_paragraph("Wrote and tested services").add_run(" for a bank").bold = True
    word.add_paragraph().add_run("Senior Engineer").bold = True
    styles = read_styles(save(word))
    assert (styles["My journey"].level, styles["My journey"].bold) == (2, True)
    assert styles["Wrote and tested services for a bank"] == BODY
    assert styles["Senior Engineer"].bold

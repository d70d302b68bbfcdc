"""PDFs: turned lines and form fields."""

from collections.abc import Callable
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from tests.drawn import draw_pages, write_out
from tests.reading.seen.case import NAME, POST, SKILLS, Case


def draw(write: Callable[[Canvas], object]) -> bytes:
    """Return a page with a name and whatever else is written on it."""

    def write_name(canvas: Canvas) -> None:
        canvas.drawString(100, 780, NAME)
        write(canvas)

    return draw_pages(write_name, resume=False)


def turn(degrees: int) -> bytes:
    """Return a page with a line that runs upwards or downwards."""

    def write(canvas: Canvas) -> None:
        canvas.drawString(100, 760, POST)
        canvas.translate(60, 400)
        canvas.rotate(degrees)
        canvas.drawString(0, 0, SKILLS)

    return draw(write)


def add_field(kind: str, value: object, **keys: object) -> bytes:
    """Return a page with a form field that its file leaves to viewers to draw."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(draw(lambda _: None))))
    field = DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"),
        NameObject("/Subtype"): NameObject("/Widget"),
        NameObject("/Rect"): ArrayObject(map(NumberObject, (100, 700, 400, 720))),
        NameObject("/FT"): NameObject(kind),
        NameObject("/V"): value,
    })  # fmt: skip
    field.update({NameObject(f"/{key}"): item for key, item in keys.items()})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([field])
    return write_out(writer)


def make_stream(content: bytes) -> StreamObject:
    stream = StreamObject()
    stream.set_data(content)
    return stream


OPTIONS = ArrayObject(
    ArrayObject(map(TextStringObject, pair)) for pair in (("k1", "Kubernetes"), ("k2", "Terraform"), ("k3", "Cobol"))
)
EMPTY = DictionaryObject({NameObject("/N"): make_stream(b"/Tx BMC EMC")})

PDFS = {
    "a line that runs upwards": Case(turn(90), f"{POST}\n{SKILLS}"),
    "a line that runs downwards": Case(turn(-90), f"{POST}\n{SKILLS}"),
    "the choice that a list shows": Case(add_field("/Ch", TextStringObject("k2"), Opt=OPTIONS), "Terraform"),
    "several choices": Case(
        add_field("/Ch", ArrayObject(map(TextStringObject, ("k1", "k2"))), Opt=OPTIONS), "Kubernetes\nTerraform"
    ),
    "a choice that is not on its list": Case(add_field("/Ch", TextStringObject("Haskell"), Opt=OPTIONS), "Haskell"),
    "a long value in a stream": Case(add_field("/Tx", make_stream(SKILLS.encode())), SKILLS),
    "a value that its appearance does not show": Case(add_field("/Tx", TextStringObject(SKILLS), AP=EMPTY), SKILLS),
}

"""Draws fictional résumés in ways that hide text, and in ways that only look like it."""

from collections.abc import Callable
from io import BytesIO
from typing import Literal

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)
from pypdfium2 import PdfDocument
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.resumes import LINE_HEIGHT, MARGIN, RESUME_TEXT
from worker.reading.pdf.page import WrittenPage, read_page

WIDTH, HEIGHT = A4
SPOT = (MARGIN, 120)  # free of the résumé's text
CATCHWORDS = "Kubernetes Terraform Haskell"

Draw = Callable[[Canvas], object]


def draw_pages(*draws: Draw, resume: bool = True) -> bytes:
    """Return a page with the résumé, if wanted, and with whatever else is drawn, in that order."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=0)
    for draw in (*([draw_resume] if resume else []), *draws):
        canvas.saveState()
        draw(canvas)
        canvas.restoreState()
    canvas.save()
    return buffer.getvalue()


def draw_resume(canvas: Canvas) -> None:
    for row, line in enumerate(RESUME_TEXT.split("\n")):
        canvas.drawString(MARGIN, HEIGHT - MARGIN - row * LINE_HEIGHT, line)


def write(
    text: str = CATCHWORDS,
    *,
    at: tuple[float, float] = SPOT,
    size: float = 12,
    grey: float = 0,
    mode: Literal[0, 1, 3, 7] = 0,
) -> Draw:
    """Return what writes a line: `grey` runs from 0, black, to 1, white."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(grey)
        canvas.setFont("Helvetica", size)
        canvas.drawString(*at, text, mode=mode)

    return draw


def fill(*, grey: float, at: tuple[float, float] = SPOT, width: float = 300, height: float = 40) -> Draw:
    """Return what fills a rectangle around the spot."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(grey)
        canvas.rect(at[0] - 10, at[1] - 15, width, height, stroke=0, fill=1)

    return draw


def paste(picture: Image.Image, *, box: tuple[float, float, float, float]) -> Draw:
    """Return what draws a picture into a box of left, bottom, width and height."""
    return lambda canvas: canvas.drawImage(ImageReader(picture), *box)


def clip(*, at: tuple[float, float], then: Draw) -> Draw:
    """Return what draws within a rectangle alone."""

    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.rect(*at, 320, 40)
        canvas.clipPath(path, stroke=0, fill=0)
        then(canvas)

    return draw


def fade(alpha: float, then: Draw) -> Draw:
    """Return what draws with the paper shining through: 0 is invisible."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillAlpha(alpha)
        then(canvas)

    return draw


def wrap(before: str, then: Draw, after: str = "EMC") -> Draw:
    """Return what draws between two raw operators."""

    def draw(canvas: Canvas) -> None:
        canvas.addLiteral(before)
        then(canvas)
        canvas.addLiteral(after)

    return draw


def in_form(then: Draw) -> Draw:
    """Return what draws by way of a form."""

    def draw(canvas: Canvas) -> None:
        canvas.beginForm("form")
        then(canvas)
        canvas.endForm()
        canvas.doForm("form")

    return draw


def read_first_page(content: bytes) -> WrittenPage:
    """Return what is read of a page without optical recognition."""
    structure = PdfReader(BytesIO(content)).pages[0]
    return read_page(PdfDocument(content)[0], structure, layers_off=False)


def paint_pattern(content: bytes, text: str = CATCHWORDS) -> bytes:
    """Return a PDF whose first page is painted with a pattern that writes a text once, at the spot."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    page = writer.pages[0]
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    fonts = DictionaryObject({NameObject("/F"): _name_values(font)})
    pattern = StreamObject()
    pattern.set_data(f"BT /F 12 Tf {SPOT[0]} {SPOT[1]} Td ({text}) Tj ET".encode())
    pattern.update(_name_values({"/Type": "/Pattern"}))
    numbers = {"/PatternType": 1, "/PaintType": 1, "/TilingType": 1, "/XStep": int(WIDTH), "/YStep": int(HEIGHT)}
    pattern.update({NameObject(key): NumberObject(value) for key, value in numbers.items()})
    pattern[NameObject("/BBox")] = RectangleObject((0, 0, WIDTH, HEIGHT))
    pattern[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    patterns = DictionaryObject({NameObject("/P"): writer._add_object(pattern)})  # noqa: SLF001 - it has no other way
    page["/Resources"].get_object()[NameObject("/Pattern")] = patterns  # type: ignore[index]
    painted = ContentStream(None, writer)
    drawn = page.get_contents().get_data()  # type: ignore[union-attr] # the page is not empty
    painted.set_data(drawn + f"\n/Pattern cs /P scn 0 0 {WIDTH} {HEIGHT} re f".encode())
    page[NameObject("/Contents")] = writer._add_object(painted)  # noqa: SLF001
    return write_out(writer)


def _name_values(values: dict[str, str]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in values.items()})


def build_nested_pdf(*, levels: int) -> bytes:
    """Return a small PDF whose forms each draw the next one ten times: 10 to the power of `levels` at the end."""

    def draw(canvas: Canvas) -> None:
        canvas.beginForm("form0")
        canvas.drawString(*SPOT, "word")
        canvas.endForm()
        for level in range(levels):
            canvas.beginForm(f"form{level + 1}")
            for _ in range(10):
                canvas.doForm(f"form{level}")
            canvas.endForm()
        canvas.doForm(f"form{levels}")

    return draw_pages(draw)


def scan(lines: list[tuple[float, float, str]]) -> Image.Image:
    """Return a picture of a page with words at these places, as a scanner makes it."""
    picture = Image.new("L", (int(WIDTH) * 2, int(HEIGHT) * 2), 245)
    pen = ImageDraw.Draw(picture)
    for x, y, words in lines:
        pen.text((x * 2, (HEIGHT - y) * 2), words, fill=20, font=ImageFont.load_default(24), anchor="ls")
    return picture


def add_layer(content: bytes, *, shown: bool) -> bytes:
    """Return a PDF of which what is marked /OC /Layer lies in a layer of its own."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    group = {"/Type": NameObject("/OCG"), "/Name": TextStringObject("layer")}
    layer = writer._add_object(DictionaryObject({NameObject(key): value for key, value in group.items()}))  # noqa: SLF001
    names = DictionaryObject({NameObject("/Layer"): layer})
    writer.pages[0]["/Resources"].get_object()[NameObject("/Properties")] = names  # type: ignore[index]
    state = DictionaryObject({NameObject("/ON" if shown else "/OFF"): ArrayObject([layer])})
    layers = DictionaryObject({NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): state})
    writer.root_object[NameObject("/OCProperties")] = layers
    return write_out(writer)


def crop_page(content: bytes, *, bottom: float, rotation: int = 0) -> bytes:
    """Return a PDF of which only what lies above `bottom` is shown, turned clockwise."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.pages[0].cropbox = RectangleObject((0, bottom, WIDTH, HEIGHT))
    writer.pages[0].rotate(rotation)
    return write_out(writer)


def write_out(writer: PdfWriter) -> bytes:
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()

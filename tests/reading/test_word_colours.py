"""In a Word document print of the colour of its ground is hidden and other print is seen, wherever both come from."""

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.shared import RGBColor

from skills.document import Document
from tests.word import NAMES, save, set_properties, shade
from worker.pipeline import read_resume
from worker.reading.word.colours import W
from worker.settings import Settings

WHITE = '<w:color w:val="FFFFFF"/>'


def read(content: bytes) -> Document:
    return read_resume(content, name="cv.docx", settings=Settings())


GROUND = '<w:shd w:val="clear" w:color="auto" w:fill="{}"/>'


def shade_style(word: WordDocument, name: str, *, fill: str, colour: str | None = None) -> None:
    """Add a style of paragraphs with a ground, and with a colour of print if one is given."""
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.get_or_add_pPr().append(parse_xml(GROUND.format(fill).replace("<w:shd", f"<w:shd {NAMES}")))
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)


@pytest.mark.parametrize(
    ("colour", "ground"),
    [
        ("000000", GROUND.format("000000")),
        ("1F3864", GROUND.format("203864")),
        ("FFFF00", '<w:highlight w:val="yellow"/>'),
        ("C00000", '<w:shd w:val="solid" w:color="C00000" w:fill="auto"/>'),
    ],
)
def test_print_of_the_colour_of_its_ground_is_hidden_whatever_the_colour(colour: str, ground: str) -> None:
    word = docx.Document()
    set_properties(word.add_paragraph("Ada Lima").add_run(" Kubernetes"), f'<w:color w:val="{colour}"/>{ground}')
    document = read(save(word))
    assert document.text == "Ada Lima"
    assert [warning.code for warning in document.warnings] == ["hidden-text"]


@pytest.mark.parametrize(("colour", "seen"), [("FFFFFF", True), ("1F3864", False)])
def test_the_ground_of_a_style_counts(colour: str, *, seen: bool) -> None:
    word = docx.Document()
    shade_style(word, "Banner", fill="1F3864", colour=colour)
    word.add_paragraph("Ada Lima")
    word.add_paragraph("Kubernetes", style="Banner")
    assert ("Kubernetes" in read(save(word)).text) is seen


def test_light_print_on_the_dark_ground_of_a_style_based_on_another_is_seen() -> None:
    word = docx.Document()
    shade_style(word, "Dark", fill="000000")
    word.styles.add_style("Darker", WD_STYLE_TYPE.PARAGRAPH).base_style = word.styles["Dark"]
    set_properties(word.add_paragraph(style="Darker").add_run("Kubernetes"), '<w:color w:val="FFFFFF"/>')
    assert read(save(word)).text == "Kubernetes"


@pytest.mark.parametrize(("fill", "seen"), [("1F3864", True), ("", False)])
def test_the_print_of_a_tables_style_is_seen_on_its_own_ground_alone(fill: str, *, seen: bool) -> None:
    word = docx.Document()
    word.add_paragraph("Ada Lima")
    style = word.styles.add_style("Grid", WD_STYLE_TYPE.TABLE)
    style.element.append(parse_xml(f"<w:rPr {NAMES}>{WHITE}</w:rPr>"))
    cell = word.add_table(1, 1, style="Grid").cell(0, 0)
    cell.text = "Kubernetes"
    if fill:
        shade(cell, fill)
    assert ("Kubernetes" in read(save(word)).text) is seen


COLOURS = {"dk1": "000000", "lt1": "FFFFFF", "dk2": "1F497D", "lt2": "EEECE1", "accent1": "4F81BD"}
THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:clrScheme name="x">'
    + "".join(f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in COLOURS.items())
    + "</a:clrScheme></a:themeElements></a:theme>"
)
DARK_THEME = {"bg1": "dark1", "t1": "light1", "bg2": "dark2", "t2": "light2"}


def set_theme(word: WordDocument, *, background: str = "", mapping: dict[str, str] | None = None) -> None:
    """Give a document a theme, and if wanted a page in one of its colours and names that mean others of them."""
    word.part.part_related_by(RELATIONSHIP_TYPE.THEME)._blob = THEME.encode()  # noqa: SLF001 - it has no other way
    settings = word.settings.element
    for name, value in (mapping or {}).items():
        settings.find(f"{W}clrSchemeMapping").set(f"{W}{name}", value)
    if background:
        settings.append(parse_xml(f"<w:displayBackgroundShape {NAMES}/>"))
        word.element.insert(0, parse_xml(f'<w:background {NAMES} w:color="FFFFFF" {background}/>'))


NAVY = 'w:themeFill="text2"'
LIGHT, DARK = 'w:themeColor="background1"', 'w:themeColor="text1"'


@pytest.mark.parametrize(
    ("colour", "fill", "background", "mapping", "seen"),
    [
        (LIGHT, "", "", None, False),
        (DARK, "", "", None, True),
        (LIGHT, NAVY, "", None, True),
        ('w:themeColor="text2"', NAVY, "", None, False),
        ('w:themeColor="text2" w:themeTint="33"', NAVY, "", None, True),
        ('w:themeColor="background1" w:themeShade="80"', "", "", None, True),
        ('w:themeColor="text1" w:themeTint="00"', "", "", None, False),
        (DARK, 'w:themeFill="background1" w:themeFillShade="0D"', "", None, False),
        (LIGHT, "", 'w:themeColor="text2"', None, True),
        ('w:themeColor="dark2"', "", 'w:themeColor="text2"', None, False),
        (LIGHT, "", "", DARK_THEME, True),
        (DARK, "", "", DARK_THEME, False),
        (DARK, "", 'w:themeColor="background1"', DARK_THEME, True),
        ('w:themeColor="unheard-of"', "", "", None, True),
    ],
)
def test_colours_of_the_theme_hide_and_show(
    colour: str,
    fill: str,
    background: str,
    mapping: dict[str, str] | None,
    seen: bool,  # noqa: FBT001
) -> None:
    word = docx.Document()
    set_theme(word, background=background, mapping=mapping)
    shading = f'<w:shd w:val="clear" w:color="auto" w:fill="auto" {fill}/>' if fill else ""
    set_properties(
        word.add_paragraph().add_run("Kubernetes and Terraform"), f'<w:color w:val="auto" {colour}/>{shading}'
    )
    word.add_paragraph("Ada Lima")
    document = read(save(word))
    assert ("Kubernetes" in document.text) is seen
    assert [warning.reason for warning in document.warnings] == ([] if seen else ["ground-colour"])


def test_a_background_that_is_not_shown_hides_nothing_and_shows_nothing() -> None:
    word = docx.Document()
    word.element.insert(0, parse_xml(f'<w:background {NAMES} w:color="1F3864"/>'))
    set_properties(word.add_paragraph("Ada Lima").add_run(" Kubernetes"), WHITE)
    assert read(save(word)).text == "Ada Lima"


def test_light_print_in_the_header_of_a_dark_page_is_seen() -> None:
    word = docx.Document()
    set_theme(word, background='w:themeColor="text2"')
    set_properties(word.sections[0].header.paragraphs[0].add_run("Ada Lima"), WHITE)
    set_properties(word.add_paragraph().add_run("Kubernetes"), WHITE)
    assert read(save(word)).text == "Ada Lima\nKubernetes"

"""OpenDocument text: what its styles, sections and fields show and hide."""

from tests.opendocument import build_flat_odt, build_odt
from tests.reading.seen.case import NAME, SKILLS, Case

PARAGRAPH = f'<text:p text:style-name="P">{SKILLS}</text:p>'
SPAN = f'<text:p><text:span text:style-name="P">{SKILLS}</text:span></text:p>'
WHITE = '<style:text-properties fo:color="#ffffff"/>'
DARK = '<style:{}-properties fo:background-color="#112233"/>'


def write(body: str, look: str = "", *, around: str = "", pages: str = "") -> bytes:
    """Return a name and a body, with the look of the style P and that of the style A, which is around it."""
    styles = f'<style:style style:name="P">{look}</style:style><style:style style:name="A">{around}</style:style>'
    return build_odt(f"<text:p>{NAME}</text:p>{body}", styles=styles, pages=pages)


def lay_out(properties: str) -> str:
    return f'<style:page-layout style:name="x"><style:page-layout-properties {properties}/></style:page-layout>'


def frame(inner: str, *, attributes: str = "") -> str:
    return f'<text:p><draw:frame draw:style-name="A" {attributes}>{inner}</draw:frame></text:p>'


SHOWN = {
    "white in a dark paragraph": write(PARAGRAPH, WHITE + DARK.format("paragraph")),
    "white in a dark cell": write(
        f'<table:table><table:table-row><table:table-cell table:style-name="A">{PARAGRAPH}</table:table-cell>'
        "</table:table-row></table:table>",
        WHITE,
        around=DARK.format("table-cell"),
    ),
    "white in a dark frame": write(
        frame(f"<draw:text-box>{PARAGRAPH}</draw:text-box>"), WHITE, around=DARK.format("graphic")
    ),
    "white in a shape with a gradient": write(
        frame(f"<draw:text-box>{PARAGRAPH}</draw:text-box>"),
        WHITE,
        around='<style:graphic-properties draw:fill="gradient"/>',
    ),
    "white on a dark page": write(PARAGRAPH, WHITE, pages=lay_out('fo:background-color="#112233"')),
    "white on a large picture": write(
        PARAGRAPH + frame("<draw:image/>", attributes='svg:width="21cm" svg:height="29.7cm"'),
        WHITE,
        around='<style:graphic-properties style:run-through="background"/>',
    ),
    "black in a white paragraph": write(
        f'<text:p text:style-name="A"><text:span text:style-name="P">{SKILLS}</text:span></text:p>',
        '<style:text-properties fo:color="#000000"/>',
        around=WHITE,
    ),
    "in a colour that fits any ground": write(
        SPAN, '<style:text-properties fo:color="#ffffff" style:use-window-font-color="true"/>'
    ),
    "under a condition that did not hold": write(
        f'<text:section text:display="condition" text:is-hidden="false">{PARAGRAPH}</text:section>'
    ),
    "as a field that is not hidden": write(
        f'<text:p><text:hidden-text text:is-hidden="false">{SKILLS}</text:hidden-text></text:p>'
    ),
}
HIDDEN = {
    "white": (write(SPAN, WHITE), "ground-colour"),
    "white in a paragraph of its own": (write(PARAGRAPH, WHITE), "ground-colour"),
    "nearly white": (write(SPAN, '<style:text-properties fo:color="#fefefe"/>'), "ground-colour"),
    "white on white of its own": (
        write(SPAN, '<style:text-properties fo:color="#ffffff" fo:background-color="#ffffff"/>'),
        "ground-colour",
    ),
    "yellow on yellow": (
        write(
            PARAGRAPH,
            '<style:paragraph-properties fo:background-color="#ffff00"/><style:text-properties fo:color="#ffff00"/>',
        ),
        "ground-colour",
    ),
    "of one point": (write(SPAN, '<style:text-properties fo:font-size="1pt"/>'), "tiny"),
    "marked as hidden": (write(SPAN, '<style:text-properties text:display="none"/>'), "marked-hidden"),
    "in a hidden section": (write(f'<text:section text:display="none">{PARAGRAPH}</text:section>'), "marked-hidden"),
    "under a condition that held": (
        write(f'<text:section text:display="condition" text:is-hidden="true">{PARAGRAPH}</text:section>'),
        "marked-hidden",
    ),
    "in a hidden paragraph": (
        write(f'<text:p><text:hidden-paragraph text:is-hidden="true"/>{SKILLS}</text:p>'),
        "marked-hidden",
    ),
    "in a hidden row": (
        write(
            '<table:table><table:table-row table:visibility="collapse"><table:table-cell>'
            f"{PARAGRAPH}</table:table-cell></table:table-row></table:table>"
        ),
        "marked-hidden",
    ),
}
FLAT = {
    "fodt: a picture is not text": Case(
        build_flat_odt(
            f"<text:p>{NAME}</text:p><text:p>{SKILLS}<draw:frame><draw:image><office:binary-data>"
            "iVBORw0KGgo</office:binary-data></draw:image></draw:frame></text:p>"
        ),
        SKILLS,
    ),
    "fodt: white": Case(
        build_flat_odt(
            f"<text:p>{NAME}</text:p>{PARAGRAPH}", styles=f'<style:style style:name="P">{WHITE}</style:style>'
        ),
        "",
        ("ground-colour",),
    ),
}
OPEN_DOCUMENTS = (
    FLAT
    | {f"odt: {name}": Case(content, SKILLS) for name, content in SHOWN.items()}
    | {f"odt: {name}": Case(content, "", (reason,)) for name, (content, reason) in HIDDEN.items()}
)

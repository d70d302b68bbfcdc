"""Word documents: text in other parts and rows, and on grounds of all kinds."""

import re
from io import BytesIO
from zipfile import ZipFile

import docx
from docx.oxml import parse_xml

from tests.reading.seen.case import NAME, SKILLS, Case
from tests.word import NAMES, add_xml, replace_part, save


def build_word(*paragraphs: str, last: str = "") -> bytes:
    """Return a Word document with a name, paragraphs of these elements, and a last element of its body."""
    word = docx.Document()
    word.add_paragraph(NAME)
    for xml in paragraphs:
        add_xml(word.add_paragraph(), xml)
    if last:
        tag, rest = last[1:].split(">", 1)
        word.element.body.insert(-1, parse_xml(f"<{tag} {NAMES}>{rest}"))
    return save(word)


def write_run(properties: str = "", text: str = SKILLS) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def link_part(content: bytes, kind: str, name: str, part: str, *, media_type: str) -> bytes:
    """Return a Word document with one more part, which its main part links under the id `more`."""
    with ZipFile(BytesIO(content)) as archive:
        types, links = archive.read("[Content_Types].xml"), archive.read(LINKS)
    override = f'<Override PartName="/word/{name}" ContentType="{media_type}"/></Types>'
    link = f'<Relationship Id="more" Type="{LINK_TYPES}/{kind}" Target="{name}"/></Relationships>'
    content = replace_part(content, "[Content_Types].xml", types.replace(b"</Types>", override.encode()))
    content = replace_part(content, LINKS, links.replace(b"</Relationships>", link.encode()))
    return replace_part(content, f"word/{name}", part.encode())


def write_strictly(content: bytes) -> bytes:
    """Return a Word document with the names that Strict ones have."""
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            strict = re.sub(rb"schemas.openxmlformats.org/(\w+)/2006/", rb"purl.oclc.org/ooxml/\1/", archive.read(name))
            content = replace_part(content, name, strict)
    return content


def draw_behind(width: int, height: int) -> str:
    """Return a picture behind the text, with its sides in points."""
    return (
        f'<w:r><w:drawing><wp:anchor xmlns:wp="{DRAWING}" behindDoc="1"><wp:extent cx="{width * 12_700}"'
        f' cy="{height * 12_700}"/></wp:anchor></w:drawing></w:r>'
    )


LINKS = "word/_rels/document.xml.rels"
LINK_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
WORD_NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NEWER = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
SOLID = '<w14:solidFill><w14:srgbClr w14:val="{}"/></w14:solidFill>'
WHITE = '<w:color w:val="FFFFFF"/>'
TABLE = "<w:tbl><w:tblPr>{table}</w:tblPr><w:tr><w:trPr>{row}</w:trPr><w:tc><w:p>{run}</w:p></w:tc></w:tr></w:tbl>"
BLACK = '<w:shd w:val="clear" w:fill="000000"/>'
NOTE = (
    f"<w:{{0}}s {WORD_NAMES}><w:{{0}} w:type='separator'/>"
    f"<w:{{0}} w:id='2'><w:p>{write_run()}</w:p></w:{{0}}></w:{{0}}s>"
)
NOTE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}s+xml"
WORDS = (
    {
        f"word: in a {kind}": Case(
            link_part(build_word(), f"{kind}s", f"{kind}s.xml", NOTE.format(kind), media_type=NOTE_TYPE.format(kind)),
            SKILLS,
        )
        for kind in ("footnote", "endnote")
    }
    | {
        "word: in a page within": Case(
            link_part(
                build_word(last=f'<w:altChunk xmlns:r="{LINK_TYPES}" r:id="more"></w:altChunk>'),
                "aFChunk",
                "within.htm",
                f"<p>{SKILLS}</p>",
                media_type="text/html",
            ),
            SKILLS,
        ),
        "word: in a Strict document": Case(write_strictly(build_word(write_run())), SKILLS),
        "word: in a row that was deleted": Case(
            build_word(
                write_run(), last=TABLE.format(table="", row='<w:del w:id="1"/>', run=write_run(text="Haskell"))
            ),
            SKILLS,
        ),
        "word: in a row that is hidden": Case(
            build_word(last=TABLE.format(table="", row="<w:hidden/>", run=write_run())), "", ("marked-hidden",)
        ),
        "word: white on a table's ground": Case(
            build_word(last=TABLE.format(table=BLACK, row="", run=write_run(WHITE))), SKILLS
        ),
        "word: white on nine dots in ten": Case(
            build_word(write_run(f'{WHITE}<w:shd w:val="pct90" w:color="000000" w:fill="FFFFFF"/>')), SKILLS
        ),
        "word: white on one dot in twenty": Case(
            build_word(write_run(f'{WHITE}<w:shd w:val="pct5" w:color="000000" w:fill="FFFFFF"/>')),
            "",
            ("ground-colour",),
        ),
        "word: in the effect of newer versions": Case(
            build_word(write_run(f"{WHITE}<w14:textFill {NEWER}>{SOLID.format('112233')}</w14:textFill>")), SKILLS
        ),
        "word: chosen from a list": Case(
            build_word(
                '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
                '<w:listEntry w:val="Haskell"/>'
                f'<w:listEntry w:val="{SKILLS}"/></w:ddList></w:ffData></w:fldChar></w:r>'
            ),
            SKILLS,
        ),
        "word: white on a large picture": Case(build_word(draw_behind(595, 842), write_run(WHITE)), SKILLS),
        "word: white on a banner": Case(build_word(draw_behind(595, 100), write_run(WHITE)), SKILLS),
        "word: white below a small picture": Case(
            build_word(draw_behind(30, 20), *[write_run(text="Engineer")] * 3, write_run(WHITE)),
            "Engineer\nEngineer\nEngineer",
            ("ground-colour",),
        ),
    }
    | {
        f"word: {name}": Case(build_word(write_run(properties)), "", (reason,))
        for name, properties, reason in (
            ("without a fill", f"<w14:textFill {NEWER}><w14:noFill/></w14:textFill>", "transparent"),
            ("with a white fill", f"<w14:textFill {NEWER}>{SOLID.format('FFFFFF')}</w14:textFill>", "ground-colour"),
            ("of a hundredth of its width", '<w:w w:val="1"/>', "tiny"),
        )
    }
)
WORDS["word: in a row without height"] = Case(
    build_word(last=TABLE.format(table="", row='<w:trHeight w:val="1" w:hRule="exact"/>', run=write_run())),
    "",
    ("clipped",),
)

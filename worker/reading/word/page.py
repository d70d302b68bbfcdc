"""The paper of a Word document: its colours, and what lies behind the text."""

from collections.abc import Iterable

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree
from lxml.etree import _Element as Element

from worker.reading.colours import PAPER, Colour
from worker.reading.word.colours import OFF, VAL, Palette, W

ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"


def read_palette(word: WordDocument) -> Palette:
    """Return the colours that a document's theme and settings give to the names of colours."""
    themes = (link.target_part for link in word.part.rels.values() if link.reltype == RELATIONSHIP_TYPE.THEME)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    theme = next((etree.fromstring(part.blob, parser) for part in themes), None)
    return Palette(theme, word.settings.element.find(f"{W}clrSchemeMapping"))


def find_page_colour(word: WordDocument, palette: Palette, parts: Iterable[Element]) -> Colour | None:
    """Return the colour of the paper, None where a picture lies behind the text of any of the parts.

    The background of a document is shown only if its settings say so.
    """
    if any(anchor.get("behindDoc", "0") not in OFF for part in parts for anchor in part.iter(ANCHOR)):
        return None
    shown = word.settings.element.find(f"{W}displayBackgroundShape")
    background = word.element.find(f"{W}background")
    if background is None or shown is None or shown.get(VAL, "1") in OFF:
        return PAPER
    return palette.read(background, "color")

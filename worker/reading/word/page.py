"""The paper of a Word document, and the colours that its theme gives."""

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE

from worker.reading.colours import PAPER, Colour
from worker.reading.word.colours import OFF, VAL, Palette, W
from worker.reading.word.package import parse_part


def read_palette(word: WordDocument) -> Palette:
    """Return the colours that a document's theme and settings give to the names of colours."""
    themes = (link.target_part for link in word.part.rels.values() if link.reltype == RELATIONSHIP_TYPE.THEME)
    theme = next(map(parse_part, themes), None)
    return Palette(theme, word.settings.element.find(f"{W}clrSchemeMapping"))


def find_page_colour(word: WordDocument, palette: Palette) -> Colour | None:
    """Return the colour of the paper: the document's background, which is shown only if its settings say so."""
    shown = word.settings.element.find(f"{W}displayBackgroundShape")
    background = word.element.find(f"{W}background")
    if background is None or shown is None or shown.get(VAL, "1") in OFF:
        return PAPER
    return palette.read(background, "color")

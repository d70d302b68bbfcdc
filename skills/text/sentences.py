"""Finds where sentences end: in prose, at items with a bullet, and at lines that are headings or open with labels."""

import re
from collections.abc import Iterator
from itertools import chain

from skills.text.bullets import BULLETS

# Of a line, any other sign that no sentence goes on with opens an item, too, alone or with others: “-- ”.
ITEM_SIGNS = rf"[^{BULLETS}\w\s\"'\u2018-\u201d()\[\]{{}}.,;:!?&/|@%=\\$\u20ac\u00a3]{{1,3}}"
# Begins with a rare sign, so that the search can jump to it.
SENTENCE_BREAK = re.compile(
    rf"[.?!;{BULLETS}\n](?:"
    r"(?<=[.?!])(?=\s+[\"'(]?[A-Z\u2022])(?<!\be\.g\.)(?<!\bi\.e\.)"  # the end of a sentence
    rf"|(?<=;)|(?<=[{BULLETS}])(?=[\s\u2423])"  # an item's bullet; some fonts leave a sign for the space
    rf"|(?<=\n)(?:\s*\n|(?=[ \t>]*(?:(?:{ITEM_SIGNS}|o|\(?\d{{1,2}}[.)])\s|[-\u2013*][A-Z]))"
    r"|(?<=[^,\n]\n)(?=[A-Z][^\n:]{0,40}+:)))"  # a line that opens with a label: `Languages: Java`
)
# Such as a heading; what goes on in small letters is a line of a narrow column.
SHORT_LINE = r"[ \t]*[A-Z][\w&/ ]{2,30}+:?[ \t]*(?=\n(?![a-z]))"
FIRST_SHORT_LINE, LATER_SHORT_LINE = re.compile(SHORT_LINE), re.compile(rf"\n{SHORT_LINE}")


def find_breaks(text: str) -> Iterator[int]:
    """Yield the offsets where sentences, items of lists and short separate lines end."""
    matches = SENTENCE_BREAK.finditer(text), LATER_SHORT_LINE.finditer(text)
    yield from (match.end() for match in chain(*matches))
    if first := FIRST_SHORT_LINE.match(text):
        yield first.end()

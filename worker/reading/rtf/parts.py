"""Divides RTF into what is shown, in the order in which it is read, and what is hidden.

striprtf turns RTF into text, but passes over headers, notes and text boxes, and knows nothing of looks. So the source
is rewritten for it, with these parts as ordinary text and without what nobody sees (RTF 1.9.1).
"""

import re
from collections import defaultdict

from striprtf.striprtf import destinations

from worker.reading.hidden_text import HiddenReason
from worker.reading.rtf.looks import CHANGES, Look, find_hiding, read_colours

TOKEN = re.compile(r"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'[0-9a-f]{2}|\\[^a-z]|[{}]|[^\\{}]+", re.IGNORECASE)
HIGH = re.compile(r"[\x80-\xff]")
HEADER, FOOTER, NOTE, BOX = "header", "footer", "note", "box"
# Words that begin parts beside the body.
PARTS = {
    "header": HEADER, "headerf": HEADER, "headerl": HEADER, "headerr": HEADER,
    "footer": FOOTER, "footerf": FOOTER, "footerl": FOOTER, "footerr": FOOTER,
    "footnote": NOTE, "shptxt": BOX, "dptxbxtext": BOX,
}  # fmt: skip
FALLBACK = "shprslt"
BREAKS = frozenset({"par", "sect", "row", "page"})
TOP = "{\\rtf1"


class RtfParts:
    """The parts of an RTF source: `shown` and, by reason, `hidden` are sources of their own."""

    def __init__(self, source: str) -> None:
        self._colours = read_colours(source)
        self._page_known = "\\*\\background" not in source
        self._look = Look()
        self._out: list[str] = []  # where what is shown goes: to the body, or to a part of its own
        self._stack: list[tuple[Look, list[str], bool]] = []
        self._in_box = False
        self._row_shaded = False
        self._body = self._out
        self._parts: dict[str, list[list[str]]] = defaultdict(list)
        self._hidden: dict[HiddenReason, list[str]] = defaultdict(list)
        self._read(source)

    def _read(self, source: str) -> None:
        text_from = 0  # where bytes of a picture end
        for match in TOKEN.finditer(source):
            start, (piece, word) = match.start(), (match[0], match[1])
            if start < text_from:
                self._show(piece[text_from - start :])
            elif piece == "{":
                self._stack.append((self._look, self._out, self._in_box))
                self._out.append(piece)
            elif piece == "}":
                self._close()
            elif word == "bin":
                text_from = match.end() + max(0, int(match[2] or 0))
            elif word:
                self._apply(piece, word.lower(), int(match[2] or 1))
            elif piece == "\\*":
                self._look = self._look._replace(ignored=True)
                self._out.append(piece)
            else:
                self._show(piece)

    def _close(self) -> None:
        self._out.append("}")
        if self._stack:
            self._look, self._out, self._in_box = self._stack.pop()

    def _apply(self, piece: str, word: str, number: int) -> None:
        """Take in a control word: a property, the beginning of a part, or a sign."""
        kind = None if self._look.repeated else PARTS.get(word)
        if kind:
            self._begin_part(kind)
            return
        if word in destinations:
            self._look = self._look._replace(ignored=True, repeated=self._look.repeated or word == FALLBACK)
        elif word in CHANGES:
            self._look = CHANGES[word](self._look, number)
        elif word == "trowd":
            self._row_shaded = False
        elif word == "clcbpat":
            self._row_shaded = True
        if word == "u":
            self._show(piece)
        else:
            self._out.append(piece)
        if word in BREAKS and self._out is self._body and not self._look.ignored:
            self._insert_boxes()

    def _begin_part(self, kind: str) -> None:
        self._out.append("}")
        self._look, self._out, self._in_box = Look(), ["{"], kind == BOX
        self._parts[kind].append(self._out)

    def _insert_boxes(self) -> None:
        """Put the text boxes of a paragraph behind it."""
        for box in self._parts.pop(BOX, []):
            self._body += [*box, "\\par "]

    def _show(self, piece: str) -> None:
        look = self._look
        if look.ignored or look.deleted:
            if look.ignored:
                self._out.append(piece)
            return
        known = self._page_known and not self._in_box and not (look.in_table and self._row_shaded)
        reason = find_hiding(look, self._colours, ground_known=known)
        out = self._out if reason is None else self._hidden[reason]
        out.append(HIGH.sub(lambda match: f"\\'{ord(match[0]):02x}", piece))

    def _join(self, kind: str) -> str:
        """Return all parts of a kind, each once however many sections repeat it."""
        return "".join(dict.fromkeys(f"{''.join(part)}\\par " for part in self._parts[kind]))

    @property
    def shown(self) -> str:
        """The source of what is shown: headers, the body with its text boxes, notes and footers."""
        self._insert_boxes()
        body = "".join(self._body)
        ends = body.rstrip().removesuffix("}")
        return f"{ends}\\par {self._join(NOTE)}{self._join(FOOTER)}}}"

    @property
    def headers(self) -> str:
        """The source of the headers."""
        return f"{TOP} {self._join(HEADER)}}}"

    @property
    def hidden(self) -> dict[HiddenReason, str]:
        """The sources of what nobody sees."""
        return {reason: f"{TOP} {''.join(pieces)}}}" for reason, pieces in self._hidden.items()}

"""Reads HTML as a browser shows it on a wide screen: scripts never run, and nothing is loaded from elsewhere."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version

from cssselect2 import ElementWrapper as Wrapper
from lxml import etree, html
from lxml.etree import _Element as Element

from skills.document import Document, ReadingWarning
from worker.errors.documents import TooComplexError
from worker.reading.clean_text import StyledLine, clean_line
from worker.reading.formats import HTML, Limits
from worker.reading.hidden_text import HiddenReason, HiddenText
from worker.reading.library_errors import translate_library_errors
from worker.reading.single_page import make_document
from worker.reading.web.looks import Look, find_look
from worker.reading.web.styles import Declarations, Styles, is_for_screens

NOT_SHOWN = frozenset({
    "audio", "canvas", "datalist", "defs", "desc", "embed", "head", "iframe", "math", "metadata", "noscript", "object",
    "option", "script", "style", "symbol", "template", "title", "video",
})  # fmt: skip
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "img", "input", "ins", "kbd", "label", "mark", "q", "s", "samp", "select", "small", "span", "strike", "strong",
    "sub", "sup", "svg", "textarea", "time", "tspan", "tt", "u", "var", "wbr",
})  # fmt: skip
CELLS = frozenset({"td", "th"})
# What pages have for their use: what these keep for later is no attempt to deceive.
CONTROLS = frozenset({"button", "dialog", "form", "menu", "nav", "select"})
UNTYPED = frozenset(
    {"", "date", "email", "month", "number", "search", "tel", "text", "url"}
)  # fields that show a value
PICTURES = frozenset({"canvas", "img", "picture", "svg", "video"})
LAID_OUT = frozenset({"absolute", "fixed"})
WHOLE_PAGE = frozenset({"html", "body", "main"})
LINE_KEEPERS = frozenset({"listing", "pre", "textarea"})
HEADING = re.compile("h[1-6]")
MAX_ELEMENTS = 100_000


@dataclass(frozen=True, slots=True)
class _State:
    """Where the walk is: how the element looks, whether it is shown at all, and how it stands by its neighbours."""

    look: Look
    shown: bool = True
    reported: bool = True
    display: str = "block"
    in_row: bool = False
    keeps_lines: bool = False  # whether the ends of lines in the source are shown
    own_ground: bool = True  # whether the page itself says all about the ground


def _find_value(element: Element) -> str:
    """Return what a field of a form shows: its value, or the option that is chosen."""
    if element.tag == "input" and (element.get("type") or "").lower() in UNTYPED:
        return element.get("value") or ""
    if element.tag == "select":
        return "".join("".join(option.itertext()) for option in element.iter("option") if "selected" in option.attrib)
    return ""


def _stands_in_row(style: Declarations) -> bool:
    """Return whether what is in an element stands side by side."""
    direction = style.get("flex-direction", "") + style.get("flex-flow", "")
    return style.get("display", "").endswith("flex") and "column" not in direction


def _find_line_keeping(tag: str, style: Declarations, *, around: bool) -> bool:
    written = style.get("white-space")
    if written is None:
        return around or tag in LINE_KEEPERS
    return written.startswith("pre") or written == "break-spaces"


def _find_display(element: Element, style: Declarations) -> str:
    """Return `cell`, `inline`, `spaced` (on the line, a space away) or `block`."""
    tag, written = str(element.tag), style.get("display", "")
    if tag in CELLS or written in {"table-cell", "inline-block", "inline-flex", "inline-grid"}:
        return "spaced"
    return "inline" if written == "inline" or (not written and tag in INLINE) else "block"


class _HtmlReader:
    """Walks through the elements of a page and gathers its lines, and the text that nobody sees."""

    def __init__(self, root: Element, styles: Styles) -> None:
        self._root = root
        self._styles = styles
        self._parts: list[str] = []
        self._level = 0
        self._states = [_State(Look())]
        self._unseen: list[tuple[str, HiddenReason]] = []
        self.lines: list[StyledLine] = []

    def read(self) -> None:
        """Read all elements, in their order and without recursion: pages may nest two thousand deep."""
        if self._root.xpath("count(//* | //comment() | //processing-instruction())") > MAX_ELEMENTS:
            raise TooComplexError(f"the page has more than {MAX_ELEMENTS:,} elements")
        wrappers = Wrapper.from_html_root(self._root).iter_subtree()
        for event, element in etree.iterwalk(self._root, events=("start", "end", "comment", "pi")):
            if event == "start":
                self._enter(element, self._styles.find(next(wrappers)))
                self._add(element.text)
            elif event == "end":
                self._leave(element)
            if event != "start":
                self._add(element.tail)
        self._end_line()

    def _add(self, text: str | None) -> None:
        state = self._states[-1]
        if not text or not state.shown:
            return
        if reason := state.look.find_hiding():
            if state.reported:
                self._unseen.append((text, reason))
        elif state.keeps_lines:
            first, *others = text.split("\n")
            self._parts.append(first)
            for line in others:
                self._end_line()
                self._parts.append(line)
        else:
            self._parts.append(text)

    def _end_line(self) -> None:
        if text := clean_line(" ".join("".join(self._parts).split())):
            self.lines.append(StyledLine(text, level=self._level))
        self._parts = []

    def gather_hidden(self) -> HiddenText:
        """Return the text that nobody sees, without what repeats words that are shown.

        Pages repeat them for narrow screens, and for those who have pages read to them.
        """
        shown = {word for line in self.lines for word in line.text.split()}
        hidden = HiddenText()
        for text, reason in self._unseen:
            if not shown.issuperset(text.split()):
                hidden.add(text, reason)
        return hidden

    def _find_state(self, element: Element, style: Declarations) -> _State:
        around = self._states[-1]
        look = find_look(style, around.look)
        if element.get("hidden") is not None and "display" not in style:
            look = replace(look, reason=look.reason or "marked-hidden")
        own_ground = around.own_ground and (self._styles.complete or not (element.get("class") or element.get("id")))
        if not own_ground or element.tag == "svg" or self._lies_over_picture(element, style):
            look = replace(look, ground=None)
        tag = str(element.tag)
        return _State(
            look,
            around.shown and tag not in NOT_SHOWN and not (tag == "dialog" and element.get("open") is None),
            around.reported and tag not in CONTROLS and element.get("role") is None,
            _find_display(element, style) if not around.in_row else "spaced",
            _stands_in_row(style),
            _find_line_keeping(tag, style, around=around.keeps_lines),
            own_ground,
        )

    @staticmethod
    def _lies_over_picture(element: Element, style: Declarations) -> bool:
        """Return whether an element may lie over a picture beside it, as its position says."""
        parent = element.getparent()
        return "position" in style and parent is not None and any(child.tag in PICTURES for child in parent)

    def _lay_behind(self, element: Element, style: Declarations) -> None:
        """Take in that what follows within the same part of a page may stand on a picture or a banner laid there."""
        parent = element.getparent()
        drawn = element.tag in PICTURES or "background-color" in style
        if drawn and style.get("position") in LAID_OUT and parent is not None and parent.tag not in WHOLE_PAGE:
            around = self._states[-1]
            self._states[-1] = replace(around, look=replace(around.look, ground=None))

    def _set_apart(self) -> None:
        display = self._states[-1].display
        if display == "spaced":
            self._parts.append(" ")
        elif display == "block":
            self._end_line()

    def _enter(self, element: Element, style: Declarations) -> None:
        state = self._find_state(element, style)
        self._lay_behind(element, style)
        self._states.append(state)
        self._set_apart()
        if HEADING.fullmatch(str(element.tag)):
            self._level = int(str(element.tag)[1])
        if value := _find_value(element):
            self._add(f" {value} ")

    def _leave(self, element: Element) -> None:
        self._set_apart()
        if HEADING.fullmatch(str(element.tag)):
            self._level = 0
        self._states.pop()


def _parse(content: bytes) -> Element:
    try:
        content.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = None  # as the page itself says
    parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=True)  # nested 2,048 deep in place of 256
    return html.document_fromstring(content, parser=parser)


def _is_sheet_elsewhere(link: Element) -> bool:
    return "stylesheet" in (link.get("rel") or "").lower() and is_for_screens(link.get("media") or "all")


def read_markup(
    markup: bytes, *, sheets: Sequence[str] | None = None
) -> tuple[list[StyledLine], tuple[ReadingWarning, ...]]:
    """Return the lines that a browser shows of HTML, and a warning of what it hides.

    `sheets` are the style sheets that were saved with the page, None if only the page was saved.
    """
    with translate_library_errors():
        root = _parse(markup)
        within = [style.text or "" for style in root.iter("style") if is_for_screens(style.get("media") or "all")]
        complete = sheets is not None or not any(map(_is_sheet_elsewhere, root.iter("link")))
        reader = _HtmlReader(root, Styles([*(sheets or ()), *within], complete=complete))
        reader.read()
    return reader.lines, tuple(reader.gather_hidden().warn())


def make_page(  # noqa: PLR0913 - what a document is made of
    content: bytes,
    lines: Sequence[StyledLine],
    warnings: tuple[ReadingWarning, ...],
    *,
    name: str,
    media_type: str,
    limits: Limits,
) -> Document:
    """Return a web page as a document; raise NoTextError or TooComplexError."""
    return make_document(
        content,
        lines,
        name=name,
        media_type=media_type,
        reader=f"lxml {version('lxml')}, tinycss2 {version('tinycss2')}, cssselect2 {version('cssselect2')}",
        max_characters=limits.max_characters,
        warnings=warnings,
    )


def read_html(content: bytes, *, name: str, limits: Limits) -> Document:
    """Read a web page as it is shown; raise TooComplexError, NoTextError or UnreadableDocumentError."""
    lines, warnings = read_markup(content)
    return make_page(content, lines, warnings, name=name, media_type=HTML.media_type, limits=limits)

"""Reads HTML as a browser shows it: scripts never run, and nothing is loaded from elsewhere."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version

from lxml import etree, html
from lxml.etree import _Element as Element

from skills.document import Document, ReadingWarning
from worker.errors.documents import TooComplexError
from worker.reading.clean_text import StyledLine, clean_line
from worker.reading.formats import HTML, Limits
from worker.reading.hidden_text import HiddenReason, HiddenText
from worker.reading.library_errors import translate_library_errors
from worker.reading.single_page import make_document

NOT_SHOWN = frozenset({
    "audio", "canvas", "datalist", "embed", "head", "iframe", "math", "noscript", "object", "option", "script", "style",
    "svg", "template", "title", "video",
})  # fmt: skip
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "input", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr",
})  # fmt: skip
MAX_EVENTS = 200_000  # two an element
CELLS = frozenset({"td", "th"})

# Rules for print, narrow screens and the like: not what everybody sees.
SPECIAL_RULES = re.compile(
    r"@media(?!\s+(?:all|screen)\s*\{)[^{}@]{0,200}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE
)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
SIMPLE_SELECTOR = re.compile(r"[.#]?[\w-]+")
HIDES: Mapping[HiddenReason, re.Pattern[str]] = {
    "marked-hidden": re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE),
    "tiny": re.compile(r"(?:^|[;\s])font-size\s*:\s*0(?![.\d])", re.IGNORECASE),
    "transparent": re.compile(r"(?:^|[;\s])opacity\s*:\s*0(?![.\d])", re.IGNORECASE),
}
WHITE = re.compile(
    r"(?:^|[;\s])color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)", re.IGNORECASE
)
GROUND = re.compile(r"(?:^|[;\s])background", re.IGNORECASE)
SIDE_BY_SIDE = re.compile(r"display\s*:\s*(?:inline-)?flex(?!.*flex-direction\s*:\s*column)", re.IGNORECASE | re.DOTALL)


class _Styles:
    """The declarations that hold for elements: their own, and those of rules for a tag, a class or an id alone.

    `knows_grounds` says that no other rule may give an element a ground.
    """

    def __init__(self, root: Element) -> None:
        sheets = " ".join(style.text or "" for style in root.iter("style"))
        self._rules: dict[str, str] = {}
        self.knows_grounds = True
        for selectors, declarations in RULE.findall(SPECIAL_RULES.sub("", sheets)):
            for selector in map(str.strip, selectors.split(",")):
                if SIMPLE_SELECTOR.fullmatch(selector):
                    self._rules[selector] = f"{self._rules.get(selector, '')};{declarations}"
                elif GROUND.search(declarations):
                    self.knows_grounds = False

    def find(self, element: Element) -> str:
        """Return the declarations for an element."""
        names = [str(element.tag), *(f".{name}" for name in (element.get("class") or "").split())]
        rules = (self._rules.get(name, "") for name in [*names, f"#{element.get('id')}"])
        return ";".join([*rules, element.get("style") or ""])


@dataclass(frozen=True, slots=True)
class _Look:
    """Whether an element is shown at all, why nobody sees it, if so, and whether it has a ground of its own."""

    not_shown: bool
    reason: HiddenReason | None
    has_ground: bool


class _HtmlReader:
    """Walks through the elements of a page and gathers its lines, and the text that nobody sees."""

    def __init__(self, root: Element) -> None:
        self._styles = _Styles(root)
        self._parts: list[str] = []
        self._level = 0
        self._not_shown = 0  # how deep the walk is in elements that are not shown
        self._reasons: list[HiddenReason] = []  # why the walk is in elements that nobody sees, the outermost first
        self._grounds = 0  # how many of the elements around have a ground of their own
        self._looks: list[_Look] = []  # of the elements around
        self.lines: list[StyledLine] = []
        self.hidden = HiddenText()

    def read(self, root: Element) -> None:
        """Read all elements, in their order and without recursion: pages may nest a thousand deep."""
        for number, (event, element) in enumerate(etree.iterwalk(root, events=("start", "end", "comment", "pi"))):
            if number > MAX_EVENTS:
                raise TooComplexError("the page has more than 100,000 elements")
            if event == "start":
                self._enter(element)
                self._add(element.text)
            elif event == "end":
                self._leave(element)
            if event != "start":
                self._add(element.tail)
        self._end_line()

    def _add(self, text: str | None) -> None:
        if not text or self._not_shown:
            return
        if self._reasons:
            self.hidden.add(text, self._reasons[0])
        else:
            self._parts.append(text)

    def _end_line(self) -> None:
        if text := clean_line(" ".join("".join(self._parts).split())):
            self.lines.append(StyledLine(text, level=self._level))
        self._parts = []

    def _look(self, element: Element) -> _Look:
        style = self._styles.find(element)
        has_ground = bool(GROUND.search(style)) or element.get("bgcolor") is not None
        reason = next((reason for reason, hides in HIDES.items() if hides.search(style)), None)
        if element.get("hidden") is not None:
            reason = "marked-hidden"
        elif WHITE.search(style) and self._styles.knows_grounds and not (has_ground or self._grounds):
            reason = reason or "ground-colour"
        return _Look(element.tag in NOT_SHOWN, reason, has_ground)

    def _stands_beside(self, element: Element) -> bool:
        """Return whether an element stands on one line with its neighbours, a space away: a cell, or part of a row."""
        parent = element.getparent()
        return element.tag in CELLS or (parent is not None and bool(SIDE_BY_SIDE.search(self._styles.find(parent))))

    def _set_apart(self, element: Element) -> None:
        if self._stands_beside(element):
            self._parts.append(" ")
        elif element.tag not in INLINE:
            self._end_line()

    def _enter(self, element: Element) -> None:
        look = self._look(element)
        self._looks.append(look)
        self._not_shown += look.not_shown
        self._grounds += look.has_ground
        if look.reason:
            self._reasons.append(look.reason)
        self._set_apart(element)
        if re.fullmatch("h[1-6]", str(element.tag)):
            self._level = int(str(element.tag)[1])

    def _leave(self, element: Element) -> None:
        self._set_apart(element)
        if re.fullmatch("h[1-6]", str(element.tag)):
            self._level = 0
        look = self._looks.pop()
        self._not_shown -= look.not_shown
        self._grounds -= look.has_ground
        if look.reason:
            self._reasons.pop()


def _parse(content: bytes) -> Element:
    try:
        content.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = None  # as the page itself says
    parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False)
    return html.document_fromstring(content, parser=parser)


def read_markup(markup: bytes) -> tuple[list[StyledLine], tuple[ReadingWarning, ...]]:
    """Return the lines that a browser shows of HTML, and a warning of what it hides."""
    with translate_library_errors():
        root = _parse(markup)
        reader = _HtmlReader(root)
        reader.read(root)
    return reader.lines, tuple(reader.hidden.warn())


def read_html(content: bytes, *, name: str, limits: Limits) -> Document:
    """Read a web page as it is shown; raise TooComplexError, NoTextError or UnreadableDocumentError."""
    lines, warnings = read_markup(content)
    return make_document(
        content,
        lines,
        name=name,
        media_type=HTML.media_type,
        reader=f"lxml {version('lxml')}",
        max_characters=limits.max_characters,
        warnings=warnings,
    )

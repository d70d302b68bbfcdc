"""Says which declarations hold for the elements of a web page on a wide screen, by its style sheets and attributes."""

import re
from collections.abc import Iterable, Mapping
from itertools import accumulate

import cssselect2
import tinycss2
from cssselect2 import ElementWrapper as Wrapper

MAX_CHARACTERS = 1_000_000  # of style sheets; they are parsed at some 0.4 million a second
SCREEN_PIXELS = 1_280
PIXELS_AN_EM = 16
SHORTHAND = ("background-color", "background-image")  # what `background` sets
READ = frozenset({
    "background", *SHORTHAND, "clip", "clip-path", "color", "display", "flex-direction", "flex-flow", "font-size",
    "height", "left", "margin-left", "margin-top", "max-height", "max-width", "opacity", "overflow", "overflow-x",
    "overflow-y", "position", "text-indent", "top", "transform", "visibility", "white-space", "width",
})  # fmt: skip
# Attributes of old pages that say what a declaration would.
OLD_ATTRIBUTES = {"bgcolor": "background-color", "color": "color", "text": "color"}

MEDIUM = re.compile(r"(?:only\s+)?(?:all|screen)\b")
FEATURE = re.compile(r"\(\s*(min|max)-width\s*:\s*([\d.]+)(px|r?em)\s*\)")

Declarations = Mapping[str, str]


def _suits(query: str) -> bool:
    """Return whether one query of a media rule holds on a wide screen; one with other features than width does not."""
    rest = MEDIUM.sub("", query.strip().lower(), count=1)
    for bound, number, unit in FEATURE.findall(rest):
        pixels = float(number) * (1 if unit == "px" else PIXELS_AN_EM)
        if pixels > SCREEN_PIXELS if bound == "min" else pixels < SCREEN_PIXELS:
            return False
    return not re.sub(r"\band\b|\s", "", FEATURE.sub("", rest))


def is_for_screens(media: str) -> bool:
    """Return whether a media rule holds on a wide screen, for any of its queries."""
    return any(map(_suits, media.split(",")))


def _read(content: object) -> tuple[dict[str, str], dict[str, str]]:
    """Return the declarations that are read, those that are important apart."""
    ordinary: dict[str, str] = {}
    important: dict[str, str] = {}
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type == "declaration" and item.lower_name in READ:
            value = tinycss2.serialize(item.value).strip().lower()
            names = SHORTHAND if item.lower_name == "background" else (item.lower_name,)
            (important if item.important else ordinary).update(dict.fromkeys(names, value))
    return ordinary, important


class Styles:
    """The rules of a page's style sheets; `complete` if there are no others."""

    def __init__(self, sheets: Iterable[str], *, complete: bool) -> None:
        self._matcher = cssselect2.Matcher()
        self._has_rules = False
        texts = list(sheets)
        lengths = list(accumulate(map(len, texts)))
        self.complete = complete and (not lengths or lengths[-1] <= MAX_CHARACTERS)
        for text, length in zip(texts, lengths, strict=True):
            if length <= MAX_CHARACTERS:
                self._add(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))

    def _add(self, rules: Iterable[tinycss2.ast.Node]) -> None:
        for rule in rules:
            if rule.type == "qualified-rule":
                self._add_rule(rule)
            elif rule.type == "at-rule" and rule.content is not None:
                media = tinycss2.serialize(rule.prelude)
                if rule.lower_at_keyword in {"layer", "supports"} or (
                    rule.lower_at_keyword == "media" and is_for_screens(media)
                ):
                    self._add(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))

    def _add_rule(self, rule: tinycss2.ast.QualifiedRule) -> None:
        declarations = _read(rule.content)
        if not any(declarations):
            return
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            return
        for selector in selectors:
            self._matcher.add_selector(selector, declarations)
            self._has_rules = True

    def find(self, element: Wrapper) -> Declarations:
        """Return what holds for an element; `overlay` is what a sheet draws before or after its text, if anything."""
        node = element.etree_element
        found = {name: value for key, name in OLD_ATTRIBUTES.items() if (value := node.get(key))}
        if node.get("background"):
            found["background-image"] = "url()"
        important: dict[str, str] = {}
        for _, _, pseudo, (ordinary, urgent) in self._matcher.match(element) if self._has_rules else ():
            if pseudo is None:
                found |= ordinary
                important |= urgent
            elif "background-color" in (ordinary | urgent):
                found["overlay"] = pseudo
        if style := node.get("style"):
            ordinary, urgent = _read(style)
            found |= ordinary
            important |= urgent
        return found | important

"""Makes words whole that were broken at a line's end."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial

BROKEN_WORD = re.compile(r"(?<![^\s(\"'\u201c])([^\W\d_]+)-$")  # not within a link or a chain of hyphens
BROKEN_LINES = re.compile(r"[^\W\d_]+-\n\S+")
REST_OF_WORD = re.compile(r"([^\W\d_]+)\S*\s*")
LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

# Compounds that begin with these keep their hyphen at the end of a line; hyphenation hardly ever splits a word there.
COMPOUNDS = re.compile(
    "cross|data|e|end|full|half|hands|high|long|low|multi|non|open|real|self|semi|short|state|user|well"
)


def _is_compound(first: str, second: str, known: frozenset[str]) -> bool:
    """Return whether two parts keep the hyphen between them, judging by the other words of the page."""
    if f"{first}-{second}" in known or f"{first}{second}" in known:
        return f"{first}-{second}" in known
    return bool(COMPOUNDS.fullmatch(first)) or {first, second} <= known


def _list_known(lines: Sequence[str]) -> frozenset[str]:
    """Return the words and compounds of a page, in lower case, without those that a line's end may have broken."""
    return frozenset(LETTERS.findall(BROKEN_LINES.sub("", "\n".join(lines).lower())))


def mend_hyphens(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines with each word that was broken at a line's end whole again, on the line where it begins.

    Each comes with its number among the lines given.
    """
    list_known = cache(partial(_list_known, lines))  # asked for on few pages: those with a hyphen at a line's end
    line, began = "", 0
    for number, following in enumerate(lines):
        rest = following
        may_go_on = line.endswith("-") and following[:1].islower()
        broken, tail = (BROKEN_WORD.search(line), REST_OF_WORD.match(following)) if may_go_on else (None, None)
        if broken and tail:
            compound = _is_compound(broken[1].lower(), tail[1].lower(), list_known())
            line = (line if compound else line[:-1]) + tail.group().rstrip()
            rest = following[tail.end() :]
        if number and rest:
            yield began, line
        line, began = (rest, number) if rest else (line, began)
    if line:
        yield began, line
